"""Whether the electricity is taken when it is cheap, and the highest hours."""

from typing import Final

import pandas as pd

from . import limits
from .days import first_and_last, last_days
from .electricity import is_known
from .result import Insight, Param, spanning, unknown
from .subject import Subject

ID: Final = "money"
# Prices that differ by less are one price, of currency units per kWh.
_SAME: Final = 1e-6


def money(subject: Subject) -> Insight:
    """Return what was paid per kWh, over the mean price of the same time."""
    if not is_known(subject):
        return unknown(ID, "no_measured_power")
    days = last_days(subject.days, subject.today, limits.MONEY_DAYS)
    paid_kwh = float(days["priced_kwh"].sum())
    if not paid_kwh:
        return unknown(ID, "no_price")
    if paid_kwh < limits.MONEY_PRICED * float(days["electricity_kwh"].sum()):
        return unknown(ID, "coverage")
    cost = float(days["cost"].sum())
    paid = cost / paid_kwh
    flat = float(days["price_sum"].sum() / days["price_hours"].sum())
    is_fixed = _spread(days) < _SAME
    has_ratio = not is_fixed and flat > limits.MONEY_LEAST_PRICE
    result = Insight(
        id=ID,
        state="ok",
        code="fixed_price" if is_fixed else "timing" if has_ratio else "no_ratio",
        value=paid / flat if has_ratio else None,
        n=len(days),
        params={"cost": cost, "paid": paid, "flat": flat, **peaks(days)},
    )
    return spanning(result, *first_and_last(days))


def peaks(days: pd.DataFrame) -> dict[str, Param]:
    """Return the highest hour of each of the highest days, kW, and their mean.

    Those of the heat pump alone: what the house takes beside it is not known. Of days
    with a gap the highest hour may be in it.
    """
    known = days[days["whole"].astype(bool)]
    highest = known["electricity_most"].dropna().nlargest(limits.MONEY_PEAKS)
    if len(highest) < limits.MONEY_PEAKS:
        return {}
    found = {f"peak_{place + 1}": float(kw) for place, kw in enumerate(highest)}
    return {**found, "peak": float(highest.mean())}


def _spread(days: pd.DataFrame) -> float:
    """Return how much the mean prices of days differ, and what was paid from them."""
    means = (days["price_sum"] / days["price_hours"]).dropna()
    paid = (days["cost"] / days["priced_kwh"].where(days["priced_kwh"] > 0)).dropna()
    both = pd.concat([means, paid])
    return float(both.max() - both.min()) if len(both) else 0.0
