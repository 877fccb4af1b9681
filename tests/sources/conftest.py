"""What the tests of several sources share."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from .recorded import BEGIN, House


@pytest.fixture
async def house(
    recorder_mock: Recorder, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> House:
    freezer.move_to(BEGIN - timedelta(days=3))
    hass.states.async_set("sensor.something_else", "1")
    await async_wait_recording_done(hass)
    return House(hass, freezer)
