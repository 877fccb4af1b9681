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
from .subject import Subject

_PAID: Final = ("cost", "priced_kwh", "electricity_kwh")


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


def paid_for(days: pd.DataFrame, kwh: float) -> float | None:
    """Return what some of their electricity cost, at the mean price of days.

    None without a price, and where `cost_of` tells none of all of it.
    """
    sums = {name: float(days[name].sum()) for name in _PAID}
    cost, priced_kwh = cost_of(sums), sums["priced_kwh"]
    return kwh * cost / priced_kwh if cost is not None and priced_kwh > 0 else None
