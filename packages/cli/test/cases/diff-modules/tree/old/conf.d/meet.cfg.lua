VirtualHost "meet.example.com"
    authentication = "anonymous"
    modules_enabled = { "bosh"; "ping" }
Component "rooms.meet.example.com" "muc"
VirtualHost "gone.example.com"
