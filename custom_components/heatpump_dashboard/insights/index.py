"""How each day's COP, or capacity, is beside what its temperatures should give."""

from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Flags
from ..analysis.states import Kind
from . import limits
from .carnot import carnot
from .days import day_of
from .electricity import follows_temperatures
from .fit import Fit, standard_error
from .line import (
    Compared,
    Line,
    Points,
    better_since,
    first_days,
    learned,
    line_of,
    spans,
    terms_of,
    years_of,
)
from .result import State, worse
from .subject import Subject

_MOVES_SUPPLY: Final = (
    Kind.HEAT_CURVE,
    Kind.HEAT_CURVE_OFFSET,
    Kind.HEAT_CURVE_MAX,
    Kind.ROOM_SETPOINT,
)


@dataclass(frozen=True, slots=True)
class Index:
    """How much more than expected each day was, as a share; see `index_of`.

    `values`: of all valid days (index as the day table's). `kind`: `cop`, or `capacity`
    where no meter follows the electricity. `level`: η, or the capacity in kW, at supply
    35 and source 0 °C.
    `line`: of the days `fit` that it was fitted to; `columns`: its terms by day.
    `efficiency_only`: too few days for what the temperatures do to η.
    `by_factor`: the heat comes from a flow factor, so that with less water it seems more.
    """

    values: pd.Series
    kind: Compared
    level: float
    line: Fit
    columns: pd.DataFrame
    fit: pd.Index
    efficiency_only: bool
    by_factor: bool

    @property
    def fit_days(self) -> int:
        """Return how many days its line is of."""
        return len(self.fit)

    def error(self, days: pd.Series) -> float:
        """Return how far (1 σ) the mean of some of its days may be off by chance.

        Those days differ, and so did those of the line, which is less sure the farther
        from them these are.
        """
        terms = self.columns.loc[days.index]
        own = 1 / len(days)
        line = self.line.leverage(*(terms[name].to_numpy() for name in terms))
        return standard_error(
            self.line.scatter, self.line.correlation, 1 / (own + line)
        )


def flow_state(index: Index, recent: pd.Series) -> State:
    """Return how sure it is that less water flows: it is better than physics.

    `recent`: the days of the last two weeks, of which the last ones are looked at. Of
    heat that is measured a heat pump that is better is one that was mended.
    """
    last = recent.iloc[-limits.FLOW_GUARD_DAYS :]
    if not index.by_factor or len(last) < limits.FLOW_GUARD_DAYS:
        return "ok"
    factor = wider(index.efficiency_only)
    return worse(float(last.mean()), *(factor * each for each in limits.FLOW_GUARD))


def wider(efficiency_only: bool) -> float:
    """Return how much wider limits are where only the efficiency was fitted."""
    return 2.0 if efficiency_only else 1.0


def index_of(subject: Subject, kind: Compared | None = None) -> Index | int:
    """Return the index of all valid days, or how many days there are as yet.

    ln(COP / Carnot) = a + b·(supply − 35) + c·source, fitted to the first days that
    span enough weather, and then kept: a fit that moves along learns the fault. Each
    summer the past year is learned, unless something was found in it. The same without
    electricity is the capacity, which is all there is without a meter. Of days since
    less water flows for good alone, see `baseline_begins`.
    """
    points, _ = _with_one_flow(subject, kind or _kind(subject))
    return _fitted(points, subject, subject.today)


def capacity_beside(index: Index, subject: Subject) -> Index:
    """Return the index of the capacity, with a line of the same days as that of the COP.

    A year in which the COP was found to be lower is not learned for either of them.
    """
    points = _points(subject, "capacity")
    fit = np.flatnonzero(points.days.index.isin(index.fit))
    return _index(points, line_of(points, fit, full=not index.efficiency_only))


def needed_days(subject: Subject) -> int:
    """Return how many days it takes until anything can be told.

    The air says little of a ground that does not tell its own temperature, and less of
    the air that leaves a house: of it no efficiency is told before the whole line.
    """
    is_air = _source(subject) == "outdoor_temp"
    return limits.COP_FIT_DAYS if is_air else limits.COP_LEAST_DAYS


def baseline_begins(subject: Subject) -> pd.Timestamp | None:
    """Return the day from which on the heat can be compared, None where all can be.

    With less water all heat seems to be more, and what is worked out from it. Where
    that has been so for as many days as a line needs, and is steady, it is how the heat
    pump is now, and what is normal begins anew. Until it flows as it did at first: then
    that is what is normal again.
    """
    return _with_one_flow(subject, _kind(subject))[1]


