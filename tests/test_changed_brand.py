"""A heat pump that was set up as one of another brand."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.heatpump_dashboard.websocket.info import describe
from tests.support.pump_entry import (
    PUMP,
    add_entry,
    coordinator_of,
    served_by,
    set_up,
    settle,
    two_days,
)

DEGREE_MINUTES = "sensor.cellar_pump_degree_minutes"
OUTDOOR = "sensor.cellar_pump_outdoor_temperature"


@pytest.mark.usefixtures("frozen")
async def test_what_the_new_brand_does_not_report_is_removed(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    entry = add_entry(hass)
    with served_by(two_days(), entities=True):
        await set_up(hass, entry)
        kept = entity_registry.async_get(OUTDOOR)
        assert kept is not None
        assert hass.states.get(DEGREE_MINUTES) is not None
        hass.config_entries.async_update_subentry(
            entry,
            entry.subentries[PUMP],
            data={**entry.subentries[PUMP].data, "brand": "ivt"},
        )
        await settle(hass)

        assert coordinator_of(entry).pump.profile.key == "ivt"
        known = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        enabled = {one.entity_id for one in known if not one.disabled}
        assert enabled == set(hass.states.async_entity_ids())
        assert hass.states.get(DEGREE_MINUTES) is None
        again = entity_registry.async_get(OUTDOOR)
        assert again is not None
        assert again.id == kept.id
        told = describe(coordinator_of(entry))["entities"]
        assert set(told.values()) == enabled
        await hass.config_entries.async_unload(entry.entry_id)
