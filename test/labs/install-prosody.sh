#!/bin/bash
# A Debian tree of its own with a real Prosody in it: bookworm has 0.12.3, trixie has 13.0.1.
# usage: install-prosody.sh 0.12|13.0        Needs root; two minutes once, nothing afterwards.
source "$(dirname "$0")/common.sh"
case ${1:-} in
  0.12) suite=bookworm ;;
  13.0) suite=trixie ;;
  *) echo "usage: $0 0.12|13.0" >&2; exit 2 ;;
esac
tree=$labs/prosody-$1
[[ -e $tree/.complete ]] && exit 0
need_root "Prosody $1"
debian debootstrap
mirror=${PROSODIST_DEBIAN_MIRROR:-http://deb.debian.org/debian}
rm -rf "$tree"
debootstrap --variant=minbase --include=ca-certificates "$suite" "$tree" "$mirror" >"$labs/prosody-$1.log" 2>&1
# nothing may start inside the tree: it is there to read configurations and to answer questions
printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"; chmod +x "$tree/usr/sbin/policy-rc.d"
for file in /etc/apt/apt.conf.d/*proxy*; do [[ -e $file ]] && cp "$file" "$tree/etc/apt/apt.conf.d/"; done
chroot "$tree" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  prosody prosody-modules lua-ldap lua-unbound lua-filesystem lua5.4 && apt-get clean' >>"$labs/prosody-$1.log" 2>&1
touch "$tree/.complete"
