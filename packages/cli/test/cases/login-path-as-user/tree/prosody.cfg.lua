modules_enabled = { "saslauth"; "bosh" }
consider_bosh_secure = true
authentication = "ldap2"
ldap = {
  hostname = "ldaps://dc1.example.com",
  bind_dn = "CN=prosody,DC=example,DC=com",
  bind_password = "S3cret-of-the-service",
  user = { basedn = "DC=example,DC=com", usernamefield = "uid", filter = "(objectClass=person)" },
}
VirtualHost "meet.example.com"
