plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }

-- the base of the names that the mapper makes
muc_mapper_domain_base = "meet.corp.example";

external_service_secret = "gx4Tm2vQ9aLpZ7";
external_services = {
     { type = "turns", host = "meet.corp.example", port = 5349, transport = "tcp", secret = true, ttl = 86400, algorithm = "turn" }
};

cross_domain_bosh = false;
consider_bosh_secure = true;
-- https_ports = { }; -- without this line port 5284 is open

unlimited_jids = {
    "focus@auth.meet.corp.example",
    "jvb@auth.meet.corp.example"
}

VirtualHost "meet.corp.example"
    authentication = "jitsi-anonymous" -- do not delete me
    -- for tokens:
    --app_id="example_app_id"
    --app_secret="example_app_secret"
    ssl = {
        key = "/etc/prosody/certs/meet.corp.example.key";
        certificate = "/etc/prosody/certs/meet.corp.example.crt";
    }
    av_moderation_component = "avmoderation.meet.corp.example"
    -- the web client comes in through these
    modules_enabled = {
        "bosh";
        "websocket";
        "ping"; -- keeps connections
    }
    c2s_require_encryption = false
    main_muc = "conference.meet.corp.example"
    -- muc_lobby_whitelist = { "recorder.meet.corp.example" } -- jibri

Component "conference.meet.corp.example" "muc"
    restrict_room_creation = true
    storage = "memory"
    admins = { "focus@auth.meet.corp.example" }
    muc_room_locking = false
    muc_room_default_public_jids = true

-- internal rooms
Component "internal.auth.meet.corp.example" "muc"
    storage = "memory"
    admins = { "focus@auth.meet.corp.example", "jvb@auth.meet.corp.example" }
    muc_room_locking = false
    muc_room_default_public_jids = true

VirtualHost "auth.meet.corp.example"
    modules_enabled = {
        "ping";
    }
    authentication = "internal_hashed"
