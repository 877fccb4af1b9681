"""What a report of a problem needs to know, without address and token."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_PASSWORD, CONF_TOKEN, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant

from .const import CONF_ORGANIZATION
from .coordinator import HeatPumpConfigEntry
from .loading import data_of
from .pump.present import Present

if TYPE_CHECKING:
    from .pump.heat_pump import HeatPump

TO_REDACT = {
    CONF_ORGANIZATION,
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: HeatPumpConfigEntry
) -> dict[str, Any]:
    """Return the settings and the present state of all heat pumps of an entry.

    While it is not loaded, which is when a report is wanted most, only the settings.
    """
    data = data_of(entry)
    return {
        "source": async_redact_data(dict(entry.data), TO_REDACT),
        "state": entry.state.value,
        "pumps": [
            _pump(subentry, found.pump, found.data, found.source_state)
            if (found := data.coordinators.get(pump_id)) is not None and found.has_read
            else _absent(subentry, None if found is None else found.source_state)
            for pump_id, subentry in entry.subentries.items()
        ],
    }


def _absent(subentry: ConfigSubentry, source_state: str | None) -> dict[str, Any]:
    """Return the settings of a heat pump, and what it waits for."""
    settings = {"settings": dict(subentry.data)}
    return settings | ({} if source_state is None else {"source": source_state})


def _pump(
    subentry: ConfigSubentry, pump: HeatPump, data: Present, source_state: str
) -> dict[str, Any]:
    """Return a heat pump: what was set, where its metrics come from, what it does.

    Of an error only the cause: its text may quote the address.
    """
    return {
        "settings": dict(subentry.data),
        "series": {m: rule.name for m, rule in pump.records.rules.items()},
        "source": source_state,
        "history": asdict(pump.history),
        "time": data.time,
        "mode": data.mode,
        "cop": data.cop,
        "power": data.power,
        "alarm": asdict(data.alarm),
        "metrics": dict(data.metrics),
        "today": dict(data.today),
        "insights": {
            name: found if name == "verdict" else found["code"]
            for name, found in data.insights.items()
        },
    }
