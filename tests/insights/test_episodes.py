"""When the auxiliary heater ran, and why."""

from datetime import UTC, date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.episodes import (
    Circumstances,
    cause_of,
    episodes,
)
from custom_components.heatpump_dashboard.insights.gaps import gaps_of

from .factory import at, run

DAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({}, "capacity"),
        ({"alarm": True, "compressor": 0.0}, "alarm"),
        ({"heater_only": True}, "mode"),
        ({"valve": 0.9, "hottest": 61.0}, "hygiene"),
        ({"valve": 0.9, "hottest": 50.0}, "hot_water"),
        ({"compressor": 0.0}, "compressor_off"),
        ({"rest_h": 4.0, "rest_ended_h": 1.0}, "catch_up"),
        ({"setpoint_rise": 5.0}, "setting"),
        ({"defrost": True}, "defrost"),
        ({"compressor_before": 0.6}, "unknown"),
    ],
)
def test_the_first_rule_that_fits(told: dict[str, Any], cause: str) -> None:
    assert cause_of(Circumstances(**told)) == cause


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ({"alarm": True}, "capacity"),
        ({"after_charge": True, "compressor_before": 0.8}, "hot_water"),
        ({"after_charge": True, "hottest": 61.0}, "hygiene"),
        # A compressor that never stops would have needed help without the charge too.
        ({"after_charge": True}, "capacity"),
        ({"valve": 0.9, "hottest": 59.5}, "hygiene"),
        ({"rest_h": 4.0, "rest_ended_h": 7.0}, "capacity"),
        ({"rest_h": 1.0, "rest_ended_h": 1.0}, "capacity"),
        ({"coverage": 0.8}, "capacity"),
        # Whatever is known of it: the cause may lie in the rest.
        ({"coverage": 0.79}, "unknown"),
        ({"coverage": 0.79, "alarm": True, "compressor": 0.0}, "unknown"),
    ],
)
def test_rules_that_just_do_not_fit(told: dict[str, Any], cause: str) -> None:
    assert cause_of(Circumstances(**told)) == cause


def heats(start_h: float, end_h: float, kwh: float | None = 3.0) -> list[Event]:
    return run(Kind.AUXILIARY, DAY, start_h, end_h, kwh=kwh, value=33.0)


def runs(start_h: float, end_h: float) -> list[Event]:
    return run(Kind.COMPRESSOR, DAY, start_h, end_h)


@pytest.mark.parametrize(
    ("around", "cause"),
    [
        (runs(1, 22), "capacity"),
        (runs(1, 11), "compressor_off"),
        (run(Kind.ALARM, DAY, 11.8, 13, value=5.0) + runs(1, 11), "alarm"),
        (runs(1, 7) + runs(10.5, 22), "catch_up"),
        (
            runs(1, 22) + run(Kind.HOT_WATER, DAY, 11.9, 13, celsius=(45.0, 61.0)),
            "hygiene",
        ),
        (
            runs(1, 9.5)
            + runs(10, 22)
            + run(Kind.HOT_WATER, DAY, 11, 11.9, celsius=(45.0, 52.0)),
            "hot_water",
        ),
        (runs(1, 10) + runs(10.8, 22), "unknown"),
    ],
)
def test_causes_of_what_happened(around: list[Event], cause: str) -> None:
    (found,) = episodes(sorted([*heats(12, 13), *around]))
    assert (found.cause, found.kwh) == (cause, 3.0)


def test_a_gap_of_a_few_minutes_is_none() -> None:
    events = sorted([*runs(1, 22), *heats(12, 13), *heats(13.1, 14), *heats(15, 16)])
    assert [one.kwh for one in episodes(events)] == [6.0, 3.0]


def gap(start_h: float, end_h: float) -> tuple[int, int]:
    return at(DAY, start_h), at(DAY, end_h)


@pytest.mark.parametrize(
    ("around", "gaps", "cause"),
    [
        # From 06:00 to 13:15 there are 7.25 h, of which 1.45 may be missing.
        (runs(1, 22), [gap(7, 8.4)], "capacity"),
        (runs(1, 22), [gap(7, 8.5)], "unknown"),
        (runs(1, 22), [gap(7, 8), gap(9, 9.5)], "unknown"),
        (runs(1, 22), [gap(3, 6)], "capacity"),
        (runs(1, 22), [gap(3, 7.5)], "unknown"),
        (runs(1, 22), [gap(13.2, 20)], "capacity"),
        # A compressor that is off after it was without power: a stop like any other.
        (runs(1, 10.2) + runs(10.8, 22), [gap(7, 10.2)], "catch_up"),
        (runs(1, 7) + runs(10.8, 22), [gap(7, 10.2)], "catch_up"),
        (runs(1, 9.2) + runs(9.8, 22), [gap(7.7, 9.2)], "catch_up"),
        # One of an hour is no cause, and after one of a gateway it runs as before.
        (runs(1, 9.2) + runs(9.5, 22), [gap(8.2, 9.2)], "unknown"),
        (runs(1, 22), [gap(7, 10.2)], "unknown"),
        # Of what was before all that is known nobody knows whether there was power.
        (runs(11, 22), [gap(0, 10.2)], "unknown"),
    ],
)
def test_a_time_that_is_hardly_known_has_no_cause(
    around: list[Event], gaps: list[tuple[int, int]], cause: str
) -> None:
    (found,) = episodes(sorted([*heats(12, 13), *around]), gaps=gaps)
    assert (found.cause, found.kwh) == (cause, 3.0)


