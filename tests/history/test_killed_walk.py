"""The walk through all years, in a process that is killed as by a power cut."""

from collections.abc import Iterator
from datetime import date, timedelta
import os
from pathlib import Path
import signal
import subprocess
import sys

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.hours import midnight
from tests.support.walking import FIRST, LAST, NOW

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
KILLS = 20
HEAT_OF_AN_HOUR = 6.75


class Walker:
    """What begins a walk, and kills it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def walk(self, kill_after: int | None = None) -> list[str]:
        """Walk, and be killed after so many words; return what was said."""
        said: list[str] = []
        pid: int | None = None
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write("go\n")
        stdin.flush()
        for line in stdout:
            word = line.strip()
            if word == "ended":
                return said
            if word.startswith("pid"):
                pid = int(word.split()[1])
            else:
                said.append(word)
            if pid is not None and len(said) == kill_after:
                os.kill(pid, signal.SIGKILL)
                kill_after = None
        raise AssertionError(f"It ended by itself after {said[-3:]}")


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Walker]:
    """Return what walks in a folder."""
    # A process that forks has no threads.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.walking", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Walker(process)
        assert process.stdin is not None
        process.stdin.close()


def on_disk(folder: Path) -> tuple[set[date], pd.DataFrame]:
    """Return what the next start finds."""
    store = HourStore(folder / "hours", "Villa")
    store.open()
    return set(store.days), store.hours(FIRST - DAY, NOW)


def test_every_hour_is_right_after_twenty_kills(
    tmp_path: Path, walker: Walker, caplog: pytest.LogCaptureFixture
) -> None:
    """While a file is written, or between two; no day is lost, or there twice."""
    seen: set[date] = set()
    for number in range(KILLS):
        walker.walk(kill_after=3 + number % 4)
        days, hours = on_disk(tmp_path)
        assert days >= seen
        seen = days
        assert len(hours) == 24 * len(days)
        assert list(hours.get("heat_kwh", [])) == pytest.approx(
            [HEAT_OF_AN_HOUR] * len(hours), abs=1e-3
        )
    assert FIRST.date() not in seen
    assert "cannot be read" not in caplog.text

    assert walker.walk()[-1] == "done"
    days, hours = on_disk(tmp_path)
    assert days == {
        LAST - number * DAY for number in range((LAST - FIRST.date()).days + 1)
    }
    start = pd.Timestamp(FIRST).floor("h")
    assert list(hours.index) == list(
        pd.date_range(start, midnight(LAST) + DAY, freq="h", inclusive="left")
    )
    # Of the first hour a part was read.
    assert hours["heat_kwh"].to_numpy()[1:] == pytest.approx(HEAT_OF_AN_HOUR, abs=1e-3)
    assert hours["starts"].sum() == pytest.approx(len(hours), abs=1)
