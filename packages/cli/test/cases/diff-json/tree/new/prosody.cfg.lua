http_ports = { 5280 } -- moved, not changed
admins = { "a@example.com"; "b@example.com" }
Include "conf.d/*.cfg.lua"
