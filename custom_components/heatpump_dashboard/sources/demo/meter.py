"""The electricity meter of a demo's house, in which a heat pump is one of many things."""

from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from .physics import truth
from .prices import around
from .weather import DAY_S, HOUR_S, Floats, chance, noise

_SEED: Final = 950
# Local hours: when breakfast and dinner are made, and when the car is plugged in.
_BREAKFAST: Final = 6.8
_DINNER: Final = 17.8
_PLUGGED_IN: Final = 22.0
# Of so many nights the car charges in one, with so many kW, for as long as it takes.
_CHARGED: Final = 0.4
_CAR_KW: Final = 3.7
_LONGEST_H: Final = 5.0


def household(time: Floats) -> Floats:
    """Return what a house takes beside its heat pump, kW (time in s since 1970).

    Lamps and refrigerators at any time, more in the morning, most while dinner is made;
    on some nights a car.
    """
    hour = (time / HOUR_S + 1.0) % 24.0
    day = np.floor((time + HOUR_S) / DAY_S).astype(np.int64)
    dinner = 1.6 + 1.8 * chance(day, _SEED)
    # A night belongs to the day on which it begins.
    night = np.where(hour < 12.0, day - 1, day)
    since = (hour - _PLUGGED_IN) % 24.0
    charged_h = _LONGEST_H * chance(night, _SEED + 1)
    charges = (chance(night, _SEED + 2) < _CHARGED) & (since < charged_h)
    taken: Floats = (
        0.35
        + 0.08 * noise(time, 5 * HOUR_S, _SEED + 3)
        + 0.7 * around(hour, _BREAKFAST, 0.9)
        + dinner * around(hour, _DINNER, 0.9)
        + _CAR_KW * charges
    )
    return taken


def house_kwh(brand: str, start: datetime, stop: datetime) -> pd.Series:
    """Return the kWh of each hour (index UTC) of start ≤ time < stop, full hours."""
    rows = truth(brand, start, stop)
    seconds = rows.index.astype("int64").to_numpy() / 1e9
    kw = rows["electricity_kw"] + household(seconds)
    return kw.resample("h").mean().rename("house")
