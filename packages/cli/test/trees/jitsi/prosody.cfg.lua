-- the server
admins = { "admin@example.com" }
-- plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }
modules_enabled = {
	"roster"; -- contact lists
	--"mam"; -- store messages
	"saslauth";
}
authentication = "internal_hashed" -- hashed

if os.time() > 5 then
	limits = { c2s = { rate = "10kb/s" } }
end
unlimited_jids = table.pack("focus@auth.example.com")

Include "conf.d/*.cfg.lua"
