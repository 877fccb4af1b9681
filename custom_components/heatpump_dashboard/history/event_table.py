"""Events as the table that they are kept as on disk, and back."""

from collections.abc import Collection, Iterable
from math import isnan
from typing import Final

import numpy as np

from ..analysis.events import Event
from ..analysis.samples import Floats
from ..analysis.states import SETTINGS, Kind

# A pump's on and off is in the states of the last month; of years it is noise.
KEPT: Final = (
    Kind.ALARM,
    Kind.COMPRESSOR,
    Kind.HOT_WATER,
    Kind.AUXILIARY,
    *SETTINGS,
)
# Why the auxiliary heater ran. Their places are on disk: others come behind them.
CAUSES: Final = (
    "unknown",
    "alarm",
    "mode",
    "hygiene",
    "hot_water",
    "compressor_off",
    "catch_up",
    "setting",
    "capacity",
    "defrost",
)
_COLUMNS: Final = 10


def no_events() -> Floats:
    """Return a table of no events."""
    return np.zeros((0, _COLUMNS))


def widened(table: Floats) -> Floats:
    """Return a table of an older version, which knew less of each event."""
    missing = np.full((len(table), _COLUMNS - table.shape[1]), np.nan)
    return np.column_stack([table, missing])


def table_of(events: Iterable[Event]) -> Floats:
    """Return a row per event of the kinds that are kept, in their order."""
    rows = [
        (
            event.time,
            event.kind,
            event.value,
            event.before,
            *(
                np.nan if value is None else value
                for value in (
                    event.duration_s,
                    event.kwh,
                    *event.celsius,
                    event.electricity_kwh,
                    None if event.cause is None else CAUSES.index(event.cause),
                )
            ),
        )
        for event in events
        if event.kind in KEPT
    ]
    return np.array(rows, np.float64).reshape(-1, _COLUMNS)


def events_of_table(table: Floats, kinds: Collection[Kind]) -> list[Event]:
    """Return the events of a table that are of some kinds."""
    return [_event(row) for row in table[np.isin(table[:, 1], list(kinds))].tolist()]


def _event(row: list[float]) -> Event:
    time, kind, value, before, *details = row
    duration_s, kwh, first, last, electricity_kwh, cause = (
        None if isnan(detail) else detail for detail in details
    )
    return Event(
        int(time),
        Kind(int(kind)),
        value,
        before,
        duration_s,
        kwh,
        (first, last),
        electricity_kwh,
        None if cause is None else CAUSES[int(cause)],
    )
