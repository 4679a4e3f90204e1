#!/bin/bash
# The steps of a YunoHost package that change Prosody's configuration, without ynh_replace on the text: `source` it from install,
# upgrade, change_url and remove. What is refused ends the step with status 3 and a reason, and has written nothing.

prosody_dir=${prosody_dir:-/etc/prosody}
prosodist=${prosodist:-prosodist}

# prosody_patch: operations on standard input
prosody_patch() {
    "$prosodist" patch -f - --write "$prosody_dir"
}

# prosody_use_ldap DOMAIN: the users of YunoHost log in
prosody_use_ldap() {
    prosody_patch <<OPERATIONS
[
  { "op": "set", "scope": { "host": "$1" }, "name": "authentication", "value": "ldap" },
  { "op": "set", "scope": { "host": "$1" }, "name": "ldap_server", "value": "localhost" },
  { "op": "set", "scope": { "host": "$1" }, "name": "ldap_base", "value": "ou=users,dc=yunohost,dc=org" },
  { "op": "set", "scope": { "host": "$1" }, "name": "ldap_filter", "value": "(&(uid=\$user)(permission=cn=jitsi.main,ou=permission,dc=yunohost,dc=org))" },
  { "op": "set", "scope": "global", "name": "consider_bosh_secure", "value": true },
  { "op": "set", "scope": "global", "name": "consider_websocket_secure", "value": true }
]
OPERATIONS
}

# prosody_change_url OLD NEW: the host, those below it, addresses, certificates, its file and its link; x.OLD.au and root@dataOLD stay
prosody_change_url() {
    prosody_patch <<OPERATIONS
[ { "op": "rename.host", "host": "$1", "to": "$2", "refs": true } ]
OPERATIONS
}

# prosody_remove DOMAIN: the link goes, the file stays for a later install
prosody_remove() {
    prosody_patch <<OPERATIONS
[ { "op": "disable.file", "name": "$1.cfg.lua" } ]
OPERATIONS
}
