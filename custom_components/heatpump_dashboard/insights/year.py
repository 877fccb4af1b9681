"""How the year was, beside the one before and beside other heating."""

from math import ceil
from typing import Final

import pandas as pd

from ..analysis.cop import LEAST_COVERAGE, known_share, running_s
from . import limits
from .days import first_and_last, last_days
from .electricity import is_known
from .result import Insight, Param, days_left, spanning, unknown
from .subject import Subject

ID: Final = "year"
_KNOWN: Final = ("energy_s", "running_known_s", "heating_s", "hot_water_s")


def year(subject: Subject) -> Insight:
    """Return the COP of everything in the last 365 days: SCOP where all is known.

    Where heat or electricity are not known of half of the running time, no figure.
    """
    if not is_known(subject):
        return unknown(ID, "no_measured_power")
    if subject.heat.source is None:
        return unknown(ID, "no_metric", metric="supply_temp")
    days = last_days(subject.days, subject.today, limits.YEAR_DAYS)
    heat = float(days["heat_kwh"].sum())
    paid = float(days["electricity_kwh"].sum() - days["cooling_electricity_kwh"].sum())
    if paid <= 0 or heat <= 0:
        return unknown(ID, "coverage")
    sums = {name: float(days[name].sum()) for name in _KNOWN}
    if sums["running_known_s"] < LEAST_COVERAGE * running_s(sums):
        return unknown(ID, "coverage")
    share = known_share(sums, limits.YEAR_DAYS * 86_400.0)
    is_year = share >= limits.YEAR_COVERAGE
    result = Insight(
        id=ID,
        state="ok" if is_year else "learning",
        code="scop" if is_year else "so_far",
        value=heat / paid,
        scale=subject.heat_scale,
        n=len(days),
        params={
            "coverage": share,
            "heat": heat,
            "electricity": paid,
            "auxiliary": float(days["auxiliary_kwh"].sum()),
            **against(heat, paid),
            **_let_out(subject, paid),
            **_weather(days),
            **({} if is_year else _missing(share)),
            **(_before(subject, days) if is_year else {}),
        },
    )
    return spanning(result, *first_and_last(days))


def _missing(share: float) -> dict[str, Param]:
    """Return how many days of a year are known, and how many are missing of enough."""
    need = ceil(limits.YEAR_COVERAGE * limits.YEAR_DAYS)
    return days_left(min(int(share * limits.YEAR_DAYS), need - 1), need)


def against(heat: float, electricity: float) -> dict[str, Param]:
    """Return what other heating would have taken for the same heat.

    `saved`: kWh of direct electricity that it was less; litres of oil, m³ of gas.
    """
    return {
        "saved": heat - electricity,
        "oil": heat / limits.OIL_KWH,
        "gas": heat / limits.GAS_KWH,
    }


def _let_out(subject: Subject, electricity: float) -> dict[str, Param]:
    """Return what that let out, kg of CO2: at a factor that its owner gave, or not at all.

    They differ sixfold by what is meant with them, so there is none that is usual.
    """
    grams = subject.co2_per_kwh
    if grams is None:
        return {}
    return {"co2": electricity * grams / 1000, "co2_per_kwh": grams}


def _weather(days: pd.DataFrame) -> dict[str, Param]:
    """Return how cold the days were, K·d, and kWh of electricity for each of these.

    Where that is known of nearly all of them.
    """
    known = days[days["whole"].astype(bool) & days["degree_days"].notna()]
    total = float(known["degree_days"].sum())
    if len(known) < limits.YEAR_COVERAGE * len(days) or total <= 0:
        return {}
    used = float(known["electricity_kwh"].sum())
    return {"degree_days": total, "per_degree_day": used / total}


def _before(subject: Subject, days: pd.DataFrame) -> dict[str, Param]:
    """Return the change to the year before at the same weather, a share.

    Of the electricity per degree day, where both years are known whole.
    """
    start, _ = first_and_last(days)
    before = last_days(subject.days, start, limits.YEAR_DAYS)
    per_degree_day = [_per_degree_day(part) for part in (before, days)]
    if None in per_degree_day or not per_degree_day[0]:
        return {}
    then, now = per_degree_day
    assert then is not None and now is not None
    return {"change": now / then - 1}


def _per_degree_day(days: pd.DataFrame) -> float | None:
    """Return kWh of electricity per degree day of a year, None where not all is known."""
    known = days[days["whole"].astype(bool) & days["degree_days"].notna()]
    if len(known) < limits.YEAR_COVERAGE * limits.YEAR_DAYS:
        return None
    degree_days = float(known["degree_days"].sum())
    return float(known["electricity_kwh"].sum()) / degree_days if degree_days else None
