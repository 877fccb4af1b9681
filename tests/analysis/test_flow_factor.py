"""The flow factor in force, and what it rests on."""

from typing import Any

import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.flow_factor import flow_factor
from custom_components.heatpump_dashboard.profiles import load

from .factory import figures, running

# 6 kW at 7 K, as many a heat pump has it.
PLATE = {"heat_output": 6.0, "rated_delta_t": 7.0}


@pytest.mark.parametrize(
    ("settings", "factor", "calibration"),
    [
        ({}, 2.7, "unchecked"),
        ({"heat_output": 6.0}, 2.7, "unchecked"),
        ({"rated_delta_t": 7.0}, 2.7, "unchecked"),
        (PLATE, 6 / 7, "plate"),
        ({**PLATE, "flow_factor_measured": True}, 6 / 7, "plate"),
        ({"flow_factor": 2.7}, 2.7, "unchecked"),
        ({"flow_factor": 1.9}, 1.9, "unchecked"),
        ({"flow_factor": 1.9, "flow_factor_measured": False}, 1.9, "unchecked"),
        ({"flow_factor": 1.9, "flow_factor_measured": True}, 1.9, "measured"),
        ({"flow_factor": 1.9, "flow_factor_checked": 1.9}, 1.9, "checked"),
        ({"flow_factor": 2.0, "flow_factor_checked": 1.9}, 2.0, "unchecked"),
        ({"flow_factor_checked": 1.9}, 2.7, "unchecked"),
    ],
)
def test_what_the_factor_rests_on(
    settings: dict[str, Any], factor: float, calibration: str
) -> None:
    assert flow_factor(settings) == (pytest.approx(factor), calibration)


@pytest.mark.parametrize(
    ("typed", "calibration"),
    [(0.99, "plate"), (1.0, "unchecked"), (0.73, "plate"), (0.71, "unchecked")],
)
def test_a_typed_factor_is_in_use_and_the_plate_confirms_it_or_not(
    typed: float, calibration: str
) -> None:
    assert flow_factor({**PLATE, "flow_factor": typed}) == (typed, calibration)


def test_other_kw_on_the_plate_scale_the_factor() -> None:
    eight, _ = flow_factor({**PLATE, "heat_output": 8.0})

    assert eight == pytest.approx(8 / 7)


def test_what_shows_too_much_at_rest_is_no_heat() -> None:
    """0.3 K of 5 K are 6 % of all heat."""
    settings = {"delta_t_offset": 0.3}
    total = figures(running(), Equipment.of(load("thermia"), settings))

    assert total["heat_kwh"] == pytest.approx(2.7 * 4.7)
    assert total["cop_compressor"] == pytest.approx(2.7 * 4.7 / 3)
