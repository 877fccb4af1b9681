"""What the recorder keeps for ever: hourly statistics; in its own threads."""

from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Final, Literal

from homeassistant.components.recorder.statistics import (
    get_metadata,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant

from .. import Times
from ..influx.layouts import Exported
from .values import entity_of

if TYPE_CHECKING:
    import pandas as pd

# In these it is told, by what Home Assistant calls a kind of units.
_UNITS: Final = {"temperature": "°C", "power": "W", "energy": "kWh"}
_WHAT: Final[tuple[Literal["mean", "min", "max", "change"], ...]] = (
    "mean",
    "min",
    "max",
    "change",
)


def recorded_hours(
    hass: HomeAssistant, series: Mapping[str, Exported], span: Times
) -> pd.DataFrame:
    """Return what statistics tell of a span, see `Source.hours`. Imports pandas."""
    import pandas as pd

    start, stop = (moment.astimezone(UTC) for moment in span)
    told = _units(hass, {entity_of(one) for one in series.values()})
    rows = statistics_during_period(
        hass, start, stop, set(told), "hour", _UNITS, set(_WHAT)
    )
    columns: dict[str, pd.Series] = {}
    for name, one in series.items():
        entity_id = entity_of(one)
        found = one.conversion(told.get(entity_id))
        if found is None or not (hours := rows.get(entity_id)):
            continue
        index = pd.to_datetime([row["start"] for row in hours], unit="s", utc=True)
        for what in _WHAT:
            values = pd.Series([row.get(what) for row in hours], index, dtype="float64")
            offset = 0.0 if what == "change" else found.offset
            if values.notna().any():
                columns[f"{name}|{what}"] = values * found.scale + offset
    return pd.DataFrame(columns).sort_index()


def _units(hass: HomeAssistant, entities: set[str]) -> dict[str, str]:
    """Return the units in which statistics of entities are told, of those that are."""
    known = get_metadata(hass, statistic_ids=entities).items()
    kinds = {entity_id: about["unit_class"] for entity_id, (_, about) in known}
    return {
        entity_id: _UNITS[kind] for entity_id, kind in kinds.items() if kind in _UNITS
    }
