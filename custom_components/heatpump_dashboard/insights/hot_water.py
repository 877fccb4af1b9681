"""What hot water takes, and when it was last hot enough."""

from datetime import date
from typing import Final

import pandas as pd

from ..analysis.events import Event
from ..analysis.states import Kind
from . import limits
from .days import first_and_last, last_days
from .result import Insight, Param, State, spanning, unknown, worse
from .subject import Subject

ID: Final = "hot_water"


def hot_water(subject: Subject) -> Insight:
    """Return the heat for the hot water of a day of the last month, kWh."""
    if not subject.reports("compressor", "hot_water_valve"):
        return unknown(ID, "no_metric", metric="hot_water_valve")
    days = last_days(subject.whole_days, subject.today, limits.CHARGES_DAYS)
    if not len(days):
        return unknown(ID, "coverage")
    charges = [
        one
        for one in subject.events
        if one.kind is Kind.HOT_WATER and one.value == 0 and one.duration_s is not None
    ]
    since = days_since_safe(subject)
    state: State = "ok" if since is None else worse(since, *limits.SAFE_DAYS)
    per_day = days["heat_hot_water_kwh"]
    result = Insight(
        id=ID,
        state=state,
        code="daily" if state == "ok" else "not_hot",
        value=float(per_day.mean()),
        unit="kWh/d",
        scatter=float(per_day.std() / len(days) ** 0.5) if len(days) > 1 else None,
        scale=subject.heat_scale,
        n=len(days),
        params={
            "days_since_60": since,
            "safe": limits.SAFE_C,
            "charges_a_day": float(days["hot_water_charges"].mean()),
            "cop": _cop(days),
            "electricity": float(days["electricity_hot_water_kwh"].mean()),
            **_of_charges(charges),
        },
    )
    return spanning(result, *first_and_last(days))


def days_since_safe(subject: Subject) -> int | None:
    """Return how many days ago the water was 60 °C, at least those that are known.

    None where nobody measures it, or too few of those days were measured to tell.
    """
    hottest = subject.days["hot_water_most"].dropna()
    if not subject.reports("hot_water_temp") or not len(hottest):
        return None
    safe = hottest[hottest >= limits.SAFE_C]
    first = hottest if not len(safe) else safe
    day: date = pd.DatetimeIndex(first.index)[-1 if len(safe) else 0].date()
    since = (subject.today - day).days
    measured = int((hottest.index >= pd.Timestamp(day)).sum())
    is_told = since < limits.SAFE_DAYS[0] or measured >= limits.SAFE_MEASURED * since
    return since if is_told else None


def _of_charges(charges: list[Event]) -> dict[str, Param]:
    """Return the usual charge: minutes, kWh, and what it warms the water from and to."""
    if len(charges) < limits.CHARGES_LEAST:
        return {}
    values = {
        "minutes": [(one.duration_s or 0.0) / 60 for one in charges],
        "kwh": [one.kwh for one in charges],
        "celsius_before": [one.celsius[0] for one in charges],
        "celsius_after": [one.celsius[1] for one in charges],
    }
    series = {
        name: pd.Series(found, dtype=float).dropna() for name, found in values.items()
    }
    return {name: float(found.median()) for name, found in series.items() if len(found)}


def _cop(days: pd.DataFrame) -> float | None:
    """Return the COP of hot water; None without electricity."""
    paid = float(days["electricity_hot_water_kwh"].sum())
    return float(days["heat_hot_water_kwh"].sum()) / paid if paid > 0 else None
