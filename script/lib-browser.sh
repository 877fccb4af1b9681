# A browser for the tests that need one. Sourced after lib.sh.

# Prints the path of a Chromium or Chrome, or fails. HEATPUMP_CHROMIUM names one outright.
find_chromium() {
  local name
  if [ -n "${HEATPUMP_CHROMIUM:-}" ]; then
    printf '%s\n' "$HEATPUMP_CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  name="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  [ -x "$name" ] && printf '%s\n' "$name"
}

setup_browser() {
  find_chromium >/dev/null && return
  if is_root && have apt-get; then say "Installing Chromium …"; fi
  apt_install chromium ||
    warn "no Chromium found: the browser tests will not run. Install chromium or Google Chrome, or set HEATPUMP_CHROMIUM to its path."
}
