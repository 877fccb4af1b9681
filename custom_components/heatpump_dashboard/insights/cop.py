"""The COP beside what it should be: whether it gets worse, or whether it is only colder."""

from dataclasses import dataclass
from datetime import date
from math import exp, isfinite
from typing import Final, Literal

import numpy as np
import pandas as pd

from ..analysis.samples import Flags, Floats, Integers
from ..analysis.states import Kind
from ..analysis.times import milliseconds
from . import limits
from .brine import brine_flow, fall_limits
from .carnot import carnot
from .days import day_of, first_and_last, last_days
from .electricity import follows_temperatures
from .faults import Moved, fault_of
from .fit import Fit, fitted, standard_error
from .result import Insight, Param, State, learning, spanning, unknown, worse
from .subject import Subject

type Compared = Literal["cop", "capacity"]

ID: Final = "cop"
_MONTH: Final = 30
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


def cop(subject: Subject) -> Insight:
    """Return how far the COP of the last two weeks is from what is to be expected."""
    if (why := _missing(subject)) is not None:
        return why
    index = index_of(subject)
    if isinstance(index, int):
        return learning(ID, index, limits.COP_LEAST_DAYS)
    recent = _recent(index, subject)
    if not len(recent):
        return unknown(ID, "not_heating")
    if flow_state(index, recent) != "ok":
        # Of less water the heat is not what it seems to be.
        return unknown(ID, "flow_changed")
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
            **({} if state == "ok" else _beside(subject, index, recent)),
        },
    )
    return spanning(found, *first_and_last(recent.to_frame()))


def less_water_flows(subject: Subject) -> bool:
    """Return whether the heat is not what it seems to be, as far as can be told."""
    if _missing(subject) is not None or isinstance(index := index_of(subject), int):
        return False
    return flow_state(index, _recent(index, subject)) != "ok"


def _missing(subject: Subject) -> Insight | None:
    """Return why nothing can be said of any day, None where it can."""
    wanted = ("compressor", "supply_temp", "return_temp")
    for metric in (*wanted, _source_metric(subject)):
        if not subject.reports(metric):
            return unknown(ID, "no_metric", metric=metric)
    if subject.heat.varies and not follows_temperatures(subject):
        # Its capacity is what the speed makes it: only a meter would tell.
        return unknown(ID, "no_measured_power")
    return None


def _recent(index: Index, subject: Subject) -> pd.Series:
    """Return the index of the last two weeks' valid days."""
    days = index.values.to_frame("index")
    return last_days(days, subject.today, limits.COP_WINDOW_DAYS)["index"]


def _beside(subject: Subject, index: Index, recent: pd.Series) -> dict[str, Param]:
    """Return what else is otherwise on those days, and what that points to."""
    capacity = _capacity_change(subject, index, recent)
    flow = brine_flow(subject)
    knows_flow = not isinstance(flow, int) and len(flow.recent) > 0
    moved = Moved(
        cop=float(recent.mean()) if index.kind == "cop" else None,
        capacity=capacity,
        brine=flow.change if knows_flow and not isinstance(flow, int) else None,
        hot_gas=_hot_gas_change(subject, index, recent),
    )
    told = {
        "cost": _cost(subject, recent) if index.kind == "cop" else None,
        "cause": fault_of(moved, fall_limits(subject)[0]),
        "capacity_change": None if capacity is None else 100 * capacity,
        "brine_change": None if moved.brine is None else 100 * moved.brine,
        "hot_gas_change": moved.hot_gas,
        "since": _since(index, recent, subject),
    }
    return {name: value for name, value in told.items() if value is not None}


