"""The same day in any rhythm has the same figures."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings, strategies as st
import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import ENDED
from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from tests.analysis.sane_day import by_hand
from tests.support.rhythms import (
    Floats,
    Physics,
    apart,
    clocks,
    frame,
    in_force,
    jittered,
    mixed,
    on_change,
    polled,
)

START = datetime(2026, 1, 20, tzinfo=UTC)
FIRST = pd.Timestamp(START)
DAY = timedelta(days=1)
DAY_S = 86_400.0
BEFORE_S = -(CONTEXT.total_seconds() + 2400)
# What holds into the first window is added with the past: the day begins later.
LOADED = START + timedelta(seconds=BEFORE_S)
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


def said(physics: Physics) -> pd.DataFrame:
    """Return what a source gives that says what was in force when it was asked."""
    longer = polled(FIRST, physics, (SPAN[0] - 3600, SPAN[1]), 30)
    return in_force(apart(on_change(longer)), pd.Timestamp(LOADED))


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
        "on change, as the source says": said(cycles),
    }


def figures_of(stored: pd.DataFrame, *metrics: str) -> dict[str, Any]:
    """Return the figures of the day as a heat pump has them that has read it."""
    pump = HeatPump(by_hand(*(metrics or METRICS)), {})
    pump.load([stored], LOADED, START + DAY + timedelta(hours=1))
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


def figures_of_entities(stored: pd.DataFrame) -> dict[str, Any]:
    """Return the same where the series are Home Assistant's."""
    entities = {str(name): f"sensor.hp_{name}" for name in stored}
    pump = HeatPump(map_series(load("generic"), entities), {})
    rows = stored.rename(columns=entities)
    pump.load([rows], LOADED, START + DAY + timedelta(hours=1))
    return pump.figures().between(START, START + DAY)


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
    stored = said(cycles)
    # The beginning of a run: nothing of it is known until the next value.
    gone = FIRST + pd.Timedelta(seconds=12 * 2400 + 300)
    ended = frame(gone, np.zeros(1), {name: np.array([ENDED]) for name in METRICS})
    total = figures_of(pd.concat([stored, ended]).sort_index())

    assert total["uncovered_s"] == pytest.approx(900)
    assert total["heat_kwh"] == pytest.approx(162 - 13.5 / 4)
    assert total["dropped"] == 0


@st.composite
def any_physics(draw: st.DrawFn, *, degree_minutes: bool = True) -> Physics:
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
        told = {
            "compressor": on.astype("float64"),
            "supply_temp": np.round(np.where(on, 40, 30) + drift),
            "return_temp": np.round(np.where(on, 34, 29) + drift),
            "power": np.where(on, watts, 50.0),
        }
        if degree_minutes:
            told["degree_minutes"] = np.round(times / 60) % 97 - 120
        return told

    return physics


NAMES = (*METRICS, "degree_minutes")


def _mixed(physics: Physics) -> pd.DataFrame:
    return mixed(polled(FIRST, physics, SPAN, 30), ["compressor", "power"])


def _changes(physics: Physics, step_s: float = 30) -> pd.DataFrame:
    return apart(on_change(polled(FIRST, physics, SPAN, step_s)))


def _heartbeat(physics: Physics) -> pd.DataFrame:
    return apart(on_change(polled(FIRST, physics, SPAN, 30), 300))


# What is written, and how long after a change of the physics it may be seen, s.
WAYS: Mapping[str, tuple[Any, float]] = {
    "60": (lambda p: polled(FIRST, p, SPAN, 60), 60),
    "300 to 303": (lambda p: jittered(FIRST, p, SPAN, (300, 303)), 303),
    "600": (lambda p: jittered(FIRST, p, SPAN, (590, 610)), 610),
    "900": (lambda p: jittered(FIRST, p, SPAN, (890, 910)), 910),
    "apart": (lambda p: apart(polled(FIRST, p, SPAN, 30)), 30),
    "change": (_changes, 30),
    "heartbeat": (_heartbeat, 180),
    "said": (said, 30),
    "mixed": (_mixed, 30),
    "entities": (_changes, 30),
    "entities with a heartbeat": (_heartbeat, 30),
    "entities asked every 600": (lambda p: _changes(p, 600), 600),
    "entities asked every 900": (lambda p: _changes(p, 900), 900),
}
# It repeats itself as who polls: what is within half of that is of one moment.
UNTOLD = "heartbeat"
# Each series by a clock of its own: how long they are not of the same moment, s.
CLOCKS: Mapping[str, tuple[Any, float]] = {
    "60": (lambda p: clocks(FIRST, p, SPAN, [60]), 60),
    "10 to 70": (lambda p: clocks(FIRST, p, SPAN, [60, 45, 70, 10]), 70),
    "300": (lambda p: clocks(FIRST, p, SPAN, [300]), 300),
    "entities, 30": (lambda p: on_change(clocks(FIRST, p, SPAN, [30])), 30),
    "entities, 60": (lambda p: on_change(clocks(FIRST, p, SPAN, [60])), 60),
}


