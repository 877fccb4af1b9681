"""When the demo's compressor, valve and heater are on: one day of readings.

The compressor follows degree minutes without counting them: its cycles are the
turns of a phase whose speed depends on the demand, and in each turn it rests first
and runs then. Charges, alarms and help from the heater stop the phase.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .plan import STEP_S, Spans, plan, year_of
from .sums import sums
from .weather import Flags, Floats

# Readings.
_SHORTEST_REST = 12
_SHORTEST_RUN = 10

_TRIES = 18


@dataclass(frozen=True, slots=True)
class Switching:
    """One day, a value per reading.

    `blocked`: something keeps the compressor off, and nobody says what.
    `house`: the compressor runs for the house; `hot_water`: for the tank; `level`
    of the auxiliary heater 0…3; `cycle`: how far the cycle has come, 0…1, and
    `resting`: the share of it that is rest.
    """

    time: Floats
    house: Flags
    hot_water: Flags
    alarm: Flags
    blocked: Flags
    level: npt.NDArray[np.int64]
    cycle: Floats
    resting: Floats

    @property
    def compressor(self) -> Flags:
        """Say when the compressor runs."""
        return self.house | self.hot_water


@lru_cache(maxsize=16)
def switching(brand: str, day: int) -> Switching:
    """Return what is on during a day of the demo."""
    year = year_of(day)
    days = plan(brand, year)
    row = day - days.first
    time = np.arange(days.begin[row], days.begin[row + 1], STEP_S)
    hot_water = _marked(time, days.charges, row)
    alarm = _marked(time, days.alarms, row)
    blocked = _marked(time, days.blocked, row)
    boost = _marked(time, days.boost, row)
    free = ~(hot_water | alarm | blocked | boost)
    cycle = _cycle(days.climate.at("rate", time) * free, sums(brand, year).cycles[row])
    turns = _Turns(cycle, days.climate.at("duty", time), free, hot_water, boost)
    stretch = turns.stretch(sums(brand, year).house_s[row] / STEP_S)
    return Switching(
        time=time,
        house=turns.house(stretch),
        hot_water=hot_water,
        alarm=alarm,
        blocked=blocked,
        level=_levels(time, days.heater, days.level, row),
        cycle=cycle,
        resting=turns.resting(stretch),
    )


@dataclass(frozen=True, slots=True)
class _Turns:
    """The cycles of a day, and how long their runs have to be."""

    cycle: Floats
    duty: Floats
    free: Flags
    hot_water: Flags
    boost: Flags

    def resting(self, stretch: float) -> Floats:
        """Return the share of each cycle that is rest, its run made longer by a factor."""
        return 1.0 - self.duty * stretch

    def house(self, stretch: float) -> Flags:
        """Return when the compressor runs for the house.

        No compressor starts for a moment or again after one: beside a charge it
        runs on instead.
        """
        house = (self.free & (self.cycle >= self.resting(stretch))) | self.boost
        for start, stop in _pieces(~(house | self.hot_water), _SHORTEST_REST):
            house[start:stop] = self.free[start:stop]
        for start, stop in _pieces(house | self.hot_water, _SHORTEST_RUN):
            house[start:stop] = False
        return house

    def stretch(self, wanted: float) -> float:
        """Return the factor with which the compressor runs for the wanted readings."""
        low, high, best, nearest = 0.0, 3.0, 0.0, np.inf
        for _ in range(_TRIES):
            middle = 0.5 * (low + high)
            off = np.count_nonzero(self.house(middle)) - wanted
            low, high = (middle, high) if off < 0 else (low, middle)
            if abs(off) < nearest:
                best, nearest = middle, abs(off)
        return best


def _marked(time: Floats, spans: Spans, row: int) -> Flags:
    """Return which readings lie in one of the day's spans."""
    inside = np.zeros(time.size, dtype=bool)
    for start, stop in zip(spans.start[row], spans.stop[row], strict=True):
        inside[np.searchsorted(time, start) : np.searchsorted(time, stop)] = True
    return inside


def _levels(
    time: Floats, spans: Spans, level: npt.NDArray[np.int64], row: int
) -> npt.NDArray[np.int64]:
    """Return the heater's level of each reading."""
    levels = np.zeros(time.size, dtype=np.int64)
    for start, stop, value in zip(
        spans.start[row], spans.stop[row], level[row], strict=True
    ):
        levels[np.searchsorted(time, start) : np.searchsorted(time, stop)] = value
    return levels


def _cycle(rate: Floats, cycles: float) -> Floats:
    """Return how far each cycle has come; the day ends with the end of one."""
    turned = np.concatenate([[0.0], np.cumsum(rate[:-1])])
    whole = turned[-1] + rate[-1]
    if whole <= 0.0 or cycles <= 0:
        return np.zeros(rate.size)
    cycle: Floats = np.mod(turned * (cycles / whole), 1.0)
    return cycle


def _pieces(flags: Flags, shorter: int) -> list[tuple[int, int]]:
    """Return where flags are set for less than so many readings, edges of the day aside."""
    edges = np.flatnonzero(np.diff(flags)) + 1
    begins = edges[:-1]
    short = flags[begins] & (np.diff(edges) < shorter)
    return list(zip(begins[short].tolist(), edges[1:][short].tolist(), strict=True))
