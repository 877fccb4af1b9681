"""What the tests of sensors beside a recorder share."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from tests.support.memory_source import MemorySource
from tests.support.pump_entry import COMPONENT, add_entry, served_by, set_up


@asynccontextmanager
async def sensors_of(
    hass: HomeAssistant, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Set an entry up with its sensors, beside a recorder; unload it at the end."""
    assert await async_setup_component(hass, "sensor", {})
    await async_wait_recording_done(hass)
    entry = add_entry(hass)
    with (
        served_by(source),
        patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR]),
    ):
        await set_up(hass, entry)
        await compile_statistics(hass)
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


async def compile_statistics(hass: HomeAssistant) -> None:
    """Have the statistics of the five minutes compiled that have just begun."""
    await async_wait_recording_done(hass)
    now = dt_util.utcnow()
    start = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
    do_adhoc_statistics(hass, start=start)
    await async_wait_recording_done(hass)
