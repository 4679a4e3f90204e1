modules_enabled = 5
VirtualHost "a.example.com"
VirtualHost "b.example.com"
    enabled = false
