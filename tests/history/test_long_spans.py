"""Spans that memory does not have: what a viewer is shown of months and years."""

from collections import defaultdict
from datetime import UTC, date, datetime, tzinfo
import json
from typing import Any
import zlib
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.analysis.prices import Prices
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.history.calendar import calendar_of
from custom_components.heatpump_dashboard.history.hours import known_hours
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.view.message import encode
from custom_components.heatpump_dashboard.view.ranges import Span, grid
from custom_components.heatpump_dashboard.view.snapshot import build, told_kinds
from tests.support.memory_source import thermia

from .common import DAY, FIRST, HEAT_OF_AN_HOUR, NOW, STOCKHOLM

LAST = NOW.timestamp() - 5
RARE = {Kind.ALARM, Kind.AUXILIARY}
MODES = ("heating_s", "hot_water_s", "auxiliary_s", "idle_s", "uncovered_s")


def shown(
    pump: HeatPump,
    store: HourStore | None,
    span: Span,
    last: float = LAST,
    zone: tzinfo = STOCKHOLM,
) -> dict[str, Any]:
    """Return what a viewer is sent of a span."""
    a_grid = grid(span, last, last + 10, zone=zone)
    start, stop = (
        datetime.fromtimestamp(at, UTC) for at in (a_grid.start, a_grid.stop)
    )
    snapshot = build(
        pump="villa",
        range_=span.range,
        grid=a_grid,
        records=pump.records,
        equipment=pump.equipment,
        prices=pump.prices,
        hours=known_hours(pump, store, start, stop) if a_grid.hours else None,
        status={},
        profile=pump.profile,
        language="en",
        zone=zone,
    )
    message: dict[str, Any] = json.loads(encode(snapshot))
    return message


def between(start: datetime, end: datetime) -> Span:
    return Span(None, start.timestamp(), end.timestamp())


def local(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, STOCKHOLM):%Y-%m-%d %H:%M}"


def test_ninety_days_are_rows_of_three_hours(pump: HeatPump, store: HourStore) -> None:
    message = shown(pump, store, Span("90d"))

    readings, ledger = message["readings"], message["ledger"]
    assert (message["step"], ledger["step"]) == (10_800, 10_800)
    assert len(readings["time"]) == 721
    assert readings["time"] == ledger["time"]
    midnight_of = datetime(2026, 3, 29, tzinfo=STOCKHOLM)
    row = readings["time"].index(midnight_of.timestamp() * 1000)
    assert readings["supply_temp"][row] == 35
    assert readings["supply_temp_min"][row] == 30
    assert readings["supply_temp_max"][row] == 40
    assert readings["compressor"][row] == 0.5
    assert readings["delta_t"][row] == 5
    assert ledger["heat_kwh"][row] == 3 * HEAT_OF_AN_HOUR
    assert ledger["starts"][row] == 3
    assert readings["supply_temp"][0] is None
    assert ledger["uncovered_s"][0] == 10_800


def test_a_year_is_rows_of_local_days(pump: HeatPump, store: HourStore) -> None:
    message = shown(pump, store, Span("1y"))

    readings, ledger = message["readings"], message["ledger"]
    assert (message["step"], ledger["step"]) == (86_400, 86_400)
    assert readings["time"] == ledger["time"]
    assert len(readings["time"]) == 366
    assert {local(time)[-5:] for time in readings["time"]} == {"00:00"}
    assert local(message["start"]) == "2025-04-09 00:00"
    assert message["start"] == readings["time"][0]
    heat = {
        local(time)[:10]: kwh
        for time, kwh in zip(ledger["time"], ledger["heat_kwh"], strict=True)
    }
    assert heat["2026-03-28"] == pytest.approx(24 * HEAT_OF_AN_HOUR)
    assert heat["2026-03-29"] == pytest.approx(23 * HEAT_OF_AN_HOUR)
    assert heat["2026-02-19"] == 0


