VirtualHost "meet.example.com"
	authentication = "ldap2"
	ldap = { hostname = "ldaps://dc1.example.com"; bind_dn = "CN=prosody,DC=example,DC=com"; bind_password = "marker-Secret-1"; user = { basedn = "OU=Users,DC=example,DC=com" } }

Component "conference.meet.example.com" "muc"
	component_secret = "marker-Secret-2" -- was: component_secret = "marker-Secret-3"
	restrict_room_creation = true
