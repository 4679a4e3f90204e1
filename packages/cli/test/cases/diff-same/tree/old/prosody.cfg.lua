-- before
admins = { "a@example.com" }
http_ports = { 5280 }
Include "conf.d/*.cfg.lua"
