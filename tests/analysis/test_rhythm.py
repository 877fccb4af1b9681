"""How long a heat pump that tells only changes is alive, and how often it is looked at."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.rhythm import Rhythm, Told, rhythm
from tests.support.rhythms import Floats, frame, on_change, polled

FIRST = pd.Timestamp("2026-01-20", tz="UTC")
TOLD = Told(entities=frozenset(("compressor", "supply_temp", "power")))
MINUTE = 60


def alive_s(rows: pd.DataFrame) -> float:
    return rhythm(rows, Rhythm(), TOLD).alive_s


def bursts(pause_min: float, count: int) -> pd.DataFrame:
    """Return a power that changes for ten minutes every 30 s and then for long not."""
    begun = np.arange(count) * (10 + pause_min) * MINUTE
    times = np.concatenate([begin + np.arange(0, 600, 30) for begin in begun])
    return frame(FIRST, times, {"power": times % 7919})


def test_pauses_count_by_the_time_that_they_take() -> None:
    """Twenty changes after each start are not how it lives: the half hour after is."""
    assert alive_s(bursts(25, 40)) == 1800
    assert alive_s(bursts(14, 40)) == 900


def test_a_few_pauses_are_not_how_it_lives() -> None:
    assert alive_s(bursts(5, 40).drop(index=bursts(5, 40).index[100:160])) == 900


def test_hours_of_silence_are_none_that_is_usual() -> None:
    rows = bursts(5, 60)
    hours = (rows.index - FIRST).total_seconds() // 3600
    assert alive_s(rows[hours % 3 == 0]) == 900


@pytest.mark.parametrize("quick", ["power", "flow", "compressor_speed"])
def test_what_changes_with_the_compressor_alone_is_not_quick(quick: str) -> None:
    """A constant one says no more than that it runs: one start an hour, for 20 min."""
    told = Told(entities=frozenset(("compressor", quick)))

    def running(times: Floats) -> dict[str, Floats]:
        on = times % 3600 < 1200
        return {"compressor": on * 1.0, quick: np.where(on, 500.0, 20.0)}

    rows = on_change(polled(FIRST, running, (0, 4 * 3600), 30))
    assert rhythm(rows, Rhythm(), told).alive_s == 1800
