"""Loads the heat pumps of an entry: side by side, and each for itself."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed

from .availability import Availability
from .const import CONF_BRAND, CONF_SERIES, CONF_UNITS, LOGGER, SUBENTRY_HEAT_PUMP
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator, RuntimeData
from .history.turns import Turns
from .issues import ISSUE_UNUSABLE, async_report_unusable
from .mapped_entities import former_names
from .profiles import METRICS, Profile, load, map_series
from .sources import Source, SourceError

if TYPE_CHECKING:
    from .pump.heat_pump import HeatPump

# By series what it was called when it was chosen, and other names to read it by.
type Former = Mapping[str, tuple[str, Sequence[str]]]

# A set-up, and with it the start of Home Assistant, waits no longer for first data:
# they come in the background.
FIRST_DATA_TIMEOUT_S: Final = 3.0


async def async_load_heat_pumps(
    hass: HomeAssistant, entry: HeatPumpConfigEntry, source: Source
) -> None:
    """Make the heat pumps and read their first data, as long as a set-up may wait.

    One whose settings make no sense, or that the source cannot answer for, keeps no
    other from being shown. Raises what keeps all of them from it.
    """
    in_force = settings_of(entry)
    subentries = list(entry.get_subentries_of_type(SUBENTRY_HEAT_PUMP))
    former = {pump.subentry_id: former_names(hass, pump.data) for pump in subentries}
    pumps, unusable = await hass.async_add_import_executor_job(
        _heat_pumps, subentries, former
    )
    titles = {subentry.subentry_id: subentry.title for subentry in subentries}
    async_report_unusable(hass, titles, unusable)
    availability, turns = Availability(entry.title), Turns()
    coordinators = {
        subentry.subentry_id: HeatPumpCoordinator(
            hass,
            entry,
            subentry,
            pumps[subentry.subentry_id],
            source,
            availability=availability,
            turns=turns,
        )
        for subentry in subentries
        if subentry.subentry_id in pumps
    }
    await _async_first_data(hass, entry, coordinators.values(), availability)
    entry.runtime_data = RuntimeData(
        coordinators, dict.fromkeys(unusable, ISSUE_UNUSABLE), in_force
    )
    # Home Assistant forgets it when it unloads an entry, not when a set-up fails.
    entry.async_on_unload(partial(delattr, entry, "runtime_data"))


def settings_of(entry: HeatPumpConfigEntry) -> object:
    """Return all that is stored of an entry and its heat pumps, to be compared."""
    return dict(entry.data), {
        # Home Assistant changes a subentry where it is.
        key: (subentry.title, dict(subentry.data))
        for key, subentry in entry.subentries.items()
    }


def data_of(entry: HeatPumpConfigEntry) -> RuntimeData:
    """Return what an entry holds: nothing while it is not loaded."""
    return getattr(entry, "runtime_data", RuntimeData({}))


def _heat_pumps(
    subentries: Iterable[ConfigSubentry], former: Mapping[str, Former]
) -> tuple[dict[str, HeatPump], dict[str, Exception]]:
    """Return the heat pumps, and why others cannot be made. Reads files, imports pandas."""
    from .pump.heat_pump import HeatPump

    pumps: dict[str, HeatPump] = {}
    unusable: dict[str, Exception] = {}
    for subentry in subentries:
        try:
            profile = _profile(subentry, former[subentry.subentry_id])
            pumps[subentry.subentry_id] = HeatPump(profile, subentry.data)
        except Exception as err:  # noqa: BLE001 - one odd heat pump costs only itself
            unusable[subentry.subentry_id] = err
    return pumps, unusable


def _profile(subentry: ConfigSubentry, former: Former) -> Profile:
    """Return the brand of a heat pump with the series chosen by hand. Reads a file.

    `former`: what was called otherwise before, see `map_series`. Metrics that only
    another version knows are left out, unless nothing is left then.
    """
    chosen: dict[str, str] = subentry.data.get(CONF_SERIES, {})
    known = {metric: name for metric, name in chosen.items() if metric in METRICS}
    units = subentry.data.get(CONF_UNITS, {})
    profile = map_series(load(subentry.data[CONF_BRAND]), known, units, former)
    if unknown := ", ".join(sorted(chosen.keys() - known.keys())):
        if not profile.metrics:
            raise ValueError(f"This version knows none of: {unknown}")
        LOGGER.warning(
            "This version leaves out of %s what it does not know: %s",
            subentry.title,
            unknown,
        )
    return profile


async def _async_first_data(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    coordinators: Iterable[HeatPumpCoordinator],
    availability: Availability,
) -> None:
    """Wait for the first data; raise what all heat pumps fail of, or a refused token."""
    reading = {
        entry.async_create_background_task(
            hass,
            coordinator.async_config_entry_first_refresh(),
            f"{coordinator.name} first data",
        ): coordinator
        for coordinator in coordinators
    }
    if not reading:
        return
    for coordinator in reading.values():
        # While a server is waited for: who opens a year finds its hours in memory.
        entry.async_create_background_task(
            hass, coordinator.years.async_open(), f"{coordinator.name} hours"
        )
    done, pending = await asyncio.wait(reading, timeout=FIRST_DATA_TIMEOUT_S)
    for task in pending:
        task.add_done_callback(
            partial(_first_data_came, hass, reading[task], availability)
        )
    errors = {
        coordinator: error
        for task, coordinator in reading.items()
        if task in done and (error := task.exception()) is not None
    }
    for error in errors.values():
        if isinstance(error, ConfigEntryAuthFailed):
            raise error
    if not pending and len(errors) == len(reading):
        for error in errors.values():
            if isinstance(_cause(error), SourceError):
                raise error
    for coordinator, error in errors.items():
        availability.failed(coordinator.pump_id, coordinator.name, _cause(error))


@callback
def _first_data_came(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    availability: Availability,
    task: asyncio.Task[None],
) -> None:
    """See to what came of first data that nobody waits for any more."""
    if task.cancelled() or (error := task.exception()) is None:
        return
    availability.failed(coordinator.pump_id, coordinator.name, _cause(error))
    if isinstance(error, ConfigEntryAuthFailed):
        coordinator.config_entry.async_start_reauth_if_available(hass)
    coordinator.async_update_listeners()


def _cause(error: BaseException) -> Exception:
    """Return what made a first refresh fail: the error of the source, if it was one."""
    cause: BaseException = error
    # That of the source has a cause of its own: what the network said.
    while not isinstance(cause, SourceError) and cause.__cause__ is not None:
        cause = cause.__cause__
    return cause if isinstance(cause, Exception) else Exception(str(cause))
