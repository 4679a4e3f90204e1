VirtualHost "guest.example.com"
	authentication = "anonymous"
