"""How much heat the house needs, and how cold it can get before the heater must help."""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Floats
from . import limits
from .days import first_and_last
from .fit import fitted, lag_correlation, outliers
from .result import Insight, Param, learning, spanning, unknown
from .subject import Subject

ID: Final = "house"
_BASES: Final = np.arange(12.0, 20.05, 0.1)
# A perfect line has no scatter to measure the prior with, kW².
_LEAST_SQUARES: Final = 1e-12
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


def house(subject: Subject) -> Insight:
    """Return kW per kelvin of cold: of a line, or of the quotient where there is none."""
    if not subject.reports("outdoor_temp"):
        return unknown(ID, "no_metric", metric="outdoor_temp")
    days = _days(subject.whole_days)
    heated = days[days["degree_days"] > 0]
    if len(heated) < limits.HOUSE_LEAST_DAYS:
        return learning(ID, len(heated), limits.HOUSE_LEAST_DAYS)
    if heated["degree_days"].sum() < limits.HOUSE_LEAST_DEGREE_DAYS:
        return unknown(ID, "not_heating")
    params = _reserve_params(days)
    line = _signature_of(days)
    if line is None:
        found = _quotient_result(subject, heated, params)
    else:
        found = Insight(
            id=ID,
            state="ok",
            code="signature",
            value=line.slope,
            unit="kW/K",
            scatter=line.error,
            scale=subject.heat_scale,
            n=len(days),
            params={"base": line.base, "r2": line.r2, **params},
        )
    return spanning(found, *first_and_last(days))


def signature(outdoor: Floats, heat_kw: Floats) -> Signature:
    """Return the line of days: outdoor means, °C, and heat for the house, kW.

    Days warmer than the base need no heat: which these are is found by trying; the
    line is that of the others. The base is 17 ± 1.5 °C before any day is looked at.
    """
    base = min(_BASES.tolist(), key=lambda at: _misfit(outdoor, heat_kw, at))
    cold = outdoor < base
    line = fitted(heat_kw[cold], np.ones(int(cold.sum())), outdoor[cold])
    slope = -line.coefficients[1]
    found = line.coefficients[0] / slope if slope > 0 else float("nan")
    return Signature(slope, line.errors[1], found, line.scatter, line.r2)


def quotient(heat_kwh: float, degree_days: float) -> float:
    """Return kW per kelvin: heat for the house over its degree days (K·d)."""
    return heat_kwh / (24 * degree_days)


def normal_year(heat_kwh: float, degree_days: float, normal: float) -> float:
    """Return what the heat of a time would be in weather of `normal` degree days, kWh."""
    return heat_kwh * normal / degree_days


def reserve(outdoor: Floats, share: Floats) -> tuple[float, float] | None:
    """Return from which outdoor temperature (°C) on it runs all day, and r² of it.

    `share`: of the day that the compressor runs. Needs no flow and no watts. None
    where it does not run more the colder it is.
    """
    line = fitted(share, np.ones(len(share)), outdoor)
    start, slope = line.coefficients
    return None if slope >= 0 else ((1 - start) / slope, line.r2)


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


def _signature_of(days: pd.DataFrame) -> Signature | None:
    """Return the line of enough days, without those that are far off; None else."""
    outdoor, heat = (days[name].to_numpy() for name in ("outdoor_temp", "space_kw"))
    spans = float(np.ptp(outdoor)) >= limits.SIGNATURE_SPAN_K
    if len(days) < limits.SIGNATURE_DAYS or not spans:
        return None
    first = signature(outdoor, heat)
    residuals = heat - first.slope * np.maximum(0.0, first.base - outdoor)
    cold = outdoor < first.base
    if not cold.any():
        return None
    kept = np.ones(len(days), dtype=bool)
    kept[cold] = ~outliers(residuals[cold], limits.OUTLIER_MAD, limits.OUTLIER_SHARE)
    line = signature(outdoor[kept], heat[kept])
    rho = lag_correlation(residuals[kept])
    line = replace(line, error=line.error * sqrt((1 + rho) / (1 - rho)))
    low, high = limits.BASE_TEMP_C
    good = line.r2 >= limits.SIGNATURE_R2 and low <= line.base <= high
    return line if good else None


def _quotient_result(
    subject: Subject, days: pd.DataFrame, params: dict[str, Param]
) -> Insight:
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
            "base": limits.DEGREE_DAY_BASE,
            "degree_days": degree_days,
            "heat_kwh": heat_kwh,
            **params,
        },
    )


def _reserve_params(days: pd.DataFrame) -> dict[str, Param]:
    """Return from which temperature on it runs all day, or why that is not known."""
    share = days["auxiliary_kwh"].fillna(0.0) / days["heat_kwh"].clip(lower=1e-9)
    heater = share > limits.RESERVE_HEATER_SHARE
    low, high = limits.SHARE_RANGE
    chosen = days[days["running"].between(low, high) & ~heater]
    cold = days[days["running"] > low]
    outdoor = chosen["outdoor_temp"].to_numpy()
    if len(chosen) < limits.HOUSE_LEAST_DAYS:
        return {"reserve": None, "reserve_code": "days"}
    if heater[cold.index].mean() > limits.RESERVE_HEATER_DAYS:
        return {"reserve": None, "reserve_code": "heater"}
    if np.ptp(outdoor) < limits.RESERVE_SPAN_K:
        return {"reserve": None, "reserve_code": "span"}
    found = reserve(outdoor, chosen["running"].to_numpy())
    if found is None or found[1] < limits.RESERVE_R2:
        return {"reserve": None, "reserve_code": "scatter"}
    return {"reserve": found[0], "reserve_code": "ok"}
