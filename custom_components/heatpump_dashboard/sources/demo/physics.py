"""A heat pump that exists only as a function of the clock.

The same moment always gives the same reading, in whatever pieces the past is asked
for, and nothing is kept but a few computed days. `stored` is what the collector
would have written to a database. For checking what is made of the readings, `truth` is
what really happened, unrounded, `heater_spans` why the auxiliary heater was on, and
`faults.faults` what was wrong.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...analysis.readings import scale_at
from ...profiles import load
from ...profiles.model import SeriesRule
from .day import Day, day
from .house import PUMPS
from .plan import FIRST_YEAR, HEATER_CAUSES, day_of, plan
from .series import SERIES
from .weather import Flags, Floats, chance

BRANDS = tuple(SERIES)

# Now and then the collector is away for a while: once in so many days.
_GAP_EVERY_S = 4.5 * 86_400.0
_GAP_SEED = 70
_BUILT = datetime(FIRST_YEAR, 1, 2, tzinfo=UTC).timestamp()

_TRUE = (
    "compressor",
    "hot_water",
    "alarm",
    "outdoor_temp",
    "indoor_temp",
    "supply_temp",
    "return_temp",
    "hot_water_temp",
    "brine_in_temp",
    "brine_out_temp",
    "hot_gas_temp",
    "degree_minutes",
)


def stored(
    brand: str, start: datetime, stop: datetime, series: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the stored values of start ≤ time < stop, a row every 30 s but in gaps.

    The index is UTC, named "time"; columns are the brand's series by name (those
    asked for, in that order), float64 in the unit and factor they were stored with then.
    Before 2020 there is nothing. Raises KeyError for a brand that is not one of
    BRANDS; names the brand does not have are left out.
    """
    known = SERIES[brand]
    names = [name for name in (known if series is None else series) if name in known]
    pieces: list[tuple[Floats, list[Floats]]] = []
    for part, here in _days(brand, start, stop):
        rows = here & ~_gaps(part.time, list(BRANDS).index(brand))
        time = part.time[rows]
        columns = [
            known[name].values(part)[rows] * _as_then(brand, name, time)
            for name in names
        ]
        pieces.append((time, columns))
    return _frame(names, pieces)


def truth(brand: str, start: datetime, stop: datetime) -> pd.DataFrame:
    """Return what happened in start ≤ time < stop, a row every 30 s, gaps or not.

    heat_kw is what flows (2.7 kW/K, or what a fault leaves of it) times supply − return
    while the compressor or the auxiliary heater is on, else 0, the heater's own heat
    included; electricity_kw is that of
    everything. compressor, hot_water (the valve) and alarm are 0 or 1. Temperatures
    in °C as no sensor rounds them. heat_kwh and electricity_kwh count from 2020 to
    the beginning of each row.
    """
    names = [
        "heat_kw",
        "electricity_kw",
        "auxiliary_kw",
        *_TRUE,
        "heat_kwh",
        "electricity_kwh",
    ]
    pieces: list[tuple[Floats, list[Floats]]] = []
    for part, here in _days(brand, start, stop):
        columns = [part.heat, part.electricity, part.auxiliary]
        columns += [getattr(part, name).astype(float) for name in _TRUE]
        columns += [part.counted["heat"], part.counted["electricity"]]
        pieces.append((part.time[here], [column[here] for column in columns]))
    return _frame(names, pieces)


class HeaterSpan(NamedTuple):
    """When the auxiliary heater was on, with how many kW, and why."""

    start: datetime
    stop: datetime
    kw: float
    cause: str


def heater_spans(brand: str, start: datetime, stop: datetime) -> list[HeaterSpan]:
    """Return the heater's spans that begin in start ≤ time < stop, ascending."""
    found = []
    for year in range(start.year, stop.year + 1):
        days = plan(brand, year)
        for row, column in np.argwhere(days.heater.some):
            begin, end = (
                datetime.fromtimestamp(float(edge[row, column]), UTC)
                for edge in (days.heater.start, days.heater.stop)
            )
            kw = PUMPS[brand].heater_kw[days.level[row, column] - 1]
            if start <= begin < stop and begin.year == year:
                found.append(HeaterSpan(begin, end, kw, HEATER_CAUSES[column]))
    return sorted(found)


def _as_then(brand: str, name: str, time: Floats) -> Floats | float:
    """Return what of today's values the collector stored at these times (s since 1970)."""
    rule = _changed(brand).get(name)
    return 1.0 if rule is None else rule.scale / scale_at(time, rule)


@cache
def _changed(brand: str) -> dict[str, SeriesRule]:
    """Return the series that older versions of the collector stored in another scale."""
    rules = (r for metric in load(brand).metrics.values() for r in metric.candidates)
    return {rule.name: rule for rule in rules if rule.eras}


def _days(brand: str, start: datetime, stop: datetime) -> Iterator[tuple[Day, Flags]]:
    """Yield the days of a span, with the rows of each that lie in it."""
    first, end = max(start.timestamp(), _BUILT), stop.timestamp()
    if end <= first:
        return
    for number in range(day_of(brand, first), day_of(brand, end) + 1):
        part = day(brand, number)
        yield part, (part.time >= first) & (part.time < end)


def _gaps(time: Floats, pump: int) -> Flags:
    """Return which moments no reading was stored of."""
    slot = np.floor(time / _GAP_EVERY_S).astype(np.int64)
    missing = np.zeros(time.size, dtype=bool)
    for number in np.unique(slot):
        where, length = (
            float(chance(number, _GAP_SEED + 2 * pump + k)[0]) for k in (0, 1)
        )
        start = (number + 0.98 * where) * _GAP_EVERY_S
        missing |= (time >= start) & (time < start + 600.0 + 3000.0 * length)
    return missing


def _frame(names: list[str], pieces: list[tuple[Floats, list[Floats]]]) -> pd.DataFrame:
    """Put the pieces together under a UTC index."""
    empty = np.empty(0)
    seconds = np.concatenate([time for time, _ in pieces] or [empty])
    times = (seconds.astype(np.int64) * 1_000_000_000).view("datetime64[ns]")
    index = pd.DatetimeIndex(times, tz=UTC, name="time")
    columns = {
        name: np.concatenate([values[i] for _, values in pieces] or [empty])
        for i, name in enumerate(names)
    }
    return pd.DataFrame(columns, index=index, dtype=np.float64)
