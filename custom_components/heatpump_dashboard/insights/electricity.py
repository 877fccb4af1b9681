"""What may be said of electricity, by what tells it: decided here alone.

The watts that somebody typed into a gateway or a form are right on average and stay
the same whatever the temperatures, while a compressor takes more the farther it has to
lift: with a constant 2.0 kW the COP seems 4 % better at a supply of 30 °C, 12 % at 35,
20 % at 40 and 35 % at 50 °C. So they add up to kWh and money, and say nothing of what
season, curve or wear do to the COP.
"""

from typing import Final

import pandas as pd

from ..analysis.figures import cost_of
from ..analysis.hourly import ELECTRICITY
from .by_hour import PARTS, Part
from .subject import Subject

_PAID: Final = ("cost", "priced_kwh", *ELECTRICITY)


def is_known(subject: Subject) -> bool:
    """Return whether kWh and money may be told: any source adds up."""
    return subject.electricity is not None


def follows_temperatures(subject: Subject) -> bool:
    """Return whether it may be compared between days of other temperatures.

    A COP beside what is expected, and what a change has saved.
    """
    return subject.electricity == "meter"


def is_small_part(subject: Subject) -> bool:
    """Return whether it may be taken off the heat, to find what the ground gives.

    A tenth too much of it is a twentieth of what is left: any source will do.
    """
    return subject.electricity is not None


def cost_of_days(days: pd.DataFrame) -> float | None:
    """Return what days cost, as everywhere: of their electricity that has a price.

    None without any, and where `cost_of` tells none.
    """
    sums = {name: float(days[name].sum()) for name in _PAID}
    return cost_of(sums) if sums["priced_kwh"] > 0 else None


def cost_of_part(days: pd.DataFrame, part: Part) -> float | None:
    """Return what a part of the electricity of days cost, by the prices of its hours.

    Its hours are no usual ones: a heater runs in the coldest, which are dear. None where
    no cost of the days is told, or the price of less of it is known than that asks for.
    """
    if cost_of_days(days) is None:
        return None
    sums = {
        "cost": float(days[f"{part}_cost"].sum()),
        "priced_kwh": float(days[f"{part}_priced_kwh"].sum()),
        "electricity_kwh": float(days[PARTS[part]].sum()),
    }
    cost = cost_of(sums)
    # Nothing at a price below zero is -0.
    return None if cost is None else cost + 0.0


def paid_for(days: pd.DataFrame, kwh: float) -> float | None:
    """Return what so much of any of their electricity costs, at the mean price of days.

    None where no cost of the days is told.
    """
    cost = cost_of_days(days)
    return None if cost is None else kwh * cost / float(days["priced_kwh"].sum())
