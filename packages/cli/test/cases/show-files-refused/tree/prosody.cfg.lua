Include "conf.d/*.cfg.lua"
Include "missing.lua"
VirtualHost "example.com"
