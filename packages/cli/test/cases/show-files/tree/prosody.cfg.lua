-- the server
Include "base.lua"
Include "conf.d/*.cfg.lua"
Include "nothing.d/*.lua"