class Truth:
    """What the physics of the day are, whoever looks at them."""

    def __init__(self, physics: Physics) -> None:
        true = physics(np.arange(0, DAY_S))
        on = true["compressor"] == 1
        kelvin = true["supply_temp"] - true["return_temp"]
        self.heat_kwh = 2.7 * kelvin[on].sum() / 3.6e3
        self.electricity_kwh = true["power"].sum() / 3.6e6
        self.most_kw = true["power"].max() / 1000
        self.cop = self.heat_kwh / (true["power"][on].sum() / 3.6e6)
        self.edges = np.abs(np.diff(true["compressor"])).sum()
        self.on_s = np.count_nonzero(on)


# Between the last reading of the day and the next, at most 0.4 % is not known.
COVERED = 0.996


def heard(rows: pd.DataFrame) -> float:
    """Return the share of the day of which the rule says that the heat pump is alive.

    That is half an hour after any row: who says nothing for longer may be dead.
    """
    seconds = (rows.index - FIRST).total_seconds().to_numpy()
    stop = np.clip(np.minimum(seconds[1:], seconds[:-1] + 1800), 0, DAY_S)
    known = np.maximum(stop - np.clip(seconds[:-1], 0, DAY_S), 0)
    return float(known.sum() / DAY_S)


def figures_in(way: str, rows: pd.DataFrame) -> dict[str, Any]:
    """Return the figures of the day; series are entities where the way says so."""
    names = [str(name) for name in rows]
    if not way.startswith("entities"):
        return figures_of(rows, *names)
    return figures_of_entities(rows)


def check(way: str, physics: Physics, ways: Mapping[str, tuple[Any, float]]) -> None:
    """Assert that a day that is written in a way has the figures of its physics.

    Each edge is seen at most one interval late, and on average half of one. What that
    moves of an energy is the power that changes there times the delay: at random, so
    that many edges move less than one after the other would; four times the standard
    deviation is allowed, as many days are drawn. Beside that, the energy of the time
    that is not covered.
    """
    write, late_s = ways[way]
    rows = write(physics)
    total, true = figures_in(way, rows), Truth(physics)
    covered = heard(rows)
    delay_h = (4 * np.sqrt(true.edges / 12) + 1) * late_s / 3600
    delay_h += (1 - total["coverage"]) * 24
    # Not of the same moment at each edge: of one water of a run, of the other of a rest.
    mixed_kwh = 2.7 * 5 * true.edges / 2 * late_s / 3600 if ways is CLOCKS else 0.0

    assert total["coverage"] >= COVERED * covered
    assert total["heat_kwh"] == pytest.approx(
        true.heat_kwh, abs=2.7 * 7 * delay_h + mixed_kwh
    )
    assert total["electricity_kwh"] == pytest.approx(
        true.electricity_kwh, abs=true.most_kw * delay_h
    )
    # ΔT is of the same readings as the power: the delay moves both alike. But what comes
    # shortly before an edge may be of one moment with it, for one of the two alone.
    alone_s = 4 * np.sqrt(true.edges / 12) * late_s if way == UNTOLD else 0.0
    assert total["cop_compressor"] == pytest.approx(
        true.cop, rel=0.01 + mixed_kwh / true.heat_kwh + alone_s / true.on_s
    )


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=5)
@given(physics=any_physics())
def test_the_same_physics_in_any_rhythm(way: str, physics: Physics) -> None:
    check(way, physics, WAYS)
    assert heard(WAYS[way][0](physics)) >= 0.999


@pytest.mark.parametrize("way", CLOCKS)
@settings(max_examples=5)
@given(physics=any_physics())
def test_each_series_by_a_clock_of_its_own(way: str, physics: Physics) -> None:
    check(way, physics, CLOCKS)


# Of a collector that tells only changes, and of which nobody says so, too few of them
# show it: whole degrees, runs of half an hour, and a power that is constant.
SHOWN = [*WAYS.keys() - {"change"}]


@pytest.mark.parametrize("way", sorted(SHOWN))
@settings(max_examples=5)
@given(physics=any_physics(degree_minutes=False))
def test_the_same_without_anything_that_changes_often(
    way: str, physics: Physics
) -> None:
    """What is on change is known for half an hour after the last of its changes."""
    check(way, physics, WAYS)


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
    total = figures_in(way, rows)

    assert total["covered_s"] <= DAY_S - hours * 3600 + 1800 + 1
    assert total["covered_s"] >= 0.9 * (DAY_S - hours * 3600) - 3600


def test_what_a_slow_rhythm_cannot_see_is_said() -> None:
    slow, quick = written()["600 s"], written()["on change, as the source says"]

    assert figures_of(slow)["resolution"] == 600
    assert figures_of(quick)["resolution"] is None
    assert figures_of(quick)["starts"] == 36
