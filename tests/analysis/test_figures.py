"""Figures of a period: what is blank, what is estimated, how sure they are."""

from math import hypot
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import (
    Basis,
    basis,
    instant_cop,
    totals,
)
from custom_components.heatpump_dashboard.profiles import SeriesRule

from .factory import HOUR, book, every, figures, readings, running

DESIGN = {
    *(
        "heat_kwh",
        "heat_hot_water_kwh",
        "electricity_kwh",
        "compressor_electricity_kwh",
    ),
    *("auxiliary_kwh", "standby_kwh", "cost"),
    *("cop_compressor", "cop_system", "cop_uncertainty"),
    *("heating_s", "hot_water_s", "auxiliary_s", "idle_s", "compressor_s"),
    *("auxiliary_on_s", "starts", "hot_water_charges"),
    *("covered_s", "uncovered_s", "coverage", "estimated"),
}
ENERGIES = {
    name for name in DESIGN if name.endswith("_kwh") and name != "auxiliary_kwh"
}


def _rules(**digits: int) -> dict[str, SeriesRule]:
    """Return the series of metrics, by the decimals they resolve."""
    return {
        metric: SeriesRule(name=metric, digits=decimals)
        for metric, decimals in digits.items()
    }


def test_every_figure_of_the_design_is_there() -> None:
    assert set(figures(running())) >= DESIGN


def test_times_of_a_period() -> None:
    frame = running(hot_water_valve=[0] * 60 + [1] * 61)
    total = figures(frame, span_s=2 * HOUR)

    assert total["heating_s"] == total["hot_water_s"] == 1800
    assert total["compressor_s"] == total["covered_s"] == total["uncovered_s"] == HOUR
    assert total["coverage"] == 0.5


def test_nothing_covered_is_blank() -> None:
    for rows in (book(running().iloc[:0]), pd.DataFrame()):
        total = totals(rows, HOUR, Basis())

        assert {key for key in DESIGN if total[key] is not None} == {
            "covered_s",
            "uncovered_s",
            "coverage",
            "estimated",
        }
        assert total["uncovered_s"] == HOUR
        assert total["coverage"] == 0


def test_a_period_without_length_has_no_coverage() -> None:
    assert totals(pd.DataFrame(), 0, Basis())["coverage"] is None


def test_times_are_known_where_no_energy_is() -> None:
    total = figures(running(return_temp=np.nan))

    assert all(total[name] is None for name in ENERGIES)
    assert total["cop_compressor"] is total["cop_system"] is None
    assert total["heating_s"] == HOUR


def test_without_any_electricity_there_is_heat_alone() -> None:
    total = figures(running().drop(columns="power"), electricity=None)

    assert total["heat_kwh"] == pytest.approx(13.5)
    assert total["electricity_kwh"] is total["standby_kwh"] is None
    assert total["cop_system"] is total["cop_compressor"] is None
    assert total["cop_uncertainty"] is None


def test_without_any_heat_there_is_electricity_alone() -> None:
    total = figures(running().drop(columns="return_temp"), heat=None)

    assert total["electricity_kwh"] == pytest.approx(3)
    assert total["heat_kwh"] is total["heat_hot_water_kwh"] is None
    assert total["cop_system"] is None


def test_a_pump_that_says_nothing_of_a_heater_has_no_figure_of_it() -> None:
    assert figures(running())["auxiliary_kwh"] is None
    assert figures(running())["auxiliary_on_s"] is None
    reported = figures(running(auxiliary_percent=0), auxiliary="state")
    assert reported["auxiliary_kwh"] == reported["auxiliary_on_s"] == 0


@pytest.mark.parametrize(("watts", "is_blank"), [(49, True), (51, False)])
def test_no_cop_below_0_05_kwh(watts: float, is_blank: bool) -> None:
    total = figures(running(power=watts))

    assert (total["cop_compressor"] is None) is is_blank
    assert (total["cop_system"] is None) is is_blank
    assert (total["cop_uncertainty"] is None) is is_blank


@pytest.mark.parametrize(("unknown", "is_blank"), [(59, False), (62, True)])
def test_no_cop_if_less_than_half_of_the_running_time_is_known(
    unknown: int, is_blank: bool
) -> None:
    frame = running()
    frame.iloc[:unknown, frame.columns.get_loc("return_temp")] = np.nan

    assert (figures(frame)["cop_compressor"] is None) is is_blank
    assert (figures(frame)["cop_system"] is None) is is_blank


@pytest.mark.parametrize("back", [40, 41])
def test_no_heat_is_no_cop(back: float) -> None:
    total = figures(running(return_temp=back))

    assert total["cop_compressor"] is total["cop_system"] is None
    assert total["heat_kwh"] == pytest.approx(2.7 * (40 - back))


def test_standby_lowers_the_system_cop_alone() -> None:
    frame = running(2 * HOUR, compressor=[1] * 120 + [0] * 121)
    frame.loc[frame["compressor"] == 0, "power"] = 500
    total = figures(frame)

    assert total["cop_compressor"] == pytest.approx(4.5)
    assert total["cop_system"] == pytest.approx(13.5 / 3.5)
    assert total["standby_kwh"] == pytest.approx(0.5)


def test_a_heater_alone_has_a_system_cop_of_about_one() -> None:
    total = figures(running(compressor=0, auxiliary_percent=50, power=4600))

    assert total["cop_compressor"] is None
    assert total["cop_system"] == pytest.approx(4.5 / 4.6)


