"""Flow factors by what can be known without a meter, each with its ± and its count.

The owner compares them and accepts one; nothing changes by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final, Literal

import numpy as np

from ..analysis.flow_factor import HEAT_SCALE

type Method = Literal["heater_steps", "heat_counter", "plate", "tank", "brine_flow"]

# A capacity is told at brine of 0 °C and supply of 35 °C. Of each kelvin that the
# water leaves warmer it is 0.3 % less, of each that the brine comes warmer 2.5 % more.
_PLATE_SUPPLY_C: Final = 35.0
_PER_SUPPLY_K: Final = -0.003
_PER_BRINE_K: Final = 0.025
# A day of winter has this much steady running, and some of its weather.
_LEAST_STEADY_S: Final = 3 * 3600.0
# Less than this is more rounding than difference.
_LEAST_DELTA_T_K: Final = 1.0

# A step of the heater makes the supply warmer, and so the compressor weaker.
_HEATER_BIAS: Final = 1.03
# 1 σ of one step as a share of it, by what the sensors resolve; and what stays of many.
_STEP_SCATTER: Final = {0: 0.14, 1: 0.013}
_STEP_FLOOR: Final = 0.015
# What a heater takes that is not measured: its nominal power is that of 400 V ± 10 %.
_NOMINAL_SCALE: Final = 0.05

_LEAST_COUNTED_KWH: Final = 100.0
# It counts in gaps too, which supply and return do not: of a day so much must be known.
COUNTER_COVERAGE: Final = 0.98
# Beside what the difference is off by, that of a pump's own counter.
_COUNTER_SCALE: Final = hypot(0.02, 0.05)

# kWh that a kelvin in a litre of water holds.
LITRE_KWH: Final = 1.163e-3
# Draws during a charge make most of them too low: the best ones are nearly right.
LEAST_CHARGES: Final = 30
_TANK_PERCENTILE: Final = 90
_TANK_BIAS: Final = 0.98
# Where the sensor sits in the tank, and how many litres that really holds.
_TANK_SCALE: Final = 0.15

# The shell of the compressor gives the rest to the room.
_SHELL: Final = 0.95
_BRINE_SCALE: Final = 0.10

# Methods that differ by more σ than this cannot both be right.
_MOST_SIGMAS: Final = 3.0
# No heat pump has a COP beyond these over weeks.
_LEAST_COP: Final = 1.8
_MOST_COP: Final = 6.0
# A counter that says otherwise counts something else than delivered heat.
_COUNTER_COP: Final = (2.0, 6.0)

# Three days, of which a heat pump rests at least some hours.
_LEAST_REST_S: Final = 6 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The flow factor by one method, or by several: `factor` ± `sigma` (1 σ), kW/K.

    `count`: of what it was made: steps, kWh, hours, charges, or methods.
    """

    method: Method | Literal["together"]
    factor: float
    sigma: float
    count: int


# What `rated_delta_t` is told of.
RATED_DELTA_T_SUMS: Final = (
    "steady_heating_s",
    "steady_heating_supply_ks",
    "steady_heating_return_ks",
    "steady_heating_brine_s",
    "steady_heating_brine_in_ks",
)


def rated_delta_t(sums: Mapping[str, float], offset_k: float = 0.0) -> float | None:
    """Return supply − return, K, as the readings say it is at B0/W35.

    `sums`: of the ledger's columns `RATED_DELTA_T_SUMS`. The capacity of the plate over
    it is the flow factor. None with less than three hours of it. Without brine it is
    that of whatever weather there was: enough for a first factor, but not to judge one
    by (`knows_source`).
    """
    steady_s = sums["steady_heating_s"]
    if steady_s < _LEAST_STEADY_S:
        return None
    supply = sums["steady_heating_supply_ks"] / steady_s
    delta_t = supply - sums["steady_heating_return_ks"] / steady_s - offset_k
    capacity = 1 + _PER_SUPPLY_K * (supply - _PLATE_SUPPLY_C)
    if brine_s := sums["steady_heating_brine_s"]:
        capacity += _PER_BRINE_K * sums["steady_heating_brine_in_ks"] / brine_s
    return delta_t / capacity if delta_t >= _LEAST_DELTA_T_K else None


def knows_source(sums: Mapping[str, float]) -> bool:
    """Return whether the readings say how warm what it takes its heat from was.

    `sums`: of the ledger's columns. The capacity follows it: that of outdoor air
    changes by a third between autumn and winter.
    """
    return sums["steady_heating_brine_s"] > 0