def _kind(subject: Subject) -> Compared:
    """Return what is compared: the COP, or the capacity where nothing tells the COP."""
    return "cop" if follows_temperatures(subject) else "capacity"


def _with_one_flow(
    subject: Subject, kind: Compared
) -> tuple[Points, pd.Timestamp | None]:
    """Return the valid days since less water flows for good, and the first of them."""
    points, begins = _points(subject, kind), None
    while points.by_factor and not isinstance(index := _fitted(points, subject), int):
        limit = wider(index.efficiency_only) * limits.FLOW_GUARD[0]
        changed = better_since(index.values, limit)
        # Where it is so from the first day on, nothing is before it to be left out.
        if changed is None or changed <= points.days.index[0]:
            break
        begins, points = changed, points.of(points.days.index >= changed)
    return points, begins


def _fitted(points: Points, subject: Subject, today: date | None = None) -> Index | int:
    """Return the index of days, or how many there are as yet.

    `today`: of a line that learned the past years, None = of that of the first days.
    """
    days = points.days
    if len(days) < limits.COP_LEAST_DAYS:
        return len(days)
    first = first_days(days, points.is_air)
    if len(first) >= limits.COP_FIT_DAYS and spans(days.iloc[first], points.is_air):
        line = line_of(points, first, full=True)
        for year in years_of(days, subject, today):
            line = learned(points, line, year)
        return _index(points, line)
    if points.is_air:
        return len(days)
    points = points.of(_of_this_curve(days, subject))
    if len(points.days) < limits.COP_LEAST_DAYS:
        return len(points.days)
    few = np.arange(limits.COP_LEAST_DAYS)
    return _index(points, line_of(points, few, full=False))


def _index(points: Points, line: Line) -> Index:
    """Return the index of all days that a line says something of."""
    columns, inside = terms_of(points.days, full=line.full), line.inside(points.days)
    index = points.days.index
    return Index(
        pd.Series(np.expm1(points.y - line.fit.at(*columns)), index=index)[inside],
        points.kind,
        exp(line.fit.coefficients[0]),
        line.fit,
        pd.DataFrame(dict(enumerate(columns)), index=index)[inside],
        line.days.index,
        not line.full,
        points.by_factor,
    )


def _points(subject: Subject, kind: Compared) -> Points:
    """Return the valid days with what is fitted, and the weight of each."""
    days = subject.days.assign(source=subject.days[_source(subject)])
    hours = days["steady_heating_s"] / 3600
    heat, paid = (
        days[f"steady_heating_{what}_kwh"] for what in ("heat", "electricity")
    )
    heater = days["auxiliary_kwh"].fillna(0.0) / days["heat_kwh"].clip(lower=1e-9)
    valid = (
        (hours >= limits.COP_STEADY_H)
        & (heat >= limits.COP_LEAST_KWH)
        & (heater <= limits.COP_HEATER_SHARE)
        & days[["supply", "source"]].notna().all(axis=1)
    )
    if kind == "cop":
        valid &= paid > 0
    days, hours, heat, paid = days[valid], hours[valid], heat[valid], paid[valid]
    supply, source = days["supply"].to_numpy(), days["source"].to_numpy()
    if kind == "cop":
        y, weights = np.log((heat / paid).to_numpy() / carnot(supply, source)), paid
    else:
        y, weights = np.log((heat / hours).to_numpy()), hours
    is_air = _source(subject) == "outdoor_temp"
    by_factor = subject.heat.source == "factor"
    return Points(kind, is_air, by_factor, days, y, weights.to_numpy())


def _of_this_curve(days: pd.DataFrame, subject: Subject) -> Flags:
    """Return which days are after the last change of what the supply follows.

    Where only the efficiency is fitted: it goes down with a warmer supply.
    """
    changed = [one.time for one in subject.changes if one.kind in _MOVES_SUPPLY]
    if not changed:
        return np.ones(len(days), dtype=bool)
    last = day_of(changed[-1], subject.zone)
    return np.asarray(days.index > last)


def source_metric(subject: Subject) -> str:
    """Return the metric of what the heat is taken from: without brine, the air."""
    return "brine_in_temp" if subject.reports("brine_in_temp") else "outdoor_temp"


def _source(subject: Subject) -> str:
    return "brine_in" if subject.reports("brine_in_temp") else "outdoor_temp"
