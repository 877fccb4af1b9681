"""How much heat the house needs, and how cold it can get before the heater must help."""

from dataclasses import dataclass, replace
from datetime import timedelta
from math import sqrt
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ..analysis.samples import Flags, Floats
from ..const import DEGREE_DAY_BASE
from . import limits
from .days import first_and_last, last_days
from .fit import fitted, lag_correlation, outliers
from .result import Insight, Param, learning, spanning, unknown
from .subject import Subject

ID: Final = "house"
_DAY: Final = pd.Timedelta(days=1)
_BASES: Final = np.arange(12.0, 20.05, 0.1)
# A perfect line has no scatter to measure the prior with, kW².
_LEAST_SQUARES: Final = 1e-12
# Years that are known, at most and at least, for one that is usual.
_MOST_YEARS: Final = 4
_LEAST_YEARS: Final = 2
# A winter and the summer before it, so that a signature is of one house.
_DAYS: Final = 400
# Scatter of the quotient of n days: ± 5 % of 14, ± 3.5 % of 30, by simulation.
_QUOTIENT_SCATTER: Final = 0.19


@dataclass(frozen=True, slots=True)
class Signature:
    """The line Q = K · max(0, Tb − T): `slope` kW/K and its error, `base` °C."""

    slope: float
    error: float
    base: float
    scatter: float
    r2: float

    def far(self, outdoor: Floats, heat_kw: Floats) -> Flags:
        """Return which days are far off the line, a tenth of the cold ones at most."""
        cold = outdoor < self.base
        found = np.zeros(len(outdoor), dtype=bool)
        if cold.any():
            misses = heat_kw - need(self.slope, self.base, outdoor)
            most = limits.OUTLIER_MAD, limits.OUTLIER_SHARE
            found[cold] = outliers(misses[cold], *most)
        return found


class Reserve(NamedTuple):
    """The share of a day that it runs: `start` at 0 °C outside and `slope` per K of it."""

    start: float
    slope: float
    r2: float

    @property
    def full(self) -> float:
        """Return from which outdoor temperature (°C) on it runs all day."""
        return (1 - self.start) / self.slope

    def at(self, outdoor: float) -> float:
        """Return what share of a day it would have to run: 1 and more is all of it."""
        return self.start + self.slope * outdoor


def house(subject: Subject) -> Insight:
    """Return kW per kelvin of cold: of a line, or of the quotient where there is none."""
    if not subject.reports("outdoor_temp"):
        return unknown(ID, "no_metric", metric="outdoor_temp")
    if subject.heat.source is None:
        return _by_running(subject)
    days = _days(subject.whole_days)
    heated = days[days["degree_days"] > 0]
    if len(heated) < limits.HOUSE_LEAST_DAYS:
        return learning(ID, len(heated), limits.HOUSE_LEAST_DAYS)
    if heated["degree_days"].sum() < limits.HOUSE_LEAST_DEGREE_DAYS:
        return unknown(ID, "not_heating")
    line = _signature_of(days, subject)
    found = _quotient_result(subject, heated)
    if line is not None:
        found = Insight(
            id=ID,
            state="ok",
            code="signature",
            value=line.slope,
            unit="kW/K",
            scatter=line.error,
            scale=subject.heat_scale,
            n=len(days),
            params={"base": line.base, "r2": line.r2, "spread": line.scatter},
        )
    reserve_at, why = _reserve_of(subject, days)
    params: dict[str, Param] = {
        **found.params,
        "reserve": None if reserve_at is None else reserve_at.full,
        "reserve_code": why,
        **_normal(subject),
        **_summer(days, found),
        **_at_design(subject, found, reserve_at),
    }
    return spanning(replace(found, params=params), *first_and_last(days))


def _by_running(subject: Subject) -> Insight:
    """Return how cold it can get, where nothing tells the heat of the house."""
    known = subject.days["coverage"] >= limits.DAY_COVERAGE
    days = subject.days[known].dropna(subset=["outdoor_temp", "running"])
    days = days.iloc[-_DAYS:]
    heated = days[(days["degree_days"] > 0) & (days["running"] > 0)]
    if 0 < len(heated) < limits.HOUSE_LEAST_DAYS:
        return learning(ID, len(heated), limits.HOUSE_LEAST_DAYS)
    found, why = _reserve_of(subject, days)
    if found is None:
        return unknown(ID, "no_metric", metric="supply_temp", reserve_code=why)
    params: dict[str, Param] = {"reserve": found.full, "reserve_code": why}
    if (design := subject.design_temp) is not None:
        params |= {"design_temp": design, "design_share": found.at(design)}
    result = Insight(id=ID, state="ok", code="reserve", n=len(days), params=params)
    return spanning(result, *first_and_last(days))


