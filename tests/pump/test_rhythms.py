"""The same day in any rhythm has the same figures."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import ENDED
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory
from custom_components.heatpump_dashboard.pump.present import Present
from tests.analysis.sane_day import by_hand
from tests.support.rhythms import (
    Floats,
    Physics,
    apart,
    frame,
    in_force,
    jittered,
    mixed,
    on_change,
    polled,
)

from .test_memory import assert_same_windows

START = datetime(2026, 1, 20, tzinfo=UTC)
FIRST = pd.Timestamp(START)
DAY = timedelta(days=1)
DAY_S = 86_400.0
BEFORE_S = -(CONTEXT.total_seconds() + 2400)
SPAN = (BEFORE_S, DAY_S + 3600)
METRICS = ("compressor", "supply_temp", "return_temp", "power")


def cycling(on_s: float, off_s: float) -> Physics:
    """Return runs and rests of these lengths."""

    def physics(times: Floats) -> dict[str, Floats]:
        on = times % (on_s + off_s) < on_s
        return {
            "compressor": on.astype("float64"),
            "supply_temp": np.where(on, 40.0, 30.0),
            "return_temp": np.where(on, 35.0, 29.0),
            "power": np.where(on, 3000.0, 50.0),
        }

    return physics


# 20 min on and 20 min off, as the reference has it.
cycles = cycling(1200, 1200)


def written() -> Mapping[str, pd.DataFrame]:
    usual = polled(FIRST, cycles, SPAN, 30)
    return {
        "30 s": usual,
        "60 s": polled(FIRST, cycles, SPAN, 60),
        "300 to 303 s": jittered(FIRST, cycles, SPAN, (300, 303)),
        "600 s": polled(FIRST, cycles, SPAN, 600),
        "590 to 610 s": jittered(FIRST, cycles, SPAN, (590, 610)),
        "each by itself": apart(usual),
        "on change": apart(on_change(usual)),
        "on change, all together": on_change(usual),
        "on change, with a heartbeat": apart(on_change(usual, 600)),
        "on change, as the source says": in_force(
            apart(on_change(usual)), FIRST - CONTEXT
        ),
    }


def figures_of(stored: pd.DataFrame, *metrics: str) -> dict[str, Any]:
    """Return the figures of the day as a heat pump has them that has read it."""
    pump = HeatPump(by_hand(*(metrics or METRICS)), {})
    pump.load([stored], START - CONTEXT, START + DAY + timedelta(hours=1))
    return pump.figures().between(START, START + DAY)


@pytest.mark.parametrize("rhythm", written())
def test_the_reference_day_in_any_rhythm(rhythm: str) -> None:
    slow = "to" in rhythm or rhythm == "600 s"
    total = figures_of(written()[rhythm])

    # Each edge is seen up to one interval late: 36 starts and as many stops.
    tolerance = 0.05 if slow else 0.001
    assert total["heat_kwh"] == pytest.approx(162, rel=tolerance)
    assert total["electricity_kwh"] == pytest.approx(36.6, rel=tolerance)
    assert total["cop_compressor"] == pytest.approx(4.5)
    assert total["compressor_s"] == pytest.approx(12 * 3600, rel=tolerance)
    assert total["coverage"] >= 0.99
    assert total["dropped"] == 0


ABSURD = [
    ("power", 4294967295.0),
    ("power", 65535.0),
    ("supply_temp", 149.0),
    ("flow", 65535.0),
]


def with_flow(times: Floats) -> dict[str, Floats]:
    return {**cycles(times), "flow": np.full(len(times), 0.65)}


@pytest.mark.parametrize(("metric", "value"), ABSURD)
@pytest.mark.parametrize("step_s", [30, 600])
def test_an_absurd_reading_costs_its_own_hold(
    metric: str, value: float, step_s: int
) -> None:
    names = (*METRICS, "flow")
    usual = polled(FIRST, with_flow, SPAN, step_s)
    # A reading of a running compressor.
    moment = FIRST + pd.Timedelta(seconds=12 * 2400 + 300)
    absurd = usual.copy()
    absurd.loc[moment, metric] = value
    sane, total = figures_of(usual, *names), figures_of(absurd, *names)
    lost_h = step_s / 3600

    assert total["dropped"] == 1
    for name in ("heat_kwh", "electricity_kwh"):
        per_hour = sane[name.replace("heat", "compressor_heat")] / 12
        if name == "electricity_kwh":
            per_hour = 3.0
        assert sane[name] - total[name] == pytest.approx(per_hour * lost_h, rel=0.01)
    assert total["cop_compressor"] == pytest.approx(sane["cop_compressor"])


def test_what_is_not_available_ends_at_once() -> None:
    stored = in_force(on_change(polled(FIRST, cycles, SPAN, 30)), FIRST - CONTEXT)
    # The beginning of a run: nothing of it is known until the next value.
    gone = FIRST + pd.Timedelta(seconds=12 * 2400 + 300)
    ended = frame(gone, np.zeros(1), {name: np.array([ENDED]) for name in METRICS})
    total = figures_of(pd.concat([stored, ended]).sort_index())

    assert total["uncovered_s"] == pytest.approx(900)
    assert total["heat_kwh"] == pytest.approx(162 - 13.5 / 4)
    assert total["dropped"] == 0


@st.composite
def any_physics(draw: st.DrawFn) -> Physics:
    """Return a day of runs and rests of any length, whole degrees that drift."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shortest = draw(st.sampled_from([15.0, 30.0]))
    lengths = rng.uniform(shortest, shortest + 20, 400) * 60
    edges = np.cumsum(lengths) + SPAN[0] - 7200
    watts = float(rng.integers(1500, 4500))
    wave = rng.uniform(3000, 6000)

    def physics(times: Floats) -> dict[str, Floats]:
        on = np.searchsorted(edges, times, side="right") % 2 == 1
        drift = 3 * np.sin(times / wave)
        return {
            "compressor": on.astype("float64"),
            "supply_temp": np.round(np.where(on, 40, 30) + drift),
            "return_temp": np.round(np.where(on, 34, 29) + drift),
            "power": np.where(on, watts, 50.0),
            "degree_minutes": np.round(times / 60) % 97 - 120,
        }

    return physics


