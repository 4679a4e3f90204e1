ldap = { hostname = "dc1.example.com" }
