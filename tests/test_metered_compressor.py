"""A compressor that is told by what it takes, by a meter whose unit its owner changes."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.mapped import BEGIN, CELSIUS, RETURN, SUPPLY
from tests.support.pump_entry import coordinator_of, pass_time, pump, set_up

PLUG = "sensor.hp_plug_power"


@pytest.mark.parametrize(
    ("unit", "scale", "runs"), [("kW", 1000, True), ("W", 1, True), ("°C", 1, None)]
)
async def test_another_unit_of_the_same_kind_is_converted_and_no_other(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    unit: str,
    scale: float,
    runs: bool | None,
) -> None:
    async def say(minute: float, watts: float, unit: str, scale: float) -> None:
        freezer.move_to(BEGIN + timedelta(minutes=minute))
        hass.states.async_set(PLUG, str(watts / scale), {"unit_of_measurement": unit})
        hass.states.async_set(SUPPLY, str(35 + minute % 3), CELSIUS)
        hass.states.async_set(RETURN, str(30 + minute % 3), CELSIUS)
        await async_wait_recording_done(hass)

    mapping = {"supply_temp": SUPPLY, "return_temp": RETURN, "compressor": PLUG}
    one = pump(
        bucket="Home Assistant",
        brand="generic",
        series=mapping,
        units={"compressor": "W"},
    )
    entry = MockConfigEntry(
        domain=DOMAIN, data={"source": "recorder"}, subentries_data=[one]
    )
    entry.add_to_hass(hass)
    for minute in range(-60, 0, 10):
        await say(minute, 1500 + minute, "W", 1)
    freezer.move_to(BEGIN)
    await set_up(hass, entry)
    assert coordinator_of(entry).data.metrics["compressor"] == 1
    for minute in range(1, 17):
        await say(minute, 1800 + minute, unit, scale)
        await pass_time(hass, freezer)
    told = coordinator_of(entry).data.metrics.get("compressor")
    assert told == (None if runs is None else 1)
    names = [issue for domain, issue in ir.async_get(hass).issues if domain == DOMAIN]
    assert any("other_unit" in name for name in names) is (runs is None)
