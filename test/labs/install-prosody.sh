#!/bin/bash
# A Debian tree of its own with a real Prosody in it: bookworm has 0.12.3, trixie has 13.0.1.
# usage: install-prosody.sh 0.12|13.0        Needs root; two minutes once, nothing afterwards.
source "$(dirname "$0")/common.sh"
case ${1:-} in
  0.12) suite=bookworm ;;
  13.0) suite=trixie ;;
  *) echo "usage: $0 0.12|13.0" >&2; exit 2 ;;
esac
# the last line is the third way to a directory: mod_auth_cyrus, libsasl2 and saslauthd
packages="prosody prosody-modules lua-ldap lua-unbound lua-filesystem lua5.4 \
  lua-cyrussasl libsasl2-modules sasl2-bin"
tree=$labs/prosody-$1
[[ $(cat "$tree/.complete" 2>/dev/null) == "$packages" ]] && exit 0
need_root "Prosody $1"
if [[ ! -e $tree/.complete ]]; then
  debian debootstrap
  mirror=${PROSODIST_DEBIAN_MIRROR:-http://deb.debian.org/debian}
  rm -rf "$tree"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$tree" "$mirror" >"$labs/prosody-$1.log" 2>&1
  # nothing may start inside the tree: it is there to read configurations and to answer questions
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"; chmod +x "$tree/usr/sbin/policy-rc.d"
  for file in /etc/apt/apt.conf.d/*proxy*; do [[ -e $file ]] && cp "$file" "$tree/etc/apt/apt.conf.d/"; done
fi
chroot "$tree" sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  $packages && apt-get clean" >>"$labs/prosody-$1.log" 2>&1
echo "$packages" >"$tree/.complete"
