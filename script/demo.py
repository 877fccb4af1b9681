"""Run Home Assistant with demo heat pumps until somebody stops it."""

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from typing import Any
import webbrowser

from custom_components.heatpump_dashboard.const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DOMAIN,
    POLL_INTERVAL,
    SOURCE_DEMO,
    SOURCE_INFLUXDB,
)
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.support.home_assistant import PANEL, RESTART, HomeAssistant, entry, pump
from tests.support.influx import Influx

BRANDS = ("thermia", "ivt", "nibe")
DAYS = 30
ROOT = Path(__file__).parents[1]
COMPONENT = ROOT / "custom_components" / DOMAIN
BLUEPRINTS = Path("blueprints") / "automation" / DOMAIN


def main() -> None:
    """Read the command line, run, and end without a traceback when stopped."""
    parser = argparse.ArgumentParser(prog="script/demo", description=__doc__)
    parser.add_argument("--influxdb", action="store_true", help="use a real InfluxDB")
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--headless", action="store_true", help="open no browser")
    parser.add_argument("--config", type=Path, help="a configuration to keep")
    parser.add_argument("--cache", type=Path, required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if is_taken(arguments.port):
        parser.error(f"port {arguments.port} is taken; choose another with --port")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        code = run(arguments)
    except (OSError, RuntimeError) as err:
        sys.exit(f"error: {err}")
    sys.exit(code)


def run(arguments: argparse.Namespace) -> int:
    """Start everything, wait, and stop what was started; return the exit code."""
    with ExitStack() as running:
        if arguments.config:
            folder = kept_folder(arguments.config)
        else:
            folder = fresh_folder(arguments.cache / f"demo-{arguments.port}")
        source = running.enter_context(influxdb()) if arguments.influxdb else demo()
        home = HomeAssistant(folder.resolve(), arguments.port)
        home.seed([source], COMPONENT)
        shutil.copytree(ROOT / BLUEPRINTS, folder / BLUEPRINTS, dirs_exist_ok=True)
        say("Starting Home Assistant …")
        running.callback(home.stop)
        home.start()
        tell_access(source["data"])
        show(f"{home.url}/{PANEL}", headless=arguments.headless)
        return watch(home)


def stop(number: int, frame: object) -> None:
    """End the run; a second Ctrl-C must not keep the first from cleaning up."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    say("\nStopping …")
    sys.exit(0)


def is_taken(port: int) -> bool:
    """Return whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fresh_folder(folder: Path) -> Path:
    """Return an empty folder in the place of what an earlier demo left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def kept_folder(folder: Path) -> Path:
    """Return a folder that is new or an earlier demo's: its entries are replaced.

    Raises RuntimeError for any other, which may be somebody's real configuration.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / ".heatpump-demo"
    if not mark.exists() and any(folder.iterdir()):
        raise RuntimeError(f"{folder} is not empty, and not an earlier demo's")
    mark.touch()
    return folder


def pumps(prefix: str) -> list[dict[str, Any]]:
    """Return a heat pump of each brand; its bucket is named as the brand."""
    made = [demo_pump(load(brand)) for brand in BRANDS]
    return [
        pump(f"{prefix}_{one['unique_id']}", one["title"], one["data"]) for one in made
    ]


def demo() -> dict[str, Any]:
    """Return the config entry of the source that needs no database."""
    return entry("demo", "Demo", SOURCE_DEMO, {CONF_SOURCE: SOURCE_DEMO}, pumps("demo"))


@contextmanager
def influxdb() -> Iterator[dict[str, Any]]:
    """Run a filled InfluxDB that gets new readings; yield its config entry."""
    binary = os.environ["HEATPUMP_INFLUXD"]
    folder = Path(tempfile.mkdtemp(prefix="heatpump-influxdb-"))
    ending = threading.Event()
    with ExitStack() as running:
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        server = Influx(binary, folder)
        running.callback(server.stop)
        server.start()
        server.set_up()
        since = fill(server)
        writer = threading.Thread(target=keep_writing, args=(server, since, ending))
        writer.start()
        running.callback(writer.join)
        running.callback(ending.set)
        data = {
            CONF_SOURCE: SOURCE_INFLUXDB,
            "url": server.url,
            "token": server.token,
            CONF_ORGANIZATION: server.organization,
            "verify_ssl": True,
        }
        identity = f"{server.url} {server.organization}"
        title = f"InfluxDB 127.0.0.1 ({server.organization})"
        yield entry("influxdb", title, identity, data, pumps("influxdb"))


def fill(server: Influx) -> datetime:
    """Write the past of each brand; return the moment up to which it is written."""
    until = datetime.now(UTC)
    say(f"Writing {DAYS} days of three heat pumps into InfluxDB …")
    for brand in BRANDS:
        server.make_bucket(brand)
    pool = ThreadPoolExecutor(len(BRANDS))
    try:
        starts = [until - timedelta(days=day) for day in range(DAYS, 0, -1)]
        days = [pool.submit(write_day, server, b, s) for s in starts for b in BRANDS]
        for written, day in enumerate(days, 1):
            day.result()
            if written % (10 * len(BRANDS)) == 0:
                say(f"  day {written // len(BRANDS)} of {DAYS}")
    finally:
        pool.shutdown(cancel_futures=True)
    return until


def write_day(server: Influx, brand: str, start: datetime) -> None:
    """Write the readings of one day into the brand's bucket."""
    server.write(brand, stored(brand, start, start + timedelta(days=1)), brand)


def keep_writing(server: Influx, since: datetime, ending: threading.Event) -> None:
    """Write new readings as they are due, as the collector does, until told to end."""
    while not ending.wait(POLL_INTERVAL.total_seconds()):
        now = datetime.now(UTC)
        try:
            for brand in BRANDS:
                server.write(brand, stored(brand, since, now), brand)
        except OSError as err:
            say(f"A reading was not written: {err}")
            continue
        since = now


def tell_access(data: dict[str, Any]) -> None:
    """Say what to type into the forms to set the same InfluxDB up by hand."""
    if data[CONF_SOURCE] == SOURCE_INFLUXDB:
        say(f"\n  InfluxDB      {data['url']}")
        say(f"  organization  {data[CONF_ORGANIZATION]}")
        say(f"  token         {data['token']}")


def show(address: str, *, headless: bool) -> None:
    """Say where the panel is, and open it where there is a desktop."""
    say(f"\n  {address}\n\nCtrl-C ends it.")
    desktop = sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if desktop and not headless:
        webbrowser.open(address)


def watch(home: HomeAssistant) -> int:
    """Return Home Assistant's exit code; start it again when it asks for that."""
    while (code := home.ended()) in (None, RESTART):
        if code == RESTART:
            home.start()
        time.sleep(0.5)
    return code


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
