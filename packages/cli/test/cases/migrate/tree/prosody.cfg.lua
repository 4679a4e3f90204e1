-- Directory
ldap = { -- of the company
    -- the controller
    hostname = "ldaps://dc1.corp.example"; -- first one
    use_tls = false; -- ldaps is enough
    bind_dn = "CN=prosody,OU=Services,DC=corp,DC=example";
    bind_password = "5om3thing-Long";

    -- people
    user = {
        basedn = "OU=Staff,DC=corp,DC=example"; -- not the root
        filter = "objectClass=user"; -- all
        usernamefield = "sAMAccountName"; -- logon name
        namefield = "cn"; -- unused
    };
    -- for rosters
    groups = { basedn = "x"; namefield = "cn"; memberfield = "member"; };
    -- the end
}; -- done
VirtualHost "a.example"
    authentication = "ldap2" -- people
VirtualHost "auth.a.example"
    authentication = "internal_hashed"
VirtualHost "b.example"
    authentication = 'ldap2'
    ldap = { hostname = "h"; user = { basedn = "dc=x"; usernamefield = "uid"; filter = "(objectClass=person)" } }