NAMES = (*METRICS, "degree_minutes")


def _said(rows: pd.DataFrame) -> pd.DataFrame:
    return in_force(rows, FIRST - CONTEXT)


def _mixed(physics: Physics) -> pd.DataFrame:
    return mixed(polled(FIRST, physics, SPAN, 30), ["compressor", "power"])


# What is written, and how long after a change of the physics it may be seen, s.
WAYS: Mapping[str, tuple[Any, float]] = {
    "60": (lambda p: polled(FIRST, p, SPAN, 60), 60),
    "300 to 303": (lambda p: jittered(FIRST, p, SPAN, (300, 303)), 303),
    "600": (lambda p: jittered(FIRST, p, SPAN, (590, 610)), 610),
    "900": (lambda p: jittered(FIRST, p, SPAN, (890, 910)), 910),
    "apart": (lambda p: apart(polled(FIRST, p, SPAN, 30)), 30),
    "change": (lambda p: apart(on_change(polled(FIRST, p, SPAN, 30))), 30),
    "heartbeat": (lambda p: apart(on_change(polled(FIRST, p, SPAN, 30), 300)), 30),
    "said": (lambda p: _said(on_change(polled(FIRST, p, SPAN, 30))), 30),
    "mixed": (_mixed, 30),
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=5)
@given(physics=any_physics())
def test_the_same_physics_in_any_rhythm(way: str, physics: Physics) -> None:
    """Each edge is seen at most one interval late, and on average half of one.

    What that moves of an energy is the power that changes there times the delay: at
    random, so that many edges move less than one after the other would; three times
    the standard deviation is allowed.
    """
    write, late_s = WAYS[way]
    total = figures_of(write(physics), *NAMES)
    times = np.arange(0, DAY_S)
    true = physics(times)
    on = true["compressor"] == 1
    kelvin = true["supply_temp"] - true["return_temp"]
    heat, electricity = 2.7 * kelvin[on].sum() / 3.6e3, true["power"].sum() / 3.6e6
    edges = np.abs(np.diff(true["compressor"])).sum()
    delay_h = (3 * np.sqrt(edges / 12) + 1) * late_s / 3600

    assert total["coverage"] >= 0.985
    assert total["heat_kwh"] == pytest.approx(heat, abs=2.7 * 7 * delay_h + 0.01 * heat)
    assert total["electricity_kwh"] == pytest.approx(
        electricity, abs=true["power"].max() / 1000 * delay_h + 0.01 * electricity
    )
    # ΔT is of the same readings as the power: the delay moves both alike.
    assert total["cop_compressor"] == pytest.approx(
        heat / (true["power"][on].sum() / 3.6e6), rel=0.03
    )


