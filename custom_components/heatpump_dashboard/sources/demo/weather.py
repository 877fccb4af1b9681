"""The weather of the demo: a season, a day and fronts passing, all from the clock."""

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]

DAY_S = 86_400.0
HOUR_S = 3_600.0

_YEAR_S = 365.2425 * DAY_S
_COLDEST_S = 23 * DAY_S  # 24 January
_WARMEST_HOUR = 13.5  # UTC; where the demo stands it is about half past two
_SEED = 2300

# Splitmix64: turns neighbouring numbers into unrelated ones.
_STEP = 0x9E3779B97F4A7C15
_ANOTHER = 0xD1342543DE82EF95
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def chance(keys: npt.ArrayLike, seed: int) -> Floats:
    """Return a number of [0, 1) for each whole-number key, always the same one."""
    bits = np.atleast_1d(np.asarray(keys, dtype=np.int64)).astype(np.uint64)
    bits = bits * np.uint64(_STEP) + np.uint64((seed + 1) * _ANOTHER % 2**64)
    for shift, factor in _MIX:
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    bits ^= bits >> np.uint64(31)
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53


def noise(time: Floats, period_s: float, seed: int) -> Floats:
    """Return a smooth random curve within ±1 that turns about once a period."""
    position = time / period_s
    knot = np.floor(position)
    fraction = position - knot
    first, last = (int(knot.min()), int(knot.max())) if knot.size else (0, 0)
    heights = 2.0 * chance(np.arange(first, last + 2), seed) - 1.0
    index = (knot - first).astype(np.intp)
    before, after = heights[index], heights[index + 1]
    curve: Floats = before + (after - before) * fraction * fraction * (
        3.0 - 2.0 * fraction
    )
    return curve


def season(time: Floats) -> Floats:
    """Return the season: 1 when it is coldest, −1 when it is warmest."""
    return np.cos(2.0 * np.pi * (time - _COLDEST_S) / _YEAR_S)


def outdoor(time: Floats) -> Floats:
    """Return the outdoor temperature in °C of times in seconds since 1970 (UTC).

    A town in the middle of Sweden: −3 °C on an average January day, 17 °C in July;
    fronts of some days move that by up to ± 10 K in winter and half as much in summer.
    """
    winter = season(time)
    fronts = (
        0.75 * noise(time, 11 * DAY_S, _SEED)
        + 1.0 * noise(time, 4.3 * DAY_S, _SEED + 1)
        + 0.5 * noise(time, 1.7 * DAY_S, _SEED + 2)
        + 0.2 * noise(time, 9 * HOUR_S, _SEED + 3)
    )
    clear = 0.6 + 0.4 * noise(time, 2.1 * DAY_S, _SEED + 4)
    day = np.cos(2.0 * np.pi * (time / DAY_S - _WARMEST_HOUR / 24.0))
    temperature: Floats = (
        7.0
        - 10.0 * winter
        + (4.8 + 1.8 * winter) * fronts
        + (3.2 - 1.7 * winter) * clear * day
    )
    return temperature
