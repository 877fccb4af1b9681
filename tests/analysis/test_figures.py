"""Figures of a period: what is blank, what is estimated, how sure they are."""

from math import hypot
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis, basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.profiles import SeriesRule

from .factory import HOUR, book, figures, running

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
        total = totals(rows, HOUR, FigureBasis())

        assert {key for key in DESIGN if total[key] is not None} == {
            "covered_s",
            "uncovered_s",
            "coverage",
            "estimated",
        }
        assert total["uncovered_s"] == HOUR
        assert total["coverage"] == 0


def test_a_period_without_length_has_no_coverage() -> None:
    assert totals(pd.DataFrame(), 0, FigureBasis())["coverage"] is None


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
        ({}, hypot(0.08, 0.05)),
        ({"calibration": "checked"}, hypot(0.05, 0.05)),
        ({"calibration": "measured"}, hypot(0.05, 0.05)),
        ({"calibration": "meter"}, hypot(0.02, 0.05)),
        ({"calibration": "meter", "electricity": "meter"}, hypot(0.02, 0.02)),
        ({"electricity": "configured"}, hypot(0.08, 0.10)),
        ({"count_kwh": 1.0}, hypot(0.08, 0.05, 1 / 6**0.5 / 3)),
        ({"delta_t_k": 0.4082}, hypot(0.08, 0.05, 0.4082 / (5 * 6**0.5))),
    ],
)
def test_uncertainty_adds_in_squares(source: dict[str, Any], relative: float) -> None:
    total = figures(running(), **{"calibration": "plate", **source})

    assert total["cop_uncertainty"] == pytest.approx(relative * 4.5)
    assert total["cop_system_uncertainty"] == pytest.approx(relative * 4.5)


def test_nothing_can_be_said_of_how_sure_unchecked_heat_is() -> None:
    """The usual factor is wrong by −30 to +200 %: any ± beside it would be a lie."""
    total = figures(running(), delta_t_k=0.4082)

    assert total["calibration"] == "unchecked"
    assert total["cop_compressor"] == total["cop_system"] == pytest.approx(4.5)
    assert total["cop_uncertainty"] is total["cop_system_uncertainty"] is None


