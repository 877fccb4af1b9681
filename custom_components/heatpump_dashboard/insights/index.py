"""How each day's COP, or capacity, is beside what its temperatures should give."""

from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from ..analysis.samples import Flags, Floats, Integers
from ..analysis.states import Kind
from . import limits
from .carnot import carnot
from .days import day_of
from .electricity import follows_temperatures
from .fit import Fit, fitted, standard_error
from .result import State, worse
from .subject import Subject

type Compared = Literal["cop", "capacity"]

_MOVES_SUPPLY: Final = (
    Kind.HEAT_CURVE,
    Kind.HEAT_CURVE_OFFSET,
    Kind.HEAT_CURVE_MAX,
    Kind.ROOM_SETPOINT,
)
# The supply that a fit's constant is told at, °C.
_AT_SUPPLY_C: Final = 35.0


@dataclass(frozen=True, slots=True)
class Index:
    """How much more than expected each day was, as a share; see `index_of`.

    `values`: of all valid days (index as the day table's). `kind`: `cop`, or `capacity`
    where no meter follows the electricity. `level`: η, or the capacity in kW, at supply
    35 and source 0 °C.
    `line`: of the days `fit` that it was fitted to; `columns`: its terms by day.
    `efficiency_only`: too few days for what the temperatures do to η.
    """

    values: pd.Series
    kind: Compared
    level: float
    line: Fit
    columns: pd.DataFrame
    fit: pd.Index
    efficiency_only: bool

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

    `recent`: the days of the last two weeks, of which the last ones are looked at.
    """
    last = recent.iloc[-limits.FLOW_GUARD_DAYS :]
    if len(last) < limits.FLOW_GUARD_DAYS:
        return "ok"
    factor = wider(index.efficiency_only)
    return worse(float(last.mean()), *(factor * each for each in limits.FLOW_GUARD))


def wider(efficiency_only: bool) -> float:
    """Return how much wider limits are where only the efficiency was fitted."""
    return 2.0 if efficiency_only else 1.0


def index_of(subject: Subject, kind: Compared | None = None) -> Index | int:
    """Return the index of all valid days, or how many days there are as yet.

    ln(COP / Carnot) = a + b·(supply − 35) + c·source, fitted to the first days that
    span enough weather, and then kept: a fit that moves along learns the fault. The
    same without electricity is the capacity, which is all there is without a meter.
    Of days since less water flows for good alone, see `baseline_begins`.
    """
    points, _ = _with_one_flow(subject, kind or _kind(subject))
    return _fitted(points, subject, subject.today)


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
) -> tuple[_Points, pd.Timestamp | None]:
    """Return the valid days since less water flows for good, and the first of them."""
    points, begins = _points(subject, kind), None
    while not isinstance(index := _fitted(points, subject), int):
        changed = _settled_since(index)
        # Where it is so from the first day on, nothing is before it to be left out.
        if changed is None or changed <= points.days.index[0]:
            break
        begins, points = changed, points.of(points.days.index >= changed)
    return points, begins


def _settled_since(index: Index) -> pd.Timestamp | None:
    """Return since when less water flows, and steadily; None where that is not so now.

    Of days that the guard was there for: from so many on as the efficiency is told of,
    whose halves are alike.
    """
    limit = wider(index.efficiency_only) * limits.FLOW_GUARD[0]
    means = index.values.rolling(limits.FLOW_GUARD_DAYS).mean()
    begun: int | None = None
    for place, mean in enumerate(means):
        if begun is None and mean > limit:
            begun = place - limits.FLOW_GUARD_DAYS + 1
        elif mean <= limit / 2:
            # It flows as it did.
            begun = None
    if begun is None:
        return None
    values = index.values.iloc[begun:]
    values = values.loc[(values > limit).idxmax() :]
    half = limits.COP_LEAST_DAYS // 2
    before = values.rolling(half).mean()
    alike = (before.shift(-half) - before).abs() < limits.COP_WATCH
    if not alike.any():
        return None
    first = values.index[int(alike.to_numpy().argmax()) - half + 1]
    return pd.Timestamp(first)


def _fitted(
    points: _Points, subject: Subject, today: date | None = None
) -> Index | int:
    """Return the index of days, or how many there are as yet.

    `today`: of the last year where each July is learned, None = of the first days.
    """
    kind, days, y, weights = points
    if len(days) < limits.COP_LEAST_DAYS:
        return len(days)
    fit = _fit_days(days, today)
    full = len(fit) >= limits.COP_FIT_DAYS and _spans(days.iloc[fit])
    if not full:
        kind, days, y, weights = points.of(_of_this_curve(days, subject))
        if len(days) < limits.COP_LEAST_DAYS:
            return len(days)
        fit = np.arange(limits.COP_LEAST_DAYS)
    columns = _columns(days, full=full)
    line = fitted(y[fit], *(column[fit] for column in columns), weights=weights[fit])
    inside = _inside(days, days.iloc[fit]) if full else np.ones(len(days), dtype=bool)
    values = pd.Series(np.expm1(y - line.at(*columns)), index=days.index)[inside]
    return Index(
        values,
        kind,
        exp(line.coefficients[0]),
        line,
        pd.DataFrame(dict(enumerate(columns)), index=days.index)[inside],
        days.index[fit],
        not full,
    )


class _Points(NamedTuple):
    """The valid days with what is fitted, and the weight of each."""

    kind: Compared
    days: pd.DataFrame
    y: Floats
    weights: Floats

    def of(self, chosen: Flags) -> _Points:
        """Return some of them."""
        return _Points(
            self.kind, self.days[chosen], self.y[chosen], self.weights[chosen]
        )


def _points(subject: Subject, kind: Compared) -> _Points:
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
        return _Points(
            kind,
            days,
            np.log((heat / paid).to_numpy() / carnot(supply, source)),
            paid.to_numpy(),
        )
    return _Points(kind, days, np.log((heat / hours).to_numpy()), hours.to_numpy())


def _of_this_curve(days: pd.DataFrame, subject: Subject) -> Flags:
    """Return which days are after the last change of what the supply follows.

    Where only the efficiency is fitted: it goes down with a warmer supply.
    """
    changed = [one.time for one in subject.changes if one.kind in _MOVES_SUPPLY]
    if not changed:
        return np.ones(len(days), dtype=bool)
    last = day_of(changed[-1], subject.zone)
    return np.asarray(days.index > last)


def _columns(days: pd.DataFrame, *, full: bool) -> list[Floats]:
    """Return the terms of the fit; only the efficiency where days are few."""
    constant = np.ones(len(days))
    if not full:
        return [constant]
    supply, source = days["supply"].to_numpy(), days["source"].to_numpy()
    return [constant, supply - _AT_SUPPLY_C, source]


def _fit_days(days: pd.DataFrame, today: date | None) -> Integers:
    """Return the places of the days to fit: of the year before last July, or the first.

    So a line stays the same for a whole winter; each July the past year is learned.
    """
    if today is not None and (past := _past_year(days, today)) is not None:
        return past
    count = limits.COP_FIT_DAYS
    while count < len(days) and not _spans(days.iloc[:count]):
        count += 1
    return np.arange(min(count, len(days)))


def _past_year(days: pd.DataFrame, today: date) -> Integers | None:
    """Return the places of the days of the year before last July; None of too few."""
    july = date(today.year - (today < date(today.year, 7, 1)), 7, 1)
    index = pd.DatetimeIndex(days.index)
    past = (index >= pd.Timestamp(july.replace(year=july.year - 1))) & (
        index < pd.Timestamp(july)
    )
    enough = past.sum() >= limits.COP_FIT_DAYS and _spans(days[past])
    return np.flatnonzero(past) if enough else None


def _spans(days: pd.DataFrame) -> bool:
    """Return whether days have enough weather in them for a line."""
    spans = (
        ("supply", limits.COP_FIT_SUPPLY_K),
        ("outdoor_temp", limits.COP_FIT_OUTDOOR_K),
    )
    return all(days[name].max() - days[name].min() >= least for name, least in spans)


def _inside(days: pd.DataFrame, fit: pd.DataFrame) -> Flags:
    """Return which days lie within what was fitted, or nearly so."""
    inside = np.ones(len(days), dtype=bool)
    for name in ("supply", "source"):
        low, high = fit[name].min(), fit[name].max()
        far = limits.COP_OUTSIDE_K
        inside &= days[name].between(low - far, high + far).to_numpy()
    return inside


def source_metric(subject: Subject) -> str:
    """Return the metric of what the heat is taken from: without brine, the air."""
    return "brine_in_temp" if subject.reports("brine_in_temp") else "outdoor_temp"


def _source(subject: Subject) -> str:
    return "brine_in" if subject.reports("brine_in_temp") else "outdoor_temp"
