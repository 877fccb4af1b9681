"""What tells a heat pump from all others."""

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from .const import CONF_BUCKET, DOMAIN


def own_id(pump: ConfigSubentry) -> str:
    """Return what tells a heat pump from the others of its entry, for good."""
    return pump.unique_id or str(pump.data[CONF_BUCKET])


def identity(entry: ConfigEntry, pump: ConfigSubentry) -> str:
    """Return what tells a heat pump from all others.

    By what its bucket or its entities are called, so that a pump that is removed and
    added again gets its names and history back; by the entry, as another server may
    have a bucket of the same name and the address of this one may change.
    """
    return f"{entry.entry_id}_{own_id(pump)}"


@callback
def heat_pumps(hass: HomeAssistant) -> set[str]:
    """Return the heat pumps that there are, of all entries, by their subentries."""
    return {
        pump_id
        for entry in hass.config_entries.async_entries(DOMAIN)
        for pump_id in entry.subentries
    }
