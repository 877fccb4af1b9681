"""The figures of local days, weeks, months and years since the first reading."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ..analysis.figures import totals_of
from ..analysis.periods import Period, Unit, calendar_between
from ..analysis.samples import Floats, Integers
from ..analysis.times import milliseconds
from ..analysis.weather import Weather, sums_of_days, weather, weather_of_span
from ..pump.hours import midnight
from .days import COLUMNS, OUTDOOR_DEGREES, OUTDOOR_HOURS, DaySums, number_of
from .hours import first_known, hours_begin_s, known_days, known_hours, unread_days

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from .store import HourStore

# More rows than these are for several questions.
MOST_ROWS: Final = 800

_OUTDOOR: Final = [COLUMNS.index(name) for name in (OUTDOOR_HOURS, OUTDOOR_DEGREES)]
_HOUR: Final = timedelta(hours=1)
_MOMENT: Final = timedelta(microseconds=1)


class TooManyPeriodsError(ValueError):
    """More periods are asked for than one answer may have."""


def calendar_of(
    pump: HeatPump,
    store: HourStore | None,
    left_out: Collection[date],
    unit: Unit,
    span: Period,
    now: datetime,
    zone: tzinfo,
    outdated: list[date] | None = None,
) -> list[dict[str, Any]]:
    """Return start and end (ms), whether it is over, and the figures of each period.

    Those that the span touches, from that of the first reading to that of the present,
    with which the last one ends; oldest first. `totals` is None where not all is known
    yet that there is. `left_out`: days that cannot be read, of which all is known that
    ever will be. `outdated`: days, in order, whose hours are those of other settings
    until they are read again; periods with any say so. Slow, for an executor. Raises
    TooManyPeriodsError beyond `MOST_ROWS`.
    """
    figures = pump.figures()
    present, on_disk = figures.present(now), {} if store is None else store.days
    first = first_known(pump, on_disk)
    if first is None:
        return []
    periods = _periods(unit, max(span.start, first), min(span.end, present), zone)
    found = totals_of_spans(pump, store, left_out, periods, now, zone)
    return [
        {
            "start": milliseconds(period.start),
            "end": milliseconds(min(period.end, present)),
            "complete": period.end <= now,
            "totals": totals,
            **_mark(outdated or [], period.start, period.end),
        }
        for period, totals in zip(periods, found, strict=True)
    ]


def totals_of_spans(
    pump: HeatPump,
    store: HourStore | None,
    left_out: Collection[date],
    spans: list[Period],
    now: datetime,
    zone: tzinfo,
) -> list[dict[str, Any] | None]:
    """Return the figures of spans of whole local days, as far as they are over.

    None where not all is known yet that there is, or nothing was read until its end.
    The spans begin in the order of time. Slow, for an executor.
    """
    figures = pump.figures()
    present, on_disk = figures.present(now), {} if store is None else store.days
    first = first_known(pump, on_disk)
    if first is None or not spans:
        return [None] * len(spans)
    over = [Period(one.start, min(one.end, present)) for one in spans]
    begin, end = min(one.start for one in over), max(one.end for one in over)
    days = known_days(pump, store, begin, end, zone)
    # After the hours: the disk may have held some of them back, which is not nothing.
    known = set(left_out).union(() if store is None else store.days)
    unknown = unread_days(first, pump.records.since, known)
    return [
        None
        if period.end <= first
        or _touches(unknown, max(period.start, first), period.end)
        else totals_of(sums, _seconds(period), figures.basis) | of_weather
        for period, (sums, of_weather) in zip(
            over, _sums(days.with_cost(pump.prices), over, zone), strict=True
        )
    ]


def figures_of(
    pump: HeatPump,
    store: HourStore | None,
    left_out: Collection[date],
    span: Period,
    now: datetime,
    zone: tzinfo,
    outdated: list[date] | None = None,
) -> dict[str, Any]:
    """Return start and end (ms), whether it is over, and the figures of any span.

    Of full hours: from the one that it begins in to the one that it ends in, and no
    farther than the present. `totals` and `outdated` as in `calendar_of`; None where
    there was no reading yet, too. Slow, for an executor.
    """
    figures, on_disk = pump.figures(), {} if store is None else store.days
    first, present = first_known(pump, on_disk), figures.present(now)
    start, whole_end = (
        _hour(edge, zone) for edge in (span.start, span.end + _HOUR - _MOMENT)
    )
    end = max(min(whole_end, present), start)
    totals = None
    if first is not None and end > first:
        hours = known_hours(pump, store, start, end, begin_s=hours_begin_s(zone, end))
        known = set(left_out).union(() if store is None else store.days)
        unknown = unread_days(first, pump.records.since, known)
        if not _touches(unknown, max(start, first), end):
            days = DaySums.of(hours, zone).with_cost(pump.prices)
            sums = dict(zip(days.columns, days.sums.sum(axis=0).tolist(), strict=True))
            seconds = _seconds(Period(start, end))
            totals = totals_of(sums, seconds, figures.basis)
            totals |= weather_of_span(days.sums[:, _OUTDOOR], start, end, zone)
    return {
        "start": milliseconds(start),
        "end": milliseconds(end),
        "complete": whole_end <= now,
        "totals": totals,
        **_mark(outdated or [], start, end),
    }


def _mark(outdated: list[date], start: datetime, end: datetime) -> dict[str, bool]:
    """Return the mark of a span with hours that are those of other settings."""
    return {"outdated": True} if _touches(outdated, start, end) else {}


def _hour(moment: datetime, zone: tzinfo) -> datetime:
    """Return the full hour of the local clock that a moment lies in, in UTC."""
    later = timedelta(seconds=hours_begin_s(zone, moment))
    shifted = moment.astimezone(UTC) - later
    return shifted.replace(minute=0, second=0, microsecond=0) + later


def _periods(unit: Unit, start: datetime, end: datetime, zone: tzinfo) -> list[Period]:
    """Return the periods that a span touches."""
    if start >= end:
        return []
    periods = list(islice(calendar_between(unit, start, end, zone), MOST_ROWS + 1))
    if len(periods) > MOST_ROWS:
        raise TooManyPeriodsError
    return periods


def _touches(days: list[date], start: datetime, end: datetime) -> bool:
    """Return whether one of some UTC days, in order, lies in a span."""
    place = bisect_left(days, start.astimezone(UTC).date())
    return place < len(days) and midnight(days[place]) < end


def _sums(
    days: DaySums, spans: list[Period], zone: tzinfo
) -> Iterator[tuple[dict[str, float], Weather]]:
    """Yield the sums of the days of each span, and its weather."""
    first, last = (
        [number_of(moment.astimezone(zone).date()) for moment in moments]
        for moments in (
            [span.start for span in spans],
            [span.end - _MOMENT for span in spans],
        )
    )
    edges = days.numbers.searchsorted(first), days.numbers.searchsorted(last, "right")
    table = np.column_stack([days.sums, sums_of_days(days.sums[:, _OUTDOOR])])
    for sums in _added(table, *edges).tolist():
        of_weather = weather(*sums[len(days.columns) :])
        yield dict(zip(days.columns, sums, strict=False)), of_weather


def _added(table: Floats, begin: Integers, stop: Integers) -> Floats:
    """Return the sums of the rows begin ≤ row < stop of each span."""
    # One more row, as a span may be empty behind the last one; of one that is empty
    # numpy takes the row that it begins with.
    rows = np.concatenate([table, np.zeros((1, table.shape[1]))])
    edges = np.column_stack([begin, stop]).ravel()
    sums: Floats = np.add.reduceat(rows, edges, axis=0)[::2]
    sums[begin >= stop] = 0.0
    return sums


def _seconds(span: Period) -> float:
    return max((span.end - span.start).total_seconds(), 0.0)
