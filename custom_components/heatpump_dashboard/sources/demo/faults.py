"""What goes wrong with the demo's heat pumps, and when: what insights are to find.

From the winter of 2026 on, two of the three have something every winter, by turns, and
one of them was healthy the winter before, which is what it is compared with.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal

import numpy as np

from .weather import DAY_S, Flags, Floats

type FaultKind = Literal["brine_flow", "heating_flow", "blocked", "curve", "hygiene"]

_FIRST_WINTER = 2026
_CLOGGED, _TRIPS = ("ivt", "nibe"), ("nibe", "ivt")
# Days between two trips of the fuse, and hours (UTC) that the compressor is off then.
_TRIP_EVERY = 16
BLOCKED_HOURS = (8.5, 16.2)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that lasts from a midnight (UTC) to another.

    `size`: the share of a flow that is lost, or the K that a curve is lower; it has
    grown to that after `grows`.
    """

    kind: FaultKind
    start: datetime
    stop: datetime
    size: float = 0.0
    grows: timedelta = timedelta()

    def during(self, time: Floats) -> Flags:
        """Return which times (s since 1970) lie in it."""
        return (time >= self.start.timestamp()) & (time < self.stop.timestamp())

    def at(self, time: Floats) -> Floats:
        """Return its size at times (s since 1970), 0 where it is not there."""
        size: Floats = np.where(self.during(time), self.size, 0.0)
        if self.grows:
            since = (time - self.start.timestamp()) / self.grows.total_seconds()
            size *= np.clip(since, 0.0, 1.0)
        return size


def faults(brand: str, start: datetime, stop: datetime) -> tuple[Fault, ...]:
    """Return the faults of a brand that a span has any part of, oldest first."""
    winters = (_winter(brand, year) for year in range(start.year - 1, stop.year + 1))
    found = [fault for winter in winters for fault in winter]
    found = [fault for fault in found if fault.start < stop and fault.stop > start]
    return tuple(sorted(found, key=lambda fault: fault.start))


def strength(brand: str, kind: FaultKind, time: Floats) -> Floats:
    """Return the size of a kind of fault at times (s since 1970), 0 where there is none."""
    total = np.zeros(time.size)
    for fault in _of_kind(brand, kind, time):
        total += fault.at(time)
    return total


def lasts(brand: str, kind: FaultKind, time: Floats) -> Flags:
    """Return at which times (s since 1970) there is a fault of a kind."""
    found = np.zeros(time.size, dtype=bool)
    for fault in _of_kind(brand, kind, time):
        found |= fault.during(time)
    return found


def _of_kind(brand: str, kind: FaultKind, time: Floats) -> list[Fault]:
    """Return the faults of a kind at times, which may be none."""
    if not time.size:
        return []
    start, stop = (
        datetime.fromtimestamp(float(edge), UTC)
        for edge in (time.min(), time.max() + DAY_S)
    )
    return [fault for fault in faults(brand, start, stop) if fault.kind == kind]


@lru_cache(maxsize=64)
def _winter(brand: str, year: int) -> tuple[Fault, ...]:
    """Return the faults of the winter that begins in a year."""
    if year < _FIRST_WINTER:
        return _spring_before(brand) if year == _FIRST_WINTER - 1 else ()
    found = []
    if brand == _CLOGGED[year % 2]:
        clogging = timedelta(weeks=6)
        found += [
            Fault("brine_flow", _day(year, 10, 5), _day(year + 1, 3, 20), 0.4, clogging)
        ]
    if brand == _TRIPS[year % 2]:
        first = _day(year, 11, 3)
        found += [
            Fault("blocked", trip, trip + timedelta(days=1))
            for trip in (first + timedelta(days=n) for n in range(0, 140, _TRIP_EVERY))
        ]
    if brand == "thermia":
        found += [Fault("curve", _day(year, 11, 9), _day(year + 1, 5, 1), 2.0)]
    return tuple(found)


def _spring_before(brand: str) -> tuple[Fault, ...]:
    """Return what there was once, long before: less water, and no water of 60 °C."""
    if brand == "thermia":
        start = _day(_FIRST_WINTER, 3, 2)
        return (Fault("heating_flow", start, start + timedelta(days=10), 0.2),)
    if brand == "nibe":
        start = _day(_FIRST_WINTER, 2, 20)
        return (Fault("hygiene", start, start + timedelta(weeks=5)),)
    return ()


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)
