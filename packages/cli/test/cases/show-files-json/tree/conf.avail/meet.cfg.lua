VirtualHost "meet.example.com"
