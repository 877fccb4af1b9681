# Shared by every script: where things are, how to speak, how to notice that nothing changed.
# Sourced, not run.

set -euo pipefail
shopt -s inherit_errexit

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/heatpump-dashboard
COMPONENT=$ROOT/custom_components/heatpump_dashboard
VENV=$ROOT/.venv

say() { printf '%s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# A hash of the contents and names of the given files and folders.
fingerprint() {
  find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-16
}

# Runs a command silently; when it fails, shows what it said.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# Installs Debian packages where that is possible without asking anybody.
apt_install() {
  is_root && have apt-get || return 1
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 </dev/null && return
  # Its lists may be old, or empty as in a container.
  quietly apt-get update && quietly apt-get install -y --no-install-recommends "$@"
}

# Runs a function while no other script holds the lock of that name.
locked() (
  mkdir -p "$CACHE"
  exec 9>"$CACHE/$1.lock"
  if have flock; then flock 9; fi
  shift
  "$@" 9>&-
)
