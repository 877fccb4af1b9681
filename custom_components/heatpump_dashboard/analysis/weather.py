"""The weather of a span: its mean outdoor temperature and its degree days."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

import numpy as np
import pandas as pd

from ..const import DEGREE_DAY_BASE
from .samples import SECOND, Floats, nanoseconds

type Weather = dict[str, float | None]

# A day whose outdoor temperature is known for fewer hours has no mean.
_LEAST_HOURS: Final = 18
# One of 24 hours that begins within an hour touches one more; another an hour longer
# where the clock is put back.
_MOST_HOURS: Final = 26
_LEAST_SHARE: Final = _LEAST_HOURS / 24
_HOUR_S: Final = 3600
_MOMENT: Final = timedelta(microseconds=1)
_SUM, _SECONDS = "outdoor_temp|sum", "outdoor_temp|s"
UNKNOWN: Final[Weather] = {"outdoor_mean": None, "degree_days": None}


def sums_of_days(outdoor: Floats) -> Floats:
    """Return of each day what `weather` is told of, in sums: three columns.

    `outdoor`: of each day the hours of which the temperature is known, and the sum of
    their means. Days of which it is known for less than 18 hours have nothing.
    """
    known = outdoor[:, 0] >= _LEAST_HOURS
    hours, degrees = np.where(known, outdoor.T, 0.0)
    mean = np.divide(degrees, hours, out=np.zeros(len(hours)), where=known)
    below = np.where(known, np.maximum(DEGREE_DAY_BASE - mean, 0.0), 0.0)
    return np.column_stack([hours, degrees, below])


def weather(hours: float, degrees: float, below: float) -> Weather:
    """Return the mean outdoor temperature and the degree days of days.

    Degree days: Σ max(0, 17 °C − mean of the day). None where nothing is known.
    """
    if not hours:
        return UNKNOWN
    return {"outdoor_mean": degrees / hours, "degree_days": below}


def weather_of_span(
    outdoor: Floats, start: datetime, end: datetime, zone: tzinfo
) -> Weather:
    """Return the weather of any span, of its local days in order (`sums_of_days`).

    Where it begins and ends within days, neither of which is known for long enough,
    both together may make one: the 24 h until noon are a day as that of the calendar.
    """
    if len(outdoor) > 1 and _is_within(start, zone) and _is_within(end, zone):
        first, last = outdoor[0], outdoor[-1]
        together = first[0] + last[0]
        if max(first[0], last[0]) < _LEAST_HOURS and together <= _MOST_HOURS:
            outdoor = np.vstack([outdoor[1:-1], first + last])
    return weather(*sums_of_days(outdoor).sum(axis=0).tolist())


def weather_of(
    rows: pd.DataFrame, start: datetime, end: datetime, zone: tzinfo
) -> Weather:
    """Return the weather of a span from what its readings were.

    `rows`: windows or hours of it (`windows.extremes`, UTC index). Without a day that
    is known there are no degree days, and a mean where three quarters of it are known.
    """
    if not {_SUM, _SECONDS}.issubset(rows) or not len(rows):
        return UNKNOWN
    total, known_s = (
        np.nan_to_num(rows[name].to_numpy("float64")) for name in (_SUM, _SECONDS)
    )
    days = _days((rows.index, total, known_s), start, end, zone)
    found = weather_of_span(days, start, end, zone)
    known, seconds = float(known_s.sum()), (end - start).total_seconds()
    if found["outdoor_mean"] is None and 0 < known >= seconds * _LEAST_SHARE:
        return {**found, "outdoor_mean": float(total.sum()) / known}
    return found


def _days(
    rows: tuple[pd.Index, Floats, Floats],
    start: datetime,
    end: datetime,
    zone: tzinfo,
) -> Floats:
    """Return of each local day of a span its known hours, and the sum of their means.

    `rows`: their times, and of each the sum and the seconds of the temperature.
    """
    index, total, known_s = rows
    hours, places = np.unique(
        nanoseconds(index) // (_HOUR_S * SECOND), return_inverse=True
    )
    sums, seconds = (np.bincount(places, weights=part) for part in (total, known_s))
    known = seconds > 0
    means = np.divide(sums, seconds, out=np.zeros(len(hours)), where=known)
    # Of thousands of hours pandas would tell the local time for longer than of all else.
    midnights = _midnights(start, end, zone)
    days = np.maximum(midnights.searchsorted(hours * _HOUR_S, "right") - 1, 0)
    return np.column_stack(
        [
            np.bincount(days, weights=part, minlength=len(midnights))
            for part in (known, means)
        ]
    )


def _midnights(start: datetime, end: datetime, zone: tzinfo) -> Floats:
    """Return when each local day that a span touches begins, s since 1970."""
    first = start.astimezone(zone).date().toordinal()
    last = max(first, (end - _MOMENT).astimezone(zone).date().toordinal())
    days = (date.fromordinal(number) for number in range(first, last + 1))
    return np.array(
        [datetime.combine(day, time(), zone).timestamp() for day in days], np.float64
    )


def _is_within(moment: datetime, zone: tzinfo) -> bool:
    """Return whether a moment lies within a local day, not between two."""
    local = moment.astimezone(zone)
    return (local.hour, local.minute, local.second) != (0, 0, 0)
