"""The reference figures of the specification: every row of its table by name."""

from math import hypot

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.water import water_kj
from custom_components.heatpump_dashboard.analysis.windows import resample
from custom_components.heatpump_dashboard.sources.demo.house import cop

from .factory import HOUR, START, book, every, figures, readings, running, seconds, sums

WHOLE_DEGREES_K = 0.4082


def _period(heat_kwh: float, electricity_kwh: float) -> pd.DataFrame:
    """Return a row of the ledger of an hour."""
    return pd.DataFrame(
        {
            "heating_s": HOUR,
            "running_known_s": HOUR,
            "energy_s": HOUR,
            "heat_kwh": heat_kwh,
            "compressor_heat_kwh": heat_kwh,
            "electricity_kwh": electricity_kwh,
            "compressor_electricity_kwh": electricity_kwh,
        },
        index=[START],
    )


def test_cop_of_two_periods_is_sum_over_sum() -> None:
    both = pd.concat([_period(10.0, 2.0), _period(1.0, 1.0)])
    both.index = pd.DatetimeIndex([START, START + pd.Timedelta(hours=1)])

    total = totals(both, 2 * HOUR, FigureBasis())

    assert total["heat_kwh"] == 11
    assert total["electricity_kwh"] == 3
    assert total["cop_system"] == pytest.approx(3.667, abs=5e-4)
    assert total["cop_compressor"] == total["cop_system"]


def test_an_hour_of_constant_running() -> None:
    total = figures(running())

    assert total["heat_kwh"] == pytest.approx(13.5)
    assert total["electricity_kwh"] == pytest.approx(3.0)
    assert total["cop_compressor"] == pytest.approx(4.5)
    assert total["cop_system"] == pytest.approx(4.5)
    assert total["coverage"] == pytest.approx(1)


def test_the_same_hour_with_a_gap_of_20_minutes() -> None:
    frame = running()
    into = (frame.index - START).total_seconds()
    total = figures(frame[(into < 1200) | (into >= 2400)])

    held_too_long = 3 * 30 - 30
    assert total["covered_s"] == pytest.approx(2400 + held_too_long)
    assert total["coverage"] == pytest.approx(2 / 3, abs=3 * 30 / HOUR)
    assert total["uncovered_s"] == pytest.approx(1200 - held_too_long)
    assert total["heat_kwh"] == pytest.approx(13.5 * total["covered_s"] / HOUR)
    assert total["electricity_kwh"] == pytest.approx(3.0 * total["covered_s"] / HOUR)
    assert total["cop_compressor"] == pytest.approx(4.5)


def test_ten_minutes_without_a_return_count_for_neither_heat_nor_electricity() -> None:
    frame = running()
    into = (frame.index - START).total_seconds()
    frame.loc[(into >= 600) & (into < 1200), "return_temp"] = np.nan

    total = figures(frame)

    assert total["heat_kwh"] == pytest.approx(13.5 * 5 / 6)
    assert total["electricity_kwh"] == pytest.approx(3.0 * 5 / 6)
    assert total["cop_system"] == pytest.approx(4.5)
    assert total["energy_s"] == pytest.approx(3000)
    assert total["compressor_s"] == pytest.approx(HOUR)


def test_uncertainty_of_three_runs_with_whole_degrees() -> None:
    runs = [running(2 * HOUR) for _ in range(3)]
    for number, run in enumerate(runs):
        run.index += pd.Timedelta(hours=4 * number)
    frame = pd.concat(runs)
    by_plate, unchecked = (
        figures(frame, delta_t_k=WHOLE_DEGREES_K, span_s=10 * HOUR, **basis)
        for basis in ({"calibration": "plate"}, {})
    )

    rounding = WHOLE_DEGREES_K / (5 * 36**0.5)
    assert rounding == pytest.approx(0.014, abs=5e-4)
    relative = by_plate["cop_uncertainty"] / by_plate["cop_compressor"]
    assert relative == pytest.approx(hypot(rounding, 0.08, 0.05), rel=1e-2)
    assert relative == pytest.approx(0.095, abs=5e-3)
    assert unchecked["cop_uncertainty"] is None


def test_compressor_and_auxiliary_heater_together() -> None:
    total = figures(
        running(power=6000, auxiliary_percent=33),
        Equipment(auxiliary_max_kw=9),
        auxiliary="state",
    )

    assert total["heat_kwh"] == pytest.approx(13.5)
    assert total["auxiliary_kwh"] == pytest.approx(2.97)
    assert total["cop_compressor"] == pytest.approx((13.5 - 2.97) / (6 - 2.97))
    assert total["cop_compressor"] == pytest.approx(3.475, abs=5e-4)
    assert total["cop_system"] == pytest.approx(2.25)


def test_pattern_with_two_starts() -> None:
    frame = readings(every(120), compressor=[0, 1, 1, 0, 1])

    assert sums(frame)["starts"] == 2


@pytest.mark.parametrize("step_s", [300, 3600, 86_400])
def test_1440_starts_in_30_days_whatever_the_resolution(step_s: int) -> None:
    times = every(30 * 86_400)
    cycle = (times - START).total_seconds() % 1800
    frame = readings(times, compressor=(cycle >= 1680))

    assert resample(book(frame), step_s)["starts"].sum() == 1440


def test_flow_of_water_of_30_degrees() -> None:
    assert 0.65 * water_kj(np.array([30.0]))[0] == pytest.approx(2.707, abs=5e-4)


@pytest.mark.parametrize(
    ("celsius", "kilojoules"), [(20, 4.183), (30, 4.165), (40, 4.145)]
)
def test_heat_capacity_of_water(celsius: float, kilojoules: float) -> None:
    assert water_kj(np.array([celsius]))[0] == pytest.approx(kilojoules)


def test_default_flow_factor_is_that_of_0_65_litres_per_second() -> None:
    factor = 0.65 * water_kj(np.array([20.0, 40.0]))

    assert factor.max() == pytest.approx(2.717, abs=3e-3)
    assert Equipment().flow_factor == pytest.approx(factor.mean(), rel=5e-3)


def test_carnot_of_supply_35_and_source_0() -> None:
    """Condensing 2 K above 35 °C, evaporating 6 K below 0 °C: what the demo lifts by.

    Its own distances are 3 K and 5 K; the reference takes 273 K for 0 °C.
    """
    carnot = cop(1.0, np.array([35 + 2 - 3.0]), np.array([0 - 6 + 5.0]))

    assert carnot[0] == pytest.approx(7.209, rel=6e-4)


@pytest.mark.parametrize(
    ("electricity", "heat", "expected"),
    [(1785.65, 10723.9, 6.0056), (3322.69, 11029.4, 3.3194)],
)
def test_annual_sums(electricity: float, heat: float, expected: float) -> None:
    total = totals(_period(heat, electricity), HOUR, FigureBasis())

    assert total["cop_system"] == pytest.approx(expected, abs=5e-5)


def test_one_reading_of_whole_degrees_is_sure_to_8_percent() -> None:
    frame = readings(
        seconds(0.0, 60.0), compressor=1, supply_temp=40, return_temp=35, power=3000
    )
    total = figures(frame, delta_t_k=WHOLE_DEGREES_K, calibration="meter", span_s=60)
    alone = figures(frame, delta_t_k=0.0, calibration="meter", span_s=60)

    squares = [
        (each["cop_uncertainty"] / each["cop_compressor"]) ** 2
        for each in (total, alone)
    ]
    assert (squares[0] - squares[1]) ** 0.5 == pytest.approx(0.08, abs=2e-3)
