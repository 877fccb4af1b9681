"""Entities that are renamed."""

from collections.abc import Callable

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er


@callback
def async_on_rename(hass: HomeAssistant, act: Callable[[str, str], None]) -> None:
    """Have it called with an entity's name before and after, whenever it gets another."""

    @callback
    def follow(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if event.data["action"] == "update" and "old_entity_id" in event.data:
            act(event.data["old_entity_id"], event.data["entity_id"])

    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, follow)
