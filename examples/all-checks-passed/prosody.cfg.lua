-- `prosodyctl check config` says of this: "All checks passed, congratulations!" Nobody can log in.
modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "pep"; "bosh"; "websocket"; "ping" }
plugin_paths = { "/usr/lib/prosody/modules", "/usr/share/jitsi-meet/prosody-plugins" }
consider_bosh_secure = true

ldap = {
    host = "ldaps://dc1.corp.example",
    bind_dn = "CN=svc-jitsi,OU=Service Accounts,DC=corp,DC=example",
    bind_password = "n3ver-the-Same",
    use_tls = true,
    user = {
        basedn = "DC=corp,DC=example",
        filter = "(&(objectClass=user)(memberOf=CN=Jitsi,OU=Groups,DC=corp,DC=example)",
        usernamefield = sAMAccountName,
    },
}

VirtualHost "meet.example.com"
    authentication = "ldap2"
