authentication = "ldap2
VirtualHost "meet.example.com"
