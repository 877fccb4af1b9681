"""A real InfluxDB with the readings of one heat pump, few days or many."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import shutil
import sys

from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.support.bulk import fill
from tests.support.influx import Influx

BRAND = "thermia"
# Repeated until the wanted days are full.
PATTERN = timedelta(days=10)
# A longer past takes minutes to write and is kept for the next time.
KEPT_DAYS = 30


@contextmanager
def filled(cache: Path, days: int) -> Iterator[Influx]:
    """Run a server whose bucket `BRAND` has readings of so many days up to now.

    Of a past that was kept, only the time since then is written.
    """
    folder = cache / str(days)
    mark = folder / "written"
    if days < KEPT_DAYS or not mark.exists():
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
        yield server


def write_one(server: Influx) -> None:
    """Write a reading of this moment."""
    now = datetime.now(UTC)
    row = stored(BRAND, now - timedelta(hours=3), now).iloc[[-1]]
    server.write(BRAND, row.set_axis(row.index + (now - row.index[0])), BRAND)


def say(text: str) -> None:
    """Tell the user, not the reader of the numbers."""
    print(text, file=sys.stderr, flush=True)
