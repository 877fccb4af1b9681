"""Counters that count in steps of more than a kWh: right, or blank, but never 0."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import align
from custom_components.heatpump_dashboard.analysis.basis import FigureBasis, basis
from custom_components.heatpump_dashboard.analysis.counters import coarse_counts
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.rhythm import Rhythm
from custom_components.heatpump_dashboard.analysis.windows import (
    extremes,
    ledger,
    ledger_of,
)
from custom_components.heatpump_dashboard.profiles import SeriesRule

from .factory import FAR, HOUR, START, book, every, readings
from .sane_day import DAY_S

HEAT_KW, ELECTRIC_KW = 6.75, 1.5
BASIS = {"heat": "meter", "calibration": "meter"}


def _day(
    interval_s: float, heat_step: float, step: float = 0.001, days: int = 1
) -> pd.DataFrame:
    """Return readings of a compressor that runs, and of its counters."""
    times = every(days * DAY_S, interval_s)
    hours = (times - START).total_seconds().to_numpy() / HOUR
    return readings(
        times,
        compressor=1,
        heat_energy=_floor(54_321.7 + HEAT_KW * hours, heat_step),
        energy=_floor(12_345.6 + ELECTRIC_KW * hours, step),
    )


def _floor(kwh: np.ndarray, step: float) -> np.ndarray:
    return np.round(np.floor(kwh / step + 1e-9) * step, 3)


@pytest.mark.parametrize("interval_s", [30, 300, 600])
@pytest.mark.parametrize("step", [5.0, 10.0])
def test_a_polled_counter_of_coarse_steps_loses_none(
    interval_s: float, step: float
) -> None:
    total = book(_day(interval_s, step, step)).sum()

    assert total["heat_kwh"] == pytest.approx(24 * HEAT_KW, abs=step)
    assert total["electricity_kwh"] == pytest.approx(24 * ELECTRIC_KW, abs=step)
    assert total["energy_s"] >= DAY_S - interval_s
    assert total["dropped"] == 0


def test_one_on_change_loses_none_but_what_it_has_not_told_yet() -> None:
    frame = _day(30, 10, 0.1)
    changed = frame["heat_energy"].diff() != 0
    frame["heat_energy"] = frame["heat_energy"].where(changed)
    aligned = align(frame, Rhythm(on_change=frozenset(("heat_energy",))))
    total = ledger_of(
        operation_of(aligned, Equipment()), START - FAR, START + FAR
    ).sum()

    assert total["heat_kwh"] == pytest.approx(24 * HEAT_KW, abs=10)
    assert total["energy_s"] > DAY_S - 10 / HEAT_KW * HOUR


def test_wherever_the_past_is_cut_the_steps_are_the_same() -> None:
    frame = _day(30, 10, 10)
    whole = ledger(frame, Equipment(), START - FAR, START + FAR)
    cuts = START + pd.to_timedelta([0, 5.25, 5.5, 7, 16.4, 25], unit="h")
    parts = [
        ledger(
            frame[frame.index >= start - pd.Timedelta(minutes=65)],
            Equipment(),
            start,
            stop,
        )
        for start, stop in pairwise(cuts)
    ]
    joined = pd.concat(parts).groupby(level=0).sum()
    pd.testing.assert_frame_equal(joined, whole, check_freq=False)


@pytest.mark.parametrize(
    "counter",
    [
        # It has counted tenths within the hour,
        [1000.1, *[1010.0] * 60, 1020.0, 1020.0],
        # or ten kWh would be 60 kW.
        [1000.0, *[1010.0] * 20, 1020.0, 1020.0],
    ],
)
def test_a_jump_to_a_round_value_is_no_count(counter: list[float]) -> None:
    times = every(30 * (len(counter) - 1))
    total = book(readings(times, compressor=1, energy=counter)).sum()

    assert total["electricity_kwh"] == 0
    assert total["dropped_steps"] == 2


def _figures(frame: pd.DataFrame, **counts: float) -> dict[str, object]:
    return totals(book(frame), DAY_S, FigureBasis(**BASIS, **counts))  # type: ignore[arg-type]


def test_what_counts_in_a_hundred_is_blank_not_0() -> None:
    frame = _day(30, 100)
    found = coarse_counts(extremes(frame))
    rules = {name: SeriesRule(name=name) for name in frame}
    rests_on = basis(rules, Equipment(heat_meter=True), coarse=found)
    total = totals(book(frame), DAY_S, rests_on)

    assert found == {"heat_energy": 100}
    assert rests_on.heat_count_kwh == 100
    assert total["heat_kwh"] is total["compressor_heat_kwh"] is None
    assert total["electricity_kwh"] > 30
    assert total["cop_compressor"] is total["cop_system"] is None
    assert total["cop_reason"] == total["cop_system_reason"] == "too_few_steps"


def test_half_a_step_is_no_figure_and_ten_steps_have_a_cop() -> None:
    hour = _day(30, 10).iloc[:121]
    assert _figures(hour, heat_count_kwh=10)["heat_kwh"] is None

    total = _figures(_day(30, 10), heat_count_kwh=10)
    assert total["cop_compressor"] == pytest.approx(HEAT_KW / ELECTRIC_KW, rel=0.07)
    # √(1/6) of a step of 160 kWh, with 2 % of the meter and 5 % of the electricity.
    assert total["cop_uncertainty"] == pytest.approx(
        total["cop_compressor"] * np.hypot(np.hypot(0.02, 0.05), 0.0255), rel=0.02
    )

    few = _figures(_day(30, 0.1, 10), count_kwh=10)
    assert few["electricity_kwh"] == pytest.approx(24 * ELECTRIC_KW, abs=10)
    assert few["cop_reason"] == "too_few_steps"
    assert few["standby_kwh"] is None


def test_a_heat_pump_at_rest_gave_no_heat_however_coarse_its_meter_is() -> None:
    frame = readings(every(HOUR), compressor=0, heat_energy=5000, energy=1000.5)
    total = _figures(frame, heat_count_kwh=100)

    assert total["heat_kwh"] == 0
    assert total["cop_reason"] == "not_running"


def test_a_fine_counter_is_not_coarse() -> None:
    assert coarse_counts(extremes(_day(30, 1, 0.1))) == {}
    assert coarse_counts(extremes(_day(30, 1).iloc[:0])) == {}
