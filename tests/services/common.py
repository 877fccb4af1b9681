"""How an action is asked about a heat pump, and since when there are readings of it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN

# Three days into February; readings begin on the 29th of January.
NOW = datetime(2026, 2, 3, 14, 30, 10, tzinfo=UTC)
FIRST = datetime(2026, 1, 29, tzinfo=UTC)


def device_of(hass: HomeAssistant, entry: MockConfigEntry) -> str:
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return device.id


async def ask(
    action: str, hass: HomeAssistant, entry: MockConfigEntry, **data: Any
) -> dict[str, Any]:
    asked = {"device_id": device_of(hass, entry), **data}
    answer: ServiceResponse = await hass.services.async_call(
        DOMAIN, action, asked, blocking=True, return_response=True
    )
    assert answer is not None
    return dict(answer)


figures = partial(ask, "get_figures")
events = partial(ask, "get_events")
insights = partial(ask, "get_insights")
