"""What the demo's electricity costs: every quarter of an hour, some below nothing."""

from typing import Final

import numpy as np

from .weather import DAY_S, HOUR_S, Floats, chance, noise, season

QUARTER_S = 900.0
_SEED = 900
# The demo's prices are kronor; what a unit of another currency is worth in these.
_KRONOR: Final = {"SEK": 1.0, "NOK": 1.0, "DKK": 1.5}
_KRONOR_ELSEWHERE: Final = 11.0


def prices(start: float, stop: float) -> tuple[Floats, Floats]:
    """Return the quarters of start ≤ time < stop (s since 1970), and their prices.

    Kronor per kWh as an exchange makes them: dearer in winter, in the morning and in the
    evening; less than nothing at noon in summer, and on nights with much wind.
    """
    first = np.floor(start / QUARTER_S) * QUARTER_S
    time = np.arange(first, stop, QUARTER_S)
    winter = season(time)
    hour = (time / HOUR_S + 1.0) % 24.0
    calm = 0.42 * noise(time, 3.3 * DAY_S, _SEED) + 0.22 * noise(
        time, 9 * DAY_S, _SEED + 1
    )
    level = np.clip(0.68 + 0.24 * winter + calm, 0.06, None)
    shape = (
        0.85
        + 0.45 * around(hour, 7.8, 1.6)
        + 0.55 * around(hour, 18.0, 2.0)
        - 0.25 * around(hour, 3.0, 2.5)
    )
    sun = np.clip(0.25 - 0.75 * winter, 0.0, None) * around(hour, 13.0, 2.6)
    clear = 0.55 + 0.45 * noise(time, 1.4 * DAY_S, _SEED + 2)
    wind = 1.5 * np.clip(noise(time, 0.7 * DAY_S, _SEED + 3) - 0.55, 0.0, None)
    quarter = 0.05 * (
        chance(np.round(time / QUARTER_S).astype(np.int64), _SEED + 4) - 0.5
    )
    price: Floats = level * shape - 0.55 * sun * clear - wind + quarter
    return time, np.round(price, 4)


def around(hour: Floats, middle: float, width: float) -> Floats:
    """Return 1 at an hour of the day, and less and less beside it."""
    apart = np.abs(hour - middle)
    apart = np.minimum(apart, 24.0 - apart)
    bump: Floats = np.exp(-((apart / width) ** 2))
    return bump


def kronor_in(currency: str) -> float:
    """Return how many kronor a unit of a currency is worth."""
    return _KRONOR.get(currency, _KRONOR_ELSEWHERE)
