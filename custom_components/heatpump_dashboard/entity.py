"""What all entities of a heat pump share."""

from collections.abc import Callable, Collection, Iterable
from typing import override

from homeassistant.core import callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_current_platform,
)
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import BRAND_GENERIC, DOMAIN
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from .identity import identity
from .profiles import Profile


@callback
def async_add_to_each_pump(
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities: Callable[
        [HeatPumpConfigEntry, HeatPumpCoordinator], Iterable[HeatPumpEntity]
    ],
) -> None:
    """Add to each heat pump of the entry the entities it has, and remove all others."""
    for pump_id, coordinator in entry.runtime_data.coordinators.items():
        if pump_id not in entry.subentries:
            # Removed while the entry was set up, which is going to be reloaded.
            continue
        provided = list(entities(entry, coordinator))
        _async_remove_others(coordinator, {entity.unique_id for entity in provided})
        async_add_entities(provided, config_subentry_id=pump_id)


@callback
def _async_remove_others(
    coordinator: HeatPumpCoordinator, provided: Collection[str | None]
) -> None:
    """Remove what this platform had of a heat pump when it was of another brand."""
    registry = er.async_get(coordinator.hass)
    domain = async_get_current_platform().domain
    entry_id = coordinator.config_entry.entry_id
    for known in er.async_entries_for_config_entry(registry, entry_id):
        own = known.config_subentry_id == coordinator.pump_id
        if own and known.domain == domain and known.unique_id not in provided:
            registry.async_remove(known.entity_id)


class HeatPumpEntity(CoordinatorEntity[HeatPumpCoordinator]):
    """An entity that shows what the coordinator has of one heat pump."""

    _attr_has_entity_name = True
    # What is of days stays true without a reading of the last minutes.
    _needs_fresh = True

    def __init__(
        self,
        *,
        entry: HeatPumpConfigEntry,
        coordinator: HeatPumpCoordinator,
        description: EntityDescription,
    ) -> None:
        """Belong to the device of the heat pump."""
        super().__init__(coordinator)
        self.entity_description = description
        pump = identity(entry, coordinator.subentry)
        self._attr_unique_id = f"{pump}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, pump)},
            manufacturer=_manufacturer(coordinator.pump.profile),
            name=coordinator.subentry.title,
        )

    @property
    @override
    def available(self) -> bool:
        """Return whether the last poll succeeded and what it brought is not old."""
        data = self.coordinator.data
        is_old = data.stale and (self._needs_fresh or data.time is None)
        return super().available and not is_old


def _manufacturer(profile: Profile) -> str | None:
    return None if profile.key == BRAND_GENERIC else profile.name
