#!/bin/bash
# Real directories: Samba (Active Directory) and OpenLDAP as Debian ships them, and the files of one domain, made once.
# usage: install-directory.sh        Needs root; a minute once, nothing afterwards.
source "$(dirname "$0")/common.sh"
here=$(cd "$(dirname "$0")" && pwd)
# No packaged service may start: it would take the ports, and tests start their own.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy && $(id -u) == 0 ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
debian samba samba-dsdb-modules samba-vfs-modules samba-ad-provision winbind krb5-config slapd ldap-utils openssl dnsmasq-base
made=$(cat "$here/make-ad.py" "$here/accounts.json" | sha256sum | cut -d' ' -f1)
domain=$labs/ad
[[ $(cat "$domain/.complete" 2>/dev/null) == "$made" ]] && exit 0
need_root "the Active Directory"
rm -rf "$domain"; mkdir -p "$domain"
/usr/bin/python3 "$here/make-ad.py" "$domain" # Debian's: Samba's modules are for that one
echo "$made" >"$domain/.complete"
