"""An entity that is gone has no value: also where nothing says when it went."""

import math

from homeassistant.components.recorder import get_instance
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.sources.recorder import RecorderSource

from .recorded import SUPPLY, House, at


async def _started_again(house: House, minutes: float) -> None:
    """Start again without an entity that only its integration made: nothing says so."""
    await async_wait_recording_done(house.hass)
    # The machine of a new run has never had it.
    house.hass.states._states.pop(SUPPLY)
    house.source = RecorderSource(house.hass, house.hass.async_add_executor_job)
    runs = get_instance(house.hass).recorder_runs_manager
    runs._recording_start = at(minutes)


async def test_an_entity_that_is_gone_after_a_restart_has_no_value(
    house: House,
) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await _started_again(house, 10)
    found = await house.read(SUPPLY, start=-60, stop=300)
    assert found == {SUPPLY: [(0, 34.5), (10, math.inf)]}
    # Whenever it is asked for first, and not before it ended.
    house.source = RecorderSource(house.hass, house.hass.async_add_executor_job)
    assert await house.read(SUPPLY, start=-60, stop=600) == found
    assert await house.read(SUPPLY, start=-60, stop=5) == {SUPPLY: [(0, 34.5)]}


async def test_an_entity_that_is_late_at_a_start_goes_on(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await _started_again(house, 10)
    await house.read(SUPPLY, start=-60, stop=10.5)
    await house.becomes(11, SUPPLY, 35)
    assert await house.read(SUPPLY, start=10.5, stop=12) == {SUPPLY: [(11, 35)]}
    found = await house.read(SUPPLY, start=-60, stop=12)
    assert found == {SUPPLY: [(0, 34.5), (11, 35)]}


async def test_an_entity_that_is_removed_before_it_is_asked_for_has_no_value(
    house: House,
) -> None:
    await house.becomes(20, SUPPLY, 34.5)
    await _started_again(house, 10)
    found = (await house.read(SUPPLY, start=-60, stop=300))[SUPPLY]
    assert found == [(20, 34.5), (pytest.approx(20), math.inf)]
