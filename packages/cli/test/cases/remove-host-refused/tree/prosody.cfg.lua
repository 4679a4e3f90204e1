for _, name in ipairs({ "a.example", "b.example" }) do
	VirtualHost(name)
end
