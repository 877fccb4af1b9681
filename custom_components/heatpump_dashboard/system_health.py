"""System health: how many heat pumps there are and how old their readings are."""

from typing import Any

from homeassistant.components import system_health
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .coordinator import HeatPumpConfigEntry


@callback
def async_register(
    hass: HomeAssistant, register: system_health.SystemHealthRegistration
) -> None:
    """Register the information."""
    register.async_register_info(system_health_info)


async def system_health_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return the number of heat pumps and the newest reading of any of them."""
    entries: list[HeatPumpConfigEntry] = hass.config_entries.async_loaded_entries(
        DOMAIN
    )
    loaded = [entry.runtime_data for entry in entries]
    pumps = [pump for data in loaded for pump in data.coordinators.values()]
    times = [pump.data.time for pump in pumps if pump.data.time is not None]
    return {
        "heat_pumps": len(pumps) + sum(len(data.unusable) for data in loaded),
        "last_reading": max(times).isoformat() if times else "–",
    }