def by_plate(heat_kw: float, rated_k: float, steady_s: float) -> Estimate:
    """Return the factor from the kW on the plate and the difference at its conditions."""
    factor = heat_kw / rated_k
    sigma = HEAT_SCALE["plate"] * factor
    return Estimate(
        method="plate", factor=factor, sigma=sigma, count=round(steady_s / 3600)
    )


def by_heater_sums(
    kw: float, kelvin: float, count: int, digits: int
) -> Estimate | None:
    """Return the factor from what steps took together, and showed together.

    `kelvin`: what supply − return grew by when more was taken, less what it fell: what
    both sensors are off by cancels. `digits`: what they resolve. None without a step
    that shows.
    """
    if count < 1 or kelvin <= 0:
        return None
    factor = kw / kelvin / _HEATER_BIAS
    scatter = _STEP_SCATTER[min(digits, 1)] / sqrt(count)
    sigma = factor * hypot(scatter, _STEP_FLOOR, _NOMINAL_SCALE)
    return Estimate(method="heater_steps", factor=factor, sigma=sigma, count=count)


def by_heat_counter(
    counted_kwh: float, kelvin_s: float, electricity_kwh: float
) -> Estimate | None:
    """Return the factor from the pump's own counter of heat and Σ (supply − return) · s.

    `electricity_kwh`: of the same time; a counter of which no COP of 2 to 6 follows
    counts something else. None with less than 100 kWh.
    """
    if counted_kwh < _LEAST_COUNTED_KWH or kelvin_s <= 0 or electricity_kwh <= 0:
        return None
    least, most = _COUNTER_COP
    if not least <= counted_kwh / electricity_kwh <= most:
        return None
    factor = counted_kwh * 3600 / kelvin_s
    return Estimate(
        method="heat_counter",
        factor=factor,
        sigma=_COUNTER_SCALE * factor,
        count=round(counted_kwh),
    )


def by_tank(charges: Sequence[tuple[float, float]], litres: float) -> Estimate | None:
    """Return the factor from how much charges have warmed the tank.

    `charges`: how much warmer it became, K, and ∫ (supply − return) dt of it, K·h.
    None with less than thirty of them.
    """
    usable = [(rise, kelvin_h) for rise, kelvin_h in charges if kelvin_h > 0]
    if len(usable) < LEAST_CHARGES or litres <= 0:
        return None
    rises, kelvin_h = np.array(usable).T
    factors = litres * LITRE_KWH * rises / kelvin_h
    factor = float(np.percentile(factors, _TANK_PERCENTILE)) / _TANK_BIAS
    return Estimate(
        method="tank", factor=factor, sigma=_TANK_SCALE * factor, count=len(usable)
    )


def by_brine_flow(
    electricity_kw: float, brine_kw_k: float, brine_k: float, delta_t_k: float
) -> Estimate | None:
    """Return the factor from what the brine brings and the compressor adds.

    Means of steady heating: the compressor's power, kW, the known factor of the brine,
    kW/K, and both differences, K. None where one of these is next to nothing.
    """
    if delta_t_k < _LEAST_DELTA_T_K or brine_k < _LEAST_DELTA_T_K:
        return None
    factor = (_SHELL * electricity_kw + brine_kw_k * brine_k) / delta_t_k
    return Estimate(
        method="brine_flow", factor=factor, sigma=_BRINE_SCALE * factor, count=1
    )


def together(estimates: Sequence[Estimate]) -> Estimate | None:
    """Return the mean of at least two methods, each by how sure it is.

    None where two of them differ so much that they cannot both be right.
    """
    if len(estimates) < 2:
        return None
    for number, one in enumerate(estimates):
        for other in estimates[number + 1 :]:
            apart = abs(one.factor - other.factor)
            if apart > _MOST_SIGMAS * hypot(one.sigma, other.sigma):
                return None
    weights = [1 / estimate.sigma**2 for estimate in estimates]
    factors = [estimate.factor for estimate in estimates]
    return Estimate(
        method="together",
        factor=float(np.average(factors, weights=weights)),
        sigma=1 / sqrt(sum(weights)),
        count=len(estimates),
    )


def is_possible(cop: float | None) -> bool:
    """Return whether a compressor COP over weeks is that of a heat pump.

    None: there is none to go by.
    """
    return cop is None or _LEAST_COP <= cop <= _MOST_COP


def offset(sums: Mapping[str, float]) -> float | None:
    """Return what supply − return shows at rest while water circulates, K.

    `sums`: of the ledger's columns. Sensors that agree say 0. None with less than six
    hours of it, as some days have.
    """
    rest_s = sums["idle_delta_t_s"]
    return sums["idle_delta_t_ks"] / rest_s if rest_s >= _LEAST_REST_S else None