def left_out(subject: Subject) -> pd.Series:
    """Return which days are no part of the line, 1 = is not: holidays, or a stove."""
    days = _days(subject.whole_days)
    outdoor, heat = (days[name].to_numpy() for name in ("outdoor_temp", "space_kw"))
    if subject.heat.source is None or not _has_line(outdoor):
        return pd.Series(0.0, index=days.index)
    far = signature(outdoor, heat).far(outdoor, heat)
    return pd.Series(far.astype(float), index=days.index)


def signature(
    outdoor: Floats, heat_kw: Floats, yesterday: Floats | None = None
) -> Signature:
    """Return the line of days: outdoor means, °C, and heat for the house, kW.

    Days warmer than the base need no heat: which these are is found by trying; the
    line is that of the others. The base is 17 ± 1.5 °C before any day is looked at.
    With what it was `yesterday` the slope is of both: so much more for each kelvin that
    it is colder for two days.
    """
    base = min(_BASES.tolist(), key=lambda at: _misfit(outdoor, heat_kw, at))
    cold = outdoor < base
    columns = [np.ones(int(cold.sum())), outdoor[cold]]
    if yesterday is not None:
        columns.append(yesterday[cold])
    line = fitted(heat_kw[cold], *columns)
    slope = -sum(line.coefficients[1:])
    error = line.scatter * sqrt(max(float(line.inverse[1:, 1:].sum()), 0.0))
    found = line.coefficients[0] / slope if slope > 0 else float("nan")
    return Signature(slope, error, found, line.scatter, line.r2)


def need[Of: (float, Floats)](slope: float, base: float, outdoor: Of) -> Of:
    """Return the heat that the house needs at an outdoor temperature, kW."""
    found: Of = slope * np.maximum(0.0, base - outdoor)
    return found


def quotient(heat_kwh: float, degree_days: float) -> float:
    """Return kW per kelvin: heat for the house over its degree days (K·d)."""
    return heat_kwh / (24 * degree_days)


def normal_year(heat_kwh: float, degree_days: float, normal: float) -> float:
    """Return what the heat of a time would be in weather of `normal` degree days, kWh."""
    return heat_kwh * normal / degree_days


def _normal(subject: Subject) -> dict[str, Param]:
    """Return the heat of the last year in the weather of a usual one, kWh.

    What its owner says is usual, or at least two years that are known: what is usual
    elsewhere is not guessed.
    """
    known = subject.whole_days.dropna(subset=["space_kw", "degree_days"])
    years = [
        last_days(known, subject.today - timedelta(days=365 * ago), limits.YEAR_DAYS)
        for ago in range(_MOST_YEARS)
    ]
    years = [
        days for days in years if len(days) >= limits.YEAR_COVERAGE * limits.YEAR_DAYS
    ]
    typed = subject.normal_degree_days
    if not years or (typed is None and len(years) < _LEAST_YEARS):
        return {}
    cold = [limits.YEAR_DAYS * float(days["degree_days"].mean()) for days in years]
    heat = 24 * limits.YEAR_DAYS * float(years[0]["space_kw"].mean())
    normal = sum(cold) / len(cold) if typed is None else typed
    return {
        "normal_kwh": normal_year(heat, cold[0], normal),
        "years": 0 if typed is not None else len(years),
    }


def _summer(days: pd.DataFrame, found: Insight) -> dict[str, Param]:
    """Return the heat of a day on which the house needs none, kWh: its base load."""
    base = found.params["base"]
    warm = days[days["outdoor_temp"] > base].dropna(subset=["heat_hot_water_kwh"])
    if len(warm) < limits.HOUSE_LEAST_DAYS:
        return {}
    # What the tank takes; heat that follows no weather is none of the house.
    return {"summer_kwh": float(warm["heat_hot_water_kwh"].mean())}


def _at_design(
    subject: Subject, found: Insight, reserve_at: Reserve | None
) -> dict[str, Param]:
    """Return what the coldest days that one reckons with ask for, where they are told.

    `design_kw`: what the house needs; `design_share`: how much of the day it would have
    to run for that, and `design_gives`: what it can give beside hot water, kW.
    """
    if (design := subject.design_temp) is None or found.value is None:
        return {}
    kw = need(found.value, float(str(found.params["base"])), design)
    share = None if reserve_at is None else reserve_at.at(design)
    told: dict[str, Param] = {"design_temp": design, "design_kw": float(kw)}
    if share is None or share <= 0:
        return told
    return told | {"design_share": share, "design_gives": float(kw) / share}


def reserve(outdoor: Floats, share: Floats) -> Reserve | None:
    """Return how much of a day it runs, by outdoor temperature, and r² of it.

    `share`: of the day that the compressor runs. Needs no flow and no watts. None
    where it does not run more the colder it is.
    """
    line = fitted(share, np.ones(len(share)), outdoor)
    start, slope = line.coefficients
    found = Reserve(start, slope, line.r2)
    return None if found.slope >= 0 else found


