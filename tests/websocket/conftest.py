"""A heat pump that is set up, with the clock standing still."""

from collections.abc import AsyncGenerator

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.memory_source import MemorySource
from tests.support.pump_entry import add_entry, served_by, set_up, two_days


@pytest.fixture(autouse=True)
def still(frozen: None) -> None:
    """Stop the clock."""


@pytest.fixture
def source() -> MemorySource:
    return two_days()


@pytest.fixture
async def entry(
    hass: HomeAssistant, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is set up, with nobody listening."""
    entry = add_entry(hass)
    with served_by(source):
        await set_up(hass, entry)
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)
