"""Nothing is set up for real, and an entry that exists."""

from unittest.mock import AsyncMock

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN

from .common import DATA, UNIQUE_ID


@pytest.fixture(autouse=True)
def _setup(setup_entry: AsyncMock) -> None:
    """Set up nothing for real: these tests end where an entry begins."""


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an InfluxDB that is set up already."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=DATA,
        title="InfluxDB influx.local (thermia)",
        unique_id=UNIQUE_ID,
    )
    entry.add_to_hass(hass)
    return entry
