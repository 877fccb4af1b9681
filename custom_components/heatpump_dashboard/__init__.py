"""Heat Pump Dashboard: figures one can trust from a heat pump's readings."""

from contextlib import suppress
from functools import partial
from typing import Final

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntryChange,
    ConfigEntryState,
    UnknownEntry,
)
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.storage import Store
from homeassistant.helpers.typing import ConfigType
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, STORED_UNITS, SUBENTRY_HEAT_PUMP
from .coordinator import HeatPumpConfigEntry
from .ended_entities import EndedEntities
from .history.folders import async_forget_hours
from .history.statistics.forgetting import async_forget_removed as async_forget_joined
from .identity import identity
from .issues import async_forget_pumps, async_forget_removed
from .loading import async_load_heat_pumps, data_of, settings_of
from .mapped_entities import FollowedEnds, async_follow_renames
from .panel import async_add_panel, async_remove_panel
from .price.demo import async_follow_demo_price
from .price.entity import async_follow_price
from .services import async_register_actions
from .sources import Source
from .sources.ended import EndingSource
from .sources.factory import async_create_source, run_of
from .totals import async_remove_totals
from .websocket import async_register_commands
from .websocket.subscriptions import async_connect, async_drop_subscriptions

PLATFORMS: Final = [Platform.BINARY_SENSOR, Platform.EVENT, Platform.SENSOR]

_FAILED: Final = (ConfigEntryState.SETUP_ERROR, ConfigEntryState.SETUP_RETRY)
# The settings that each entry was last set up with, or was not, by its id.
DATA_TRIED: HassKey[dict[str, object]] = HassKey(f"{DOMAIN}_tried")

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up what all entries share."""
    async_register_commands(hass)
    async_register_actions(hass)
    async_follow_renames(hass)
    async_dispatcher_connect(
        hass, SIGNAL_CONFIG_ENTRY_CHANGED, partial(_entry_changed, hass)
    )
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HeatPumpConfigEntry) -> bool:
    """Set up a source and the heat pumps it has readings of."""
    # First: what is changed while this goes on is taken up after it.
    entry.async_on_unload(entry.add_update_listener(_async_settings_changed))
    _follow_currency(hass, entry)
    hass.data.setdefault(DATA_TRIED, {})[entry.entry_id] = settings_of(entry)
    # Before anything that may fail: the panel says of what, and cards are there.
    await async_add_panel(hass)
    async_forget_removed(hass)
    await async_forget_hours(hass)
    hass.async_create_background_task(async_forget_joined(hass), f"{DOMAIN} statistics")
    source: Source = EndingSource(
        await async_create_source(hass, entry.data),
        FollowedEnds(hass, entry, await EndedEntities.async_of(hass)),
        run_of(hass),
    )
    entry.async_on_unload(source.close)
    await async_load_heat_pumps(hass, entry, source)
    coordinators = entry.runtime_data.coordinators.values()
    for coordinator in coordinators:
        async_follow_price(hass, coordinator)
        await async_follow_demo_price(hass, coordinator)
        coordinator.years.async_write_at_end(entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    for coordinator in coordinators:
        async_connect(hass, coordinator)
    async_drop_subscriptions(hass)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: HeatPumpConfigEntry) -> bool:
    """Unload the entities; the rest goes with the entry."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        async_forget_pumps(hass, entry.subentries)
    if unloaded and entry.disabled_by is not None:
        _remove_panel_after(hass, entry)
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: HeatPumpConfigEntry) -> None:
    """Take the panel away with the last entry, and what is stored of this one."""
    hass.data.get(DATA_TRIED, {}).pop(entry.entry_id, None)
    async_drop_subscriptions(hass)
    async_forget_removed(hass)
    _remove_panel_after(hass, entry)
    await async_forget_hours(hass)
    hass.async_create_background_task(async_forget_joined(hass), f"{DOMAIN} statistics")
    await async_remove_totals(hass, entry.entry_id)
    if not hass.config_entries.async_entries(DOMAIN):
        await (await EndedEntities.async_of(hass)).async_remove()
        await Store[dict[str, str]](hass, 1, STORED_UNITS).async_remove()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: HeatPumpConfigEntry, device: DeviceEntry
) -> bool:
    """Return whether a device may be deleted: one that is none of the heat pumps."""
    pumps = {
        (DOMAIN, identity(entry, pump))
        for pump in entry.get_subentries_of_type(SUBENTRY_HEAT_PUMP)
    }
    return pumps.isdisjoint(device.identifiers)


@callback
def _entry_changed(
    hass: HomeAssistant, change: ConfigEntryChange, entry: HeatPumpConfigEntry
) -> None:
    """See to an entry that is not loaded: nothing of its own listens then."""
    if entry.domain != DOMAIN or change is not ConfigEntryChange.UPDATED:
        return
    if entry.state is ConfigEntryState.NOT_LOADED and entry.disabled_by is not None:
        async_forget_pumps(hass, entry.subentries)
        _remove_panel_after(hass, entry)
    tried = hass.data.get(DATA_TRIED, {}).get(entry.entry_id)
    if entry.state in _FAILED and tried not in (None, settings_of(entry)):
        hass.config_entries.async_schedule_reload(entry.entry_id)


async def _async_settings_changed(
    hass: HomeAssistant, entry: HeatPumpConfigEntry
) -> None:
    """Begin again with the new settings, or with one pump more or less.

    Waits for a set-up or another reload that is under way, which may have read what
    is stored now, or before.
    """
    async with entry.setup_lock:
        loaded = entry.state is ConfigEntryState.LOADED
        if loaded and data_of(entry).in_force == settings_of(entry):
            return
    with suppress(UnknownEntry):
        # It may have been removed meanwhile.
        await hass.config_entries.async_reload(entry.entry_id)


@callback
def _follow_currency(hass: HomeAssistant, entry: HeatPumpConfigEntry) -> None:
    """Begin again when the home has another currency: prices and costs are in it."""
    currency = hass.config.currency

    @callback
    def changed(_event: Event) -> None:
        if hass.config.currency != currency:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, changed))


def _remove_panel_after(hass: HomeAssistant, entry: HeatPumpConfigEntry) -> None:
    """Remove the panel unless another entry has something to show.

    Not on every unload: a reload would throw everyone out who looks at it.
    """
    others = hass.config_entries.async_entries(DOMAIN, False, False)
    if not any(
        other.entry_id != entry.entry_id
        and other.state is not ConfigEntryState.NOT_LOADED
        for other in others
    ):
        async_remove_panel(hass)
