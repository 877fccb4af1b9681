"""Makes the hours of whole days from their readings, newest day first."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

import pandas as pd

from ..analysis.equipment import Equipment
from ..analysis.events import Event
from ..analysis.quarters import with_quarters
from ..analysis.times import milliseconds
from ..analysis.windows import resample
from ..profiles import Profile
from .limits import CONTEXT
from .memory import PumpMemory, Records
from .tables import rows_before, rows_from

HOUR_S: Final = 3600
_DAY: Final = timedelta(days=1)
# What follows an event within this tells what it was.
_AFTER: Final = timedelta(hours=6)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def hours_of(
    records: Records,
    start: datetime,
    stop: datetime,
    metrics: Collection[str] | None = None,
    begin_s: int = 0,
) -> pd.DataFrame:
    """Return the hours of start ≤ time < stop that have any sums.

    They are full hours of UTC, or begin `begin_s` after these, as those of some clocks.

    Columns: those of the ledger, the electricity of their quarters (`QUARTERS`), and
    what the readings were (`windows.extremes`), of these `metrics` where they are given.
    """
    readings = records.extremes
    if metrics is not None:
        names = [str(name) for name in readings]
        readings = readings[[n for n in names if n.partition("|")[0] in metrics]]
    windows, readings = (
        rows_before(rows_from(frame, pd.Timestamp(start)), pd.Timestamp(stop))
        for frame in (records.ledger, readings)
    )
    later = pd.Timedelta(seconds=begin_s)
    if begin_s:
        windows, readings = (_moved(part, -later) for part in (windows, readings))
    sums, readings = (resample(part, HOUR_S) for part in (windows, readings))
    sums = with_quarters(sums, windows)
    # A reading may hold into an hour without one: the sums have all the hours.
    hours = sums.join(readings.reindex(sums.index)) if len(readings) else sums
    return _moved(hours, later) if begin_s else hours


def _moved(frame: pd.DataFrame, by: pd.Timedelta) -> pd.DataFrame:
    """Return the rows of a frame at other times."""
    return frame.set_axis(pd.DatetimeIndex(frame.index) + by)


class Around(NamedTuple):
    """What is known of the time around some events: see `Records` for its frames.

    `events`: ascending; those of some hours after what the frames have, too.
    `known_until`: ms since 1970.
    """

    events: tuple[Event, ...]
    states: pd.DataFrame
    ledger: pd.DataFrame
    known_until: int


def around_of(records: Records) -> Around:
    """Return all that is in memory, as what is around any of its events."""
    known_until = 0 if records.last is None else milliseconds(records.last)
    return Around(records.events, records.states, records.ledger, known_until)


class PastDay(NamedTuple):
    """The hours of a day, see `hours_of`, its events, oldest first, and their time."""

    hours: pd.DataFrame
    events: tuple[Event, ...]
    around: Around


def past_day(records: Records, day: date) -> PastDay:
    """Return a day of which memory has all."""
    edges = midnight(day), midnight(day + _DAY)
    hours, events = hours_of(records, *edges), events_of(records, *edges)
    return PastDay(hours, events, around_of(records))


def events_of(records: Records, start: datetime, stop: datetime) -> tuple[Event, ...]:
    """Return the events of start ≤ time < stop."""
    first, last = (
        bisect_left(records.events, milliseconds(edge), key=lambda event: event.time)
        for edge in (start, stop)
    )
    return records.events[first:last]


class PastHours:
    """Makes hours and events of days that are handed in backwards, each exactly once.

    What a reading says holds on into the time after it, and a compressor that was off
    in the last reading of a day may be on in the first of the next: so days are whole
    when one before them has been handed in that has readings. Slow, for an executor.
    """

    def __init__(
        self, profile: Profile, equipment: Equipment, day: date, raw: pd.DataFrame
    ) -> None:
        """Begin before a UTC day; `raw`: the stored values of that day."""
        self._memory = PumpMemory(profile, equipment)
        start = midnight(day)
        self._memory.take_in(raw, start - CONTEXT, start + _DAY)
        # What is handed in begins before this day, and what is not whole ends there.
        self._first = self._whole_from = day
        # What happened in the first hours of what has been forgotten.
        self._after: tuple[Event, ...] = ()

    def add(self, raw: pd.DataFrame) -> dict[date, PastDay]:
        """Take in the day before; return the days that are whole now.

        `raw`: the stored values of the day with `CONTEXT` before it.
        """
        stop = midnight(self._first)
        self._first -= _DAY
        self._memory.add_past(raw, stop - _DAY, stop)
        if rows_before(self._memory.records.extremes, pd.Timestamp(stop)).empty:
            return {}
        return self._take(self._first + _DAY)

    def finish(self) -> dict[date, PastDay]:
        """Return the days that are left: there is nothing before them."""
        return self._take(self._first)

    def _take(self, first: date) -> dict[date, PastDay]:
        """Return the days from one on, and forget them."""
        records, days = self._memory.records, (self._whole_from - first).days
        stop = midnight(self._whole_from)
        around = Around(
            events_of(records, _EPOCH, stop)
            + (events_of(records, stop, stop + _AFTER) or self._after),
            records.states,
            records.ledger,
            milliseconds(stop + _AFTER),
        )
        made = {}
        for number in range(days):
            day = first + number * _DAY
            edges = midnight(day), midnight(day + _DAY)
            hours, events = hours_of(records, *edges), events_of(records, *edges)
            made[day] = PastDay(hours, events, around)
        self._whole_from = first
        self._forget(first)
        return made

    def _forget(self, day: date) -> None:
        """Forget a day and what follows it; what it begins with stays for the pairs."""
        records, stop = self._memory.records, pd.Timestamp(midnight(day))
        self._after = events_of(records, midnight(day), midnight(day) + _AFTER)
        self._memory.records = replace(
            records,
            ledger=rows_before(records.ledger, stop),
            extremes=rows_before(records.extremes, stop),
            states=rows_before(records.states, stop),
            events=events_of(records, _EPOCH, midnight(day)),
        )


def midnight(day: date) -> datetime:
    """Return when a UTC day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
