"""Measure the integration with little and with much data."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
import json
import os
from pathlib import Path
import shutil
from statistics import median
import subprocess
import sys

from custom_components.heatpump_dashboard.sources.demo_physics import stored
from tests.support.bulk import fill
from tests.support.influx import Influx

BRAND = "thermia"
# Repeated until the wanted days are full.
PATTERN = timedelta(days=10)

# What is printed of each figure of a run, with its unit.
FIGURES = {
    "start_ms": "start of the entry to the 24 h view, first time, ms",
    "reload_ms": "the same when all is imported, ms",
    "history_s": "30 days in the background, s",
    "history_block_ms": "event loop held meanwhile, ms",
    "queries": "queries of a poll",
    "server_ms": "poll: time in the database, ms",
    "poll_ms": "poll: until the entities have it, ms",
    "publish_ms": "poll: until five viewers have it, ms",
    "poll_block_ms": "poll: event loop held, longest, ms",
}


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--days", type=int, nargs="+", default=[2, 400])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cache", type=Path, required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    results = {days: measure(days, arguments) for days in arguments.days}
    if arguments.json:
        print(json.dumps({"load": os.getloadavg(), "days": results}, indent=2))
    else:
        show(results)


def measure(days: int, arguments: argparse.Namespace) -> dict[str, list[float]]:
    """Return all runs of each figure with so many days of data."""
    with filled(arguments.cache / str(days), days) as (server, bucket):
        cache = arguments.cache / "bytecode"
        runs = [run(server, bucket, cache) for _ in range(arguments.repeat)]
    return {figure: [one[figure] for one in runs] for figure in FIGURES}


@contextmanager
def filled(folder: Path, days: int) -> Iterator[tuple[Influx, str]]:
    """Run a server with a bucket that has readings of so many days up to now.

    The last hours before now are those that were missing since the last time.
    """
    mark = folder / "written"
    if not mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
    now = datetime.now(UTC).replace(microsecond=0)
    with Influx(os.environ["HEATPUMP_INFLUXD"], folder) as server:
        if mark.exists():
            since = datetime.fromisoformat(mark.read_text(encoding="utf-8"))
            server.write(BRAND, stored(BRAND, since, now), BRAND)
        else:
            say(f"Writing {days} days …")
            server.make_bucket(BRAND)
            pattern = stored(BRAND, now - PATTERN, now)
            fill(server, BRAND, BRAND, pattern, stop=now, days=days)
        mark.write_text(now.isoformat(), encoding="utf-8")
        yield server, BRAND


def run(server: Influx, bucket: str, bytecode: Path) -> dict[str, float]:
    """Return the figures of one Home Assistant, in a process of its own.

    Python keeps what it has compiled, as it does where Home Assistant runs, even if
    it is told not to here.
    """
    script = Path(__file__).with_name("bench_once.py")
    done = subprocess.run(
        [sys.executable, script, server.url, bucket],
        env=os.environ
        | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bytecode)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def show(results: dict[int, dict[str, list[float]]]) -> None:
    """Print a table: the median of the runs, and the best and the worst."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'':52}" + "".join(f"{days:>7} days{'':14}" for days in results))
    for figure, text in FIGURES.items():
        print(f"{text:52}" + "".join(cell(runs[figure]) for runs in results.values()))


def cell(values: list[float]) -> str:
    """Return a cell of the table."""
    return f"{median(values):>9.4g}  ({min(values):.4g}-{max(values):.4g})".ljust(26)


def say(text: str) -> None:
    """Tell the user, not the reader of the numbers."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
