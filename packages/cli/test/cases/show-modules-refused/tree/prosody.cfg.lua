modules_enabled = { "roster"
VirtualHost "example.com"
