"""Walks through all years in processes of their own, that can be killed.

Once a line comes in it forks, and the child walks. It says who that is (`pid 123`), the
child says what it does (`writing`, `written`, `done`), and then it says `ended`.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import sys
from unittest.mock import patch

from homeassistant.core import CoreState, HomeAssistant

from custom_components.heatpump_dashboard.history import walk as walk_module
from custom_components.heatpump_dashboard.history.pump_source import PumpSource
from custom_components.heatpump_dashboard.history.turns import Turns
from custom_components.heatpump_dashboard.history.years import Years
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from tests.support.memory_source import MemorySource, thermia

NOW = datetime(2026, 3, 20, 12, 0, 10, tzinfo=UTC)
FIRST = NOW - timedelta(days=45)
# What follows is in memory.
LAST = NOW.date() - timedelta(days=2)
ROWS = thermia(FIRST, NOW, step_s=300, cycle_min=60)


def say(word: str) -> None:
    """Say a word in one piece, whoever else says something."""
    os.write(1, f"{word}\n".encode())


async def run[*Ts, T](job: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run a job where we are."""
    return job(*args)


async def walk(folder: Path) -> None:
    """Read all days that are not on disk; every one is written at once."""
    hass = HomeAssistant(str(folder))
    hass.set_state(CoreState.running)
    pump = HeatPump(load("thermia"), {})
    start = midnight(LAST) - CONTEXT
    pump.load([ROWS[ROWS.index >= start]], start, NOW)
    pump.first_reading = FIRST
    source = PumpSource(
        hass=hass,
        pump=pump,
        source=MemorySource(ROWS),
        bucket="pump",
        name="Villa",
        run=run,
        turns=Turns(),
    )
    walker = Years(source, folder / "hours", "a")
    store = await walker.async_open()
    write = store.write

    def tell() -> None:
        say("writing")
        write()
        say("written")

    store.write = tell  # type: ignore[method-assign]
    await walker.async_go_on()
    say("done")
    await hass.async_stop(force=True)


def main(folder: Path) -> None:
    """Fork whenever a line comes in."""
    for _ in sys.stdin:
        if (pid := os.fork()) == 0:
            with (
                patch.multiple(
                    walk_module, _SHORTEST_PAUSE_S=0.0, _WRITE_INTERVAL_S=0.0
                ),
                patch("homeassistant.util.dt.utcnow", lambda: NOW),
            ):
                asyncio.run(walk(folder))
            os._exit(0)
        say(f"pid {pid}")
        os.waitpid(pid, 0)
        say("ended")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
