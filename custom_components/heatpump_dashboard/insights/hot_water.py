"""What hot water takes, and when it was last hot enough."""

from datetime import date
from typing import Final

import pandas as pd

from ..analysis.events import Event
from ..analysis.states import Kind
from ..const import TANK_SAFE_C
from . import limits
from .calibration import LITRE_KWH
from .days import first_and_last, last_days
from .electricity import cost_of_part, is_known
from .result import Insight, Param, State, spanning, unknown, worse
from .subject import Subject

ID: Final = "hot_water"


def hot_water(subject: Subject) -> Insight:
    """Return the heat for the hot water of a day of the last month, kWh.

    Of what has no source the ledger says 0, which is no figure: then it is not told.
    """
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
    has_heat, pays = subject.heat.source is not None, is_known(subject)
    paid = float(days["electricity_hot_water_kwh"].mean())
    usual = _of_charges(charges)
    result = Insight(
        id=ID,
        state=state,
        code=("daily" if has_heat else "electricity" if pays else "no_heat")
        if state == "ok"
        else ("not_hot" if has_heat else "not_hot_alone"),
        value=float(per_day.mean()) if has_heat else None,
        unit="kWh/d",
        scatter=float(per_day.std() / len(days) ** 0.5)
        if has_heat and len(days) > 1
        else None,
        scale=subject.heat_scale,
        n=len(days),
        params={
            "days_since_60": since,
            # Then it is at least so long ago.
            "never_60": since is not None and was_never_safe(subject),
            "safe": TANK_SAFE_C,
            "charges_a_day": float(days["hot_water_charges"].mean()),
            "cop": _cop(days),
            "electricity": paid if pays else None,
            "cost": _cost(days) if pays else None,
            # It is worked out from other sensors than those of the tank.
            "estimated": not subject.heat.sees_tank,
            **usual,
            **_of_tank(subject, days, usual.get("celsius_after")),
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
    safe = hottest[(hottest >= TANK_SAFE_C) & _is_lasting(subject.days, hottest)]
    first = hottest if not len(safe) else safe
    day: date = pd.DatetimeIndex(first.index)[-1 if len(safe) else 0].date()
    since = (subject.today - day).days
    measured = int((hottest.index >= pd.Timestamp(day)).sum())
    is_told = since < limits.SAFE_DAYS[0] or measured >= limits.SAFE_MEASURED * since
    return since if is_told else None


def was_never_safe(subject: Subject) -> bool:
    """Return whether the water was not 60 °C on any day that is known."""
    hottest = subject.days["hot_water_most"].dropna()
    safe = (hottest >= TANK_SAFE_C) & _is_lasting(subject.days, hottest)
    return not safe.any()


def _is_lasting(days: pd.DataFrame, hottest: pd.Series) -> pd.Series:
    """Return whether the water of days was 60 °C for ten minutes, also over midnight.

    Of a day whose source has forgotten its readings nobody knows for how long: its
    hottest reading tells.
    """
    safe_s = days["tank_safe_s"].reindex(hottest.index)
    over_midnight = safe_s.fillna(0.0).rolling("2D").sum()
    return safe_s.isna() | ((safe_s > 0) & (over_midnight >= limits.SAFE_S))


def stored_kwh(litres: float, kelvin: float) -> float:
    """Return the heat that makes some litres of water warmer, kWh."""
    return litres * LITRE_KWH * kelvin


def mixed_litres(litres: float, celsius: float) -> float:
    """Return how much water of a shower's 40 °C a tank gives: at most, as its top."""
    cold = limits.COLD_WATER_C
    return litres * (celsius - cold) / (limits.SHOWER_C - cold)


def standing_loss(litres: float, fall: float, celsius: float) -> float:
    """Return what a tank loses, W/K. `fall`: K/h, at a mean of `celsius`."""
    return 1000 * stored_kwh(litres, fall) / (celsius - limits.TANK_ROOM_C)


def lost_kwh(loss: float, celsius: float) -> float:
    """Return what a tank loses in a day, kWh. `loss`: W/K."""
    return loss * (celsius - limits.TANK_ROOM_C) * 24 / 1000


def _of_tank(subject: Subject, days: pd.DataFrame, top: Param) -> dict[str, Param]:
    """Return how fast the tank cools, and in litres and kWh where its size is told.

    `fall`: K/h; `loss`, W/K, and `loss_kwh` a day; `litres`: of 40 °C after a charge;
    `circulation`: whether water goes round for the taps. Where the heat is known,
    `used_litres`: of them a day, and `lower_kwh`: the electricity of a year that charges
    save that end 2 K cooler.
    """
    litres, nights = subject.heat.tank_l, _quiet_nights(subject)
    told: dict[str, Param] = {}
    if litres and isinstance(top, float):
        told["litres"] = mixed_litres(litres, top)
    if len(nights) < limits.NIGHTS_LEAST:
        return told
    told["fall"] = fall = float(nights["night_fall"].median())
    warm = days["hot_water_temp"].mean()
    if not litres or pd.isna(warm):
        return told
    loss = standing_loss(litres, fall, float(nights["night_temp"].mean()))
    lost = lost_kwh(loss, float(warm))
    told |= {
        "loss": loss,
        "loss_kwh": lost,
        "nights": len(nights),
        "circulation": loss > limits.CIRCULATION_W_K,
    }
    if subject.heat.source is None:
        return told
    used = max(float(days["heat_hot_water_kwh"].mean()) - lost, 0.0)
    shower = limits.SHOWER_C - limits.COLD_WATER_C
    told["used_litres"] = used / stored_kwh(1.0, shower)
    if (cop := _cop(days)) is not None:
        told["lower_kwh"] = 365 * lower_kwh(used + lost, loss, cop)
    return told


def lower_kwh(heat: float, loss: float, cop: float) -> float:
    """Return the electricity of a day that charges save that end 2 K cooler, kWh.

    `heat`: for hot water, kWh a day; `loss`, W/K.
    """
    kelvin = limits.CHARGE_LOWER_K
    better = cop * (1 + limits.CHARGE_COP_PER_K * kelvin)
    return heat / cop - (heat - loss * kelvin * 24 / 1000) / better


def _quiet_nights(subject: Subject) -> pd.DataFrame:
    """Return the nights of the last season in which nobody drew water."""
    nights = last_days(subject.days, subject.today, limits.NIGHT_DAYS)
    step = 1.0 if "hot_water_temp" in subject.whole_degrees else 0.1
    return nights[(nights["night_fall"] > 0) & (nights["night_drawn"] <= step)]


def _of_charges(charges: list[Event]) -> dict[str, float]:
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


def _cost(days: pd.DataFrame) -> float | None:
    """Return what hot water costs a day, None where its price is not known."""
    cost = cost_of_part(days, "hot_water")
    return None if cost is None else cost / len(days)


def _cop(days: pd.DataFrame) -> float | None:
    """Return the COP of hot water; None without heat or electricity."""
    paid = float(days["electricity_hot_water_kwh"].sum())
    heat = float(days["heat_hot_water_kwh"].sum())
    return heat / paid if heat > 0 and paid > 0 else None
