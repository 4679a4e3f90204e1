VirtualHost "a.example"
ssl.key = "x"
