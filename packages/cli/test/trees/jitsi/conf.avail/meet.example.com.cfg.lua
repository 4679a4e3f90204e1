VirtualHost "meet.example.com"
	authentication = "token" -- JWT
	app_id = "jitsi"
	app_secret = "marker-Secret-1"
	ssl = { key = "/etc/prosody/certs/meet.key", certificate = "/etc/prosody/certs/meet.crt" }
	modules_enabled = { "bosh", "polls" }

Component "conference.meet.example.com" "muc"
	modules_enabled = { "muc_meeting_id" }
	storage = "memory"

-- for Jicofo
Component "focus.meet.example.com"
	component_secret = "marker-Secret-2"
