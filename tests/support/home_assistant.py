"""A real Home Assistant of our own: set up, logged in, on 127.0.0.1 only."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import signal
import subprocess
import sys
import time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from homeassistant.__main__ import FAULT_LOG_FILENAME

from tests.support.influx import STOP_S

PANEL = "heatpump-dashboard"
READY_S = 600.0
ANSWER_S = 30.0
OWNER = "0123456789ab4def8123456789abcdef"
RESTART = 100  # the exit code by which Home Assistant asks to be started again

# No `default_config`: it would look for devices and talk to the world. No `http`
# either: what YAML says of it is taken back after five minutes.
CONFIGURATION = f"""\
homeassistant:
  name: Home
  latitude: 59.33
  longitude: 18.07
  elevation: 20
  country: SE
  currency: SEK
  time_zone: Europe/Stockholm
  unit_system: metric
  auth_providers:
    - type: trusted_networks
      trusted_networks: [127.0.0.1/32]
      trusted_users:
        127.0.0.1/32: [{OWNER}]
      allow_bypass_login: true
recorder:
history:
logbook:
energy:
automation: !include automations.yaml
logger:
  default: warning
  logs:
    # Of cameras and speech, which nobody has here.
    haffmpeg: fatal
    homeassistant.components.camera.img_util: fatal
"""


class HomeAssistant:
    """One Home Assistant with its configuration in a folder of its own.

    Whoever opens it from this machine is its owner. `stop()` and `start()` keep
    everything. All methods block.
    """

    def __init__(self, folder: Path, port: int) -> None:
        """Say where; nothing runs yet."""
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "output.log"
        self._process: subprocess.Popen[bytes] | None = None

    def seed(self, entries: Sequence[Mapping[str, Any]], component: Path) -> None:
        """Write what onboarding and config flows would have left behind.

        An existing configuration keeps all but its config entries and its port.
        `component` is the folder of the integration; it is linked, not copied.
        """
        store = self.folder / ".storage"
        store.mkdir(parents=True, exist_ok=True)
        configuration = self.folder / "configuration.yaml"
        if not configuration.exists():
            configuration.write_text(CONFIGURATION, encoding="utf-8")
            (self.folder / "automations.yaml").write_text("[]\n", encoding="utf-8")
        for key, (version, minor, data) in _first_stores().items():
            if not (store / key).exists():
                _save(store, key, version, minor, data)
        _save(store, "http", 2, 2, _http(self.port))
        _save(store, "core.config_entries", 1, 5, {"entries": list(entries)})
        link = self.folder / "custom_components" / component.name
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(component.resolve())

    def start(self, page: str = PANEL) -> None:
        """Start and return when a page is there: the panel, if nothing else is said.

        Raises RuntimeError with the end of its log when it does not come up.
        """
        command = [sys.executable, "-m", "homeassistant", "--skip-pip"]
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--config", str(self.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                # In the checkout its own integration would be found first.
                cwd=self.folder,
                # Ctrl-C is for whoever started us: he stops it, with time to save.
                process_group=0,
            )
        self._wait(page)

    def stop(self) -> None:
        """Stop and return when it has gone.

        Raises RuntimeError with what each of its threads did when it does not go.
        """
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            # Home Assistant's fault handler writes down where every thread stands.
            process.send_signal(signal.SIGABRT)
            process.wait(STOP_S)
            fault = self.folder / FAULT_LOG_FILENAME
            stood = fault.read_text() if fault.exists() else "It was all but gone."
            end = self.log.read_text(errors="replace")[-3000:]
            raise RuntimeError(
                f"Home Assistant did not stop:\n{stood}\n{end}"
            ) from None

    def kill(self) -> None:
        """End it as a power cut does: with no time to save anything."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(STOP_S)

    def ended(self) -> int | None:
        """Return the exit code of a Home Assistant that stopped by itself."""
        return self._process.poll() if self._process else None

    def _wait(self, page: str) -> None:
        last = time.monotonic() + READY_S
        while time.monotonic() < last and self.ended() is None:
            if self._has(page):
                return
            time.sleep(0.1)
        self.stop()
        end = self.log.read_text(errors="replace")[-3000:]
        raise RuntimeError(f"Home Assistant did not show its page:\n{end}")

    def _has(self, page: str) -> bool:
        try:
            with urlopen(f"{self.url}/{page}", timeout=ANSWER_S) as answer:
                found: bool = answer.status == 200
        except HTTPError, URLError, ConnectionError, TimeoutError:
            return False
        return found


def entry(
    entry_id: str,
    title: str,
    unique_id: str,
    data: Mapping[str, Any],
    pumps: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return a config entry of the integration as Home Assistant stores it."""
    now = datetime.now(UTC).isoformat()
    return {
        "created_at": now,
        "data": dict(data),
        "disabled_by": None,
        "discovery_keys": {},
        "domain": "heatpump_dashboard",
        "entry_id": entry_id,
        "minor_version": 1,
        "modified_at": now,
        "options": {},
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "user",
        "subentries": list(pumps),
        "title": title,
        "unique_id": unique_id,
        "version": 1,
    }


def pump(subentry_id: str, title: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a heat pump's subentry; its bucket is its identity."""
    return {
        "data": dict(data),
        "subentry_id": subentry_id,
        "subentry_type": "heat_pump",
        "title": title,
        "unique_id": data["bucket"],
    }


def _first_stores() -> dict[str, tuple[int, int, dict[str, Any]]]:
    """Return the stores of a Home Assistant that has just been onboarded."""
    steps = ["user", "core_config", "analytics", "integration"]
    return {
        "onboarding": (4, 1, {"done": steps}),
        "auth": (1, 1, _auth()),
        # No other computer is asked for its name: loopback only, on Linux and macOS.
        "core.network": (1, 1, {"configured_adapters": ["lo", "lo0"]}),
    }


def _auth() -> dict[str, Any]:
    """Return one owner without a password: 127.0.0.1 is trusted."""
    owner = {
        "group_ids": ["system-admin"],
        "id": OWNER,
        "is_active": True,
        "is_owner": True,
        "local_only": False,
        "name": "Owner",
        "system_generated": False,
    }
    groups = {
        "system-admin": "Administrators",
        "system-users": "Users",
        "system-read-only": "Read Only",
    }
    return {
        "credentials": [],
        "groups": [{"id": key, "name": name} for key, name in groups.items()],
        "refresh_tokens": [],
        "users": [owner],
    }


def _http(port: int) -> dict[str, Any]:
    stable = {
        "cors_allowed_origins": [],
        "created_at": datetime.now(UTC).isoformat(),
        "error": None,
        "error_message": None,
        "ip_ban_enabled": True,
        "login_attempts_threshold": -1,
        "server_host": ["127.0.0.1"],
        "server_port": port,
        "ssl_profile": "modern",
        "use_x_frame_options": True,
    }
    return {"pending": None, "stable": stable, "yaml_migration_done": True}


def _save(folder: Path, key: str, version: int, minor: int, data: Any) -> None:
    content = {"version": version, "minor_version": minor, "key": key, "data": data}
    (folder / key).write_text(json.dumps(content, indent=2), encoding="utf-8")
