"""What the owners of the demo's heat pumps know is what its physics says."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.heatpump_dashboard.analysis.flow_factor import flow_factor
from custom_components.heatpump_dashboard.calibration import rated_delta_t_of
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from custom_components.heatpump_dashboard.sources.demo.house import FLOW_FACTOR, PUMPS
from custom_components.heatpump_dashboard.sources.demo.physics import stored

NOON = datetime(2026, 1, 22, 12, tzinfo=UTC)
# Its capacity is that of brine of 2 °C.
AT_ZERO = 1 - 0.025 * 2


@pytest.mark.parametrize(
    ("brand", "calibration"),
    [("thermia", "plate"), ("ivt", "unchecked"), ("nibe", "checked")],
)
def test_every_demo_heat_pump_has_its_own_way_to_be_checked(
    brand: str, calibration: str
) -> None:
    settings = demo_pump(load(brand))["data"]

    factor, rests_on = flow_factor(settings)
    assert factor == pytest.approx(FLOW_FACTOR, rel=1e-4)
    assert rests_on == calibration
    if "heat_output" in settings:
        plate = PUMPS[brand].capacity_kw * AT_ZERO
        assert settings["heat_output"] == pytest.approx(plate, abs=0.05)


@pytest.mark.parametrize("brand", ["thermia", "ivt"])
def test_the_plate_tells_the_flow_factor_of_the_physics(brand: str) -> None:
    """From whole degrees as from tenths, as sure as that method is.

    A day's runs are made to add up to its plan: they give some percent more than the
    capacity, and the brine comes colder in long ones.
    """
    pump = HeatPump(load(brand), {})
    start = NOON - timedelta(hours=49)
    pump.load([stored(brand, start, NOON)], start, NOON)

    kelvin = rated_delta_t_of(pump)
    assert kelvin is not None
    plate = PUMPS[brand].capacity_kw * AT_ZERO
    assert plate / kelvin == pytest.approx(FLOW_FACTOR, rel=0.08)
