"""The figures of local days, weeks, months and years since the first reading."""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ..analysis.cop import ROWS
from ..analysis.figures import totals_of
from ..analysis.periods import Period, Unit, calendar_between
from ..analysis.prices import with_cost
from ..analysis.samples import SECOND, nanoseconds
from ..analysis.times import milliseconds
from ..analysis.windows import LEDGER
from ..pump.hours import HOUR_S, midnight
from .hours import first_known, known_hours, unread_days

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from .store import HourStore

# More rows than these are for several questions.
MOST_ROWS: Final = 800

# The base of degree days, °C: SMHI's, of every day of the year.
_DEGREE_DAY_BASE: Final = 17.0
# A day whose outdoor temperature is known for fewer hours has no mean.
_LEAST_OUTDOOR_HOURS: Final = 18
_OUTDOOR: Final = ("outdoor_temp|sum", "outdoor_temp|s")
_DAY: Final = timedelta(days=1)
_EPOCH: Final = date(1970, 1, 1).toordinal()


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
) -> list[dict[str, Any]]:
    """Return start and end (ms), whether it is over, and the figures of each period.

    Those that the span touches, from that of the first reading to that of the present,
    with which the last one ends; oldest first. `totals` is None where not all is known
    yet that there is. `left_out`: days that cannot be read, of which all is known that
    ever will be. Slow, for an executor. Raises TooManyPeriodsError beyond `MOST_ROWS`.
    """
    figures = pump.figures()
    present, known_days = figures.present(now), {} if store is None else store.days
    first = first_known(pump, known_days)
    if first is None:
        return []
    periods = _periods(unit, max(span.start, first), min(span.end, present), zone)
    if not periods:
        return []
    spans = [Period(one.start, min(one.end, present)) for one in periods]
    rows = _priced(pump, known_hours(pump, store, spans[0].start, spans[-1].end))
    weather = _Weather(rows, zone)
    unknown = unread_days(first, pump.records.since, known_days.keys() | set(left_out))
    return [
        {
            "start": milliseconds(period.start),
            "end": milliseconds(period.end),
            "complete": whole.end <= now,
            "totals": None
            if _is_unknown(unknown, max(period.start, first), period.end)
            else totals_of(sums, _seconds(period), figures.basis)
            | weather.of(period, zone),
        }
        for whole, period, sums in zip(periods, spans, _sums(rows, spans), strict=True)
    ]


def _periods(unit: Unit, start: datetime, end: datetime, zone: tzinfo) -> list[Period]:
    """Return the periods that a span touches."""
    if start >= end:
        return []
    periods = list(islice(calendar_between(unit, start, end, zone), MOST_ROWS + 1))
    if len(periods) > MOST_ROWS:
        raise TooManyPeriodsError
    return periods


def _priced(pump: HeatPump, hours: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of hours, with their cost."""
    counted = hours.reindex(columns=[*LEDGER, *_OUTDOOR]).fillna(0.0)
    return with_cost(counted, pump.prices, HOUR_S)


def _is_unknown(unknown: list[date], start: datetime, end: datetime) -> bool:
    """Return whether one of the days that are still to be read lies in a span."""
    place = bisect_left(unknown, start.astimezone(UTC).date())
    return place < len(unknown) and midnight(unknown[place]) < end


def _sums(rows: pd.DataFrame, spans: list[Period]) -> Iterator[dict[str, float]]:
    """Yield the sums of the hours that begin in each span."""
    names, values = list(map(str, rows.columns)), rows.to_numpy("float64")
    times = nanoseconds(rows.index)
    first, last = (
        np.searchsorted(times, [pd.Timestamp(edge).value for edge in edges])
        for edges in zip(*((span.start, span.end) for span in spans), strict=True)
    )
    for begin, stop in zip(first.tolist(), last.tolist(), strict=True):
        sums = values[begin:stop].sum(axis=0).tolist()
        yield {**dict(zip(names, sums, strict=True)), ROWS: stop - begin}


class _Weather:
    """The outdoor temperature of local days."""

    def __init__(self, rows: pd.DataFrame, zone: tzinfo) -> None:
        """Take the hours of days from their rows."""
        total, count = (rows[name].to_numpy("float64") for name in _OUTDOOR)
        known = count > 0
        local = pd.DatetimeIndex(rows.index).tz_convert(zone).tz_localize(None)
        days = nanoseconds(local) // (86_400 * SECOND)
        self._first = int(days[0]) if days.size else 0
        number = days - self._first
        self._hours = np.bincount(number, weights=known)
        self._degrees = np.bincount(
            number,
            weights=np.divide(total, count, out=np.zeros(len(rows)), where=known),
        )

    def of(self, span: Period, zone: tzinfo) -> dict[str, float | None]:
        """Return the mean outdoor temperature and the degree days of a span.

        Degree days: Σ max(0, 17 °C − mean of the day), over the local days of which
        the temperature is known for 18 hours. None where it is known of none.
        """
        last = (span.end - timedelta(microseconds=1)).astimezone(zone).date()
        first, end = (
            max(day.toordinal() - _EPOCH - self._first, 0)
            for day in (span.start.astimezone(zone).date(), last + _DAY)
        )
        hours = self._hours[first:end]
        counts = hours >= _LEAST_OUTDOOR_HOURS
        if not counts.any():
            return {"outdoor_mean": None, "degree_days": None}
        hours, degrees = hours[counts], self._degrees[first:end][counts]
        below = np.maximum(_DEGREE_DAY_BASE - degrees / hours, 0.0)
        return {
            "outdoor_mean": float(degrees.sum() / hours.sum()),
            "degree_days": float(below.sum()),
        }


def _seconds(span: Period) -> float:
    return max((span.end - span.start).total_seconds(), 0.0)
