"""Did it help? What a setting that was changed has done, at the same weather."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ..analysis.samples import Flags, Floats
from ..analysis.states import SETTINGS
from ..analysis.times import milliseconds
from ..const import DEGREE_DAY_BASE
from . import limits
from .days import day_of
from .drift import is_southern
from .electricity import follows_temperatures
from .experiment import Experiment, experiment_of
from .fit import Fit, fitted, lag_correlation, standard_error
from .house import Signature, signature
from .result import Insight, Param, learning, spanning, unknown
from .subject import Subject
from .sun import clear_sky

ID: Final = "change"
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
    """The valid days before and after a change; `last_year`: before is a year ago.

    `latitude`: where the sun is part of what they are compared by, degrees.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    last_year: bool = False
    latitude: float | None = None


def change(subject: Subject) -> Insight:
    """Return what a change did to the electricity, or the heat, %.

    Of the day that the owner asks about, else of the setting that was changed last.
    """
    is_own = subject.own_change is not None
    if not (is_own or any(subject.reports(metric) for metric in SETTINGS.values())):
        return unknown(ID, "no_metric", metric="heat_curve")
    if not subject.reports("outdoor_temp"):
        return unknown(ID, "no_metric", metric="outdoor_temp")
    if subject.heat.source is None and not follows_temperatures(subject):
        return unknown(ID, "no_metric", metric="supply_temp")
    if not (is_own or _was_lately(subject)):
        return unknown(ID, "no_change")
    days = valid_days(subject)
    if (plan := _experiment(subject, days)) is not None:
        return _of_experiment(subject, plan)
    return _of_sides(subject, days)


def _was_lately(subject: Subject) -> bool:
    """Return whether the setting that was changed last was so in the last two winters."""
    if not subject.changes:
        return False
    ago = pd.Timestamp(subject.today) - day_of(subject.changes[-1].time, subject.zone)
    return bool(ago <= pd.Timedelta(days=limits.CHANGE_LATELY_DAYS))


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


def effect_on(sides: Sides, column: str) -> Effect | None:
    """Return what became of a column of days, beside what the days before predict.

    A line over the outdoor temperature, of the days on which the house is heated; and
    over the sun of a whole season, which is drawn out as far as the days after are. None
    where they predict nothing that it could be a share of.
    """
    before, after = sides.before, sides.after
    line, columns = _line_of(sides, after, column)
    residuals = before[column].to_numpy() - line.at(*_line_of(sides, before, column)[1])
    scatter, rho = float(residuals.std(ddof=1)), lag_correlation(residuals)
    mean = float(line.at(*columns).mean())
    if mean <= 0:
        return None
    if sides.latitude is None:
        error = mean_error(scatter, rho, len(before), len(after))
    else:
        apart = 1 / len(after) + line.leverage(*columns)
        error = standard_error(scatter, rho, 1 / apart)
    return Effect(float(after[column].mean()) / mean - 1, error / mean)


def mean_error(scatter: float, correlation: float, before: int, after: int) -> float:
    """Return the standard error of a difference between means of two sets of days."""
    return standard_error(scatter, correlation, 1 / (1 / before + 1 / after))


def sides_of(subject: Subject, days: pd.DataFrame) -> Sides:
    """Return the days on both sides of a change, as far as they may be compared.

    The day itself belongs to neither. Beyond another change nothing counts. Both of the
    dark months, or else the same days of the year before, or a season with its sun.
    """
    moments = [day_of(one.time, subject.zone) for one in subject.changes]
    changed = _changed_on(subject)
    earlier = [moment for moment in moments if moment < changed]
    later = [moment for moment in moments if moment > changed]
    after = days[days.index > changed]
    before = days[days.index < changed]
    if earlier:
        before = before[before.index > max(earlier)]
    if later:
        after = after[after.index < min(later)]
    after = after.iloc[: limits.CHANGE_MOST_DAYS]
    season, before = before, before.iloc[-limits.CHANGE_MOST_DAYS :]
    dark = Sides(before[_is_dark(before, subject)], after[_is_dark(after, subject)])
    if min(len(dark.before), len(dark.after)) >= limits.CHANGE_DAYS:
        return dark
    if not len(after):
        return dark
    year_ago = days[
        (days.index >= after.index[0] - _YEAR) & (days.index <= after.index[-1] - _YEAR)
    ]
    if earlier:
        year_ago = year_ago[year_ago.index > max(earlier)]
    if len(year_ago) >= limits.CHANGE_DAYS and len(after) >= limits.CHANGE_DAYS:
        return Sides(year_ago, after, last_year=True)
    with_sun = _with_sun(subject, season[season.index >= changed - _YEAR], after)
    return with_sun or Sides(before, after)


def _with_sun(
    subject: Subject, season: pd.DataFrame, after: pd.DataFrame
) -> Sides | None:
    """Return sides that the sun makes comparable: all of a heating season before."""
    south = is_southern(subject)
    months = limits.CHANGE_SUN_MONTHS_SOUTH if south else limits.CHANGE_SUN_MONTHS
    season, after = (days[_is_of(days, months)] for days in (season, after))
    light = int((~_is_dark(season, subject)).sum())
    if subject.latitude is None or len(after) < limits.CHANGE_DAYS:
        return None
    if len(season) < limits.CHANGE_SUN_DAYS or light < limits.CHANGE_LIGHT_DAYS:
        return None
    return Sides(season, after, latitude=subject.latitude)


