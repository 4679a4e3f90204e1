VirtualHost "meet.example.com"
    authentication = "ldap2"
    modules_enabled = { "bosh"; ENV_MODULE }
    modules_disabled = { "tls" }
Component "rooms.meet.example.com" "muc"
    enabled = false
Component "lobby.meet.example.com" "muc"
