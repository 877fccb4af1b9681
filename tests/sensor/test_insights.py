"""The sensors of the insights: a number where there is one, and why else there is none."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest

from custom_components.heatpump_dashboard.insights.subject import Subject
from tests.insights.factory import METRICS, subject, winter
from tests.support.house import POLL, House, house_of
from tests.support.pump_entry import state, unload

FIND = "custom_components.heatpump_dashboard.history.subject.subject_of"
NAMES = {
    "cop_deviation": "cop_deviation",
    "heat_loss": "heat_loss",
    "full_load_temp": "runs_all_day_below",
    "days_since_60": "days_since_60_degc",
    "avoidable_auxiliary": "avoidable_auxiliary_heater_energy",
}


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, all_entities_enabled: None
) -> AsyncGenerator[House]:
    with house_of(hass, freezer, entities=True) as house:
        await house.start()
        yield house
        await unload(hass, house.entry)


async def tell(house: House, told: Subject) -> None:
    """Let the days of the heat pump be these."""
    with patch(FIND, return_value=told):
        await house.passes(POLL)


def attributes(hass: HomeAssistant, name: str) -> dict[str, Any]:
    found = hass.states.get(f"sensor.cellar_pump_{name}")
    assert found is not None, name
    return dict(found.attributes)


def sensor(hass: HomeAssistant, key: str) -> str | None:
    return state(hass, f"sensor.cellar_pump_{NAMES[key]}")


async def test_a_healthy_winter(hass: HomeAssistant, house: House) -> None:
    """0.18 kW/K, half a day of running at −3 °C, as the factory makes it."""
    await tell(house, subject())
    assert state(hass, "sensor.cellar_pump_verdict") == "ok"
    assert state(hass, "binary_sensor.cellar_pump_attention") == "off"
    assert float(sensor(hass, "heat_loss") or "") == pytest.approx(0.18, abs=0.01)
    assert float(sensor(hass, "cop_deviation") or "") == pytest.approx(0, abs=0.1)
    assert float(sensor(hass, "full_load_temp") or "") == pytest.approx(-23, abs=0.5)
    assert sensor(hass, "days_since_60") == "2"
    assert sensor(hass, "avoidable_auxiliary") == "0.0"
    for key in NAMES:
        assert attributes(hass, NAMES[key])["reason"] is None, key


async def test_the_verdict_says_what_it_rests_on(
    hass: HomeAssistant, house: House
) -> None:
    sums = winter(100)
    sums["hot_water_temp|max"][-40:] = 52.0
    await tell(house, subject(sums, metrics=METRICS - {"indoor_temp"}))
    assert state(hass, "sensor.cellar_pump_verdict") == "act"
    assert state(hass, "binary_sensor.cellar_pump_attention") == "on"
    told = attributes(hass, "verdict")
    assert told["checks"] == {"sixty": "not_hot"}
    assert told["not_checked"]["room"] == "no_metric"
    assert told["made"] + len(told["not_checked"]) == told["of"]


async def test_a_look_needs_no_attention(hass: HomeAssistant, house: House) -> None:
    sums = winter(100)
    sums["hot_water_temp|max"][-20:] = 52.0
    await tell(house, subject(sums))
    assert state(hass, "sensor.cellar_pump_verdict") == "watch"
    assert state(hass, "binary_sensor.cellar_pump_attention") == "off"


@pytest.mark.parametrize(
    ("told", "unknown"),
    [
        (
            {"heat_scale": None},
            {"heat_loss": "unchecked", "avoidable_auxiliary": "unchecked"},
        ),
        ({"electricity": "gateway"}, {"cop_deviation": "no_measured_power"}),
        (
            {"metrics": METRICS - {"hot_water_temp"}},
            {"days_since_60": "no_metric"},
        ),
        (
            {"metrics": METRICS - {"outdoor_temp"}},
            {"heat_loss": "no_metric", "full_load_temp": "no_metric"},
        ),
    ],
)
async def test_what_is_not_known_is_no_number_and_says_why(
    hass: HomeAssistant, house: House, told: dict[str, Any], unknown: dict[str, str]
) -> None:
    await tell(house, subject(**told))
    for key in NAMES:
        is_unknown = sensor(hass, key) == STATE_UNKNOWN
        assert is_unknown == (key in unknown), key
        assert attributes(hass, NAMES[key])["reason"] == unknown.get(key), key


async def test_until_they_are_found_they_are_unknown(
    hass: HomeAssistant, house: House
) -> None:
    assert state(hass, "sensor.cellar_pump_verdict") == STATE_UNKNOWN
    assert state(hass, "binary_sensor.cellar_pump_attention") == STATE_UNKNOWN
    for key in NAMES:
        assert sensor(hass, key) == STATE_UNKNOWN
        assert attributes(hass, NAMES[key])["reason"] == "not_found"


async def test_that_no_reading_comes_is_told_and_hides_no_verdict(
    hass: HomeAssistant, house: House
) -> None:
    await tell(house, subject())
    await house.silence(timedelta(minutes=20))
    assert state(hass, "sensor.cellar_pump_supply_temperature") == STATE_UNAVAILABLE
    assert state(hass, "sensor.cellar_pump_verdict") == "act"
    assert state(hass, "binary_sensor.cellar_pump_attention") == "on"
    assert attributes(hass, "verdict")["checks"] == {"data": "silent"}
    assert float(sensor(hass, "heat_loss") or "") == pytest.approx(0.18, abs=0.01)
