VirtualHost "meet.example.com"
    authentication = "ldap2"
    modules_enabled = { "disco"; "muc_lobby_rooms"; websocket; "ping" }
    modules_disabled = { "saslauth" }

Component "conference.meet.example.com" "muc"
    modules_enabled = { "muc_meeting_id"; ENV_MUC_MODULE; "muc_domain_mapper" }
    storage = "memory"

VirtualHost "old.example.com"
    enabled = false

Component "gateway.example.com"
    component_secret = "marker-Secret-1"
    modules_enabled = "privilege"