def test_days_have_the_extremes_of_temperatures(
    pump: HeatPump, store: HourStore
) -> None:
    readings = shown(pump, store, Span("1y"))["readings"]

    assert readings["supply_temp"][-3] == 35
    assert readings["supply_temp_min"][-3] == 30
    assert readings["supply_temp_max"][-3] == 40
    assert readings["outdoor_temp_min"][-3] == -5
    assert "return_temp" in readings
    assert "return_temp_min" not in readings
    assert readings["supply_temp_min"][0] is None
    assert not {"compressor_min", "power_max", "delta_t_min"} & readings.keys()
    assert {len(column) for column in readings.values()} == {366}


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Asia/Kolkata"])
def test_ninety_days_add_up_to_those_of_the_calendar(
    pump: HeatPump, store: HourStore, zone: str
) -> None:
    home = ZoneInfo(zone)
    ledger = shown(pump, store, Span("90d"), zone=home)["ledger"]
    days = calendar_of(pump, store, (), "day", Period(FIRST, NOW), NOW, home)

    heat: dict[date, float] = defaultdict(float)
    for time, kwh in zip(ledger["time"], ledger["heat_kwh"], strict=True):
        heat[datetime.fromtimestamp(time / 1000, home).date()] += kwh
    for day in days:
        local_day = datetime.fromtimestamp(day["start"] / 1000, home).date()
        figure = day["totals"]["heat_kwh"]
        assert heat[local_day] == pytest.approx(figure, abs=0.05), local_day


def test_a_year_says_what_the_calendar_says(pump: HeatPump, store: HourStore) -> None:
    ledger = shown(pump, store, Span("1y"))["ledger"]
    days = calendar_of(pump, store, (), "day", Period(FIRST, NOW), NOW, STOCKHOLM)

    # The last one ends otherwise: with a reading, and with the moment of now.
    for day in days[:-1]:
        row = ledger["time"].index(day["start"])
        for name in ("heat_kwh", "electricity_kwh", "starts", "cost", "heating_s"):
            figure = day["totals"][name]
            assert ledger[name][row] == pytest.approx(figure, abs=0.6, rel=1e-3), name


@pytest.mark.parametrize(
    "span",
    [Span("90d"), Span("1y"), between(FIRST, NOW), between(FIRST - 800 * DAY, NOW)],
    ids=["90d", "1y", "all", "years"],
)
def test_figures_and_tables_cover_the_same_time(
    pump: HeatPump, store: HourStore, span: Span
) -> None:
    message = shown(pump, store, span)

    ledger, totals = message["ledger"], message["totals"]
    seconds = (message["end"] - message["start"]) / 1000
    assert sum(sum(ledger[mode]) for mode in MODES) == pytest.approx(seconds, rel=1e-5)
    assert totals["covered_s"] + totals["uncovered_s"] == pytest.approx(seconds)
    for name in ("starts", "heat_kwh", "electricity_kwh", "cost"):
        assert sum(ledger[name]) == pytest.approx(totals[name], rel=1e-3), name
    hours = (NOW - FIRST).total_seconds() / 3600
    assert totals["heat_kwh"] == pytest.approx(hours * HEAT_OF_AN_HOUR, rel=1e-3)
    assert totals["cop_compressor"] == pytest.approx(4.5)
    assert totals["extremes"]["supply_temp"] == [30, 40]


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Asia/Kolkata"])
def test_a_month_has_the_weather_that_the_calendar_says(
    pump: HeatPump, store: HourStore, zone: str
) -> None:
    home = ZoneInfo(zone)
    start, end = (datetime(2026, month, 1, tzinfo=home) for month in (3, 4))
    totals = shown(pump, store, between(start, end), zone=home)["totals"]
    (march,) = calendar_of(pump, store, (), "month", Period(start, end), NOW, home)

    for name in ("degree_days", "outdoor_mean"):
        assert totals[name] == pytest.approx(march["totals"][name], abs=1e-3), name
    assert totals["degree_days"] == pytest.approx(31 * 17, abs=0.5)


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(31, {Kind.ALARM, Kind.AUXILIARY, Kind.HEAT_CURVE}), (32, RARE)],
)
def test_beyond_a_month_alarms_and_times_of_the_heater_are_told(
    days: int, kinds: set[Kind]
) -> None:
    """What else there is of it, the command `events` tells."""
    shown = grid(between(NOW - days * DAY, NOW), LAST, LAST + 10)

    assert told_kinds(shown) >= kinds
    assert (told_kinds(shown) == kinds) == (days > 31)


@pytest.mark.parametrize("span", [Span("24h"), Span("7d"), Span("90d"), Span("1y")])
def test_every_span_says_its_weather(
    pump: HeatPump, store: HourStore, span: Span
) -> None:
    totals = shown(pump, store, span)["totals"]

    assert totals["outdoor_mean"] == pytest.approx(0, abs=0.1)
    assert totals["degree_days"] > 0


