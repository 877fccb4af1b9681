"""What a heat pump's own days say that others should be: a line through some of them."""

from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
import pandas as pd

from ..analysis.samples import Flags, Floats, Integers
from . import limits
from .drift import is_southern
from .fit import Fit, fitted, standard_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .subject import Subject

type Compared = Literal["cop", "capacity"]

# The supply that a fit's constant is told at, °C.
_AT_SUPPLY_C: Final = 35.0


class Points(NamedTuple):
    """The valid days with what is fitted, and the weight of each.

    `is_air`: the heat is taken from the air, as far as is known; `by_factor`: it comes
    from a flow factor.
    """

    kind: Compared
    is_air: bool
    by_factor: bool
    days: pd.DataFrame
    y: Floats
    weights: Floats

    def of(self, chosen: Flags) -> Points:
        """Return some of them."""
        return self.at(np.flatnonzero(chosen))

    def at(self, places: Integers) -> Points:
        """Return those of some places."""
        return self._replace(
            days=self.days.iloc[places],
            y=self.y[places],
            weights=self.weights[places],
        )


class Line(NamedTuple):
    """A line, and the days that it was fitted to; `full`: not of the efficiency only."""

    fit: Fit
    days: pd.DataFrame
    full: bool

    def inside(self, days: pd.DataFrame) -> Flags:
        """Return which days lie within what was fitted, or nearly so."""
        inside = np.ones(len(days), dtype=bool)
        for name in ("supply", "source") if self.full else ():
            fitted_to, asked = self.days[name].to_numpy(), days[name].to_numpy()
            far = limits.COP_OUTSIDE_K
            inside &= (asked >= fitted_to.min() - far) & (
                asked <= fitted_to.max() + far
            )
        return inside


def line_of(points: Points, places: Integers, *, full: bool) -> Line:
    """Return the line of some of the days."""
    chosen = points.at(places)
    columns = terms_of(chosen.days, full=full)
    line = fitted(chosen.y, *columns, weights=chosen.weights)
    return Line(line, chosen.days, full)


def first_days(days: pd.DataFrame, is_air: bool) -> Integers:
    """Return the places of the first days that span enough weather, of all if none do."""
    count = limits.COP_FIT_DAYS
    while count < len(days) and not spans(days.iloc[:count], is_air):
        count += 1
    return np.arange(min(count, len(days)))


def years_of(
    days: pd.DataFrame, subject: Subject, today: date | None
) -> Iterator[tuple[pd.Timestamp, pd.Timestamp]]:
    """Yield the years (start ≤ day < end) to be learned from, each over by a day.

    They end in the summer, so that a line stays the same for a whole winter.
    """
    if today is None:
        return
    month = 1 if is_southern(subject) else 7
    for year in range(days.index[0].year, today.year + 1):
        if (end := date(year, month, 1)) <= today:
            yield pd.Timestamp(date(year - 1, month, 1)), pd.Timestamp(end)


def learned(
    points: Points, line: Line, year: tuple[pd.Timestamp, pd.Timestamp]
) -> Line:
    """Return the line of a year, or the one before it where the year says too little.

    And where the COP was found to be lower in it: what lasts would be what is normal a
    year later. Days with less water are left out, and those before a heat pump was
    mended for good: with both in it the scatter of a line hides any fall.
    """
    past = np.arange(*points.days.index.searchsorted(list(year)))
    days = points.at(past).days
    inside = line.inside(days)
    columns = [one[inside] for one in terms_of(days, full=True)]
    values = np.expm1(points.y[past][inside] - line.fit.at(*columns))
    if _was_lower(values, columns, line.fit):
        return line
    limit = limits.FLOW_GUARD[0]
    if points.by_factor:
        past = np.delete(past, np.flatnonzero(inside)[_with_less_water(values, limit)])
    else:
        by_day = pd.Series(values, index=days.index[inside])
        if (since := better_since(by_day, limit)) is not None:
            past = past[days.index >= since]
    enough = len(past) >= limits.COP_FIT_DAYS
    if not (enough and spans(points.days.iloc[past], points.is_air)):
        return line
    return line_of(points, past, full=True)


def _was_lower(values: Floats, columns: list[Floats], line: Fit) -> bool:
    """Return whether any two weeks were lower beyond doubt, see `cop.state_of`.

    `values`: of the index, by day; `columns`: the terms of the line on those days.
    """
    count = limits.COP_WINDOW_DAYS
    if len(values) < count:
        return False
    means = sliding_window_view(values, count).mean(axis=1)
    terms = sliding_window_view(np.stack(columns), count, axis=1).mean(axis=2)
    apart = 1 / count + np.einsum("ik,ij,jk->k", terms, line.inverse, terms)
    error = standard_error(line.scatter, line.correlation, 1.0) * np.sqrt(apart)
    least = np.maximum(limits.COP_WATCH, limits.COP_SIGMAS * error)
    return bool((means < -least).any())


def _with_less_water(values: Floats, limit: float) -> Flags:
    """Return which days are of some that were better than physics, see `flow_state`."""
    found = np.zeros(len(values), dtype=bool)
    count = limits.FLOW_GUARD_DAYS
    if len(values) < count:
        return found
    better = sliding_window_view(values, count).mean(axis=1) > limit
    for place in range(count):
        found[place : place + len(better)] |= better
    return found


def better_since(values: pd.Series, limit: float) -> pd.Timestamp | None:
    """Return since when it is better than the line, and steadily; None where it is not.

    `values`: of the index; `limit`: what it is better by. Of so many days as the
    efficiency is told of, whose halves are alike.
    """
    means = values.rolling(limits.FLOW_GUARD_DAYS).mean()
    begun: int | None = None
    for place, mean in enumerate(means):
        if begun is None and mean > limit:
            begun = place - limits.FLOW_GUARD_DAYS + 1
        elif mean <= limit / 2:
            # It is as it was.
            begun = None
    if begun is None:
        return None
    values = values.iloc[begun:]
    values = values.loc[(values > limit).idxmax() :]
    half = limits.COP_LEAST_DAYS // 2
    before = values.rolling(half).mean()
    alike = (before.shift(-half) - before).abs() < limits.COP_WATCH
    if not alike.any():
        return None
    first = values.index[int(alike.to_numpy().argmax()) - half + 1]
    return pd.Timestamp(first)


def spans(days: pd.DataFrame, is_air: bool) -> bool:
    """Return whether days have enough weather in them for a line.

    Of floor heating the supply hardly changes: with the air as the source the weather
    is all that counts.
    """
    wanted = {"outdoor_temp": limits.COP_FIT_OUTDOOR_K}
    if not is_air:
        wanted["supply"] = limits.COP_FIT_SUPPLY_K
    columns = ((days[name].to_numpy(), least) for name, least in wanted.items())
    return all(
        bool(np.fmax.reduce(one) - np.fmin.reduce(one) >= least)
        for one, least in columns
    )


def terms_of(days: pd.DataFrame, *, full: bool) -> list[Floats]:
    """Return the terms of the fit; only the efficiency where days are few."""
    constant = np.ones(len(days))
    if not full:
        return [constant]
    supply, source = days["supply"].to_numpy(), days["source"].to_numpy()
    return [constant, supply - _AT_SUPPLY_C, source]
