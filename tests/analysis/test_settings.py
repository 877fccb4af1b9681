"""Settings that the heat pump reports: what of them is a change, and what is none."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event, events
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import SETTINGS, Kind, states
from custom_components.heatpump_dashboard.analysis.windows import extremes, means
from custom_components.heatpump_dashboard.profiles.metrics import METRICS, is_setting

from .factory import FAR, HOUR, START, book, running, seconds


def told(frame: pd.DataFrame) -> list[Event]:
    """Return the events of settings."""
    operation = operation_of(Samples.of(frame), Equipment())
    known = states(operation, Equipment(), START - FAR, latched_alarm=False)
    return [one for one in events(known, book(frame)) if one.kind in SETTINGS]


def day(*values: tuple[float, float], hours: float = 4, **others: Any) -> pd.DataFrame:
    """Return readings in which the heat curve becomes each value from a minute on."""
    frame = running(hours * HOUR, **others)
    minute = (frame.index - START).total_seconds().to_numpy() / 60
    curve = np.full(len(frame), np.nan)
    for begin, value in values:
        curve[minute >= begin] = value
    return frame.assign(heat_curve=curve)


def brief(found: list[Event]) -> list[tuple[float, float, float]]:
    """Return minute, what it was and what it is."""
    start = START.value // 1_000_000
    return [((e.time - start) / 60_000, e.before, e.value) for e in found]


def test_a_change_is_told_when_it_has_been_so_for_ten_minutes() -> None:
    (found,) = told(day((0, 40.0), (60, 38.0)))

    assert found.kind is Kind.HEAT_CURVE
    assert brief([found]) == [(70.0, 40.0, 38.0)]
    assert found.duration_s is found.kwh is None


def test_not_before() -> None:
    assert told(day((0, 40.0), (60, 38.0), hours=69.5 / 60)) == []


def test_what_is_turned_step_by_step_is_one_change() -> None:
    frame = day((0, 40.0), (60, 39.0), (60.5, 38.0), (62, 37.0), (63, 36.0))
    assert brief(told(frame)) == [(73.0, 40.0, 36.0)]


@pytest.mark.parametrize(
    "values",
    [
        [(0, 40.0), (60, 15.0), (65, 40.0)],
        [(minute, 40.0 + minute // 5 % 2) for minute in range(0, 240, 5)],
        [(0, 40.0), (60, np.nan), (180, 40.0)],
        [(60, 40.0)],
        [(0, np.nan)],
        [(0, 40.0), (60, 400.0)],
        [(0, 19.0), (60, 1.9)],
    ],
    ids=[
        "a gateway that starts",
        "one that flaps",
        "silent for hours",
        "known from now on",
        "never known",
        "tenths",
        "no tenths any more",
    ],
)
def test_what_is_no_change(values: list[tuple[float, float]]) -> None:
    assert told(day(*values)) == []


def test_another_value_after_a_silence_is_a_change() -> None:
    frame = day((0, 40.0), (60, np.nan), (120, 38.0))
    assert brief(told(frame)) == [(130.0, 40.0, 38.0)]


def test_after_a_gap_of_all_readings_it_is_the_same() -> None:
    times = seconds(np.arange(0, 3600, 30.0), np.arange(30_000, 33_600, 30.0))
    frame = running(4 * HOUR).iloc[: len(times)].set_axis(times)
    half = len(times) // 2
    same = frame.assign(room_setpoint=20.0)
    other = frame.assign(room_setpoint=[20.0] * half + [21.0] * (len(times) - half))

    assert told(same) == []
    assert [(one.before, one.value) for one in told(other)] == [(20.0, 21.0)]


def test_what_a_clock_turns_is_told_four_times_a_day() -> None:
    values = [(30.0 * number, 20.0 + number % 2) for number in range(80)]
    frame = day(*values, hours=40)

    found = brief(told(frame))
    # Nor the day after, for as long as it goes on.
    assert [minute for minute, *_ in found] == [40.0, 70.0, 100.0, 130.0]


def test_an_offset_of_nothing_is_a_value() -> None:
    frame = day((0, 40.0)).assign(
        heat_curve_offset=np.where(np.arange(481) < 120, 2.0, 0.0)
    )
    (found,) = told(frame)
    assert (found.kind, found.before, found.value) == (Kind.HEAT_CURVE_OFFSET, 2.0, 0.0)


def test_the_mode_is_a_setting_and_the_setpoint_of_the_supply_is_none() -> None:
    later = np.arange(481) >= 120
    frame = running(4 * HOUR).assign(
        operating_mode=1.0 + later, supply_setpoint=35.0 + 5 * later
    )
    assert [one.kind for one in told(frame)] == [Kind.OPERATING_MODE]


def test_every_setting_but_that_of_the_supply_has_changes() -> None:
    settings = {name for name in METRICS if is_setting(name)} - {"supply_setpoint"}
    assert set(SETTINGS.values()) == settings | {"operating_mode"}
    # They are on disk.
    assert [int(kind) for kind in SETTINGS] == list(range(8, 16))


def test_windows_know_what_supply_the_controller_asks_for() -> None:
    frame = running(HOUR).assign(supply_setpoint=35.0)
    windows = extremes(frame)

    held = windows["supply_setpoint|s"]
    assert held.sum() > 0
    assert (windows["supply_setpoint|sum"] == 35.0 * held).all()
    # No chart asks for it.
    assert "supply_setpoint" not in means(frame, 120)


def test_windows_know_nothing_of_settings() -> None:
    frame = day((0, 40.0), room_setpoint=20.0)
    plain = frame.drop(columns=["heat_curve", "room_setpoint"])

    pd.testing.assert_frame_equal(extremes(frame), extremes(plain))
    pd.testing.assert_frame_equal(means(frame, 120), means(plain, 120))
