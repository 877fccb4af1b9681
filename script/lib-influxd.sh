# How to come by an InfluxDB server. Sourced after lib.sh.

INFLUXDB_2=2.7.12
INFLUXDB_1=1.8.10
GO_VERSION=1.24.4

cached_influxd() { printf '%s\n' "$CACHE/influxd-$1/influxd"; }

# True when a program is an InfluxDB of the same major version.
is_influxdb() { [ -x "$2" ] && "$2" version 2>/dev/null | grep -qE "^InfluxDB v?${1%%.*}\."; }

bring_influxd() {
  local version=$1 influxd
  influxd=$(cached_influxd "$version")
  # Another script may have brought it while this one waited for the lock.
  is_influxdb "$version" "$influxd" && return
  mkdir -p "$(dirname "$influxd")"
  take_from_docker "$version" "$influxd" || build_influxd "$version" "$influxd"
}

# The image's server is an ordinary program: taken out, it starts and stops like any other.
take_from_docker() {
  have docker && timeout 20 docker info >/dev/null 2>&1 || return 1
  local version=$1 container taken=$2.docker
  say "Taking influxd out of Docker's image influxdb:$version …"
  quietly docker pull --quiet "influxdb:$version" || return 1
  container=$(docker create "influxdb:$version") || return 1
  docker cp --quiet --follow-link "$container:/usr/bin/influxd" "$taken" >/dev/null 2>&1 || true
  docker rm "$container" >/dev/null
  is_influxdb "$version" "$taken" && mv "$taken" "$2"
}

# True when a tool's version, as it prints it, is at least the wanted one.
recent_enough() {
  local wanted=$1 found
  shift
  found=$("$@" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1) || return 1
  [ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ]
}

# Puts Go on PATH, from Debian's package where it is missing.
prepare_go() {
  have go || apt_install golang-go || die "building influxd needs Go; install it"
  recent_enough "${GO_VERSION%.*}" go version || use_newer_go
}

# Likewise Rust and a C compiler, which Flux's library needs.
prepare_compilers() {
  have pkg-config || apt_install pkg-config || die "building influxd needs pkg-config; install it"
  have gcc || apt_install gcc libc6-dev || die "building influxd needs gcc; install it"
  # Debian 12 has a newer Rust beside its own, named after what it was packaged for.
  recent_enough 1.72 cargo --version || apt_install cargo-web rustc-web || apt_install cargo rustc || true
  recent_enough 1.72 cargo --version ||
    die "building influxd needs Rust >= 1.72 with cargo; install it, or put an influxd 2.x on PATH"
}

# Any Go can download a newer one, which is a module; only the right to execute is lost.
use_newer_go() {
  local home
  home=$(GOFLAGS='' go mod download -json \
    "golang.org/toolchain@v0.0.1-go$GO_VERSION.$(go env GOOS)-$(go env GOARCH)" |
    sed -n 's/^\t"Dir": "\(.*\)",$/\1/p') || true
  [ -n "$home" ] || die "building influxd needs Go >= ${GO_VERSION%.*}; install it"
  find "$home/bin" "$home/pkg/tool" -type f -exec chmod a+x {} +
  PATH=$home/bin:$PATH
  export GOROOT=$home
}

# Leaves no trace of a build but its program.
build_influxd() {
  local version=$1 work
  work=$(dirname "$2")/build
  rm -rf "$work"
  mkdir -p "$work"
  prepare_go
  if [ "$version" = "$INFLUXDB_1" ]; then
    say "Building InfluxDB $version from its Go modules (about two minutes) …"
    quietly run_go_install "$work" "$version"
  else
    prepare_compilers
    say "Building InfluxDB $version from its Go modules (about four minutes) …"
    quietly run_go_build "$work" "$version"
  fi || die "InfluxDB did not build; the lines above say why"
  mv "$work/influxd" "$2"
  chmod -R u+w "$work"
  rm -rf "$work"
}

# Version 1 is Go alone, and can be installed as it is.
run_go_install() (
  export CGO_ENABLED=0 GOBIN=$1
  go install -trimpath -ldflags "-s -w -X main.version=$2" \
    "github.com/influxdata/influxdb/cmd/influxd@v$2"
)

# The module of version 2 has a `replace`, so `go install` refuses it; as a tool of a module
# of our own it builds. Its pkg-config builds the Flux library (Rust) when cgo asks for it.
run_go_build() (
  cd "$1"
  cp "$ROOT"/script/influxd.mod/go.{mod,sum} .
  # The Flux library denies warnings that newer compilers have.
  printf '#!/bin/sh\nexec "$@" --cap-lints warn\n' >rustc-wrapper
  chmod +x rustc-wrapper
  export CGO_ENABLED=1 GOFLAGS=-mod=readonly
  # The Flux library names an old toolchain that rustup would have to download.
  if have rustup; then RUSTUP_TOOLCHAIN=$(rustup default | cut -d ' ' -f 1) && export RUSTUP_TOOLCHAIN; fi
  go build -o "$1/pkg-config" github.com/influxdata/pkg-config || return
  PKG_CONFIG=$1/pkg-config RUSTC_WRAPPER=$1/rustc-wrapper go build \
    -tags sqlite_foreign_keys,sqlite_json -ldflags "-s -w -X main.version=$2" \
    -o "$1/influxd" github.com/influxdata/influxdb/v2/cmd/influxd
)
