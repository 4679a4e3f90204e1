modules_enabled = { "roster"; "tls"; "carbons" }
modules_disabled = { "offline" }
Include "conf.d/*.cfg.lua"
