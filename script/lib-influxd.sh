# How to come by an InfluxDB 2 server. Sourced after lib.sh.

INFLUXDB_VERSION=2.7.12
GO_VERSION=1.24.4
INFLUXD=$CACHE/influxd-$INFLUXDB_VERSION/influxd

is_influxdb_2() { [ -x "$1" ] && "$1" version 2>/dev/null | grep -qE '^InfluxDB v?2\.'; }

bring_influxd() {
  # Another script may have brought it while this one waited for the lock.
  is_influxdb_2 "$INFLUXD" && return
  mkdir -p "$(dirname "$INFLUXD")"
  take_from_docker || build_influxd
}

# The image's server is an ordinary program: taken out, it starts and stops like any other.
take_from_docker() {
  have docker && timeout 20 docker info >/dev/null 2>&1 || return 1
  local container taken=$INFLUXD.docker
  say "Taking influxd out of Docker's image influxdb:$INFLUXDB_VERSION …"
  quietly docker pull --quiet "influxdb:$INFLUXDB_VERSION" || return 1
  container=$(docker create "influxdb:$INFLUXDB_VERSION") || return 1
  docker cp --quiet --follow-link "$container:/usr/bin/influxd" "$taken" >/dev/null 2>&1 || true
  docker rm "$container" >/dev/null
  is_influxdb_2 "$taken" && mv "$taken" "$INFLUXD"
}

# True when a tool's version, as it prints it, is at least the wanted one.
recent_enough() {
  local wanted=$1 found
  shift
  found=$("$@" 2>/dev/null | grep -oE '[0-9]+\.[0-9]+(\.[0-9]+)?' | head -n 1) || return 1
  [ "$(printf '%s\n' "$wanted" "$found" | sort -V | head -n 1)" = "$wanted" ]
}

# Puts Go, Rust and a C compiler on PATH, from Debian's packages where they are missing.
prepare_compilers() {
  have pkg-config || apt_install pkg-config || die "building influxd needs pkg-config; install it"
  have gcc || apt_install gcc libc6-dev || die "building influxd needs gcc; install it"
  have go || apt_install golang-go || die "building influxd needs Go; install it"
  recent_enough "${GO_VERSION%.*}" go version || use_newer_go
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

# InfluxDB's module has a `replace`, so `go install` refuses it; as a tool of a module of
# our own it builds. Its pkg-config builds the Flux library (Rust) when cgo asks for it.
build_influxd() {
  local work=$CACHE/influxd-$INFLUXDB_VERSION/build
  prepare_compilers
  say "Building InfluxDB $INFLUXDB_VERSION from its Go modules (about four minutes) …"
  rm -rf "$work"
  mkdir -p "$work"
  cp "$ROOT"/script/influxd.mod/go.{mod,sum} "$work/"
  # The Flux library denies warnings that newer compilers have.
  printf '#!/bin/sh\nexec "$@" --cap-lints warn\n' >"$work/rustc-wrapper"
  chmod +x "$work/rustc-wrapper"
  quietly run_go_build "$work" || die "InfluxDB did not build; the lines above say why"
  mv "$work/influxd" "$INFLUXD"
  chmod -R u+w "$work"
  rm -rf "$work"
}

run_go_build() (
  cd "$1"
  export CGO_ENABLED=1 GOFLAGS=-mod=readonly
  # The Flux library names an old toolchain that rustup would have to download.
  if have rustup; then RUSTUP_TOOLCHAIN=$(rustup default | cut -d ' ' -f 1) && export RUSTUP_TOOLCHAIN; fi
  go build -o "$1/pkg-config" github.com/influxdata/pkg-config || return
  PKG_CONFIG=$1/pkg-config RUSTC_WRAPPER=$1/rustc-wrapper go build \
    -tags sqlite_foreign_keys,sqlite_json -ldflags "-s -w -X main.version=$INFLUXDB_VERSION" \
    -o "$1/influxd" github.com/influxdata/influxdb/v2/cmd/influxd
)
