VirtualHost "meet.example.com"
    authentication = "ldap2"
    app_secret = "new-secret"
    limits = { c2s = { rate = ENV_RATE } }
VirtualHost "guest.example.com"
