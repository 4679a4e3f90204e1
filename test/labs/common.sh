# Sourced by the install scripts beside it: where the labs live, and how Debian packages are asked for.
# The folder can be moved with PROSODIST_LABS; it is a cache, and deleting it costs only time.
set -euo pipefail
labs=${PROSODIST_LABS:-${XDG_CACHE_HOME:-$HOME/.cache}/prosodist-labs}
mkdir -p "$labs"

need_root() {
  if [[ $(id -u) != 0 ]]; then echo "labs: $1 needs root (Debian packages, chroot); run as root or do without it" >&2; exit 77; fi
}

# debian PACKAGE…: installs those that are missing; two labs may ask at the same time, so one waits for the other
debian() {
  local missing=()
  for package in "$@"; do dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package"); done
  [[ ${#missing[@]} == 0 ]] && return 0
  need_root "installing ${missing[*]}"
  (
    flock 9
    [[ -n $(find /var/lib/apt/lists -name '*_Packages*' -mmin -1440 -print -quit 2>/dev/null) ]] || apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  ) 9>"$labs/apt.lock"
}
