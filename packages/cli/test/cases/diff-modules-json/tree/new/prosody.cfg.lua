modules_enabled = { "roster"; "tls"; "mam" }
Include "conf.d/*.cfg.lua"
