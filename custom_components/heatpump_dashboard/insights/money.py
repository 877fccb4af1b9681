"""Whether the electricity is taken when it is cheap, and the highest hours."""

from datetime import date
from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Flags
from ..analysis.times import milliseconds
from . import limits
from .days import first_and_last, last_days
from .electricity import cost_of_days, is_known
from .result import Insight, Param, spanning, unknown
from .subject import Subject

ID: Final = "money"
# Prices that differ by less are one price, of currency units per kWh.
_SAME: Final = 1e-6
# Of a month less is no whole one, h.
_MONTH_H: Final = 27 * 24


def money(subject: Subject) -> Insight:
    """Return what was paid per kWh, over the mean price of the same time."""
    if not is_known(subject):
        return unknown(ID, "no_measured_power")
    days = last_days(subject.days, subject.today, limits.MONEY_DAYS)
    paid_kwh = float(days["priced_kwh"].sum())
    if not paid_kwh:
        return unknown(ID, "no_price")
    if (cost := cost_of_days(days)) is None:
        return unknown(ID, "coverage")
    paid = cost / paid_kwh
    hours = float(days["price_hours"].sum())
    flat, size = (
        float(days[name].sum()) / hours for name in ("price_sum", "price_size")
    )
    is_fixed = _spread(days) < _SAME
    least = limits.MONEY_LEAST_SHARE * max(size, abs(paid))
    has_ratio = not is_fixed and flat > least
    result = Insight(
        id=ID,
        state="ok",
        code="fixed_price" if is_fixed else "timing" if has_ratio else "no_ratio",
        value=paid / flat if has_ratio else None,
        n=len(days),
        params={
            "cost": cost,
            "paid": paid,
            "flat": flat,
            **({} if is_fixed else _movable(days)),
            **peaks(days),
            **fees(subject),
        },
    )
    return spanning(result, *first_and_last(days))


def peaks(days: pd.DataFrame) -> dict[str, Param]:
    """Return the highest hour of each of the highest days, kW, and their mean.

    `peak_heater`, `peak_hot_water`: the shares of the auxiliary heater and of hot water;
    `peak_without_heater`: what the mean would be without it, of other hours then.
    Those of the heat pump alone: what the house takes beside it is not known. Of days
    with a gap the highest hour may be in it.
    """
    known = days[days["whole"].astype(bool)]
    highest = known["electricity_most"].dropna().nlargest(limits.MONEY_PEAKS)
    if len(highest) < limits.MONEY_PEAKS:
        return {}
    found = {f"peak_{place + 1}": float(kw) for place, kw in enumerate(highest)}
    if (mean := float(highest.mean())) <= 0:
        return {}
    parts = known.loc[highest.index]
    heater, water = (
        float(parts[name].mean()) for name in ("peak_auxiliary", "peak_hot_water")
    )
    shares = {"peak_heater": heater / mean, "peak_hot_water": water / mean}
    told = {name: share for name, share in shares.items() if isfinite(share)}
    if told.get("peak_heater"):
        rest = known["peak_without_heater"].dropna().nlargest(limits.MONEY_PEAKS)
        told["peak_without_heater"] = float(rest.mean())
    return {**found, "peak": mean, **told}


def fees(subject: Subject) -> dict[str, Param]:
    """Return what the highest hours of the house cost, where their power has a price.

    `fee`: of the month so far; `house_peak`, the mean that counts, kW; `house_pump`, the
    heat pump's share of these hours; `house_without`: what the mean would be without
    its auxiliary heater. `fee_before`: of the month before.
    """
    if (house := subject.house) is None:
        return {}
    this = house.hours[_is_of(house.hours, subject.today)]
    rest = house.hours.drop(this.index)
    tariff, found = house.tariff, dict[str, Param]()
    if len(rest) >= _MONTH_H and len(tariff.highest(rest["house"])):
        found["fee_before"] = tariff.fee(rest["house"])
    highest = tariff.highest(this["house"])
    if not len(highest):
        return found
    # As they are, not as they count.
    hours = this.loc[highest.index]
    share = hours["electricity_kwh"].sum(skipna=False) / hours["house"].sum()
    heater = this["auxiliary_kwh"].fillna(0.0)
    found |= {"fee": tariff.fee(this["house"]), "house_peak": float(highest.mean())}
    if isfinite(share):
        found["house_pump"] = float(min(share, 1.0))
    if heater.loc[highest.index].any():
        without = tariff.highest(this["house"] - heater)
        found["house_without"] = float(without.mean())
    return found


def house_peaks(subject: Subject) -> list[dict[str, float | None]]:
    """Return the hours that this month's fee is of, the highest first.

    `time` (ms since 1970), kW of the `house`, of the heat `pump` and of its `heater`.
    """
    if (house := subject.house) is None:
        return []
    this = house.hours[_is_of(house.hours, subject.today)]
    rows = this.loc[house.tariff.highest(this["house"]).index]
    return [
        {
            "time": milliseconds(hour),
            "house": row["house"],
            "pump": _told(row["electricity_kwh"]),
            "heater": _told(row["auxiliary_kwh"]),
        }
        for hour, row in zip(
            pd.DatetimeIndex(rows.index), rows.to_dict("records"), strict=True
        )
    ]


def _told(value: float) -> float | None:
    return value if isfinite(value) else None


def _is_of(hours: pd.DataFrame, today: date) -> Flags:
    """Return which hours are of the month of a day."""
    at = pd.DatetimeIndex(hours.index)
    return np.asarray((at.year == today.year) & (at.month == today.month))


def _movable(days: pd.DataFrame) -> dict[str, Param]:
    """Return what the hot water would have cost less, each charge in its cheapest hour.

    Hot water alone: a house that is heated at another time is cooler until then.
    """
    moved = days["hot_water_move"].dropna()
    return {"movable": float(moved.sum())} if len(moved) else {}


def _spread(days: pd.DataFrame) -> float:
    """Return how much the mean prices of days differ, and what was paid from them."""
    means = (days["price_sum"] / days["price_hours"]).dropna()
    paid = (days["cost"] / days["priced_kwh"].where(days["priced_kwh"] > 0)).dropna()
    both = pd.concat([means, paid])
    return float(both.max() - both.min()) if len(both) else 0.0
