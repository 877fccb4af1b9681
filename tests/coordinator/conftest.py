"""An entry of one heat pump whose source is in memory."""

from collections.abc import AsyncGenerator

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import NOW, add_entry, served_by, set_up, two_days


@pytest.fixture
def source() -> MemorySource:
    return two_days()


@pytest.fixture
def entities() -> bool:
    """Return whether the entry has its platforms, too."""
    return False


@pytest.fixture
async def entry(
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    entities: bool,
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry that is not set up yet; it is unloaded at the end."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = add_entry(hass)
    with served_by(source, entities=entities):
        yield entry
        if entry.state is ConfigEntryState.LOADED:
            await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def coordinator(
    hass: HomeAssistant, entry: MockConfigEntry
) -> HeatPumpCoordinator:
    """Return the coordinator of an entry that is set up and listened to."""
    coordinator = await set_up(hass, entry)
    entry.async_on_unload(coordinator.async_add_listener(lambda: None))
    return coordinator
