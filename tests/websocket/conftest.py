"""A heat pump that is set up, with the clock standing still."""

from collections.abc import AsyncGenerator
from contextlib import ExitStack

from homeassistant.config_entries import ConfigEntryState, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import add_entry, served_by, set_up, two_days

from .common import SetUpWith


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


@pytest.fixture
async def set_up_with(hass: HomeAssistant) -> AsyncGenerator[SetUpWith]:
    """Return what sets an entry up whose source has these rows, and these heat pumps.

    It returns the first of its coordinators; the entry is unloaded at the end.
    """
    entries: list[MockConfigEntry] = []
    with ExitStack() as served:

        async def make(
            stored: pd.DataFrame, *pumps: ConfigSubentryDataWithId
        ) -> HeatPumpCoordinator:
            served.enter_context(served_by(MemorySource(stored)))
            entries.append(add_entry(hass, *pumps))
            return await set_up(hass, entries[-1])

        yield make
        for entry in entries:
            if entry.state is ConfigEntryState.LOADED:
                await hass.config_entries.async_unload(entry.entry_id)