def test_a_day_of_long_ago_is_rows_of_hours(pump: HeatPump, store: HourStore) -> None:
    start = datetime(2026, 3, 1, tzinfo=STOCKHOLM)
    message = shown(pump, store, between(start, start + DAY))

    assert (message["step"], message["ledger"]["step"]) == (3600, 3600)
    assert len(message["readings"]["time"]) == len(message["ledger"]["time"]) == 24
    assert message["totals"]["heat_kwh"] == pytest.approx(24 * HEAT_OF_AN_HOUR)
    assert message["totals"]["coverage"] == 1


def test_more_than_two_years_are_rows_of_weeks(
    pump: HeatPump, store: HourStore
) -> None:
    """So all of a long history is no larger than a year of it."""
    message = shown(pump, store, between(NOW - 1000 * DAY, NOW))

    assert message["step"] == message["ledger"]["step"] == 7 * 86_400
    times = [
        datetime.fromtimestamp(at / 1000, STOCKHOLM) for at in message["ledger"]["time"]
    ]
    assert {(time.weekday(), time.hour) for time in times} == {(0, 0)}
    week = message["ledger"]["time"].index(
        datetime(2026, 3, 23, tzinfo=STOCKHOLM).timestamp() * 1000
    )
    # Seven days, in which the clock is put forward.
    assert message["ledger"]["heat_kwh"][week] == pytest.approx(167 * HEAT_OF_AN_HOUR)


def test_what_is_not_read_yet_is_not_known(pump: HeatPump) -> None:
    """Before the walk only the last days are: the rest is no zero."""
    message = shown(pump, None, Span("1y"))

    assert message["readings"]["supply_temp"][-2:] == [35, pytest.approx(35, abs=1)]
    assert message["readings"]["supply_temp"][-9] is None
    assert message["ledger"]["uncovered_s"][-9] == 86_400


def test_of_more_than_a_month_only_rare_events_are_told() -> None:
    stored = thermia(NOW - 2 * DAY, NOW)
    stored.loc[stored.index > NOW - DAY, "additional_heat_percent"] = 33.0
    pump = HeatPump(load("thermia"), {})
    pump.load([stored], NOW - 2 * DAY - CONTEXT, NOW)

    kinds = {event["kind"] for event in shown(pump, None, Span("90d"))["events"]}
    assert kinds == {"auxiliary"}
    assert "compressor" in {e["kind"] for e in shown(pump, None, Span("7d"))["events"]}


def test_long_spans_are_small(pump: HeatPump, store: HourStore) -> None:
    """Sizes are those of aiohttp's compression; what differs from row to row costs."""
    random = np.random.default_rng(1)
    known = known_hours(pump, store, NOW - 20 * DAY, NOW - 19 * DAY).iloc[0]
    for number in range(1, 1501):
        day = (NOW - number * DAY).date()
        hours = pd.date_range(midnight(day), periods=24, freq="h", name="time")
        factors = random.uniform(0.9, 1.1, (24, len(known)))
        rows = pd.DataFrame(factors * known.to_numpy(), hours, known.index)
        store.put(day, rows.set_axis(hours.as_unit("ns")), "a")

    free = [between(NOW - days * DAY, NOW) for days in (700, 1500)]
    for span in (Span("90d"), Span("1y"), *free):
        message = json.dumps(shown(pump, store, span), separators=(",", ":"))
        size = len(zlib.compress(message.encode(), zlib.Z_BEST_SPEED))
        assert size < 40_000, span


def test_a_cheap_quarter_is_cheap_in_a_long_span(
    pump: HeatPump, store: HourStore
) -> None:
    """The compressor runs in the first half of every hour."""
    times = np.arange(FIRST.timestamp() // 3600 * 3600, NOW.timestamp(), 1800)
    pump.prices = Prices(times, np.tile([1.0, 3.0], len(times) // 2 + 1)[: len(times)])
    message = shown(pump, store, Span("90d"))
    cost, electricity = (
        np.array(message["ledger"][name], float) for name in ("cost", "electricity_kwh")
    )
    paid = electricity > 0
    assert paid.sum() > 100
    # Standing by it takes a tenth of what it does, at three times the price.
    assert (cost[paid] / electricity[paid] < 1.1).all()
    totals = message["totals"]
    assert 1 < totals["cost"] / totals["electricity_kwh"] < 1.1
