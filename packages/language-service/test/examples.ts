// Configurations that several tests use.

export const JITSI = `--- file: prosody.cfg.lua
admins = { "admin@example.com" }
modules_enabled = {
    "roster"; "saslauth"; "tls"; "bosh";
}
authentication = "internal_hashed"

Include "conf.d/*.cfg.lua"
--- file: conf.avail/meet.example.com.cfg.lua
muc_mapper_domain_base = "meet.example.com";

-- the meetings
VirtualHost "meet.example.com"
    authentication = "anonymous"
    modules_enabled = { "bosh"; "pubsub"; "speakerstats"; }
    app_secret = "hush"

Component "conference.meet.example.com" "muc"
    storage = "memory"
    restrict_room_creation = true

VirtualHost "auth.meet.example.com"
    authentication = "internal_hashed"
--- link: conf.d/meet.example.com.cfg.lua -> ../conf.avail/meet.example.com.cfg.lua
`;

/** What the tests of every feature are cut short at every place of. */
export const FIXTURES: readonly string[] = [
  JITSI,
  `authentication = internal_plain
VirtualHost "a.example" { enabled = true; ["modules_enabled"] = { "bosh" } }
ldap = { hostname = "ldaps://dc1.example.com", bind_password = 'secret', user = { basedn = [[OU=Users,DC=example,DC=com]] } }
`,
  `-- \u00fcber\r\nlog = { info = "*syslog" } --[[ long\r\ncomment ]]\r\nfor _, name in ipairs { "a", "b" } do\r\n  VirtualHost(name .. ".example")\r\nend\r\n`,
];
