"""Energies of which the other one has no source: in the sums, and in no ratio."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.cop import cop_name, known_share
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.states import Kind

from .factory import HOUR, STEP, book, figures, running, sums, told

HOURS = 10
DAY = 24 * HOUR
# 5 K × 2.7 kW/K beside 3 kW.
HEAT_KW, COP = 13.5, 4.5
RETURN = "return_temp"


def _beginning(metric: str, hour: float, **metrics: Any) -> pd.DataFrame:
    """Return ten hours of running in which a metric is not there before an hour."""
    frame = running(HOURS * HOUR, **metrics)
    frame.iloc[: round(hour * HOUR / STEP), frame.columns.get_loc(metric)] = np.nan
    return frame


def _ending(metric: str, hour: float) -> pd.DataFrame:
    """Return ten hours of running in which a metric is not there from an hour on."""
    frame = running(HOURS * HOUR)
    frame.iloc[round(hour * HOUR / STEP) :, frame.columns.get_loc(metric)] = np.nan
    return frame


@pytest.mark.parametrize(
    "frame",
    [
        _beginning("power", 4),
        _ending("power", 6),
        _beginning(RETURN, 4),
        _ending(RETURN, 6),
    ],
    ids=["meter added", "meter broken", "sensor added", "sensor broken"],
)
def test_a_cop_is_that_of_the_time_of_which_both_are_known(frame: pd.DataFrame) -> None:
    found = figures(frame, span_s=HOURS * HOUR)

    assert found["cop_compressor"] == pytest.approx(COP)
    assert found["cop_system"] == pytest.approx(COP)
    # For an hour a silence may be one that ends: of it nothing is known.
    known_h = [found["heat_kwh"] / HEAT_KW, found["electricity_kwh"] / 3]
    assert sorted(known_h) == pytest.approx([6, 9], abs=2 * STEP / HOUR)


def test_days_before_a_meter_have_heat_and_no_electricity() -> None:
    rows = book(_beginning("power", 9))
    before = rows[rows.index < rows.index[0] + pd.Timedelta(hours=8)]
    found = totals(before, 8 * HOUR, FigureBasis())

    # The first hour may be one of silence.
    assert found["heat_kwh"] == pytest.approx(HEAT_KW * (7 - STEP / HOUR))
    assert found["compressor_heat_kwh"] == found["heat_alone_kwh"] == found["heat_kwh"]
    for name in ("electricity_kwh", "compressor_electricity_kwh", "standby_kwh"):
        assert found[name] is None
    assert found["cop_system"] is found["cop_compressor"] is None
    assert found["cop_reason"] == found["cop_system_reason"] == "not_known"
    assert found["cost"] is None


def test_days_after_a_sensor_have_electricity_and_no_heat() -> None:
    rows = book(_ending(RETURN, 1))
    after = rows[rows.index >= rows.index[0] + pd.Timedelta(hours=2, minutes=5)]
    found = totals(after, 8 * HOUR, FigureBasis())

    assert found["electricity_kwh"] == pytest.approx(3 * (8 - 5 / 60))
    assert found["heat_kwh"] is found["heat_hot_water_kwh"] is None
    assert found["cop_reason"] == "not_known"


def test_of_little_of_the_running_time_there_is_no_cop() -> None:
    assert figures(_beginning("power", 6))["cop_reason"] == "not_known"
    assert figures(_beginning("power", 4.9))["cop_reason"] is None


def test_no_season_of_what_is_known_alone() -> None:
    total = sums(_beginning("power", 5)).to_dict()

    assert known_share(total, HOURS * HOUR) == pytest.approx(0.5)
    year = {name: value * 365 * 2.4 for name, value in total.items()}
    assert cop_name(365 * DAY, known_share(year, 365 * DAY)) == "period"


def test_heat_costs_what_the_electricity_of_its_time_costs() -> None:
    rows = book(_beginning("power", 4))
    rows["cost"] = rows["priced_kwh"] = rows["electricity_kwh"]
    found = totals(rows, HOURS * HOUR, FigureBasis())

    assert found["cost"] == pytest.approx(18)
    assert found["cost_per_heat_kwh"] == pytest.approx(1 / COP)


def test_a_pump_without_any_electricity_has_heat_as_ever() -> None:
    frame = running(HOURS * HOUR).drop(columns="power")
    found = figures(frame, span_s=HOURS * HOUR, electricity=None)

    assert found["heat_kwh"] == pytest.approx(HOURS * HEAT_KW)
    assert found["electricity_kwh"] is None
    assert not any("alone" in name for name in found)


def test_a_charge_before_the_meter_took_electricity_that_is_not_known() -> None:
    valve = np.where(np.arange(HOURS * HOUR // STEP + 1) < 3 * HOUR // STEP, 1.0, 0.0)
    found = figures(_beginning("power", 4, hot_water_valve=valve), span_s=HOURS * HOUR)

    assert found["heat_hot_water_kwh"] == pytest.approx(HEAT_KW * (2 - STEP / HOUR))
    assert found["electricity_hot_water_kwh"] is None


def test_a_configured_power_is_there_whatever_is_read() -> None:
    frame = running(HOURS * HOUR).drop(columns="power")
    total = sums(frame, Equipment(compressor_kw=3.0))

    assert total["heat_alone_s"] == total["electricity_alone_s"] == 0
    assert total["electricity_kwh"] == pytest.approx(3 * HOURS)


def test_a_run_without_a_meter_tells_no_electricity() -> None:
    """The compressor rests for 30 s after 3 h and after 7 h; the power is there from 6 h."""
    frame = _beginning("power", 6)
    frame.iloc[[0, 360, 840, -1], frame.columns.get_loc("compressor")] = 0
    first, across, third = [e for e in told(frame, Kind.COMPRESSOR) if e.value == 0]

    assert first.electricity_kwh is across.electricity_kwh is None
    assert across.kwh == pytest.approx(4 * HEAT_KW, rel=0.02)
    assert third.electricity_kwh == pytest.approx(3 * 3, rel=0.02)
