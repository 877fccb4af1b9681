"""All hours that are known of a heat pump: those on disk, and those in memory."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ..pump.hours import HOUR_S, hours_of, midnight
from ..pump.past import History, Span
from .days import DaySums, number_of
from .month import is_outdated, join_hours

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from .store import HourStore

_DAY: Final = timedelta(days=1)
# Of the readings, days have only what the weather was.
_WEATHER: Final = ("outdoor_temp",)


def known_hours(
    pump: HeatPump,
    store: HourStore | None,
    start: datetime,
    end: datetime,
    *,
    begin_s: int = 0,
) -> pd.DataFrame:
    """Return all hours that are known of start ≤ time < end, see `hours_of`.

    Those of days of which memory has all count from there; of the days before that, of
    which it may have sums alone, what is on disk counts first. `begin_s`: as far as
    memory has them they begin so long after those of UTC.
    """
    if store is None:
        return _recent_hours(pump, store, start, end, begin_s=begin_s)
    # First: a disk that hands nothing out now, or does again, decides what memory adds.
    on_disk = store.hours_by_month(start, min(end, memory_begins(pump, end)))
    recent = _recent_hours(pump, store, start, end, begin_s=begin_s)
    return join_hours([*on_disk, recent]).sort_index()


def known_days(
    pump: HeatPump,
    store: HourStore | None,
    start: datetime,
    end: datetime,
    zone: tzinfo,
) -> DaySums:
    """Return the same hours added up by local day; `start` is a local midnight.

    As far as memory has them they begin with the hours of the local clock, so that
    midnight cuts none. On disk are those of UTC, which count where they begin.
    """
    begin_s = hours_begin_s(zone, end)
    if store is None:
        return DaySums.of(
            _recent_hours(pump, store, start, end, _WEATHER, begin_s), zone
        )
    whole = min(end, memory_begins(pump, end))
    # Only of days that are on disk from beginning to end the sums count as they are.
    last = whole.astimezone(zone).date()
    split = datetime(last.year, last.month, last.day, tzinfo=zone).astimezone(UTC)
    split = max(split, start)
    edges = [number_of(edge.astimezone(zone).date()) for edge in (start, split)]
    parts = [part.between(*edges) for part in store.by_day(start, split, zone)]
    rest = store.hours(split, whole)
    # After the disk, as in `known_hours`.
    recent = _recent_hours(pump, store, start, end, _WEATHER, begin_s)
    return DaySums.joined(
        [*parts, *(DaySums.of(part, zone) for part in (rest, recent))]
    )


def hours_begin_s(zone: tzinfo, moment: datetime) -> int:
    """Return how long after those of UTC the hours of a clock begin: mostly 0."""
    ahead = moment.astimezone(zone).utcoffset() or timedelta()
    return round(-ahead.total_seconds()) % HOUR_S


def _recent_hours(
    pump: HeatPump,
    store: HourStore | None,
    start: datetime,
    end: datetime,
    metrics: Collection[str] | None = None,
    begin_s: int = 0,
) -> pd.DataFrame:
    """Return the hours in memory that count, see `known_hours`."""
    if store is None:
        return hours_of(pump.records, start, end, metrics, begin_s)
    whole = memory_begins(pump, end)
    before = hours_of(pump.records, start, min(end, whole), metrics)
    on_disk = np.array([hour.date() in store.days for hour in before.index], bool)
    since = hours_of(pump.records, max(start, whole), end, metrics, begin_s)
    return join_hours([before[~on_disk], since])


def memory_begins(pump: HeatPump, end: datetime) -> datetime:
    """Return the midnight, UTC, from which on memory has all that there is."""
    since = pump.history.since or end
    return midnight(since.astimezone(UTC).date() + _DAY)


def first_known(pump: HeatPump, days: Collection[date]) -> datetime | None:
    """Return the first reading: what the source has forgotten may be on disk.

    `days`: those on disk.
    """
    known = [midnight(min(days))] if days else []
    if (first := pump.first_known) is not None:
        known.append(first)
    return min(known, default=None)


def unread_days(
    first: datetime, since: datetime | None, known: Collection[date]
) -> list[date]:
    """Return the UTC days that are still to be read, in order.

    Those that are not `known`, from the first reading on to where memory begins, with
    its day where that lies within one.
    """
    day, unread = first.astimezone(UTC).date(), []
    while since is not None and max(midnight(day), first) < since:
        if day not in known:
            unread.append(day)
        day += _DAY
    return unread


def history_of(
    pump: HeatPump,
    days: Mapping[date, str],
    left_out: Collection[date],
    empty: Collection[date] = (),
) -> History:
    """Return how far back the past has been read, of all years.

    `days`: those on disk, with what they were computed with. `left_out`: those that
    cannot be read, or of which the source has nothing more than is on disk. `empty`:
    those without any readings.
    """
    history, first = pump.history, first_known(pump, days)
    if history.since is None or history.begun is None or first is None:
        return history
    # Where nobody could say when the readings begin, there may be years more.
    is_begin_known = pump.first_reading is not None
    if pump.records.last is None:
        is_begin_known |= history.complete
    unread = unread_days(first, history.since, {*days, *left_out})
    since = midnight(unread[-1]) + _DAY if unread else first
    holes = [_day(day) for day in {*left_out} - {*days}]
    read = {day for day, made_with in days.items() if not is_outdated(made_with)}
    holes += [hole for hole in history.holes if not _is_read(hole, history.since, read)]
    return replace(
        history,
        since=min(since, history.since),
        wanted=min(first, history.begun) if is_begin_known else None,
        complete=not unread and is_begin_known,
        holes=tuple(_joined(sorted(holes))),
        empty=tuple(_joined([_day(day) for day in sorted(empty)])),
    )


def _is_read(hole: Span, since: datetime, days: Collection[date]) -> bool:
    """Return whether a hole that memory had once is on disk by now."""
    start, stop = hole
    return stop <= since and not unread_days(start, stop, days)


def _day(day: date) -> Span:
    return midnight(day), midnight(day) + _DAY


def _joined(spans: list[Span]) -> list[Span]:
    """Return spans with those that follow one another as one."""
    joined: list[Span] = []
    for start, stop in spans:
        if joined and start <= joined[-1][1]:
            start, stop = joined[-1][0], max(joined.pop()[1], stop)
        joined.append((start, stop))
    return joined
