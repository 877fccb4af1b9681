"""Events of all years: those in memory and those on disk as one row of them."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.analysis.words import EVENT_KINDS
from custom_components.heatpump_dashboard.history.event_table import (
    events_of_table,
    table_of,
)
from custom_components.heatpump_dashboard.history.events import newest_events
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight

from .common import DAY, FIRST, JOINT, NOW

JOINT_START = midnight(JOINT)


def told(
    pump: HeatPump,
    store: HourStore | None,
    start: datetime = FIRST,
    end: datetime = NOW,
    kinds: tuple[str, ...] = EVENT_KINDS,
    limit: int = 10_000,
    known: tuple[int, int] = (-1, 0),
) -> tuple[list[dict[str, Any]], bool]:
    span = Period(start, end)
    return newest_events(
        pump, store, span, kinds=kinds, limit=limit, told=known, language="en"
    )


def test_every_run_since_the_first_reading_is_told_once(
    pump: HeatPump, store: HourStore
) -> None:
    """One an hour, also over the joint of memory and disk."""
    events, more = told(pump, store, kinds=("compressor",))

    assert not more
    times = [event["time"] for event in events]
    assert times == sorted(times, reverse=True)
    ended = [event for event in events if event["value"] == 0]
    assert len(ended) == pytest.approx((NOW - FIRST) / timedelta(hours=1), abs=1)
    assert {a["time"] - b["time"] for a, b in pairwise(ended)} == {3_600_000}


def test_a_run_of_long_ago_is_told_as_one_of_today(
    pump: HeatPump, store: HourStore
) -> None:
    old, _ = told(pump, store, FIRST + DAY, FIRST + 2 * DAY, ("hot_water",))
    new, _ = told(pump, store, NOW - DAY, NOW, ("hot_water",))

    for runs in (old, new):
        ended = next(event for event in runs if event["value"] == 0)
        assert ended["duration_s"] == 1800
        assert ended["heat_kwh"] == pytest.approx(6.75)
        assert ended["electricity_kwh"] == pytest.approx(1.5, abs=0.01)
        assert ended["cost"] == pytest.approx(3, abs=0.01)
        assert ended["cop"] == pytest.approx(4.5)
        assert -5 <= ended["outdoor"] <= 5


def test_pages_follow_one_another(pump: HeatPump, store: HourStore) -> None:
    """Without an event that is left out or told twice, also of one moment."""
    everything, _ = told(pump, store, JOINT_START - DAY, JOINT_START + DAY)
    pages: list[dict[str, Any]] = []
    end, known, more = JOINT_START + DAY, (-1, 0), True
    while more:
        page, more = told(pump, store, JOINT_START - DAY, end, limit=7, known=known)
        assert len(page) == 7 or not more
        pages += page
        last = page[-1]["time"]
        known = last, sum(event["time"] == last for event in pages)
        end = datetime.fromtimestamp((last + 1) / 1000, NOW.tzinfo)

    assert pages == everything


def test_kinds_are_those_that_are_asked_for(pump: HeatPump, store: HourStore) -> None:
    events, _ = told(pump, store, kinds=("hot_water", "alarm"))
    assert {event["kind"] for event in events} == {"hot_water"}
    pumps, _ = told(pump, store, kinds=("brine_pump",))
    assert pumps
    assert min(event["time"] for event in pumps) > (NOW - 4 * DAY).timestamp() * 1000


def test_before_the_walk_there_are_those_in_memory(
    pump: HeatPump, store: HourStore
) -> None:
    alone, beside = (told(pump, one, JOINT_START)[0] for one in (None, store))

    assert alone == beside
    assert {"compressor", "brine_pump"} <= {event["kind"] for event in alone}
    assert told(pump, None, FIRST, JOINT_START)[0]


def test_a_day_that_is_read_again_has_its_new_events(store: HourStore) -> None:
    day = date(2026, 3, 1)
    start = midnight(day)
    at = round(start.timestamp() * 1000) + 5000
    alarm = Event(at, Kind.ALARM, 20.0, 0.0)
    hours = store.hours(start, start + DAY)
    before = list(store.events_backwards(start - DAY, start + 2 * DAY, set(Kind)))

    store.put(day, hours, "b", [alarm])

    (found,) = store.events_backwards(start, start + DAY, set(Kind))
    assert found == [alarm]
    after = list(store.events_backwards(start - DAY, start + 2 * DAY, set(Kind)))
    others = [
        event
        for month in before
        for event in month
        if not (
            start.timestamp() * 1000 <= event.time < (start + DAY).timestamp() * 1000
        )
    ]
    assert [e for month in after for e in month if e != alarm] == others


def test_events_come_back_from_disk_as_they_were(store: HourStore) -> None:
    start, stop = FIRST, FIRST + 30 * DAY
    before = list(store.events_backwards(start, stop, set(Kind)))
    store.put(FIRST.date(), store.hours(FIRST, FIRST), "a")
    store.write()
    again = HourStore(store._folder, "Villa")
    again.open()

    first = round(midnight(FIRST.date() + DAY).timestamp() * 1000)
    expected = [[e for e in month if e.time >= first] for month in before]
    found = list(again.events_backwards(start, stop, set(Kind)))
    assert [[e[:4] for e in month] for month in found] == [
        [e[:4] for e in month] for month in expected
    ]
    ended = next(event for event in found[0] if event.kwh is not None)
    assert ended.kwh == pytest.approx(6.75)


def test_a_table_keeps_all_that_is_known() -> None:
    events = [
        Event(1, Kind.COMPRESSOR, 1.0, 0.0),
        Event(2, Kind.BRINE_PUMP, 1.0, 0.0),
        Event(3, Kind.HOT_WATER, 0.0, 1.0, 60.5, 1.25, (45.0, None), 0.5),
        Event(4, Kind.ALARM, -1.0, 0.0),
    ]
    table = table_of(events)
    assert events_of_table(table, set(Kind)) == [events[0], events[2], events[3]]
    assert events_of_table(table, {Kind.ALARM}) == [events[3]]
    assert table_of([]).shape == (0, table.shape[1])
