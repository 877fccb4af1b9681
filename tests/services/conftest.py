"""A heat pump of which five days of readings are known."""

from collections.abc import AsyncGenerator
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import COMPONENT, add_entry, pump, served_by, set_up

from .common import FIRST, NOW


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(thermia(FIRST, NOW, step_s=60))


@pytest.fixture
async def entry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry with a heat pump called Cellar that runs half of the time."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("UTC")
    hass.config.language = "en"
    entry = add_entry(hass, {**pump(price=2.0), "title": "Cellar"})
    with (
        served_by(source),
        patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR]),
    ):
        await set_up(hass, entry)
        yield entry
        await hass.config_entries.async_unload(entry.entry_id)