@pytest.mark.parametrize(("on", "off"), [(45, 45), (20, 70), (70, 20)])
def test_runs_as_regular_as_a_clock_are_not_read_by_one(on: int, off: int) -> None:
    """A state on change that no weather disturbs, beside temperatures that are polled."""
    total = figures_of(_mixed(cycling(60 * on, 60 * off)))
    assert total["coverage"] >= 0.99
    assert total["heat_kwh"] == pytest.approx(24 * 13.5 * on / (on + off), rel=0.01)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=3)
@given(physics=any_physics(), hours=st.integers(2, 6))
def test_a_real_gap_is_not_covered(way: str, physics: Physics, hours: int) -> None:
    """No longer than a value may hold: 30 min."""
    write, _ = WAYS[way]
    rows = write(physics)
    begin, end = START + 8 * timedelta(hours=1), START + timedelta(hours=8 + hours)
    rows = rows[(rows.index < begin) | (rows.index >= end)]
    total = figures_of(rows, *NAMES)

    assert total["covered_s"] <= DAY_S - hours * 3600 + 1800 + 1
    assert total["covered_s"] >= 0.9 * (DAY_S - hours * 3600) - 3600


COUNTERS = ("energy", "heat_energy")
METERED = Equipment(heat_meter=True)


def with_counters(physics: Physics, resolution: float) -> Physics:
    """Return the same with what is counted of power and of heat, and no power."""
    grid = np.arange(BEFORE_S - DAY_S, DAY_S, 30)
    true = physics(grid)
    kelvin = true["supply_temp"] - true["return_temp"]
    kw = {"energy": true["power"] / 1000, "heat_energy": 2.7 * kelvin}
    kw["heat_energy"] = np.where(true["compressor"] == 1, kw["heat_energy"], 0)

    def counted(times: Floats) -> dict[str, Floats]:
        told = physics(times)
        del told["power"]
        for name in COUNTERS:
            kwh = 5000 + np.interp(times, grid, np.cumsum(kw[name]) / 120)
            told[name] = np.round(np.floor(kwh / resolution) * resolution, 3)
        return told

    return counted


def _memory() -> PumpMemory:
    return PumpMemory(by_hand(*NAMES, *COUNTERS), METERED)


def _load(rows: pd.DataFrame, stop: datetime) -> PumpMemory:
    memory = _memory()
    first = START - CONTEXT
    memory.take_in(in_force(rows[rows.index < stop], pd.Timestamp(first)), first, stop)
    return memory


