modules_enabled = { "tls"; "posix"; "cloud_notify" }
modules_enabled { "bosh" }
admins = { "focus@auth.example.com" }
daemonize = true
c2s_timeout = "5 minutes"
Include "conf.d/*.cfg.lua"
