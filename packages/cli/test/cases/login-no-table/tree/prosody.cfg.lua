modules_enabled = { "saslauth"; "bosh"; "websocket" }
consider_websocket_secure = true
authentication = "ldap2"
VirtualHost "meet.example.com"
