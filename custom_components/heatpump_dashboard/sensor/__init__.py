"""Sensors of a heat pump."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..const import SUBENTRY_HEAT_PUMP
from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..entity import async_add_to_each_pump
from ..identity import own_id
from ..totals import Totals, async_totals
from .description import HeatPumpSensorDescription
from .energy import EnergySensor
from .entity import HeatPumpSensor, InsightSensor
from .figures import ENERGIES, FIGURES
from .insights import INSIGHTS
from .readings import READINGS
from .verdict import VerdictSensor

PARALLEL_UPDATES = 0

DESCRIPTIONS: Final = (
    *FIGURES,
    *(description for _, description in ENERGIES),
    *READINGS,
    *INSIGHTS,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors each heat pump of the entry has."""
    pumps = entry.get_subentries_of_type(SUBENTRY_HEAT_PUMP)
    totals = await async_totals(hass, entry.entry_id, {own_id(p) for p in pumps})
    async_add_to_each_pump(entry, async_add_entities, partial(_sensors, totals))


def _sensors(
    totals: Totals, entry: HeatPumpConfigEntry, coordinator: HeatPumpCoordinator
) -> Iterator[HeatPumpSensor]:
    """Yield the sensors a heat pump has."""
    is_there = partial(
        HeatPumpSensorDescription.is_of,
        profile=coordinator.pump.profile,
        capabilities=coordinator.pump.capabilities,
        has_price=coordinator.has_price,
    )
    for description in (*FIGURES, *READINGS):
        if is_there(description):
            yield HeatPumpSensor(
                entry=entry, coordinator=coordinator, description=description
            )
    for description in INSIGHTS:
        if is_there(description):
            is_verdict = description.key == "verdict"
            yield (VerdictSensor if is_verdict else InsightSensor)(
                entry=entry, coordinator=coordinator, description=description
            )
    for column, description in ENERGIES:
        if is_there(description):
            yield EnergySensor(
                entry=entry,
                coordinator=coordinator,
                description=description,
                column=column,
                totals=totals,
            )
