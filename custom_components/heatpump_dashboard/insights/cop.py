"""The COP beside what it should be: whether it gets worse, or whether it is only colder."""

from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Flags, Floats, Integers
from ..analysis.states import Kind
from . import limits
from .days import day_of, first_and_last, last_days
from .electricity import follows_temperatures
from .fit import Fit, fitted, standard_error
from .result import Insight, State, learning, spanning, unknown
from .subject import Subject

ID: Final = "cop"
_KELVIN: Final = 273.15
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
    `line`: of the `fit_days` that it was fitted to; `columns`: its terms by day.
    `efficiency_only`: too few days for what the temperatures do to η.
    """

    values: pd.Series
    kind: str
    level: float
    line: Fit
    columns: pd.DataFrame
    fit_days: int
    efficiency_only: bool

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


def carnot(supply: Floats, source: Floats) -> Floats:
    """Return the COP that physics allows between brine in and supply, both °C."""
    condensing = supply + limits.CONDENSING_K
    evaporating = source - limits.EVAPORATING_K
    return (condensing + _KELVIN) / (condensing - evaporating)


def cop(subject: Subject) -> Insight:
    """Return how far the COP of the last two weeks is from what is to be expected."""
    wanted = ("compressor", "supply_temp", "return_temp")
    for metric in (*wanted, _source_metric(subject)):
        if not subject.reports(metric):
            return unknown(ID, "no_metric", metric=metric)
    index = index_of(subject)
    if isinstance(index, int):
        return learning(ID, index, limits.COP_LEAST_DAYS)
    recent = last_days(
        index.values.to_frame("index"), subject.today, limits.COP_WINDOW_DAYS
    )["index"]
    if not len(recent):
        return unknown(ID, "not_heating")
    mean = float(recent.mean())
    error = index.error(recent)
    state = state_of(mean, error, len(recent), efficiency_only=index.efficiency_only)
    found = Insight(
        id=ID,
        state=state,
        code=index.kind if state == "ok" else f"{index.kind}_low",
        value=100 * mean,
        unit="%",
        scatter=100 * error,
        n=len(recent),
        params={
            "efficiency" if index.kind == "cop" else "capacity": index.level,
            "fit_days": index.fit_days,
            "efficiency_only": index.efficiency_only,
            "window": limits.COP_WINDOW_DAYS,
            "watch": -100 * _factor(index.efficiency_only) * limits.COP_WATCH,
            "act": -100 * _factor(index.efficiency_only) * limits.COP_ACT,
        },
    )
    return spanning(found, *first_and_last(recent.to_frame()))


def state_of(
    mean: float, error: float, days: int, *, efficiency_only: bool = False
) -> State:
    """Return whether a mean of days is too low: beyond its limit and beyond doubt."""
    factor = _factor(efficiency_only)
    doubt = limits.COP_SIGMAS * error
    if mean >= -max(factor * limits.COP_WATCH, doubt):
        return "ok"
    whole = days >= limits.COP_WINDOW_DAYS // 2
    is_bad = whole and mean < -max(factor * limits.COP_ACT, doubt)
    return "act" if is_bad else "watch"


def _factor(efficiency_only: bool) -> float:
    """Return how much wider limits are where only the efficiency was fitted."""
    return 2.0 if efficiency_only else 1.0


def index_of(subject: Subject) -> Index | int:
    """Return the index of all valid days, or how many days there are as yet.

    ln(COP / Carnot) = a + b·(supply − 35) + c·source, fitted to the first days that
    span enough weather, and then kept: a fit that moves along learns the fault. The
    same without electricity is the capacity.
    """
    kind = "cop" if follows_temperatures(subject) else "capacity"
    days, y, weights = _points(subject, kind)
    if len(days) < limits.COP_LEAST_DAYS:
        return len(days)
    fit = _fit_days(days, subject.today)
    full = len(fit) >= limits.COP_FIT_DAYS and _spans(days.iloc[fit])
    if not full:
        same = _of_this_curve(days, subject)
        days, y, weights = days[same], y[same], weights[same]
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
        len(fit),
        not full,
    )


def _points(subject: Subject, kind: str) -> tuple[pd.DataFrame, Floats, Floats]:
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
        return (
            days,
            np.log((heat / paid).to_numpy() / carnot(supply, source)),
            paid.to_numpy(),
        )
    return days, np.log((heat / hours).to_numpy()), hours.to_numpy()


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


def _fit_days(days: pd.DataFrame, today: date) -> Integers:
    """Return the places of the days to fit: of the year before last July, or the first.

    So a line stays the same for a whole winter; each July the past year is learned.
    """
    july = date(today.year - (today < date(today.year, 7, 1)), 7, 1)
    index = pd.DatetimeIndex(days.index)
    past = (index >= pd.Timestamp(july.replace(year=july.year - 1))) & (
        index < pd.Timestamp(july)
    )
    if past.sum() >= limits.COP_FIT_DAYS and _spans(days[past]):
        return np.flatnonzero(past)
    count = limits.COP_FIT_DAYS
    while count < len(days) and not _spans(days.iloc[:count]):
        count += 1
    return np.arange(min(count, len(days)))


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


def _source_metric(subject: Subject) -> str:
    """Return the metric of what the heat is taken from: without brine, the air."""
    return "brine_in_temp" if subject.reports("brine_in_temp") else "outdoor_temp"


def _source(subject: Subject) -> str:
    return "brine_in" if subject.reports("brine_in_temp") else "outdoor_temp"


def expected_cop(efficiency: float, supply: float, source: float) -> float:
    """Return the COP of this efficiency between these temperatures, °C."""
    return efficiency * float(carnot(np.array(supply), np.array(source)))


def change_per_kelvin(supply: float, source: float, kelvin: float = -1.0) -> float:
    """Return by what share physics lets the COP change with a warmer supply."""
    now, then = (
        float(carnot(np.array(at), np.array(source)))
        for at in (supply, supply + kelvin)
    )
    return then / now - 1
