"""The heat pumps of an entry: read side by side; one that cannot be read waits."""

import asyncio
from collections.abc import Callable

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import UpdateFailed

from .const import LOGGER, SUBENTRY_HEAT_PUMP
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator, RuntimeData
from .sources import Source


async def async_load_pumps(
    hass: HomeAssistant, entry: HeatPumpConfigEntry, source: Source
) -> None:
    """Read the first data of all heat pumps.

    One that the source cannot answer for keeps no other from being shown: it waits.
    Raises what keeps all of them from it.
    """
    past = asyncio.Lock()
    pumps = [
        HeatPumpCoordinator(hass, entry, subentry, source, past)
        for subentry in entry.get_subentries_of_type(SUBENTRY_HEAT_PUMP)
    ]
    errors = await _async_first_refresh(pumps)
    waiting = {pump.pump_id: pump for pump in pumps if pump.pump_id in errors}
    loaded = {pump.pump_id: pump for pump in pumps if pump.pump_id not in errors}
    if errors and not loaded:
        raise next(iter(errors.values()))
    entry.runtime_data = RuntimeData(loaded, waiting)
    for pump in waiting.values():
        _async_wait(pump)


def data_of(entry: HeatPumpConfigEntry) -> RuntimeData:
    """Return what an entry holds: nothing while it is not loaded."""
    return getattr(entry, "runtime_data", RuntimeData({}, {}))


@callback
def async_each_pump(
    entry: HeatPumpConfigEntry, take: Callable[[HeatPumpCoordinator], None]
) -> None:
    """Call `take` with each heat pump: now, or once it has been read at last."""
    entry.runtime_data.takers.append(take)
    for pump in entry.runtime_data.coordinators.values():
        take(pump)


async def _async_first_refresh(
    pumps: list[HeatPumpCoordinator],
) -> dict[str, BaseException]:
    """Return what the source could not answer, by heat pump; raise all other errors.

    All have settled before an error is raised, so that nothing outlives a set-up
    that failed. A token that is not accepted comes first: it is the user's turn.
    """
    results = await asyncio.gather(
        *(pump.async_config_entry_first_refresh() for pump in pumps),
        return_exceptions=True,
    )
    errors = {
        pump.pump_id: result
        for pump, result in zip(pumps, results, strict=True)
        if isinstance(result, BaseException)
    }
    others = [e for e in errors.values() if not isinstance(e.__cause__, UpdateFailed)]
    others.sort(key=lambda error: not isinstance(error, ConfigEntryAuthFailed))
    if others:
        raise others[0]
    return errors


@callback
def _async_wait(coordinator: HeatPumpCoordinator) -> None:
    """Have a heat pump asked for at every poll, until the source answers."""
    LOGGER.warning("%s has to wait: %s", coordinator.name, coordinator.last_exception)

    @callback
    def loaded() -> None:
        if coordinator.config_entry.state is ConfigEntryState.UNLOAD_IN_PROGRESS:
            # Nobody would take away any more what it brought now.
            return
        stop()
        data = coordinator.config_entry.runtime_data
        data.coordinators[coordinator.pump_id] = data.waiting.pop(coordinator.pump_id)
        for take in data.takers:
            take(coordinator)

    stop = coordinator.async_add_listener(loaded)
