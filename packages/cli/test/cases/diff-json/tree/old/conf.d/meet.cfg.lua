VirtualHost "meet.example.com"
    authentication = "jitsi-anonymous"
    app_secret = "old-secret"
Component "rooms.example.com" "muc"
    restrict_room_creation = true
