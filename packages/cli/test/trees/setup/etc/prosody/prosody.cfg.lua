-- a server of Jitsi's
admins = { }

modules_enabled = {
	"roster";
	"saslauth"; -- logins
	"tls";
	"disco";
}

authentication = "internal_hashed"
log = { info = "/var/log/prosody/prosody.log" }
certificates = "certs"

VirtualHost "localhost"

Include "conf.d/*.cfg.lua"

-- the end