@pytest.mark.parametrize(
    ("rules", "equipment", "expected"),
    [
        (
            _rules(supply_temp=0, return_temp=0, power=0),
            Equipment(),
            FigureBasis(heat="factor", electricity="gateway", delta_t_k=0.4082),
        ),
        (
            _rules(supply_temp=1, return_temp=1, auxiliary_percent=0),
            Equipment(calibration="plate", compressor_kw=2, hot_water_estimated=True),
            FigureBasis(
                heat="factor",
                calibration="plate",
                electricity="configured",
                auxiliary="state",
                hot_water_estimated=True,
                delta_t_k=0.04082,
            ),
        ),
        (
            _rules(supply_temp=1, return_temp=1, flow=2, energy=0, auxiliary_power=1),
            Equipment(power_metered=True),
            FigureBasis(
                heat="flow",
                calibration="measured",
                electricity="meter",
                auxiliary="power",
                delta_t_k=0.04082,
                count_kwh=1.0,
            ),
        ),
        (
            _rules(supply_temp=1, return_temp=1, heat_energy=1, energy=0, power=0),
            Equipment(heat_meter=True, hot_water_estimated=True),
            FigureBasis(heat="meter", calibration="meter", electricity="gateway"),
        ),
        (
            _rules(supply_temp=1, heat_energy=1),
            Equipment(),
            FigureBasis(
                heat="counter",
                calibration="measured",
                electricity=None,
                delta_t_k=0.02887,
            ),
        ),
        (_rules(compressor=0), Equipment(), FigureBasis(heat=None, electricity=None)),
    ],
)
def test_what_figures_rest_on(
    rules: dict[str, SeriesRule], equipment: Equipment, expected: FigureBasis
) -> None:
    found = basis(rules, equipment)

    assert found.delta_t_k == pytest.approx(expected.delta_t_k, rel=1e-3)
    for field in (
        "heat",
        "calibration",
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
        ({"heat": "counter", "electricity": "configured"}, ["heat", "electricity"]),
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


def test_standby_is_not_known_by_a_configured_power() -> None:
    """What the compressor takes says nothing of the time in which it rests."""
    frame = running(2 * HOUR, compressor=[1] * 120 + [0] * 121)
    equipment = Equipment(compressor_kw=3)
    total = figures(
        frame.drop(columns="power"), equipment, 2 * HOUR, electricity="configured"
    )

    assert total["electricity_kwh"] == total["compressor_electricity_kwh"] == 3
    assert total["standby_kwh"] is None
    metered = figures(frame.assign(power=3000 * frame["compressor"]), span_s=2 * HOUR)
    assert metered["standby_kwh"] == 0


DARK = {
    # Nothing is known while it runs, rests, or makes hot water; all else is.
    "running": (
        {"heat_kwh", "electricity_kwh", "compressor_heat_kwh"}
        | {"compressor_electricity_kwh", "negative_heat_kwh"}
        | {"heat_hot_water_kwh", "electricity_hot_water_kwh"},
        {"standby_kwh", "starts"},
    ),
    "resting": ({"standby_kwh"}, {"heat_kwh", "electricity_kwh", "heat_hot_water_kwh"}),
    "hot water": (
        {"heat_hot_water_kwh", "electricity_hot_water_kwh"},
        {"heat_kwh", "standby_kwh", "hot_water_charges"},
    ),
}


@pytest.mark.parametrize("when", DARK)
def test_what_nothing_is_known_of_is_blank_and_not_zero(when: str) -> None:
    compressor = np.array([1] * 80 + [0] * 41)
    valve = np.array([0] * 40 + [1] * 81)
    dark = {
        "running": compressor == 1,
        "resting": compressor == 0,
        "hot water": (compressor == 1) & (valve == 1),
    }[when]
    frame = running(compressor=compressor, hot_water_valve=valve)
    frame.loc[dark, "power"] = np.nan
    total = figures(frame)
    blank, known = DARK[when]

    assert {name for name in blank if total[name] is not None} == set()
    assert {name for name in known if total[name] is None} == set()
    whole = figures(running(compressor=compressor, hot_water_valve=valve))
    assert {name for name in blank | known if whole[name] is None} == set()


def test_a_counter_that_has_not_ticked_since_midnight_blanks_nothing() -> None:
    frame = running(compressor=[0] * 111 + [1] * 10, energy=np.nan, power=np.nan)
    frame.iloc[:110, frame.columns.get_loc("energy")] = np.linspace(0, 0.05, 110)
    total = figures(frame.drop(columns="power"))

    assert total["electricity_kwh"] == pytest.approx(0.05, abs=1e-3)
    assert total["heat_kwh"] == 0


def test_a_heater_whose_state_is_not_known_was_not_off() -> None:
    heater = ("auxiliary_kwh", "auxiliary_on_s", "compressor_auxiliary_s")
    silent = figures(running(auxiliary_percent=np.nan), auxiliary="state")
    off = figures(running(auxiliary_percent=0), auxiliary="state")
    none = figures(running())

    assert [silent[name] for name in heater] == [None] * 3
    assert [off[name] for name in heater] == [0] * 3
    assert [none[name] for name in heater] == [None] * 3


def test_a_heat_pump_without_a_valve_has_no_figure_of_hot_water() -> None:
    names = ("heat_hot_water_kwh", "electricity_hot_water_kwh", "hot_water_charges")
    frame = running()

    assert [figures(frame, hot_water=False)[name] for name in names] == [None] * 3
    assert [figures(frame.assign(hot_water_valve=0))[name] for name in names] == [0] * 3
    assert basis(_rules(hot_water_valve=0), Equipment()).hot_water
    assert not basis(_rules(compressor=0), Equipment()).hot_water
