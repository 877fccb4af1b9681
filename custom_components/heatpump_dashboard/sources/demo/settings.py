"""What the owners of the demo's heat pumps have turned, and when."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from .weather import Floats

type Setting = Literal["heat_curve_offset", "heating_stop", "hot_water_stop"]

# From the winter of 2026 on somebody takes an interest in them.
_FIRST_YEAR: Final = 2026
# Month and day on which a setting is turned every year, and turned back; by how much.
_YEARLY: Final[
    Mapping[tuple[str, Setting], tuple[tuple[int, int], tuple[int, int], float]]
] = {
    ("nibe", "heat_curve_offset"): ((1, 12), (10, 1), -1.0),
    ("ivt", "heating_stop"): ((4, 20), (9, 14), -2.0),
}
# By how much a setting was another one until it was turned for good.
_ONCE: Final[Mapping[tuple[str, Setting], tuple[datetime, float]]] = {
    ("ivt", "hot_water_stop"): (datetime(_FIRST_YEAR, 10, 12, 17, tzinfo=UTC), 2.0),
}
# In the evening, when one is at home.
_HOUR: Final = 17


def turned(brand: str, setting: Setting, time: Floats) -> Floats:
    """Return how far a setting is from its usual value at times (s since 1970)."""
    found = np.zeros(time.size)
    if not time.size:
        return found
    for start, stop, by in _spans(brand, setting, float(time.min()), float(time.max())):
        found += by * ((time >= start) & (time < stop))
    return found


def _spans(
    brand: str, setting: Setting, first: float, last: float
) -> list[tuple[float, float, float]]:
    """Return from when to when (s since 1970) it was another one, and by how much."""
    found = []
    if (once := _ONCE.get((brand, setting))) is not None:
        stop, by = once
        found.append((0.0, stop.timestamp(), by))
    if (yearly := _YEARLY.get((brand, setting))) is not None:
        start_day, stop_day, by = yearly
        years = (datetime.fromtimestamp(edge, UTC).year for edge in (first, last))
        begin, end = years
        found += [
            (_evening(year, *start_day), _evening(year, *stop_day), by)
            for year in range(max(begin, _FIRST_YEAR), end + 1)
        ]
    return found


@lru_cache(maxsize=64)
def _evening(year: int, month: int, day: int) -> float:
    return datetime(year, month, day, _HOUR, tzinfo=UTC).timestamp()