def _misfit(outdoor: Floats, heat_kw: Floats, base: float) -> float:
    """Return how badly a base fits: squares of the line's misses, and of the prior's."""
    below = np.maximum(0.0, base - outdoor)
    square = float((below**2).sum())
    slope = float((below * heat_kw).sum()) / square if square else 0.0
    misses = float(((heat_kw - slope * below) ** 2).sum())
    usual, spread = limits.BASE_PRIOR_C
    likely = len(outdoor) * np.log(max(misses, _LEAST_SQUARES))
    return float(likely + ((base - usual) / spread) ** 2)


def _days(days: pd.DataFrame) -> pd.DataFrame:
    """Return the days of the last year and a bit whose heat and weather are known."""
    known = days.dropna(subset=["outdoor_temp", "space_kw"])
    return known.iloc[-_DAYS:]


def _has_line(outdoor: Floats) -> bool:
    """Return whether there are days enough for a line, cold and mild ones."""
    if len(outdoor) < limits.SIGNATURE_DAYS:
        return False
    return float(np.ptp(outdoor)) >= limits.SIGNATURE_SPAN_K


def _signature_of(days: pd.DataFrame, subject: Subject) -> Signature | None:
    """Return the line of enough days, without those that are far off; None else.

    With the weather of yesterday where that makes it surer: some houses are slow.
    """
    outdoor, heat = (days[name].to_numpy() for name in ("outdoor_temp", "space_kw"))
    if not _has_line(outdoor):
        return None
    first = signature(outdoor, heat)
    if not (outdoor < first.base).any():
        return None
    rest = days[~first.far(outdoor, heat)]
    before = (pd.DatetimeIndex(rest.index) - _DAY).to_numpy()
    yesterday = subject.days["outdoor_temp"].reindex(before).to_numpy()
    line = _line_of(rest)
    if np.isfinite(yesterday).sum() >= limits.SIGNATURE_DAYS:
        slow = _line_of(rest, yesterday)
        line = slow if slow.error < limits.SIGNATURE_SLOW * line.error else line
    low, high = limits.BASE_TEMP_C
    good = line.r2 >= limits.SIGNATURE_R2 and low <= line.base <= high
    return line if good else None


def _line_of(days: pd.DataFrame, yesterday: Floats | None = None) -> Signature:
    """Return the line of days, its error wider where they are alike in a row."""
    outdoor, heat = (days[name].to_numpy() for name in ("outdoor_temp", "space_kw"))
    if yesterday is not None:
        known = np.isfinite(yesterday)
        outdoor, heat, yesterday = outdoor[known], heat[known], yesterday[known]
    line = signature(outdoor, heat, yesterday)
    rho = lag_correlation(heat - need(line.slope, line.base, outdoor))
    return replace(line, error=line.error * sqrt((1 + rho) / (1 - rho)))


def _quotient_result(subject: Subject, days: pd.DataFrame) -> Insight:
    """Return the quotient of the last days that have degree days."""
    degree_days = float(days["degree_days"].sum())
    heat_kwh = float(24 * days["space_kw"].sum())
    value = quotient(heat_kwh, degree_days)
    return Insight(
        id=ID,
        state="ok",
        code="quotient",
        value=value,
        unit="kW/K",
        scatter=value * _QUOTIENT_SCATTER / sqrt(len(days)),
        scale=subject.heat_scale,
        n=len(days),
        params={
            "base": DEGREE_DAY_BASE,
            "degree_days": degree_days,
            "heat_kwh": heat_kwh,
        },
    )


def _reserve_of(subject: Subject, days: pd.DataFrame) -> tuple[Reserve | None, str]:
    """Return how much of a day it runs by the weather, or why that is not known."""
    if subject.heat.varies:
        # It runs all day from its least power on, and has most of it in reserve then.
        return None, "variable_speed"
    if not subject.reports("brine_in_temp"):
        # Outdoor air gives less the colder it is: by this line it would manage far too
        # cold days, as its running grows faster than the weather gets colder.
        return None, "air_source"
    # Heat that nothing tells is no less than the electricity it took.
    heat = days["heat_kwh" if subject.heat.source else "electricity_kwh"].fillna(0.0)
    share = days["auxiliary_kwh"].fillna(0.0) / heat.clip(lower=1e-9)
    heater = share > limits.RESERVE_HEATER_SHARE
    low, high = limits.SHARE_RANGE
    chosen = days[days["running"].between(low, high) & ~heater]
    cold = days[days["running"] > low]
    outdoor = chosen["outdoor_temp"].to_numpy()
    if len(chosen) < limits.HOUSE_LEAST_DAYS:
        return None, "days"
    if heater[cold.index].mean() > limits.RESERVE_HEATER_DAYS:
        return None, "heater"
    if np.ptp(outdoor) < limits.RESERVE_SPAN_K:
        return None, "span"
    found = reserve(outdoor, chosen["running"].to_numpy())
    if found is None or found.r2 < limits.RESERVE_R2:
        return None, "scatter"
    return found, "ok"
