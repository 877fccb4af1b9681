"""Which heat pumps can be shown, and why others cannot."""

from typing import NamedTuple

from homeassistant.components import websocket_api
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..loading import data_of


class Absence(NamedTuple):
    """Why a heat pump cannot be shown: code and text of an error, and its cause's key."""

    code: str
    message: str
    translation_key: str | None = None
    translation_domain: str = DOMAIN


def entries_of(hass: HomeAssistant) -> list[HeatPumpConfigEntry]:
    """Return the entries that are not disabled."""
    return hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )


def coordinator_of(hass: HomeAssistant, pump_id: str) -> HeatPumpCoordinator | None:
    """Return the coordinator of a pump, None while it is not loaded or not read."""
    found = (data_of(entry).coordinators.get(pump_id) for entry in entries_of(hass))
    return next((one for one in found if one is not None and one.has_read), None)


def why_not(hass: HomeAssistant, pump_id: str) -> Absence:
    """Return why a pump cannot be shown."""
    for entry in hass.config_entries.async_entries(DOMAIN, include_ignore=False):
        if (subentry := entry.subentries.get(pump_id)) is not None:
            return absence_of(entry, subentry)
    return Absence(websocket_api.ERR_NOT_FOUND, "There is no such heat pump")


def absence_of(entry: HeatPumpConfigEntry, pump: ConfigSubentry) -> Absence:
    """Return why a pump is not loaded."""
    if entry.disabled_by is not None:
        text = f"{pump.title} is disabled"
        return Absence(websocket_api.ERR_NOT_FOUND, text, "disabled")
    key = entry.error_reason_translation_key or "not_loaded"
    data = data_of(entry)
    if (unusable := data.unusable.get(pump.subentry_id)) is not None:
        key = unusable
    waiting = data.coordinators.get(pump.subentry_id)
    if waiting is not None and not waiting.last_update_success:
        key = waiting.source_state
    # The key alone says why: the words of an error name servers, and any user reads it.
    return Absence(websocket_api.ERR_NOT_FOUND, f"{pump.title} is not loaded", key)