@settings(max_examples=20)
@given(
    physics=any_physics(),
    resolution=st.sampled_from([None, 0.01, 0.1, 1.0]),
    data=st.data(),
)
def test_polls_late_points_and_the_past_give_the_same_windows(
    physics: Physics, resolution: float | None, data: st.DataObject
) -> None:
    if resolution is not None:
        physics = with_counters(physics, resolution)
    rows = apart(on_change(polled(FIRST, physics, (BEFORE_S - DAY_S, 30_000), 30)))
    hour = timedelta(hours=1)
    stop = START + 8 * hour
    expected = _load(rows, stop)
    minutes = st.integers(0, 240)
    late = START + timedelta(minutes=data.draw(minutes, label="late"))
    lost = (rows.index >= late) & (rows.index < late + hour / 3)
    begun = START + 3 * hour
    memory = _memory()
    first, there = begun - CONTEXT, rows[~lost]
    early = there[there.index < begun + hour]
    memory.take_in(in_force(early, pd.Timestamp(first)), first, begun + hour)
    span = (START - CONTEXT, memory.records.since)
    past = in_force(rows[rows.index < span[1]], pd.Timestamp(span[0]))
    memory.add_past(past, START, span[1].to_pydatetime())
    for poll in range(4):
        now = begun + (poll + 2) * hour
        fresh = there[(there.index >= now - 1.2 * hour) & (there.index < now)]
        memory.take_in(fresh, now - 1.2 * hour, now)
    again = rows[(rows.index >= START) & (rows.index < stop)]
    memory.take_in(again[again.index >= begun], begun, stop)
    memory.take_in(again, START, stop)

    # What came late before the first load began, also what was in force there, or with
    # its first minutes, is beyond the day that is read again: `PumpMemory._earliest`. And
    # a counter says what it counted with its next value: where that came after the past
    # was added, or late, the windows before the load stay unknown. That is no wrong figure.
    margin = hour / 6 if resolution is None else hour
    counters = early.columns.intersection(["energy", "heat_energy"])
    counted = early.loc[early.index >= begun, counters].count()
    if (counted < 2).any():
        return
    whole = in_force(rows[rows.index < begun + hour], pd.Timestamp(first))
    known = in_force(early, pd.Timestamp(first))
    if late >= begun + margin or (late + hour / 3 <= first and whole.equals(known)):
        assert_same_windows(memory.records, expected.records)


def present_of(stored: pd.DataFrame, *, after_min: float) -> Present:
    """Return the present so long after the last reading."""
    now = stored.index[-1].to_pydatetime() + timedelta(minutes=after_min)
    pump = HeatPump(by_hand(*METRICS), {})
    pump.load([stored], START - CONTEXT, now)
    return pump.present(now, UTC)


@pytest.mark.parametrize(
    ("step_s", "after_min", "stale"),
    [
        (30, 9, False),
        (30, 11, True),
        (600, 11, False),
        (600, 29, False),
        (600, 31, True),
    ],
)
def test_what_is_stale_follows_the_rhythm(
    step_s: int, after_min: float, stale: bool
) -> None:
    stored = polled(FIRST, cycles, (BEFORE_S, 20_000), step_s)

    assert present_of(stored, after_min=after_min).stale is stale


def test_of_what_is_on_change_the_last_value_is_the_present() -> None:
    rows = on_change(polled(FIRST, cycles, (BEFORE_S, 20_000), 30))
    stored = in_force(rows, FIRST - CONTEXT)
    gone = stored.index[-1] + pd.Timedelta(seconds=5)
    ended = frame(gone, np.zeros(1), {"supply_temp": np.array([ENDED])})

    found = present_of(stored, after_min=14)
    assert not found.stale
    assert found.metrics == {
        "compressor": 1,
        "supply_temp": 40,
        "return_temp": 35,
        "power": 3000,
    }
    without = present_of(pd.concat([stored, ended]), after_min=1)
    assert "supply_temp" not in without.metrics
    assert without.mode == "heating"


def test_what_a_slow_rhythm_cannot_see_is_said() -> None:
    slow, quick = written()["600 s"], written()["on change, as the source says"]

    assert figures_of(slow)["resolution"] == 600
    assert figures_of(quick)["resolution"] is None
    # The one at midnight is counted with the day before, where it lies between.
    assert figures_of(quick)["starts"] == 35


@pytest.mark.parametrize(
    ("last_s", "reason"),
    [(300, "just_started"), (900, "just_started"), (1500, None), (2100, None)],
)
def test_a_slow_collector_sees_twice_that_it_runs_before_there_is_a_cop(
    last_s: float, reason: str | None
) -> None:
    long_runs: Physics = lambda times: cycles(np.where(times < 0, 1300, times / 2))  # noqa: E731
    stored = polled(FIRST, long_runs, (BEFORE_S, last_s + 1), 600)
    found = present_of(stored, after_min=1)

    assert found.cop_reason == reason
    assert found.cop == (None if reason else pytest.approx(4.5))