def sided(subject: Subject) -> pd.DataFrame:
    """Return of each day that was compared which side it is of, and the kW of it.

    Columns `side` (0 before, or without; 1 after, or with), `used_kw` and
    `expected_kw`, what the days before predict (NaN of an experiment).
    """
    days = valid_days(subject)
    if (plan := _experiment(subject, days)) is not None:
        weeks = plan.days[["used_kw"]].assign(side=plan.on.astype(float))
        return weeks.assign(expected_kw=np.nan)
    sides = sides_of(subject, days)
    before, after = sides.before, sides.after
    both = pd.concat([before.assign(side=0.0), after.assign(side=1.0)])
    if min(len(before), len(after)) < limits.CHANGE_DAYS:
        return both[["side", "used_kw"]].assign(expected_kw=np.nan)
    line, columns = _line_of(sides, both, "used_kw")
    return both[["side", "used_kw"]].assign(expected_kw=line.at(*columns))


def _changed_on(subject: Subject) -> pd.Timestamp:
    """Return the day of the change that is asked about."""
    if subject.own_change is not None:
        return pd.Timestamp(subject.own_change)
    return day_of(subject.changes[-1].time, subject.zone)


def _experiment(subject: Subject, days: pd.DataFrame) -> Experiment | None:
    """Return weeks to and fro, where nobody asks about a day of their own."""
    return None if subject.own_change else experiment_of(subject, days)


def _of_sides(subject: Subject, days: pd.DataFrame) -> Insight:
    """Return what the days after a change say beside those before it."""
    sides = sides_of(subject, days)
    before, after = sides.before, sides.after
    if len(after) < limits.CHANGE_DAYS:
        found = learning(ID, len(after), limits.CHANGE_DAYS)
        return _with_change(found, subject)
    if len(before) < limits.CHANGE_DAYS:
        return _cannot(subject, "coverage")
    dark = all(_is_dark(side, subject).all() for side in (before, after))
    if not (dark or sides.last_year or sides.latitude is not None):
        return _cannot(subject, "season")
    apart = float(after["outdoor_temp"].mean() - before["outdoor_temp"].mean())
    if abs(apart) > limits.CHANGE_APART_K:
        return _cannot(subject, "weather", apart=apart)
    if before["outdoor_temp"].median() > limits.CHANGE_WARM_C:
        return _cannot(subject, "not_heating")
    used = effect_on(sides, "used_kw")
    if used is None:
        return _cannot(subject, "not_heating")
    has_heat = subject.heat.source is not None
    heat = effect_on(sides, "space_kw") if has_heat else None
    params: dict[str, Param] = {
        "method": "before_after",
        "days_before": len(before),
        "days_after": len(after),
        "last_year": sides.last_year,
        "sun": sides.latitude is not None,
        **({} if heat is None else {"heat": 100 * heat.share}),
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
    """Return a result with what was changed, and when (ms since 1970).

    What the owner changed on a day of their own only they know.
    """
    if (own := subject.own_change) is not None:
        day = _changed_on(subject)
        on_it = [x for x in subject.changes if day_of(x.time, subject.zone) == day]
        begin = milliseconds(pd.Timestamp(own, tz=subject.zone))
        known: dict[str, Param] = {
            "changed": begin,
            "others": len({one.kind for one in on_it}),
        }
        return replace(found, params={**known, **found.params})
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
    # Of no heat at all after it the rooms are no part.
    if heat is None or heat.code == "no_difference" or heat.share <= -1:
        return {"indoor": warmer}
    loss = _signature(before).slope
    saved = heat.share * float(after["space_kw"].mean()) / (1 + heat.share)
    share = loss * warmer / saved
    is_part = abs(warmer) >= limits.CHANGE_INDOOR_K and share > 0
    return {"indoor": warmer, **({"indoor_share": min(share, 1.0)} if is_part else {})}


def _signature(days: pd.DataFrame) -> Signature:
    return signature(*(days[name].to_numpy() for name in ("outdoor_temp", "space_kw")))


def _line_of(
    sides: Sides, days: pd.DataFrame, column: str
) -> tuple[Fit, tuple[Floats, ...]]:
    """Return what the days before say of a column, and the line's columns of some days.

    Of heat k · (base − T), of electricity a + b · T; and c · sun where it is part of it.
    """
    # Without any heat there is no line to take the base from.
    found = _signature(sides.before).base if sides.before["space_kw"].any() else np.nan
    base = found if np.isfinite(found) else DEGREE_DAY_BASE

    def columns(of: pd.DataFrame) -> tuple[Floats, ...]:
        outdoor = np.minimum(base, of["outdoor_temp"].to_numpy())
        cold = (base - outdoor,)
        terms = cold if column == "space_kw" else (np.ones(len(outdoor)), outdoor)
        if sides.latitude is None:
            return terms
        sun = clear_sky(pd.DatetimeIndex(of.index), sides.latitude)
        # Without heating there is nothing for the sun to save.
        return (*terms, sun * (outdoor < base))

    line = fitted(sides.before[column].to_numpy(), *columns(sides.before))
    return line, columns(days)


def _is_dark(days: pd.DataFrame, subject: Subject) -> Flags:
    """Return which days are of the months without much sun."""
    south = is_southern(subject)
    return _is_of(days, limits.CHANGE_MONTHS_SOUTH if south else limits.CHANGE_MONTHS)


def _is_of(days: pd.DataFrame, months: tuple[int, ...]) -> Flags:
    """Return which days are of some months."""
    return np.isin(pd.DatetimeIndex(days.index).month, months)


def _first(days: pd.DataFrame) -> date:
    return pd.DatetimeIndex(days.index)[0].date()


def _last(days: pd.DataFrame) -> date:
    return pd.DatetimeIndex(days.index)[-1].date()
