"""How long a heat pump that tells only changes is alive, and how often it is looked at."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.rhythm import (
    Rhythm,
    Told,
    pace,
    rhythm,
)
from tests.support.rhythms import (
    Floats,
    Physics,
    apart,
    frame,
    jittered,
    on_change,
    polled,
)

FIRST = pd.Timestamp("2026-01-20", tz="UTC")
TOLD = Told(entities=frozenset(("compressor", "supply_temp", "power")))
MINUTE = 60


def alive_s(rows: pd.DataFrame) -> float:
    return rhythm(rows, Rhythm(), TOLD).alive_s


def bursts(pause_min: float, count: int) -> pd.DataFrame:
    """Return a power that changes for ten minutes every 30 s and then for long not."""
    begun = np.arange(count) * (10 + pause_min) * MINUTE
    times = np.concatenate([begin + np.arange(0, 600, 30) for begin in begun])
    return frame(FIRST, times, {"power": times % 7919})


def test_pauses_count_by_the_time_that_they_take() -> None:
    """Twenty changes after each start are not how it lives: the half hour after is."""
    assert alive_s(bursts(25, 40)) == 1800
    assert alive_s(bursts(14, 40)) == 900


def test_a_few_pauses_are_not_how_it_lives() -> None:
    assert alive_s(bursts(5, 40).drop(index=bursts(5, 40).index[100:160])) == 900


def test_hours_of_silence_are_none_that_is_usual() -> None:
    rows = bursts(5, 60)
    hours = (rows.index - FIRST).total_seconds() // 3600
    assert alive_s(rows[hours % 3 == 0]) == 900


@pytest.mark.parametrize("quick", ["power", "flow", "compressor_speed"])
def test_what_changes_with_the_compressor_alone_is_not_quick(quick: str) -> None:
    """A constant one says no more than that it runs: one start an hour, for 20 min."""
    told = Told(entities=frozenset(("compressor", quick)))

    def running(times: Floats) -> dict[str, Floats]:
        on = times % 3600 < 1200
        return {"compressor": on * 1.0, quick: np.where(on, 500.0, 20.0)}

    rows = on_change(polled(FIRST, running, (0, 4 * 3600), 30))
    assert rhythm(rows, Rhythm(), told).alive_s == 1800


def short_runs(seed: int) -> Physics:
    """Return runs and rests of five to twelve minutes, temperatures in tenths."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(rng.uniform(5, 12, 800) * MINUTE)

    def physics(times: Floats) -> dict[str, Floats]:
        on = np.searchsorted(edges, times, side="right") % 2 == 1
        return {
            "compressor": on * 1.0,
            "supply_temp": np.round(np.where(on, 40, 30) + np.sin(times / 3000), 1),
            "power": np.where(on, 2000.0, 50.0),
        }

    return physics


def resolution_s(rows: pd.DataFrame) -> float | None:
    return rhythm(rows, Rhythm(), TOLD).resolution_s


@pytest.mark.parametrize("step_s", [60, 300, 600, 900])
@pytest.mark.parametrize("seed", range(5))
def test_how_often_an_integration_asks_shows_in_what_it_stores(
    step_s: float, seed: int
) -> None:
    physics, day = short_runs(seed), (0, 24 * 60 * MINUTE)
    by_clock = on_change(polled(FIRST, physics, day, step_s))
    assert resolution_s(by_clock) == step_s
    assert resolution_s(apart(by_clock)) == pytest.approx(step_s, rel=0.001)
    # Who asks waits for the answer.
    late = on_change(jittered(FIRST, physics, day, (step_s, 1.02 * step_s), seed))
    assert resolution_s(late) == pytest.approx(step_s, rel=0.03)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("step_s", [1, 5, 30])
def test_who_tells_each_change_has_no_resolution(step_s: float, seed: int) -> None:
    rows = polled(FIRST, short_runs(seed), (0, 12 * 60 * MINUTE), step_s)
    assert resolution_s(on_change(rows)) is None
    whole = on_change(rows.round())
    assert resolution_s(apart(whole)) is None


@pytest.mark.parametrize("seed", range(10))
def test_a_meter_with_a_clock_is_not_that_of_the_compressor(seed: int) -> None:
    """It tells what it has counted every five minutes; the heat pump each change."""
    day = (0, 24 * 60 * MINUTE)
    own = on_change(polled(FIRST, short_runs(seed), day, 30)[["compressor"]])
    power = polled(FIRST, lambda t: {"power": t % 7919}, day, 300)
    assert resolution_s(pd.concat([own, power]).groupby(level=0).last()) is None


def test_as_regular_as_the_compressor_is_no_clock() -> None:
    def physics(times: Floats) -> dict[str, Floats]:
        on = times % 2400 < 1200
        return {"compressor": on * 1.0, "supply_temp": np.where(on, 40.0, 30.0)}

    rows = on_change(polled(FIRST, physics, (0, 24 * 60 * MINUTE), 30))
    assert resolution_s(apart(rows)) is None


def test_how_often_it_is_asked_stays_known_while_it_rests() -> None:
    rows = on_change(polled(FIRST, short_runs(1), (0, 24 * 60 * MINUTE), 600))
    known = rhythm(rows, Rhythm(), TOLD)
    rest = rows[rows["compressor"].isna()]

    assert rhythm(rest, known, TOLD).resolution_s == 600
    assert pace(rest, known).resolution_s == 600


def test_a_temperature_that_never_rests_is_quick() -> None:
    told = Told(entities=frozenset(("outdoor_temp",)))
    rows = frame(FIRST, np.arange(0, 9000, 300.0), {"outdoor_temp": np.arange(30) % 2})
    assert rhythm(rows, Rhythm(), told).alive_s == 900
    assert rhythm(rows.iloc[::4], Rhythm(), told).alive_s == 1800
