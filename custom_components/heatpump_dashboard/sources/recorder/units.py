"""Since when Home Assistant has the units that it has; in the recorder's own threads."""

from datetime import datetime
from typing import Final

from homeassistant.components.recorder.db_schema import EventData, Events, EventTypes
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import session_scope
from homeassistant.util import dt as dt_util
from homeassistant.util.json import json_loads_object
from homeassistant.util.unit_system import get_unit_system
from sqlalchemy import select

_UNITS: Final = "unit_system"


def units_since(hass: HomeAssistant, degrees: str) -> datetime | None:
    """Return from when on temperatures are told in this unit, None if always.

    As far as the recorder knows: when a unit system is set, that is an event, also
    where it is the one that was.
    """
    events = (
        select(Events.time_fired_ts, EventData.shared_data)
        .join(EventTypes, Events.event_type_id == EventTypes.event_type_id)
        .join(EventData, Events.data_id == EventData.data_id)
        .where(EventTypes.event_type == EVENT_CORE_CONFIG_UPDATE)
        .order_by(Events.time_fired_ts.desc())
    )
    since: datetime | None = None
    with session_scope(hass=hass, read_only=True) as session:
        for time, data in session.execute(events):
            unit = _degrees(json_loads_object(data).get(_UNITS))
            if unit is not None and unit != degrees:
                return since
            if unit is not None:
                since = dt_util.utc_from_timestamp(time)
    return None


def _degrees(units: object) -> str | None:
    """Return the unit of temperatures of a unit system, None where it is not known."""
    try:
        return get_unit_system(str(units)).temperature_unit
    except ValueError:
        return None
