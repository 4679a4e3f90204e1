#!/bin/bash
# Helix from Debian 13, started with the C library of the tree that has Prosody 13.0: Debian 12 has no Helix.
source "$(dirname "$0")/common.sh"
tree=$labs/prosody-13.0
helix=$labs/helix
[[ -x $helix/hx ]] && exit 0
need_root Helix
rm -rf "$helix"
mkdir -p "$helix/files"
# the tree's own apt knows and checks the package; nothing of it is left in the tree
chroot "$tree" sh -c 'cd /tmp && apt-get update -qq && apt-get download -qq hx' >>"$labs/prosody-13.0.log" 2>&1
dpkg-deb -x "$tree"/tmp/hx_*.deb "$helix/files"
rm -f "$tree"/tmp/hx_*.deb
cat >"$helix/hx" <<EOF
#!/bin/sh
export HELIX_RUNTIME=$helix/files/usr/lib/hx/runtime
libraries=$tree/lib/$(uname -m)-linux-gnu:$tree/usr/lib/$(uname -m)-linux-gnu
exec "\$(ls $tree/lib64/ld-linux-* $tree/lib/ld-linux-* 2>/dev/null | head -n 1)" --library-path "\$libraries" \\
  $helix/files/usr/lib/hx/hx "\$@"
EOF
chmod +x "$helix/hx"
