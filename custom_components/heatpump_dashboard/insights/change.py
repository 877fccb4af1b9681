"""Did it help? What a setting that was changed has done, at the same weather."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ..analysis.samples import Flags, Floats
from ..analysis.states import SETTINGS
from . import limits
from .days import day_of
from .electricity import follows_temperatures
from .experiment import Experiment, experiment_of
from .fit import fitted, lag_correlation, standard_error
from .house import Signature, signature
from .result import Insight, Param, learning, spanning, unknown
from .subject import Subject

ID: Final = "change"
_DAY: Final = pd.Timedelta(days=1)
_YEAR: Final = pd.DateOffset(years=1)


@dataclass(frozen=True, slots=True)
class Effect:
    """How much more or less was used than expected: a share and its standard error."""

    share: float
    error: float

    @property
    def least(self) -> float:
        """Return the least share that could have been told."""
        return max(limits.SIGMAS * self.error, limits.CHANGE_FLOOR)

    @property
    def code(self) -> str:
        """Return whether it became less or more, or neither as far as can be told."""
        if abs(self.share) <= self.least:
            return "no_difference"
        return "less" if self.share < 0 else "more"


class Sides(NamedTuple):
    """The valid days before and after a change; `last_year`: before is a year ago."""

    before: pd.DataFrame
    after: pd.DataFrame
    last_year: bool = False


def change(subject: Subject) -> Insight:
    """Return what the last change of a setting did to the electricity, or the heat, %."""
    if not any(subject.reports(metric) for metric in SETTINGS.values()):
        return unknown(ID, "no_metric", metric="heat_curve")
    if not subject.reports("outdoor_temp"):
        return unknown(ID, "no_metric", metric="outdoor_temp")
    if not subject.changes:
        return unknown(ID, "no_change")
    days = valid_days(subject)
    if (plan := experiment_of(subject, days)) is not None:
        return _of_experiment(subject, plan)
    return _of_sides(subject, days)


def valid_days(subject: Subject) -> pd.DataFrame:
    """Return the whole days with their weather, and the kW of heat and electricity.

    `used_kw`: what is compared: electricity for all but hot water where a meter follows
    the temperatures, else the heat for the house.
    """
    days = subject.whole_days.dropna(subset=["outdoor_temp", "space_kw"])
    paid = days["electricity_kwh"] - days["electricity_hot_water_kwh"].fillna(0.0)
    days = days.assign(electricity_kw=paid * 3600 / days["energy_s"])
    measure = "electricity_kw" if follows_temperatures(subject) else "space_kw"
    return days.assign(used_kw=days[measure]).dropna(subset=["used_kw"])


def effect_on(before: pd.DataFrame, after: pd.DataFrame, column: str) -> Effect:
    """Return what became of a column of days, beside what the days before predict.

    A line over the outdoor temperature, of the days on which the house is heated.
    """
    expected, residuals = _predicted(before, after, column)
    mean = float(expected.mean())
    error = mean_error(
        float(residuals.std(ddof=1)),
        lag_correlation(residuals),
        len(before),
        len(after),
    )
    return Effect(float(after[column].mean()) / mean - 1, error / mean)


def mean_error(scatter: float, correlation: float, before: int, after: int) -> float:
    """Return the standard error of a difference between means of two sets of days."""
    return standard_error(scatter, correlation, 1 / (1 / before + 1 / after))


def sides_of(subject: Subject, days: pd.DataFrame) -> Sides:
    """Return the days on both sides of the last change, as far as they may be compared.

    The day itself belongs to neither. Before another change nothing counts. Both of the
    dark months, or else the same days of the year before.
    """
    moments = [day_of(one.time, subject.zone) for one in subject.changes]
    last = moments[-1]
    earlier = [moment for moment in moments if moment < last]
    first = earlier[-1] + _DAY if earlier else days.index.min()
    after = days[days.index > last].iloc[: limits.CHANGE_MOST_DAYS]
    before = days[(days.index >= first) & (days.index < last)]
    before = before.iloc[-limits.CHANGE_MOST_DAYS :]
    dark = Sides(before[_is_dark(before)], after[_is_dark(after)])
    if min(len(dark.before), len(dark.after)) >= limits.CHANGE_DAYS:
        return dark
    if not len(after):
        return dark
    year_ago = days[
        (days.index >= after.index[0] - _YEAR) & (days.index <= after.index[-1] - _YEAR)
    ]
    if len(year_ago) >= limits.CHANGE_DAYS and len(after) >= limits.CHANGE_DAYS:
        return Sides(year_ago, after, last_year=True)
    return Sides(before, after)


def sided(subject: Subject) -> pd.DataFrame:
    """Return of each day that was compared which side it is of, and the kW of it.

    Columns `side` (0 before, or without; 1 after, or with), `used_kw` and
    `expected_kw`, what the days before predict (NaN of an experiment).
    """
    days = valid_days(subject)
    if (plan := experiment_of(subject, days)) is not None:
        sides = plan.days[["used_kw"]].assign(side=plan.on.astype(float))
        return sides.assign(expected_kw=np.nan)
    before, after, _ = sides_of(subject, days)
    both = pd.concat([before.assign(side=0.0), after.assign(side=1.0)])
    if min(len(before), len(after)) < limits.CHANGE_DAYS:
        return both[["side", "used_kw"]].assign(expected_kw=np.nan)
    expected, _ = _predicted(before, both, "used_kw")
    return both[["side", "used_kw"]].assign(expected_kw=expected)


def _of_sides(subject: Subject, days: pd.DataFrame) -> Insight:
    """Return what the days after the last change say beside those before it."""
    sides = sides_of(subject, days)
    before, after = sides.before, sides.after
    if len(after) < limits.CHANGE_DAYS:
        found = learning(ID, len(after), limits.CHANGE_DAYS)
        return _with_change(found, subject)
    if len(before) < limits.CHANGE_DAYS:
        return _cannot(subject, "coverage")
    dark = _is_dark(before).all() and _is_dark(after).all()
    if not (dark or sides.last_year):
        return _cannot(subject, "season")
    apart = float(after["outdoor_temp"].mean() - before["outdoor_temp"].mean())
    if abs(apart) > limits.CHANGE_APART_K:
        return _cannot(subject, "weather", apart=apart)
    if before["outdoor_temp"].median() > limits.CHANGE_WARM_C:
        return _cannot(subject, "not_heating")
    heat = effect_on(before, after, "space_kw")
    used = effect_on(before, after, "used_kw")
    params: dict[str, Param] = {
        "method": "before_after",
        "days_before": len(before),
        "days_after": len(after),
        "last_year": sides.last_year,
        "heat": 100 * heat.share,
        **_indoor(before, after, heat),
    }
    found = _result(subject, used, len(before) + len(after), params)
    return spanning(found, _first(before), _last(after))


def _of_experiment(subject: Subject, plan: Experiment) -> Insight:
    """Return what weeks with and without a setting say."""
    used = Effect(plan.share, plan.error)
    params: dict[str, Param] = {
        "method": "experiment",
        "blocks": plan.blocks,
        "tried": plan.tried,
        "days_before": int((~plan.on).sum()),
        "days_after": int(plan.on.sum()),
        **_indoor(plan.days[~plan.on], plan.days[plan.on], None),
    }
    found = _result(subject, used, len(plan.days), params)
    return spanning(found, _first(plan.days), _last(plan.days))


def _result(
    subject: Subject, used: Effect, n: int, params: dict[str, Param]
) -> Insight:
    found = Insight(
        id=ID,
        state="ok",
        code=used.code,
        value=100 * used.share,
        unit="%",
        scatter=100 * used.error,
        n=n,
        params={
            "measure": "electricity" if follows_temperatures(subject) else "heat",
            "least": 100 * used.least,
            **params,
        },
    )
    return _with_change(found, subject)


def _cannot(subject: Subject, code: str, **params: Param) -> Insight:
    return _with_change(unknown(ID, code, **params), subject)


def _with_change(found: Insight, subject: Subject) -> Insight:
    """Return a result with what was changed, and when (ms since 1970)."""
    last = subject.changes[-1]
    same_day = [
        one
        for one in subject.changes
        if day_of(one.time, subject.zone) == day_of(last.time, subject.zone)
        and one.kind != last.kind
    ]
    told: dict[str, Param] = {
        "setting": SETTINGS[last.kind],
        "from": last.before,
        "to": last.value,
        "changed": last.time,
        "others": len({one.kind for one in same_day}),
    }
    return replace(found, params={**told, **found.params})


def _indoor(
    before: pd.DataFrame, after: pd.DataFrame, heat: Effect | None
) -> dict[str, Param]:
    """Return how much warmer the rooms became, K, and its share of what was saved."""
    means = [side["indoor_temp"].dropna().mean() for side in (before, after)]
    if any(np.isnan(mean) for mean in means):
        return {}
    warmer = float(means[1] - means[0])
    if heat is None or heat.code == "no_difference":
        return {"indoor": warmer}
    loss = _signature(before).slope
    saved = heat.share * float(after["space_kw"].mean()) / (1 + heat.share)
    share = loss * warmer / saved
    is_part = abs(warmer) >= limits.CHANGE_INDOOR_K and share > 0
    return {"indoor": warmer, **({"indoor_share": min(share, 1.0)} if is_part else {})}


def _signature(days: pd.DataFrame) -> Signature:
    return signature(*(days[name].to_numpy() for name in ("outdoor_temp", "space_kw")))


def _predicted(
    before: pd.DataFrame, after: pd.DataFrame, column: str
) -> tuple[Floats, Floats]:
    """Return what the days before say of the others, and their own misses."""
    found = _signature(before).base
    base = found if np.isfinite(found) else limits.DEGREE_DAY_BASE
    line_of = _through_base if column == "space_kw" else _line
    return line_of(before, after, column, base)


def _through_base(
    before: pd.DataFrame, after: pd.DataFrame, column: str, base: float
) -> tuple[Floats, Floats]:
    """Return what k · (base − T) says of the days after, and the misses before."""
    cold, later = (
        np.maximum(0.0, base - side["outdoor_temp"].to_numpy())
        for side in (before, after)
    )
    line = fitted(before[column].to_numpy(), cold)
    residuals: Floats = before[column].to_numpy() - line.at(cold)
    return line.at(later), residuals


def _line(
    before: pd.DataFrame, after: pd.DataFrame, column: str, base: float
) -> tuple[Floats, Floats]:
    """Return what a + b · T says of the days after, and the misses before."""
    cold, later = (
        np.minimum(base, side["outdoor_temp"].to_numpy()) for side in (before, after)
    )
    line = fitted(before[column].to_numpy(), np.ones(len(cold)), cold)
    residuals: Floats = before[column].to_numpy() - line.at(np.ones(len(cold)), cold)
    return line.at(np.ones(len(later)), later), residuals


def _is_dark(days: pd.DataFrame) -> Flags:
    """Return which days are of the months without much sun."""
    months = pd.DatetimeIndex(days.index).month
    return np.isin(months, limits.CHANGE_MONTHS)


def _first(days: pd.DataFrame) -> date:
    return pd.DatetimeIndex(days.index)[0].date()


def _last(days: pd.DataFrame) -> date:
    return pd.DatetimeIndex(days.index)[-1].date()
