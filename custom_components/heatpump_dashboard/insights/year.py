"""How the year was, beside the one before and beside other heating."""

from math import ceil, inf, sqrt
from typing import Final

import pandas as pd

from ..analysis.cop import LEAST_COVERAGE, known_share, running_paired_s, running_s
from . import limits
from .days import first_and_last, last_days, pairs
from .electricity import is_known
from .result import Insight, Param, days_left, spanning, unknown
from .subject import Subject

ID: Final = "year"
_DAY: Final = pd.Timedelta(days=1)
_KNOWN: Final = (
    *("energy_s", "heat_alone_s", "electricity_alone_s"),
    *("running_known_s", "running_heat_alone_s", "running_electricity_alone_s"),
    *("heating_s", "hot_water_s"),
)


def year(subject: Subject) -> Insight:
    """Return the COP of everything in the last 365 days: SCOP where all is known.

    Where heat or electricity are not known of half of the running time, no figure.
    """
    if not is_known(subject):
        return unknown(ID, "no_measured_power")
    if subject.heat.source is None:
        return unknown(ID, "no_metric", metric="supply_temp")
    days = last_days(subject.days, subject.today, limits.YEAR_DAYS)
    both = pairs(days)
    heat = float((both["heat_kwh"] - both["heat_alone_kwh"]).sum())
    used = both["electricity_kwh"] - both["electricity_alone_kwh"]
    paid = float((used - both["cooling_electricity_kwh"].fillna(0.0)).sum())
    if paid <= 0 or heat <= 0:
        return unknown(ID, "coverage")
    sums = {name: float(days[name].sum()) for name in _KNOWN}
    if running_paired_s(sums) < LEAST_COVERAGE * running_s(sums):
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
            **({} if is_year else _missing(subject, days)),
            **(_before(subject, days) if is_year else {}),
        },
    )
    return spanning(result, *first_and_last(days))


def _missing(subject: Subject, days: pd.DataFrame) -> dict[str, Param]:
    """Return in how many days a whole year is known, if all that come are.

    Each of them pushes the day of a year ago out, which may have been known.
    """
    need = ceil(limits.YEAR_COVERAGE * limits.YEAR_DAYS)
    end = pd.Timestamp(subject.today) - _DAY
    window = pd.date_range(end=end, periods=limits.YEAR_DAYS)
    each = days[list(_KNOWN)].reindex(window).fillna(0.0)
    usual_s = running_s({str(name): float(each[name].sum()) for name in each}) / len(
        days
    )
    kept = each[::-1].cumsum()[::-1]
    for coming in range(1, need):
        sums = {str(name): float(kept[name].iloc[coming]) for name in kept}
        sums["energy_s"] += coming * 86_400
        for name in ("running_known_s", "heating_s"):
            sums[name] += coming * usual_s
        if known_share(sums, limits.YEAR_DAYS * 86_400.0) >= limits.YEAR_COVERAGE:
            return days_left(need - coming, need)
    return days_left(0, need)


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
    """Return how cold the days were, K·d, and kWh of heating for each of these.

    Where that is known of nearly all of them.
    """
    heating = _heating(days, len(days))
    if heating is None:
        return {}
    total = float(heating["degree_days"].sum())
    used = float(heating["kwh"].sum())
    return {"degree_days": total, "per_degree_day": used / total}


def _before(subject: Subject, days: pd.DataFrame) -> dict[str, Param]:
    """Return the change to the year before at the same weather, a share.

    Of the electricity for heating per degree day, where both years are known whole:
    what hot water and cooling take does not follow the cold. None where it is less than
    chance may do.
    """
    start, _ = first_and_last(days)
    before = last_days(subject.days, start, limits.YEAR_DAYS)
    then, now = (_heating(part, limits.YEAR_DAYS) for part in (before, days))
    if then is None or now is None:
        return {}
    used = [
        float(part["kwh"].sum() / part["degree_days"].sum()) for part in (then, now)
    ]
    if min(used) <= 0:
        return {}
    change = used[1] / used[0] - 1
    doubt = limits.SIGMAS * _scatter(then, now)
    return {"change": change} if abs(change) > max(limits.CHANGE_FLOOR, doubt) else {}


def _heating(days: pd.DataFrame, count: int) -> pd.DataFrame | None:
    """Return the days of which all is known: `kwh` of heating, `degree_days`.

    None where these are not nearly all of so many, or none was cold.
    """
    known = days[days["whole"].astype(bool) & days["degree_days"].notna()]
    if len(known) < limits.YEAR_COVERAGE * count or known["degree_days"].sum() <= 0:
        return None
    others = known[["electricity_hot_water_kwh", "cooling_electricity_kwh"]]
    kwh = known["electricity_kwh"] - others.fillna(0.0).sum(axis=1)
    return pd.DataFrame({"kwh": kwh, "degree_days": known["degree_days"]})


def _scatter(then: pd.DataFrame, now: pd.DataFrame) -> float:
    """Return the standard error of a change between two years, a share.

    By how differently their months changed: in each of them the sun is the same.
    """
    months = [
        part.groupby(pd.DatetimeIndex(part.index).month).sum() for part in (then, now)
    ]
    both = months[0].join(months[1], how="inner", lsuffix="_then", rsuffix="_now")
    cold = both[["degree_days_then", "degree_days_now"]].min(axis=1)
    both = both[cold >= limits.YEAR_MONTH_DEGREE_DAYS]
    if len(both) < limits.YEAR_LEAST_MONTHS:
        return inf
    same = both["kwh_then"] * both["degree_days_now"] / both["degree_days_then"]
    misses = both["kwh_now"] - same * both["kwh_now"].sum() / same.sum()
    count = len(both)
    return float(sqrt(count / (count - 1) * (misses**2).sum()) / same.sum())
