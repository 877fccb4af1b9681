"""The COP beside what it should be: whether it gets worse, or whether it is only colder."""

from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Floats
from ..analysis.times import milliseconds
from . import limits
from .brine import brine_flow, fall_limits, sure_days
from .days import first_and_last, last_days
from .electricity import follows_temperatures, paid_for
from .faults import Moved, fault_of
from .fit import fitted
from .index import (
    Index,
    capacity_beside,
    flow_state,
    index_of,
    needed_days,
    source_metric,
    wider,
)
from .result import Insight, Param, State, learning, spanning, unknown
from .subject import Subject

ID: Final = "cop"
_MONTH: Final = 30


def cop(subject: Subject) -> Insight:
    """Return how far the COP of the last two weeks is from what is to be expected."""
    if (why := _missing(subject)) is not None:
        return why
    index = index_of(subject)
    if isinstance(index, int):
        need = needed_days(subject)
        if index >= need:
            return unknown(ID, "weather")
        return learning(ID, index, need)
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
            "watch": -100 * wider(index.efficiency_only) * limits.COP_WATCH,
            "act": -100 * wider(index.efficiency_only) * limits.COP_ACT,
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
    for metric in (*wanted, source_metric(subject)):
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
    knows_flow = not isinstance(flow, int) and len(flow.recent) >= sure_days(subject)
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
    used = days["electricity_kwh"] - days["auxiliary_kwh"].fillna(0.0)
    heating = float((used - days["electricity_hot_water_kwh"].fillna(0.0)).mean())
    if not isfinite(heating):
        return None
    return paid_for(days, -float(recent.mean()) * heating * _MONTH)


def _capacity_change(subject: Subject, index: Index, recent: pd.Series) -> float | None:
    """Return how much more heat the same days gave than expected, as a share."""
    if index.kind == "capacity":
        return float(recent.mean())
    if subject.heat.varies:
        return None
    same = capacity_beside(index, subject).values.reindex(recent.index).dropna()
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
    factor = wider(efficiency_only)
    doubt = limits.COP_SIGMAS * error
    if mean >= -max(factor * limits.COP_WATCH, doubt):
        return "ok"
    whole = days >= limits.COP_WINDOW_DAYS // 2
    is_bad = whole and mean < -max(factor * limits.COP_ACT, doubt)
    return "act" if is_bad else "watch"
