"""Forty days of readings, a walk through them, and what it leaves on disk."""

from datetime import UTC, date, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.history.folders import hours_folder
from custom_components.heatpump_dashboard.history.store import HourStore
from tests.support.pump_entry import PUMP, pass_time, set_up

DAY = timedelta(days=1)
# The day on which last month is farthest away is behind us: memory goes back a month.
NOW = datetime(2026, 2, 1, 14, 30, 10, tzinfo=UTC)
FIRST = NOW - 40 * DAY
LAST_FINAL = NOW.date() - 2 * DAY


async def walk(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, entry: MockConfigEntry
) -> HeatPumpCoordinator:
    """Load the entry, and have the years read at the next poll."""
    coordinator = await set_up(hass, entry)
    for one in entry.runtime_data.coordinators.values():
        entry.async_on_unload(one.async_add_listener(lambda: None))
    await pass_time(hass, freezer)
    return coordinator


def on_disk(hass: HomeAssistant) -> HourStore:
    """Return what another start would find."""
    store = HourStore(hours_folder(hass, PUMP), "Villa")
    store.open()
    return store


def folders(hass: HomeAssistant) -> set[str]:
    return {path.name for path in hours_folder(hass, "").iterdir()}


def days_from(first: date, last: date) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]
