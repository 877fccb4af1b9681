"""The calendar: the figures of local days, weeks, months and years, from all hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.periods import Period, Unit
from custom_components.heatpump_dashboard.analysis.prices import Prices
from custom_components.heatpump_dashboard.history.calendar import (
    MOST_ROWS,
    TooManyPeriodsError,
    calendar_of,
    figures_of,
)
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight

from .common import DAY, FIRST, HEAT_OF_AN_HOUR, NOW, STOCKHOLM

KOLKATA = ZoneInfo("Asia/Kolkata")
EDGES = ("start", "end")


def rows_of(
    pump: HeatPump,
    store: HourStore | None,
    unit: Unit,
    start: datetime = FIRST - 9 * DAY,
    end: datetime = NOW + 9 * DAY,
    *,
    left_out: tuple[date, ...] = (),
    zone: ZoneInfo = STOCKHOLM,
) -> list[dict[str, Any]]:
    return calendar_of(pump, store, left_out, unit, Period(start, end), NOW, zone)


def local(milliseconds: int, zone: ZoneInfo = STOCKHOLM) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, zone):%Y-%m-%d %H:%M}"


def test_days_begin_and_end_at_local_midnight(pump: HeatPump, store: HourStore) -> None:
    rows = rows_of(pump, store, "day")

    assert local(rows[0]["start"]) == "2026-02-20 00:00"
    assert local(rows[-1]["start"]) == "2026-04-09 00:00"
    assert local(rows[-1]["end"]) == "2026-04-09 14:00"
    assert all(one["end"] == following["start"] for one, following in pairwise(rows))
    assert [row["complete"] for row in rows] == [*[True] * (len(rows) - 1), False]


def test_every_day_has_what_it_had_also_where_the_clock_changes(
    pump: HeatPump, store: HourStore
) -> None:
    heat = {
        local(row["start"])[:10]: row["totals"]["heat_kwh"]
        for row in rows_of(pump, store, "day")
    }
    assert heat["2026-03-29"] == pytest.approx(23 * HEAT_OF_AN_HOUR)
    whole = {
        day: kwh for day, kwh in heat.items() if "2026-02-21" <= day < "2026-04-09"
    }
    del whole["2026-03-29"]
    assert list(whole.values()) == pytest.approx([24 * HEAT_OF_AN_HOUR] * len(whole))
    # Readings begin at seven in the morning, and end at two in the afternoon.
    assert heat["2026-02-20"] == pytest.approx(17 * HEAT_OF_AN_HOUR, rel=0.01)
    assert heat["2026-04-09"] == pytest.approx(14 * HEAT_OF_AN_HOUR, rel=0.01)


@pytest.mark.parametrize(
    ("unit", "starts"),
    [
        ("week", ["2026-02-16", "2026-02-23", "2026-03-02"]),
        ("month", ["2026-02-01", "2026-03-01", "2026-04-01"]),
        ("year", ["2026-01-01"]),
        ("heating_year", ["2025-07-01"]),
    ],
)
def test_periods_are_those_of_the_calendar(
    pump: HeatPump, store: HourStore, unit: Unit, starts: list[str]
) -> None:
    rows = rows_of(pump, store, unit)
    assert [local(row["start"])[:10] for row in rows][: len(starts)] == starts
    hours = (NOW - FIRST) / timedelta(hours=1)
    heat = sum(row["totals"]["heat_kwh"] for row in rows)
    assert heat == pytest.approx(hours * HEAT_OF_AN_HOUR, rel=1e-3)


def test_a_period_is_the_sum_of_its_days(pump: HeatPump, store: HourStore) -> None:
    days = rows_of(pump, store, "day")
    for month in rows_of(pump, store, "month"):
        of_it = [
            day["totals"]
            for day in days
            if month["start"] <= day["start"] < month["end"]
        ]
        for name in ("heat_kwh", "electricity_kwh", "starts", "cost", "degree_days"):
            total = sum(day[name] or 0 for day in of_it)
            assert month["totals"][name] == pytest.approx(total), name


def test_figures_are_those_of_any_other_period(
    pump: HeatPump, store: HourStore
) -> None:
    """What memory says of yesterday, the calendar says too."""
    yesterday = datetime(2026, 4, 8, tzinfo=STOCKHOLM)
    (row,) = rows_of(pump, store, "day", yesterday, yesterday + DAY)
    figures = pump.figures().between(yesterday, yesterday + DAY)
    for name, figure in figures.items():
        told = row["totals"][name]
        numeric = isinstance(figure, float)
        assert told == (pytest.approx(figure) if numeric else figure), name


def test_the_day_at_the_joint_is_whole(pump: HeatPump, store: HourStore) -> None:
    """Its first hours, local time, are on disk, the rest is in memory."""
    day = datetime(2026, 4, 7, tzinfo=STOCKHOLM)
    (row,) = rows_of(pump, store, "day", day, day + DAY)
    assert row["totals"]["starts"] == 24
    assert row["totals"]["coverage"] == pytest.approx(1)


def test_a_day_that_memory_has_all_of_is_told_from_there(
    pump: HeatPump, store: HourStore
) -> None:
    """By a clock that was ahead a part of it may have been kept as all of it."""
    yesterday = datetime(2026, 4, 8, tzinfo=STOCKHOLM)
    for day in (date(2026, 4, 7), date(2026, 4, 8)):
        store.put(day, store.hours(midnight(day), midnight(day)), "a")
    (row,) = rows_of(pump, store, "day", yesterday, yesterday + DAY)
    assert row["totals"]["starts"] == 24


def test_weather_is_that_of_the_local_days(pump: HeatPump, store: HourStore) -> None:
    """The outdoor temperature swings around 0 °C once a day."""
    rows = rows_of(pump, store, "month")
    march = rows[1]["totals"]
    assert march["outdoor_mean"] == pytest.approx(0, abs=0.1)
    assert march["degree_days"] == pytest.approx(31 * 17, abs=3)


def test_a_day_of_which_little_is_known_has_no_degree_days(
    pump: HeatPump, store: HourStore
) -> None:
    rows = rows_of(pump, store, "day")
    assert rows[0]["totals"]["degree_days"] is None
    assert rows[-1]["totals"]["degree_days"] is None
    assert rows[1]["totals"]["degree_days"] == pytest.approx(17, abs=0.5)


def test_what_is_not_read_yet_has_no_figures(pump: HeatPump, store: HourStore) -> None:
    missing = date(2026, 3, 10)
    store._days = {day: by for day, by in store.days.items() if day != missing}

    months = rows_of(pump, store, "month")
    assert [row["totals"] is None for row in months] == [False, True, False]
    days = rows_of(pump, store, "day")
    blank = [local(row["start"])[:10] for row in days if row["totals"] is None]
    # A local day reaches into two of UTC.
    assert blank == ["2026-03-10", "2026-03-11"]


def test_a_day_that_cannot_be_read_keeps_nothing_blank(
    pump: HeatPump, store: HourStore
) -> None:
    missing = date(2026, 3, 10)
    store.put(missing, pd.DataFrame(index=pd.DatetimeIndex([], tz=UTC)), "a")
    store._days = {day: by for day, by in store.days.items() if day != missing}

    march = rows_of(pump, store, "month", left_out=(missing,))[1]["totals"]

    assert march["coverage"] == pytest.approx(30 / 31, abs=0.002)


def test_before_the_walk_only_memory_is_known(pump: HeatPump) -> None:
    days = rows_of(pump, None, "day")
    known = [local(row["start"])[:10] for row in days if row["totals"] is not None]
    assert known == ["2026-04-07", "2026-04-08", "2026-04-09"]
    assert local(days[0]["start"]) == "2026-02-20 00:00"


def test_what_the_source_has_forgotten_is_known_from_disk(
    pump: HeatPump, store: HourStore
) -> None:
    pump.first_reading = FIRST + 20 * DAY
    rows = rows_of(pump, store, "day")
    assert local(rows[0]["start"]) == "2026-02-20 01:00" or rows[0]["totals"]
    assert all(row["totals"] is not None for row in rows)


def test_nothing_is_known_before_the_first_reading(tmp_path: Path) -> None:
    pump = HeatPump(load("thermia"), {})
    store = HourStore(tmp_path, "Villa")
    assert rows_of(pump, store, "day") == []
    assert rows_of(pump, None, "year") == []


def test_a_span_before_all_readings_or_after_now_is_empty(
    pump: HeatPump, store: HourStore
) -> None:
    assert rows_of(pump, store, "day", FIRST - 99 * DAY, FIRST - 9 * DAY) == []
    assert rows_of(pump, store, "day", NOW + DAY, NOW + 9 * DAY) == []
    far = datetime.max.replace(tzinfo=UTC)
    assert rows_of(pump, store, "year", datetime.min.replace(tzinfo=UTC), far)


def test_too_many_periods_are_refused(pump: HeatPump, store: HourStore) -> None:
    pump.first_reading = NOW - (MOST_ROWS + 5) * DAY
    with pytest.raises(TooManyPeriodsError):
        rows_of(pump, store, "day", datetime(2000, 1, 1, tzinfo=UTC))
    assert len(rows_of(pump, store, "month", datetime(2000, 1, 1, tzinfo=UTC))) == 28


@pytest.mark.parametrize(
    "name", ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "Europe/Stockholm"]
)
@pytest.mark.parametrize("on_disk", [True, False])
def test_days_that_memory_has_are_those_of_the_local_clock(
    pump: HeatPump, store: HourStore, name: str, on_disk: bool
) -> None:
    """As the periods have them, also where midnight is no full hour of UTC."""
    zone = ZoneInfo(name)
    times = (NOW - 5 * DAY).timestamp() // 3600 * 3600 + 900.0 * np.arange(480)
    pump.prices = Prices(times, np.arange(480.0) % 7 - 1)
    kept = store if on_disk else None
    rows = rows_of(pump, kept, "day", NOW - 2 * DAY, zone=zone)
    periods = pump.figures().periods(NOW, zone)
    for period, row in (("yesterday", rows[-2]), ("today", rows[-1])):
        known = periods[period]
        assert row["start"] == known["start"]
        of_hours = figures_of(
            pump,
            kept,
            (),
            Period(*(datetime.fromtimestamp(row[e] / 1000, UTC) for e in EDGES)),
            NOW,
            zone,
        )
        assert of_hours["start"] == known["start"]
        for totals in (row["totals"], of_hours["totals"]):
            for figure in (
                "covered_s",
                "heat_kwh",
                "electricity_kwh",
                "starts",
                "cost",
            ):
                assert totals[figure] == pytest.approx(known["totals"][figure]), figure


def test_half_hour_zones_lose_nothing(pump: HeatPump, store: HourStore) -> None:
    """On disk they are those of UTC: one that midnight cuts counts where it begins."""
    rows = rows_of(pump, store, "day", zone=KOLKATA)
    assert local(rows[1]["start"], KOLKATA)[-5:] == "00:00"
    assert rows[1]["totals"]["heat_kwh"] == pytest.approx(24 * HEAT_OF_AN_HOUR)
