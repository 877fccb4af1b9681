"""Why a COP is blank: the reason beside it, of each COP its own."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.figures import totals

from .factory import HOUR, book, figures, running

REASONS = {
    "no_heat_source": ({}, {"heat": None}, "no_heat_source"),
    "no_electricity_source": ({}, {"electricity": None}, "no_electricity_source"),
    "not_covered": ({"compressor": np.nan}, {}, "not_known"),
    "not_running": ({"compressor": 0, "power": 100}, {}, "not_running"),
    "not_known": ({"return_temp": np.nan}, {}, "not_known"),
    "negative_heat": ({"return_temp": 41}, {}, "negative_heat"),
    "no_heat": ({"return_temp": 40}, {}, "no_heat"),
    "too_little": ({"power": 49}, {}, "too_little"),
}


@pytest.mark.parametrize("case", REASONS)
def test_a_blank_cop_says_why(case: str) -> None:
    metrics, source, reason = REASONS[case]
    total = figures(running(**metrics), **source)

    assert total["cop_compressor"] is total["cop_system"] is None
    assert total["cop_reason"] == total["cop_system_reason"] == reason


def test_no_readings_are_another_reason_than_readings_without_the_compressor() -> None:
    total = totals(book(running().iloc[:0]), HOUR, FigureBasis())

    assert total["cop_reason"] == total["cop_system_reason"] == "no_readings"
    assert totals(pd.DataFrame(), HOUR, FigureBasis())["cop_reason"] == "no_readings"


def test_a_cop_that_is_said_has_no_reason_to_be_blank() -> None:
    total = figures(running())

    assert total["cop_reason"] is total["cop_system_reason"] is None


def test_each_cop_has_its_own_reason() -> None:
    heater = figures(running(compressor=0, auxiliary_percent=50, power=4600))
    assert heater["cop_reason"] == "not_running"
    assert heater["cop_system_reason"] is None

    unmeasured = figures(running(compressor=0, auxiliary_percent=50, power=np.nan))
    assert unmeasured["cop_reason"] == "not_running"
    assert unmeasured["cop_system_reason"] == "not_known"

    standby = figures(running(compressor=0, power=100))
    assert standby["electricity_kwh"] == pytest.approx(0.1)
    assert standby["compressor_s"] == 0
    assert standby["cop_system_reason"] == "not_running"


def test_what_cannot_be_true_is_another_reason_than_what_is_not_known() -> None:
    """A step of 1000 kWh within the hour."""
    frame = running(energy=np.where(np.arange(121) < 1, 0, 1000)).drop(columns="power")
    assert figures(frame)["cop_reason"] is not None
    jumping = running(energy=1000.0 * np.arange(121)).drop(columns="power")
    total = figures(jumping)

    assert total["dropped_steps"] == 120
    assert total["cop_reason"] == total["cop_system_reason"] == "not_plausible"
