"""What the demo's days add up to, and the counters at the beginning of each."""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from .house import BRINE_PUMP_KW, PUMPS, STANDBY_KW
from .plan import FIRST_YEAR, Plan, Spans, day_number, plan
from .weather import HOUR_S, Flags, Floats


@dataclass(frozen=True, slots=True)
class Sums:
    """One number per day: cycles of the compressor, seconds, and energies in kWh.

    `heat` and `electricity` hold everything, the heater and the standby too;
    `house_heat` and `hot_water_heat` are the compressor's own.
    """

    cycles: Floats
    house_s: Floats
    hot_water_s: Floats
    heater_1_s: Floats
    heater_2_s: Floats
    house_heat: Floats
    hot_water_heat: Floats
    heater: Floats
    heat: Floats
    electricity: Floats


COUNTED = tuple(field.name for field in fields(Sums) if field.name != "cycles")


@lru_cache(maxsize=32)
def sums(brand: str, year: int) -> Sums:
    """Return the sums of the days in the plan of a year."""
    days = plan(brand, year)
    begin, end = days.begin[:-1, None], days.begin[1:, None]
    free = _Free(days, Spans(begin, end))
    cycles = np.rint(free.integral(days.climate.rate))
    runs = cycles > 0
    house_heat = free.kwh(days.climate.heat, runs)
    house_power = free.kwh(days.climate.electricity, runs)
    house_s = free.integral(days.climate.duty) * runs + _seconds(days.boost)
    hot_water_s = _seconds(days.charges)
    hot_water_heat = _inside(days, days.climate.hot_water_heat, days.charges) / HOUR_S
    hot_water_power = (
        _inside(days, days.climate.hot_water_electricity, days.charges) / HOUR_S
    )
    heater = _heater_kwh(brand, days)
    always = (
        STANDBY_KW * (end - begin)[:, 0] + BRINE_PUMP_KW * (house_s + hot_water_s)
    ) / HOUR_S
    return Sums(
        cycles=cycles,
        house_s=house_s,
        hot_water_s=hot_water_s,
        heater_1_s=_level_s(days, 1, 3),
        heater_2_s=_level_s(days, 2, 3),
        house_heat=house_heat,
        hot_water_heat=hot_water_heat,
        heater=heater,
        heat=house_heat + hot_water_heat + heater,
        electricity=always + house_power + hot_water_power + heater,
    )


@lru_cache(maxsize=32)
def before(brand: str, year: int) -> dict[str, float]:
    """Return what the counters show at the beginning of a year, 0 in the first."""
    if year <= FIRST_YEAR:
        return dict.fromkeys(COUNTED, 0.0)
    past, last = before(brand, year - 1), sums(brand, year - 1)
    own = _own_days(brand, year - 1)
    return {
        name: past[name] + float(getattr(last, name)[own].sum()) for name in COUNTED
    }


def counters(brand: str, year: int, day: int) -> dict[str, float]:
    """Return what the counters show when a day of that year begins."""
    past, this = before(brand, year), sums(brand, year)
    own = slice(_own_days(brand, year).start, day - plan(brand, year).first)
    return {
        name: past[name] + float(getattr(this, name)[own].sum()) for name in COUNTED
    }


def _own_days(brand: str, year: int) -> slice:
    """Return where the days of the year itself are in its plan."""
    first = plan(brand, year).first
    return slice(day_number(year) - first, day_number(year + 1) - first)


class _Free:
    """The time of each day that is left to the cycles, and integrals over it."""

    def __init__(self, days: Plan, whole: Spans) -> None:
        self._days = days
        self._whole = whole

    def integral(self, hourly: Floats) -> Floats:
        """Integrate a column of the climate over the free time, in its unit · s."""
        days = self._days
        taken = (days.charges, days.alarms, days.blocked, days.boost)
        whole = _inside(self._days, hourly, self._whole)
        return whole - sum(_inside(self._days, hourly, spans) for spans in taken)

    def kwh(self, power: Floats, runs: Flags) -> Floats:
        """Return the energy of a power (kW) over the runs, boosted ones included."""
        cycled = self.integral(power * self._days.climate.duty) * runs
        return (cycled + _inside(self._days, power, self._days.boost)) / HOUR_S


def _inside(days: Plan, hourly: Floats, spans: Spans) -> Floats:
    """Integrate a column of the climate over the spans of each day."""
    time = days.climate.time
    pieces = 0.5 * (hourly[1:] + hourly[:-1]) * np.diff(time)
    total = np.concatenate([[0.0], np.cumsum(pieces)])
    parts = np.interp(spans.stop, time, total) - np.interp(spans.start, time, total)
    return _per_day(np.where(spans.some, parts, 0.0))


def _seconds(spans: Spans) -> Floats:
    return _per_day(spans.stop - spans.start)


def _heater_kwh(brand: str, days: Plan) -> Floats:
    power = np.array((0.0, *PUMPS[brand].heater_kw))[days.level]
    return _per_day((days.heater.stop - days.heater.start) * power / HOUR_S)


def _level_s(days: Plan, *levels: int) -> Floats:
    length = days.heater.stop - days.heater.start
    return _per_day(np.where(np.isin(days.level, levels), length, 0.0))


def _per_day(each: Floats) -> Floats:
    total: Floats = each.sum(axis=1)
    return total
