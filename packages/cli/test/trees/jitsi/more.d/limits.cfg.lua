c2s_timeout = 60