@pytest.mark.parametrize(
    ("minutes", "thaws", "cause"),
    [
        (8, [gap(12.05, 12.15)], "defrost"),
        (8, [gap(11.95, 12.05)], "defrost"),
        (8, [gap(11.5, 11.6)], "unknown"),
        # What goes on after it is more than help with it.
        (40, [gap(12.05, 12.15)], "unknown"),
    ],
)
def test_a_heat_pump_that_thaws_is_helped_for_minutes(
    minutes: int, thaws: list[tuple[int, int]], cause: str
) -> None:
    around = [*heats(12, 12 + minutes / 60), *runs(1, 10), *runs(10.8, 22)]
    (found,) = episodes(sorted(around), defrosts=thaws)
    assert found.cause == cause


def test_what_is_not_known_has_no_cause() -> None:
    (found,) = episodes(sorted([*runs(1, 22), *heats(12, 13, kwh=None)]))
    assert found.cause == "unknown"


def test_a_heater_that_goes_on_is_no_episode_yet() -> None:
    assert not episodes([heats(12, 13)[0]])


def test_gaps_are_windows_of_which_less_than_half_is_known() -> None:
    first = pd.Timestamp(DAY, tz=UTC)
    index = pd.date_range(first, periods=12, freq="300s")
    known = np.array([300, 300, 0, 140, 160, 300, 0, 300, 300, 300, 300, 100.0])
    ledger = pd.DataFrame({"heating_s": known, "idle_s": 0.0}, index=index)
    ledger = ledger.assign(hot_water_s=np.nan, auxiliary_s=0.0).drop(index[6])
    minute = 60_000
    start = at(DAY, 0)

    def spans(*minutes: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        return tuple((start + a * minute, start + b * minute) for a, b in minutes)

    now = first + pd.Timedelta(hours=2)
    assert gaps_of(ledger, first, now) == spans((10, 20), (30, 35))
    earlier = first - pd.Timedelta(minutes=30)
    assert gaps_of(ledger, earlier, index[9])[0] == spans((-30, 0))[0]
    # One that may not be over is none yet.
    assert gaps_of(ledger, first, index[4]) == ()
    assert gaps_of(ledger, earlier, earlier) == ()
    # Before the first reading there is not even a column.
    assert gaps_of(pd.DataFrame(), earlier, now) == ()


def turned(kind: Kind, hour: float, value: float, before: float) -> list[Event]:
    """Return a setting that was turned, and nothing else."""
    return [Event(at(DAY, hour), kind, value, before)]


@pytest.mark.parametrize(
    ("events", "cause"),
    [
        # What is warmer by 3 K within two hours: of a curve in °C, of one that is a
        # number, of an offset and of the room.
        (turned(Kind.HEAT_CURVE, 11, 41.0, 36.0), "setting"),
        (turned(Kind.HEAT_CURVE, 11, 38.0, 36.0), "unknown"),
        (turned(Kind.HEAT_CURVE, 11, 9.0, 7.0), "setting"),
        (turned(Kind.HEAT_CURVE, 11, 8.0, 7.0), "unknown"),
        (turned(Kind.HEAT_CURVE_OFFSET, 11, 3.0, 0.0), "setting"),
        (turned(Kind.ROOM_SETPOINT, 11, 21.0, 19.0), "setting"),
        (turned(Kind.ROOM_SETPOINT, 11, 20.0, 19.0), "unknown"),
        # It is told ten minutes after it was turned, and the heater may be quicker.
        (turned(Kind.HEAT_CURVE, 12.1, 41.0, 36.0), "setting"),
        (turned(Kind.HEAT_CURVE, 9.9, 41.0, 36.0), "unknown"),
        (turned(Kind.HEAT_CURVE, 11, 36.0, 41.0), "unknown"),
        (
            turned(Kind.HEAT_CURVE, 10.5, 38.0, 36.0)
            + turned(Kind.HEAT_CURVE, 11, 40.0, 38.0),
            "setting",
        ),
        (turned(Kind.HOT_WATER_STOP, 11, 57.0, 52.0), "unknown"),
    ],
)
def test_a_setting_that_was_raised_is_a_cause(events: list[Event], cause: str) -> None:
    around = [*heats(12, 13), *runs(1, 10), *runs(10.8, 22), *events]
    (found,) = episodes(sorted(around))
    assert found.cause == cause
