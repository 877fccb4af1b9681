"""An entry with one heat pump whose source is in memory."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryDataWithId
from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DOMAIN,
    SOURCE_INFLUXDB,
    SUBENTRY_HEAT_PUMP,
)
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.sources import CannotConnect
from tests.support.memory_source import MemorySource, thermia

COMPONENT = "custom_components.heatpump_dashboard"
PUMP = "pump_1"
# A winter afternoon, ten seconds after a reading.
NOW = datetime(2026, 1, 22, 14, 30, 10, tzinfo=UTC)
# All that is asked for at once is in the server's memory: about a day, no more.
PIECE = timedelta(hours=26)
DOWN = CannotConnect(
    "Nothing answers", key="refused", placeholders={"host": "localhost:8086"}
)


def pump(
    pump_id: str = PUMP, bucket: str = "pump", **settings: Any
) -> ConfigSubentryDataWithId:
    return {
        "data": {CONF_BUCKET: bucket, CONF_BRAND: "thermia", **settings},
        "subentry_id": pump_id,
        "subentry_type": SUBENTRY_HEAT_PUMP,
        "title": f"Cellar {bucket}",
        "unique_id": bucket,
    }


def add_entry(hass: HomeAssistant, *pumps: ConfigSubentryDataWithId) -> MockConfigEntry:
    entry = MockConfigEntry(
        data={
            CONF_SOURCE: SOURCE_INFLUXDB,
            CONF_URL: "http://localhost:8086",
            CONF_TOKEN: "token",
            CONF_ORGANIZATION: "home",
            CONF_VERIFY_SSL: True,
        },
        domain=DOMAIN,
        entry_id="entry",
        subentries_data=pumps or [pump()],
        title="Server",
        unique_id="server",
    )
    entry.add_to_hass(hass)
    return entry


@contextmanager
def served_by(source: MemorySource, *, entities: bool = False) -> Generator[None]:
    """Make this source the one of every entry, and leave the entities out or not."""

    async def create(hass: HomeAssistant, data: Mapping[str, Any]) -> MemorySource:
        return source

    platforms = PLATFORMS if entities else []
    with (
        patch(f"{COMPONENT}.async_create_source", create),
        patch(f"{COMPONENT}.PLATFORMS", platforms),
    ):
        yield


@contextmanager
def walking_at_once() -> Generator[None]:
    """Have the years read at the first poll, with no pauses.

    These would never end while the clock stands.
    """
    with (
        patch(f"{COMPONENT}.history.years.FIRST_LOOK_S", 0.0),
        patch(f"{COMPONENT}.history.walk._SHORTEST_PAUSE_S", 0.0),
    ):
        yield


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> HeatPumpCoordinator:
    """Set the entry up, let the past be read, and return the first coordinator."""
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    return coordinator_of(entry)


def coordinator_of(entry: MockConfigEntry) -> HeatPumpCoordinator:
    coordinator: HeatPumpCoordinator = next(
        iter(entry.runtime_data.coordinators.values())
    )
    return coordinator


def state_of(entry: MockConfigEntry) -> ConfigEntryState:
    state: ConfigEntryState = entry.state
    return state


async def unload(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await settle(hass)
    assert await hass.config_entries.async_unload(entry.entry_id)


def state(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return what an entity says, None of one that is not there."""
    found = hass.states.get(entity_id)
    return None if found is None else found.state


async def settle(hass: HomeAssistant) -> None:
    await hass.async_block_till_done(wait_background_tasks=True)


async def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float = 31
) -> None:
    """Let time pass, and all that is due happen."""
    freezer.tick(timedelta(seconds=seconds))
    async_fire_time_changed(hass)
    await settle(hass)


def two_days(now: datetime = NOW) -> MemorySource:
    """Return a source whose history is just what the first refresh reads."""
    return MemorySource(thermia(now - timedelta(hours=50), now))


def one_hour(now: datetime = NOW) -> MemorySource:
    """Return a source without a past: the first refresh reads all there is."""
    return MemorySource(thermia(now - timedelta(hours=1), now))