def _since(index: Index, recent: pd.Series, subject: Subject) -> int | None:
    """Return from which day on it is lower (ms since 1970), None where none stands out.

    The cut between two days that leaves the least scatter on both its sides, after the
    last time that it had been low and was good again. What comes slowly has none that is sharper
    than others: then it is about the middle of the fall.
    """
    last = recent.index[-1]
    days = index.values.loc[last - pd.Timedelta(days=limits.COP_SINCE_DAYS) : last]
    half, least = float(recent.mean()) / 2, limits.COP_SINCE_LEAST
    days = days.iloc[_recovered(days.rolling(2 * least).mean().to_numpy(), half) :]
    values = days.to_numpy()
    count = np.arange(1, len(values))
    sums = np.cumsum(values)
    before, after = sums[:-1] / count, (sums[-1] - sums[:-1]) / count[::-1]
    gain = np.where(
        before - after >= -half, count * count[::-1] * (before - after) ** 2, 0.0
    )
    gain[: least - 1] = gain[len(gain) - least + 1 :] = 0.0
    if not gain.any():
        return None
    first = days.index[int(gain.argmax()) + 1]
    return milliseconds(pd.Timestamp(first, tz=subject.zone))


def _recovered(means: Floats, low: float) -> int:
    """Return where means were good again after they had been low, 0 where never."""
    found, was_low = 0, False
    for place, mean in enumerate(means):
        if mean <= low:
            was_low = True
        elif was_low and mean > low / 2:
            found, was_low = place, False
    return found


def _cost(subject: Subject, recent: pd.Series) -> float | None:
    """Return what the heating of a month takes more than expected, in money.

    At the days' own electricity and price; None where there is no price.
    """
    days = subject.days.loc[recent.index]
    priced = float(days["priced_kwh"].sum())
    used = days["electricity_kwh"] - days["auxiliary_kwh"].fillna(0.0)
    heating = float((used - days["electricity_hot_water_kwh"].fillna(0.0)).mean())
    if priced <= 0 or not isfinite(heating):
        return None
    price = float(days["cost"].sum()) / priced
    return -float(recent.mean()) * heating * _MONTH * price


def _capacity_change(subject: Subject, index: Index, recent: pd.Series) -> float | None:
    """Return how much more heat the same days gave than expected, as a share."""
    if index.kind == "capacity":
        return float(recent.mean())
    if subject.heat.varies:
        return None
    capacity = index_of(subject, "capacity")
    if isinstance(capacity, int):
        return None
    same = capacity.values.reindex(recent.index).dropna()
    return float(same.mean()) if len(same) else None


def _hot_gas_change(subject: Subject, index: Index, recent: pd.Series) -> float | None:
    """Return by how much the hot gas is hotter at the same temperatures, K."""
    gas = subject.days["hot_gas"].reindex(index.columns.index).dropna()
    fit = index.fit.intersection(gas.index)
    last = recent.index.intersection(gas.index)
    if index.efficiency_only or len(fit) < limits.COP_LEAST_DAYS or not len(last):
        return None
    terms, now = (index.columns.loc[days].to_numpy().T for days in (fit, last))
    line = fitted(gas.loc[fit].to_numpy(), *terms)
    return float((gas.loc[last].to_numpy() - line.at(*now)).mean())


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


def flow_state(index: Index, recent: pd.Series) -> State:
    """Return how sure it is that less water flows: it is better than physics.

    `recent`: the days of the last two weeks, of which the last ones are looked at.
    """
    last = recent.iloc[-limits.FLOW_GUARD_DAYS :]
    if len(last) < limits.FLOW_GUARD_DAYS:
        return "ok"
    factor = _factor(index.efficiency_only)
    return worse(float(last.mean()), *(factor * each for each in limits.FLOW_GUARD))


def _factor(efficiency_only: bool) -> float:
    """Return how much wider limits are where only the efficiency was fitted."""
    return 2.0 if efficiency_only else 1.0


def index_of(subject: Subject, kind: Compared | None = None) -> Index | int:
    """Return the index of all valid days, or how many days there are as yet.

    ln(COP / Carnot) = a + b·(supply − 35) + c·source, fitted to the first days that
    span enough weather, and then kept: a fit that moves along learns the fault. The
    same without electricity is the capacity, which is all there is without a meter.
    """
    if kind is None:
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
        days.index[fit],
        not full,
    )


def _points(subject: Subject, kind: Compared) -> tuple[pd.DataFrame, Floats, Floats]:
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
