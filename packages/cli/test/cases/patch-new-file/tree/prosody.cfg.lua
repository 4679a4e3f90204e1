-- the server
admins = { "admin@example.com" }
authentication = "internal_plain"
modules_enabled = {
	"roster"; -- contact lists
	"saslauth";
}
log = { info = "/var/log/prosody/prosody.log"; { levels = { "error" }, to = "syslog" } }
Include "conf.d/*.cfg.lua"
