"""States that a computer without a clock has recorded before it was told the time."""

from datetime import UTC, datetime, timedelta

from homeassistant.components.recorder import get_instance
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import RECORDED

from .recorded import BEGIN, SUPPLY, House, at

FALSE = datetime(1970, 1, 1, 0, 0, 30, tzinfo=UTC)


async def test_states_of_1970_are_no_beginning(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = (FALSE - BEGIN) / timedelta(minutes=1)
    await house.becomes(minutes, SUPPLY, 20)
    await async_wait_recording_done(house.hass)
    manager = get_instance(house.hass).states_manager
    monkeypatch.setattr(manager, "_oldest_ts", FALSE.timestamp())
    climate = "climate.never#current_temperature"
    assert await house.source.first_time(RECORDED, [SUPPLY]) is None
    await house.becomes(0, SUPPLY, 34.5)
    await async_wait_recording_done(house.hass)
    assert await house.source.first_time(RECORDED, [SUPPLY]) == at(0)
    for series in ((), (climate,)):
        first = await house.source.first_time(RECORDED, series)
        assert first is not None
        assert first.year == BEGIN.year
