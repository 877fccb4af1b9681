"""Home Assistant's entities are on change from their first hour on."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.profiles import Profile, load, map_series
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from tests.analysis.sane_day import by_hand
from tests.support.rhythms import Floats, Physics, apart, on_change, polled

from .test_rhythms import FIRST, METRICS, SPAN, START, cycles

LOADED = timedelta(hours=51)


def entities(*metrics: str) -> Profile:
    """Return a heat pump whose metrics are entities."""
    return map_series(load("generic"), {name: entity(name) for name in metrics})


def entity(metric: str) -> str:
    return f"sensor.hp_{metric}"


def drifting(times: Floats) -> Mapping[str, Floats]:
    """Return runs of no fixed length, whole degrees that settle, a constant power."""
    rng = np.random.default_rng(3)
    edges = np.cumsum(rng.uniform(20, 50, 400) * 60) + SPAN[0] - 7200
    place = np.searchsorted(edges, times, side="right")
    on = place % 2 == 1
    since = times - edges[np.maximum(place - 1, 0)]
    left = np.exp(-np.maximum(since, 0) / 600)
    supply = np.where(on, 40 - 8 * left, 32 + 8 * left)
    return {
        "compressor": on.astype("float64"),
        "supply_temp": np.round(supply),
        "return_temp": np.round(supply - np.where(on, 5 * (1 - left), 0.5)),
        "power": np.where(on, 2500.0, 20.0),
    }


@pytest.mark.parametrize("hours", [1, 2, 4, 8, 17])
@pytest.mark.parametrize("physics", [cycles, drifting])
def test_new_entities_are_on_change_from_their_first_hour(
    physics: Physics, hours: float
) -> None:
    rows = apart(on_change(polled(FIRST, physics, (0, hours * 3600), 30)))
    now = START + timedelta(hours=hours)
    pump = HeatPump(entities(*METRICS), {})
    pump.load([rows.rename(columns=entity)], now - LOADED, now)
    total = pump.figures().between(START, now)
    # What is after the last change has not been said yet; who writes looks every 30 s.
    known_s = (rows.index[-1] - FIRST).total_seconds()
    true = physics(np.arange(0, known_s) // 30 * 30)
    on = true["compressor"] == 1
    kelvin = (true["supply_temp"] - true["return_temp"])[on].sum() / 3600

    assert total["covered_s"] == pytest.approx(known_s, rel=0.001)
    assert total["heat_kwh"] == pytest.approx(2.7 * kelvin, rel=0.001)
    assert total["electricity_kwh"] == pytest.approx(
        true["power"].sum() / 3.6e6, rel=0.001
    )
    assert total["resolution"] is None


def test_what_a_collector_writes_beside_entities_is_judged_by_itself() -> None:
    """It may be mixed: its own series stay polled, as if they were alone."""
    physics = polled(FIRST, drifting, (0, 43_200), 30)
    mine = ["compressor", "power"]
    stored = pd.concat([physics.drop(columns=mine), on_change(physics[mine])])
    stored = stored.groupby(level=0).last().rename(columns={n: entity(n) for n in mine})
    both = map_series(
        load("generic"), {n: entity(n) if n in mine else n for n in METRICS}
    )
    now = START + timedelta(hours=12)
    pump = HeatPump(both, {})
    pump.load([stored], now - LOADED, now)

    assert pump.records.rhythm.on_change == frozenset(mine)


@pytest.mark.parametrize("step_s", [30, 600])
def test_a_collector_that_polls_is_read_as_before(step_s: float) -> None:
    stored = polled(FIRST, drifting, (0, 43_200), step_s)
    now = START + timedelta(hours=12)
    pump = HeatPump(by_hand(*METRICS), {})
    pump.load([stored], now - LOADED, now)

    assert pump.records.rhythm.on_change == frozenset()
    assert pump.figures().between(START, now)["resolution"] == step_s


@pytest.mark.parametrize("step_s", [600, 900])
def test_entities_that_are_asked_seldom_say_that_starts_may_be_missing(
    step_s: float,
) -> None:
    rows = apart(on_change(polled(FIRST, drifting, (0, 86_400), step_s)))
    now = START + timedelta(days=1)
    pump = HeatPump(entities(*METRICS), {})
    pump.load([rows.rename(columns=entity)], now - LOADED, now)

    assert pump.figures().between(START, now)["resolution"] == step_s
