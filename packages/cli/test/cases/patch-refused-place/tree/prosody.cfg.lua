if os.time() > 5 then
	admins = {}
end
