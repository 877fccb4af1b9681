"""Sensors of a heat pump."""

from collections.abc import Iterator
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..entity import async_add_to_each_pump
from .energy import EnergySensor
from .entity import HeatPumpSensor
from .figures import ENERGIES, FIGURES
from .readings import READINGS

PARALLEL_UPDATES = 0

DESCRIPTIONS: Final = (
    *FIGURES,
    *(description for _, description in ENERGIES),
    *READINGS,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors each heat pump of the entry has."""
    async_add_to_each_pump(entry, async_add_entities, _sensors)


def _sensors(
    entry: HeatPumpConfigEntry, coordinator: HeatPumpCoordinator
) -> Iterator[HeatPumpSensor]:
    """Yield the sensors a heat pump has."""
    for description in (*FIGURES, *READINGS):
        if description.has_fn(coordinator):
            yield HeatPumpSensor(
                entry=entry, coordinator=coordinator, description=description
            )
    for column, description in ENERGIES:
        if description.has_fn(coordinator):
            yield EnergySensor(
                entry=entry,
                coordinator=coordinator,
                description=description,
                column=column,
            )
