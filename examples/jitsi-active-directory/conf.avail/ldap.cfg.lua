-- Users of Jitsi Meet are those of our Active Directory

authentication = "ldap2"

ldap = {
    host = "ldaps://dc1.corp.example",
    bind_dn = "CN=svc-jitsi;OU=Service Accounts,DC=corp,DC=example",
    bind_password = "n3ver-the-Same",
    use_tls = "true",
    user = {
        basedn = "DC=corp,DC=example",
        -- only members of the group Jitsi may open a meeting
        filter = "(&(objectCategory=person)(objectClass=user)(memberOf=CN=Jitsi,OU=Groups,DC=corp,DC=example)",
        usernamefield = sAMAccountName,
    },
}
