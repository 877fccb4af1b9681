"""Settings among the readings: the same events whatever way these come in."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import SETTINGS, Kind
from custom_components.heatpump_dashboard.history.event_table import (
    events_of_table,
    table_of,
)
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.hours import PastHours
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory
from tests.support.memory_source import thermia

START = datetime(2026, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# The second one settles after midnight.
TURNED = {START + 5 * HOUR: (420.0, 400.0), START + DAY - HOUR / 12: (400.0, 380.0)}


def new_memory() -> PumpMemory:
    profile = load("thermia")
    return PumpMemory(profile, Equipment.of(profile, {}))


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    """Return two days of a curve in tenths, as the collector stores it."""
    rows = thermia(START - 2 * HOUR, START + 2 * DAY, step_s=60)
    curve = np.full(len(rows), 420.0)
    for moment, (_, now) in TURNED.items():
        curve[rows.index >= moment] = now
    return rows.assign(heat_curve_L=curve)


def changes(events: tuple[Event, ...]) -> list[tuple[datetime, float, float]]:
    return [
        (datetime.fromtimestamp(one.time / 1000, UTC), one.before, one.value)
        for one in events
        if one.kind in SETTINGS
    ]


EXPECTED = [
    (moment + HOUR / 6, before / 10, now / 10)
    for moment, (before, now) in TURNED.items()
]


def test_in_one_load(stored: pd.DataFrame) -> None:
    memory = new_memory()
    memory.take_in(stored, START - CONTEXT, START + 2 * DAY)

    assert changes(memory.records.events) == EXPECTED
    assert not [name for name in memory.records.extremes if "curve" in str(name)]


@pytest.mark.parametrize("minutes", [1, 7, 120])
def test_poll_by_poll(stored: pd.DataFrame, minutes: int) -> None:
    """It is told with the poll that shows that it has settled, though nothing else changes."""
    memory, begin = new_memory(), START + 4.5 * HOUR
    memory.take_in(stored[stored.index < begin], begin - CONTEXT - HOUR, begin)
    now = begin
    while now < START + 5.5 * HOUR:
        now += timedelta(minutes=minutes)
        rows = (stored.index >= now - 2 * timedelta(minutes=minutes)) & (
            stored.index < now
        )
        memory.take_in(stored[rows], begin, now)
        seen = EXPECTED[0][0] < now
        assert changes(memory.records.events) == EXPECTED[: int(seen)], now


def test_a_row_that_comes_late_makes_none(stored: pd.DataFrame) -> None:
    """Nor does a slip of the gateway that is known late."""
    memory, begin, stop = new_memory(), START + 6 * HOUR, START + 9 * HOUR
    rows = stored[(stored.index >= begin - 2 * HOUR) & (stored.index < stop)]
    memory.take_in(rows, begin - CONTEXT, stop)
    late = rows[rows.index >= stop - HOUR / 2].iloc[:5].assign(heat_curve_L=200.0)
    late.index += pd.Timedelta(seconds=20)
    memory.take_in(late, begin, stop)

    assert changes(memory.records.events) == []


def test_day_by_day_backwards(stored: pd.DataFrame) -> None:
    """A change before midnight belongs to the day in which it has settled."""
    profile = load("thermia")
    day = date(2026, 1, 22)
    past = PastHours(
        profile, Equipment.of(profile, {}), day, stored[stored.index >= START + 2 * DAY]
    )
    found: list[Event] = []
    for number in range(2):
        start = START + (1 - number) * DAY
        rows = (stored.index >= start - CONTEXT) & (stored.index < start + DAY)
        for made in past.add(stored[rows]).values():
            found.extend(made.events)
    for made in past.finish().values():
        found.extend(made.events)

    assert changes(tuple(sorted(found))) == EXPECTED


def test_they_are_kept_on_disk() -> None:
    event = Event(1_768_900_000_000, Kind.HEAT_CURVE_OFFSET, 0.0, 2.0)
    assert events_of_table(table_of([event]), SETTINGS) == [event]
