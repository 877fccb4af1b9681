# Browsers for the tests that need one. Sourced after lib.sh.

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

# Prints the path of a Firefox, or fails. HEATPUMP_FIREFOX names one outright.
find_firefox() {
  local name
  if [ -n "${HEATPUMP_FIREFOX:-}" ]; then
    printf '%s\n' "$HEATPUMP_FIREFOX"
    return
  fi
  for name in firefox-esr firefox; do
    command -v "$name" && return
  done
  name="/Applications/Firefox.app/Contents/MacOS/firefox"
  [ -x "$name" ] && printf '%s\n' "$name"
}

setup_browser() {
  setup_chromium
  setup_firefox
}

setup_firefox() {
  find_firefox >/dev/null && return
  if is_root && have apt-get; then say "Installing Firefox …"; fi
  apt_install firefox-esr ||
    warn "no Firefox found: its browser test will not run. Install Firefox, or set HEATPUMP_FIREFOX to its path."
}

setup_chromium() {
  find_chromium >/dev/null && return
  if is_root && have apt-get; then say "Installing Chromium …"; fi
  apt_install chromium ||
    warn "no Chromium found: the browser tests will not run. Install chromium or Google Chrome, or set HEATPUMP_CHROMIUM to its path."
}
