"""How far back the past of all years is known, and what of it is missing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from custom_components.heatpump_dashboard.history.hours import history_of
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.pump.past import History

from .common import DAY, FIRST, JOINT

DAYS = (JOINT - FIRST.date()).days


def days_of(store: HourStore, *missing: date) -> dict[date, str]:
    return {day: made for day, made in store.days.items() if day not in missing}


def test_all_of_it_is_known(pump: HeatPump, store: HourStore) -> None:
    history = history_of(pump, store.days, ())

    assert (history.since, history.complete) == (midnight(FIRST.date()), True)
    assert history.progress == 1
    assert history.holes == ()


def test_it_is_known_from_the_newest_unread_day_on(
    pump: HeatPump, store: HourStore
) -> None:
    gap = FIRST.date() + 12 * DAY
    history = history_of(pump, days_of(store, gap, gap - 5 * DAY), ())

    assert (history.since, history.complete) == (midnight(gap) + DAY, False)
    assert history.progress == pytest.approx((DAYS - 13) / DAYS, abs=0.03)


def test_before_the_walk_it_is_known_from_memory_on(pump: HeatPump) -> None:
    history = history_of(pump, {}, ())

    assert history.since == pump.history.since
    assert not history.complete
    assert history.progress == pytest.approx(0, abs=0.01)


def test_what_is_left_out_is_a_hole_unless_it_is_on_disk(
    pump: HeatPump, store: HourStore
) -> None:
    """What the source has forgotten since is kept, and is none."""
    gap = FIRST.date() + 12 * DAY
    forgotten = FIRST.date() + 20 * DAY
    left_out = {gap, gap + DAY, forgotten}
    outage = midnight(JOINT), midnight(JOINT) + timedelta(hours=2)
    pump.history = replace(pump.history, holes=(outage,))

    history = history_of(pump, days_of(store, gap, gap + DAY), left_out)

    assert history.complete
    assert history.holes == ((midnight(gap), midnight(gap + 2 * DAY)), outage)


def test_nothing_is_complete_before_it_is_known_where_readings_begin(
    pump: HeatPump,
) -> None:
    """Also not where memory has all that was asked for."""
    pump.first_reading = None
    pump.history = replace(pump.history, complete=True, whole=True)

    history = history_of(pump, {}, ())

    assert (history.complete, history.progress) == (False, 0)


def test_nothing_is_known_of_a_heat_pump_without_readings(pump: HeatPump) -> None:
    pump.history = History()

    assert history_of(pump, {}, ()) == History()


def test_a_day_in_which_memory_begins_is_unread_until_it_is_on_disk(
    pump: HeatPump, store: HourStore
) -> None:
    noon = midnight(JOINT) - DAY / 2
    pump.history = History(since=noon, begun=noon)

    assert history_of(pump, days_of(store, JOINT - DAY), ()).since == noon
    assert history_of(pump, store.days, ()).complete


def test_the_beginning_is_that_of_the_first_reading(pump: HeatPump) -> None:
    """Where memory has all there is, its first hour is the beginning."""
    since = datetime.fromisoformat("2026-04-06T00:00+00:00")
    pump.history = History(since=since, begun=since)
    pump.first_reading = since + timedelta(minutes=5)

    history = history_of(pump, {}, ())
    assert (history.since, history.complete, history.progress) == (since, True, 1.0)