@pytest.mark.parametrize(
    ("source", "relative"),
    [
        ({}, hypot(0.10, 0.05)),
        ({"heat": "measured"}, hypot(0.05, 0.05)),
        ({"heat": "flow"}, hypot(0.05, 0.05)),
        ({"heat": "meter"}, hypot(0.02, 0.05)),
        ({"heat": "meter", "electricity": "meter"}, hypot(0.02, 0.02)),
        ({"electricity": "configured"}, hypot(0.10, 0.10)),
        ({"count_kwh": 1.0}, hypot(0.10, 0.05, 1 / 6**0.5 / 3)),
        ({"delta_t_k": 0.4082}, hypot(0.10, 0.05, 0.4082 / (5 * 6**0.5))),
    ],
)
def test_uncertainty_adds_in_squares(source: dict[str, Any], relative: float) -> None:
    total = figures(running(), **source)

    assert total["cop_uncertainty"] == pytest.approx(relative * 4.5)
    assert total["cop_system_uncertainty"] == pytest.approx(relative * 4.5)


@pytest.mark.parametrize(
    ("rules", "equipment", "expected"),
    [
        (
            _rules(supply_temp=0, return_temp=0, power=0),
            Equipment(),
            Basis(heat="configured", electricity="gateway", delta_t_k=0.4082),
        ),
        (
            _rules(supply_temp=1, return_temp=1, auxiliary_percent=0),
            Equipment(flow_measured=True, compressor_kw=2, hot_water_estimated=True),
            Basis(
                heat="measured",
                electricity="configured",
                auxiliary="state",
                hot_water_estimated=True,
                delta_t_k=0.04082,
            ),
        ),
        (
            _rules(supply_temp=1, return_temp=1, flow=2, energy=0, auxiliary_power=1),
            Equipment(power_metered=True),
            Basis(
                heat="flow",
                electricity="meter",
                auxiliary="power",
                delta_t_k=0.04082,
                count_kwh=1.0,
            ),
        ),
        (
            _rules(supply_temp=1, return_temp=1, heat_energy=1, energy=0, power=0),
            Equipment(heat_meter=True, hot_water_estimated=True),
            Basis(heat="meter", electricity="gateway"),
        ),
        (
            _rules(supply_temp=1, heat_energy=1),
            Equipment(),
            Basis(heat="measured", electricity=None, delta_t_k=0.02887),
        ),
        (_rules(compressor=0), Equipment(), Basis(heat=None, electricity=None)),
    ],
)
def test_what_figures_rest_on(
    rules: dict[str, SeriesRule], equipment: Equipment, expected: Basis
) -> None:
    found = basis(rules, equipment)

    assert found.delta_t_k == pytest.approx(expected.delta_t_k, rel=1e-3)
    for field in (
        "heat",
        "electricity",
        "auxiliary",
        "hot_water_estimated",
        "count_kwh",
    ):
        assert getattr(found, field) == getattr(expected, field)


@pytest.mark.parametrize(
    ("source", "estimated"),
    [
        (
            {"hot_water_estimated": True, "auxiliary": "state"},
            ["heat", "hot_water", "electricity", "auxiliary"],
        ),
        ({"heat": "measured", "electricity": "configured"}, ["heat", "electricity"]),
        ({"heat": "flow", "electricity": "meter", "auxiliary": "power"}, []),
        ({"heat": "meter", "electricity": None}, []),
    ],
)
def test_what_is_estimated(source: dict[str, Any], estimated: list[str]) -> None:
    frame = running(hot_water_valve=1, auxiliary_percent=33)

    assert figures(frame, **source)["estimated"] == estimated


def test_what_did_not_happen_is_not_estimated() -> None:
    total = figures(
        running(auxiliary_percent=0), hot_water_estimated=True, auxiliary="state"
    )

    assert total["estimated"] == ["heat", "electricity"]


def _instant(frame: pd.DataFrame, **source: Any) -> float | None:
    return instant_cop(frame, Equipment(), Basis(**source))


def test_instant_cop_is_that_of_the_last_15_minutes() -> None:
    frame = running(return_temp=[30] * 90 + [35] * 31)

    assert _instant(frame) == pytest.approx(4.5)


def test_instant_cop_cuts_a_hold_that_began_before() -> None:
    cold, last = 6 * 70, 17 * 70
    frame = readings(
        every(last, 70),
        compressor=1,
        supply_temp=40,
        return_temp=[30] * 6 + [35] * 12,
        power=3000,
    )

    assert (last - 900) % 70
    assert _instant(frame) == pytest.approx(4.5 * (900 + cold - (last - 900)) / 900)


def test_instant_cop_is_blank_where_the_compressor_did_not_run() -> None:
    assert _instant(running(compressor=0, power=500)) is None
    assert _instant(running(compressor=[1] * 85 + [0] * 36)) is None
    assert _instant(running().iloc[:0]) is None
    assert _instant(running().iloc[:1]) is None


def test_instant_cop_has_no_spike_at_a_start() -> None:
    frame = running(compressor=[0] * 119 + [1, 1], return_temp=20)

    assert _instant(frame) is None


def test_instant_cop_is_blank_where_a_counter_is_too_coarse() -> None:
    frame = running(energy=np.floor(np.linspace(0, 3.5, 121))).drop(columns="power")

    assert _instant(frame, count_kwh=1.0) is None
    assert _instant(frame, count_kwh=0.01) is not None
