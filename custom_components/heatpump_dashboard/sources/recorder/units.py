"""In which unit attributes tell temperatures, and since when: they have none themselves."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from homeassistant.components.recorder.db_schema import EventData, Events, EventTypes
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.recorder import session_scope
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.json import json_loads_object
from homeassistant.util.unit_system import get_unit_system
from sqlalchemy import select

from ...const import LOGGER, STORED_UNITS

_VERSION: Final = 1
_UNITS: Final = "unit_system"

# A unit, and from when on; None if always, as far as anybody knows.
type Told = tuple[str, datetime | None]


class ToldUnits:
    """The unit of Home Assistant, in which attributes tell temperatures; kept on disk.

    The recorder has an event for each time that it was set, also to what it was: but
    not what it was before the first of them, nor that a file has set it. `ask`:
    `units_since` in the recorder's threads, of a unit and what is kept.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        ask: Callable[[str, Told | None], Awaitable[datetime | None]],
    ) -> None:
        """Ask nothing yet."""
        self._hass = hass
        self._ask = ask
        self._store: Store[dict[str, str | None]] = Store(hass, _VERSION, STORED_UNITS)
        self._told: Told | None = None
        self._kept: Told | None = None
        self._stop: Callable[[], None] | None = None

    async def async_get(self) -> Told:
        """Return the unit, and from when on."""
        if self._stop is None:
            self._stop = self._hass.bus.async_listen(
                EVENT_CORE_CONFIG_UPDATE, self._set
            )
        if self._told is None:
            self._kept = await self._async_kept()
            degrees = self.degrees
            self._told = degrees, await self._ask(degrees, self._kept)
        if self._told[0] != self.degrees:
            # Nothing has said when.
            self._told = self.degrees, dt_util.utcnow()
        told = self._told
        if told != self._kept:
            self._kept = told
            unit, since = told
            moment = None if since is None else since.isoformat()
            await self._store.async_save({"unit": unit, "since": moment})
        return told

    @property
    def degrees(self) -> str:
        """Return the unit of now."""
        return self._hass.config.units.temperature_unit

    @callback
    def stop(self) -> None:
        """Listen no more."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    @callback
    def _set(self, event: Event) -> None:
        """Note when attributes began to tell temperatures in another unit."""
        if self._told is not None and self._told[0] != self.degrees:
            self._told = self.degrees, event.time_fired

    async def _async_kept(self) -> Told | None:
        """Return what is on disk; what cannot be read is as good as nothing."""
        try:
            kept = await self._store.async_load()
            if kept is None:
                return None
            since = kept["since"]
            moment = None if since is None else datetime.fromisoformat(since)
            return str(kept["unit"]), moment
        except (HomeAssistantError, OSError, ValueError, KeyError, TypeError) as err:
            LOGGER.warning("%s cannot be read: %s", STORED_UNITS, err)
            return None


def units_since(
    hass: HomeAssistant, degrees: str, kept: Told | None
) -> datetime | None:
    """Return from when on temperatures are told in this unit, None if always.

    As far as the recorder knows, and what is `kept` of an earlier time. Slow.
    """
    events = (
        select(Events.time_fired_ts, EventData.shared_data)
        .join(EventTypes, Events.event_type_id == EventTypes.event_type_id)
        .join(EventData, Events.data_id == EventData.data_id)
        .where(EventTypes.event_type == EVENT_CORE_CONFIG_UPDATE)
        .order_by(Events.time_fired_ts.desc())
    )
    before, known = kept or (None, None)
    since: datetime | None = None
    with session_scope(hass=hass, read_only=True) as session:
        for time, data in session.execute(events):
            unit = _degrees(json_loads_object(data).get(_UNITS))
            if unit is not None and unit != degrees:
                before = unit
                break
            if unit is not None:
                since = dt_util.utc_from_timestamp(time)
        else:
            if before == degrees:
                return known
    if before is None:
        return since
    since = since or dt_util.utcnow()
    return max(since, known) if known else since


def _degrees(units: object) -> str | None:
    """Return the unit of temperatures of a unit system, None where it is not known."""
    try:
        return get_unit_system(str(units)).temperature_unit
    except ValueError:
        return None
