"""The days that insights are asked of, from the hours on disk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import ENDED
from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.prices import Prices
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.analysis.words import MODES
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.history.subject import (
    _absent,
    speeds_vary,
    subject_now,
    subject_of,
)
from custom_components.heatpump_dashboard.insights import checks
from custom_components.heatpump_dashboard.insights.gaps import defrosts_of
from custom_components.heatpump_dashboard.insights.subject import Subject
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.present import AlarmState
from tests.support.memory_source import thermia

DAYS = 250
FIRST = datetime(2025, 4, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 22, 14, 30, 10, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> HourStore:
    """Return 250 UTC days of 1 kWh an hour."""
    store = HourStore(tmp_path, "Villa")
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        index = pd.date_range(day, periods=24, freq="h", name="time").as_unit("ns")
        hours = pd.DataFrame(
            {"electricity_kwh": 1.0, "idle_s": 3600.0, "energy_s": 3600.0}, index=index
        )
        store.put(day.date(), hours, "a")
    return store


@pytest.mark.parametrize(
    "zone", ["Europe/Stockholm", "Asia/Kolkata", "America/New_York", "UTC"]
)
def test_every_hour_is_in_one_day(store: HourStore, zone: str) -> None:
    pump = HeatPump(load("thermia"), {"price": 2.0})
    now = FIRST + timedelta(days=DAYS + 1)
    found = subject_of(pump, store, now, ZoneInfo(zone), AlarmState())

    assert found.days.index.is_unique
    assert found.days.index.is_monotonic_increasing
    assert found.days["electricity_kwh"].sum() == 24 * DAYS
    # The first and the last UTC day reach into days of which there is no more.
    whole = found.days.iloc[1:-1]
    np.testing.assert_allclose(whole["electricity_kwh"], whole["seconds"] / 3600)
    assert whole["whole"].all()
    np.testing.assert_allclose(whole["cost"], 2 * whole["electricity_kwh"])
    np.testing.assert_allclose(whole["price_sum"], 2 * whole["price_hours"])


def test_settings_are_known_as_long_as_the_days_and_charges_for_a_year(
    tmp_path: Path,
) -> None:
    """A day of years ago that its owner asks about ends with the setting after it."""
    store = HourStore(tmp_path, "Villa")
    index = pd.date_range(NOW.date(), periods=24, freq="h", name="time", tz=UTC)
    counts = (1200, 600, 300, 92, 2)
    for ago in counts:
        moment = (NOW - timedelta(days=ago)).replace(hour=6, minute=0, second=0)
        hours = pd.DataFrame(
            {"electricity_kwh": 1.0, "idle_s": 3600.0, "energy_s": 3600.0},
            index=(index - timedelta(days=ago)).as_unit("ns"),
        )
        time = round(moment.timestamp() * 1000)
        events = (
            Event(time, Kind.HEAT_CURVE, 35.0 + ago, 35.0),
            Event(time, Kind.HOT_WATER, 0.0, 1.0, duration_s=1800.0),
        )
        store.put(moment.date(), hours, "a", events)
    pump = HeatPump(load("thermia"), {})
    zone = ZoneInfo("Europe/Stockholm")
    found = subject_of(pump, store, NOW, zone, AlarmState())
    assert [one.value - 35 for one in found.changes] == list(counts)
    assert len(found.charges) == 3
    assert len(found.days) >= len(counts)


def test_a_setting_of_today_is_known() -> None:
    raw = thermia(NOW - timedelta(hours=30), NOW, step_s=60)
    raw["heat_curve_L"] = np.where(raw.index < NOW - timedelta(hours=2), 350.0, 330.0)
    pump = HeatPump(load("thermia"), {})
    pump.load([raw], NOW - timedelta(days=32), NOW)
    (change,) = of_now(pump).changes
    assert (change.kind, change.before, change.value) == (Kind.HEAT_CURVE, 35, 33)


@pytest.mark.parametrize(("charged", "cheap"), [(23, 3), (1, 21)])
def test_an_hour_near_is_so_at_every_midnight(
    tmp_path: Path, charged: int, cheap: int
) -> None:
    """The days of a year are worked out in pieces, which end at a midnight."""
    store = HourStore(tmp_path, "Villa")
    index = pd.date_range(FIRST, periods=24, freq="h", name="time").as_unit("ns")
    paid = np.where(index.hour == charged, 1.0, 0.0)
    known = {"electricity_kwh": 1.0, "idle_s": 3600.0, "energy_s": 3600.0}
    for number in range(DAYS):
        hours = pd.DataFrame(
            known | {"electricity_hot_water_kwh": paid},
            index=index + timedelta(days=number),
        )
        store.put(hours.index[0].date(), hours, "a")
    pump = HeatPump(load("thermia"), {})
    pump.prices = Prices.of(
        [
            ((FIRST + timedelta(hours=hour)).timestamp(), price)
            for day in range(0, 24 * DAYS, 24)
            for hour, price in ((day + cheap, 0.5), (day + cheap + 1, 2.0))
        ]
    )
    now = FIRST + timedelta(days=DAYS)
    found = subject_of(pump, store, now, ZoneInfo("UTC"), AlarmState()).days
    assert len(found) == DAYS
    assert found["electricity_kwh"].sum() == 24 * DAYS
    np.testing.assert_allclose(found["hot_water_move"].iloc[1:-1], 1.5)


def test_today_is_not_among_the_days(store: HourStore) -> None:
    pump = HeatPump(load("thermia"), {})
    now = FIRST + timedelta(days=100, hours=12)
    found = subject_of(pump, store, now, ZoneInfo("UTC"), AlarmState())

    assert len(found.days) == 100
    assert found.days.index[-1] == pd.Timestamp(now.date()) - pd.Timedelta(days=1)
    assert found.today == now.date()


def test_what_another_heat_pump_did_in_its_place_is_left_out(store: HourStore) -> None:
    now = FIRST + timedelta(days=100, hours=12)
    since = now.date() - timedelta(days=30)
    pump = HeatPump(load("thermia"), {"in_operation_since": since.isoformat()})
    found = subject_of(pump, store, now, ZoneInfo("Europe/Stockholm"), AlarmState())
    assert found.days.index[0] == pd.Timestamp(since)
    assert len(found.days) == 30
    # Since today there is none that is over.
    begun = {"in_operation_since": now.date().isoformat()}
    today = HeatPump(load("thermia"), begun)
    assert subject_of(today, store, now, ZoneInfo("UTC"), AlarmState()).days.empty


def test_its_charges_and_settings_begin_with_it_too() -> None:
    day = NOW.date().isoformat()
    whole, own = (
        read_for(47, settings=one) for one in ({}, {"in_operation_since": day})
    )
    first = NOW.replace(hour=0, minute=0, second=0).timestamp() * 1000
    assert of_now(whole).charges[0].time < first
    assert of_now(own).charges == tuple(
        one for one in of_now(whole).charges if one.time >= first
    )


def test_so_do_its_events_and_what_is_absent() -> None:
    """Its alarms are not those of the one before it, nor need it report the same."""
    day = NOW.date().isoformat()
    whole, own = (
        read_for(120, without="brine_out", gone_h=40, settings=one)
        for one in ({}, {"in_operation_since": day})
    )
    first = NOW.replace(hour=0, minute=0, second=0).timestamp() * 1000
    assert of_now(whole).events[0].time < first
    found = of_now(own)
    assert found.events == tuple(
        one for one in of_now(whole).events if one.time >= first
    )
    assert subject_now(found, own, NOW, AlarmState(), 0.0).events == found.events
    assert (of_now(whole).absent, found.absent) == (("brine_out_temp",), ())


@pytest.mark.parametrize(
    ("alarm", "code"),
    [
        (AlarmState(active=True, code=7), 7.0),
        (AlarmState(active=True), -1.0),
        (AlarmState(active=False, code=7), 0.0),
        (AlarmState(), 0.0),
    ],
)
def test_only_an_active_alarm_is_one(alarm: AlarmState, code: float) -> None:
    pump = HeatPump(load("thermia"), {})
    found = subject_of(pump, None, FIRST, ZoneInfo("UTC"), alarm)
    assert found.alarm == code
    assert found.days.empty
    assert found.coverage is None


@pytest.mark.parametrize(
    ("speeds", "varies"),
    [
        ([0.0, 100.0, 100.0, np.nan, 0.0], False),
        ([0.0, 55.0, 80.0], True),
        # Of one that has not run nobody knows.
        ([0.0, np.nan], True),
        (None, True),
    ],
)
def test_one_speed_is_no_changing_speed(
    speeds: list[float] | None, varies: bool
) -> None:
    seen = {} if speeds is None else {"compressor_speed|max": speeds}
    assert speeds_vary(pd.DataFrame(seen)) is varies


def test_the_mode_without_a_compressor_is_that_of_the_brand() -> None:
    for brand, only in (("thermia", {3.0}), ("nibe", {2.0}), ("ivt", set())):
        pump = HeatPump(load(brand), {})
        found = subject_of(pump, None, FIRST, ZoneInfo("UTC"), AlarmState())
        assert found.heater_only == only


def read_for(
    hours: float,
    *,
    step_s: int = 60,
    without: str = "-",
    gone_h: float = 0.0,
    settings: Mapping[str, Any] = MappingProxyType({}),
) -> HeatPump:
    """Return a heat pump that was read up to now, a series not in the last hours."""
    start = NOW - timedelta(hours=hours)
    raw = thermia(start, NOW, step_s=step_s)
    named = [name for name in raw if without in name]
    raw.loc[raw.index >= NOW - timedelta(hours=gone_h), named] = np.nan
    pump = HeatPump(load("thermia"), settings)
    pump.load([raw.dropna(axis=1, how="all")], NOW - timedelta(days=32), NOW)
    return pump


def of_now(pump: HeatPump) -> Subject:
    return subject_of(pump, None, NOW, ZoneInfo("UTC"), AlarmState())


def test_what_never_changed_is_known_all_the_same() -> None:
    raw = thermia(NOW - timedelta(hours=30), NOW, step_s=60)
    raw[[name for name in raw if "compressor" in name]] = 1.0
    pump = HeatPump(load("thermia"), {})
    pump.load([raw], NOW - timedelta(days=32), NOW)
    found = of_now(pump)
    assert not [one for one in found.events if one.kind is Kind.COMPRESSOR]
    assert found.states[Kind.COMPRESSOR] == 1


def test_when_it_thawed_is_known() -> None:
    modes = [MODES.index(name) for name in ("heating", "defrost", "heating", "defrost")]
    times = pd.date_range(NOW, periods=8, freq="10min")
    kinds = [Kind.MODE, Kind.COMPRESSOR] * 4
    values = [value for mode in modes for value in (mode, 1.0)]
    states = pd.DataFrame({"kind": kinds, "value": values}, index=times, dtype=float)
    minute = [round(time.timestamp() * 1000) for time in times]
    # One that goes on is not over.
    assert defrosts_of(states) == ((minute[2], minute[4]),)
    assert defrosts_of(states.iloc[:0]) == ()


def test_what_was_not_read_is_of_the_same_time_as_the_events() -> None:
    """A month that is read meanwhile has events, and is no gap any more."""
    before = of_now(read_for(10))
    more = read_for(40)
    now = subject_now(before, more, NOW, AlarmState(), 0.0)
    assert now.events == more.records.events
    assert now.gaps == of_now(more).gaps != before.gaps
    first = now.events[0].time
    assert not [gap for gap in now.gaps if gap[1] > first]


@pytest.mark.parametrize("hours", [1.1, 2.0, 23.0, 48.0])
def test_how_much_is_known_is_of_the_time_since_the_first_reading(
    hours: float,
) -> None:
    assert of_now(read_for(hours)).coverage == pytest.approx(1, abs=0.02)


def test_of_less_than_an_hour_nobody_can_tell_how_much_is_known() -> None:
    assert of_now(read_for(0.9)).coverage is None


def test_without_a_compressor_it_is_known_when_anything_was_read() -> None:
    whole = read_for(48, without="compressor", gone_h=48)
    assert "compressor" not in whole.records.metrics
    assert of_now(whole).coverage == pytest.approx(1, abs=0.02)
    assert checks.data(of_now(whole)).code == "covered"


@pytest.mark.parametrize(
    ("series", "metric"),
    [
        ("radiator_forward", "supply_temp"),
        ("radiator_return", "return_temp"),
        ("compressor", "compressor"),
        ("power", "power"),
        ("outdoor", "outdoor_temp"),
        ("brine_in", "brine_in_temp"),
    ],
)
def test_a_series_that_is_gone_for_more_than_a_day_asks_for_an_action(
    series: str, metric: str
) -> None:
    found = checks.data(of_now(read_for(120, without=series, gone_h=40)))
    assert (found.state, found.code) == ("act", "absent")
    assert found.params["metric"] == metric
    lately = checks.data(of_now(read_for(120, without=series, gone_h=20)))
    assert lately.code != "absent"
    never = checks.data(of_now(read_for(120, without=series, gone_h=120)))
    assert never.code == "covered"


def test_what_is_told_on_change_is_absent_only_when_its_source_says_so() -> None:
    """A temperature of summer may not change for days."""
    pump = read_for(120, without="radiator_forward", gone_h=40)
    records = pump.records
    stored = records.stored.copy()
    rhythm = replace(records.rhythm, on_change=frozenset(("supply_temp",)))
    calm = replace(records, rhythm=rhythm)
    assert _absent(calm, NOW, FIRST) == ()
    stored.loc[stored.index[-5], "supply_temp"] = ENDED
    assert _absent(replace(calm, stored=stored), NOW, FIRST) == ("supply_temp",)
