"""What a report of a problem needs to know, without address and token."""

from dataclasses import asdict
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.const import CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant

from .const import CONF_ORGANIZATION
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator

TO_REDACT = {CONF_ORGANIZATION, CONF_TOKEN, CONF_URL}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: HeatPumpConfigEntry
) -> dict[str, Any]:
    """Return the settings and the present state of all heat pumps of an entry."""
    pumps = entry.runtime_data.coordinators.values()
    return {
        "source": async_redact_data(dict(entry.data), TO_REDACT),
        "pumps": [_pump(coordinator) for coordinator in pumps],
    }


def _pump(coordinator: HeatPumpCoordinator) -> dict[str, Any]:
    """Return a heat pump; an error of its source may quote the address, so only its kind."""
    error = coordinator.last_exception
    return {
        "settings": dict(coordinator.subentry.data),
        "metrics": {
            metric: [name for series in rule.candidates for name in series.names]
            for metric, rule in coordinator.profile.metrics.items()
        },
        "poll": {
            "success": coordinator.last_update_success,
            "error": getattr(error, "translation_key", None) or type(error).__name__,
        },
        "history": asdict(coordinator.history),
        "data": asdict(coordinator.data),
    }
