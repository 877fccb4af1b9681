"""A house of two nodes with a ground-source heat pump, stepped through its days.

The air and the walls have a temperature each; a heat curve and degree minutes run an
on/off compressor; the tank is an energy; the ground remembers what was taken from it.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

import numpy as np

from .faults import Effects, Fault, effects
from .world import STEP_S, STEPS_A_DAY, World, world

_HOURS: Final = STEP_S / 3600
_KELVIN: Final = 273.15
_EMITTER_EXPONENT: Final = 1.3
_WATER_KWH: Final = 1.163e-3  # kWh that a kelvin in a litre holds
_ROOM_C: Final = 20.0
_TANK_C: Final = (46.0, 53.0)
_DRAWN_C: Final = 40.0
_COLD_C: Final = 8.0
# The pumps and the electronics.
PUMPS_KW: Final = 0.14
STANDBY_KW: Final = 0.06
_HEATING_STOPS_C: Final = 16.0
_START_DM, _HIGHEST_DM = -60.0, 100.0
_SHUT_DM: Final = (-0.5, 0.5)
_HEATER_DM: Final = (-400.0, -500.0, -600.0)
_HEATER_REST_DM: Final = 100.0
_HEATER_KW: Final = 3.0
# After a stop the heater helps for so long because of it.
_CATCHING_UP_H: Final = 6.0
# How long the ground remembers (h), and how much colder each kW makes it (K).
_MEMORY_H: Final = (48.0, 720.0, 9600.0)
_COLDER_K: Final = (0.35, 0.45, 0.35)
_FORGETS: Final = tuple(_HOURS / hours for hours in _MEMORY_H)
_UNTOUCHED_C: Final = 6.6


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A house and its heat pump.

    `air_loss`, `wall_loss`: kW/K to the outside, `coupling` between air and walls;
    `air_kwh`, `walls_kwh`, `water_kwh`: what a kelvin in each holds. `emits`: kW of the
    radiators at a kelvin. `capacity_kw` at B0/W35; `efficiency` of Carnot's COP between
    3 K above the supply and 5 K below the brine; `flow`, `brine_flow`: kW/K.
    `litres` and `tank_loss` (W/K) of the tank. `thermostats`: on the radiators.
    """

    air_loss: float = 0.0911
    wall_loss: float = 0.10
    coupling: float = 0.8
    air_kwh: float = 1.6
    walls_kwh: float = 9.0
    water_kwh: float = 0.19
    emits: float = 0.0833
    capacity_kw: float = 8.0
    efficiency: float = 0.50
    flow: float = 1.6
    brine_flow: float = 1.765
    litres: float = 180.0
    tank_loss: float = 2.2
    thermostats: bool = False
    ground_k_per_year: float = 0.0

    @property
    def loss(self) -> float:
        """Return kW per kelvin between the rooms and the outside, in calm weather."""
        walls = self.coupling * self.wall_loss / (self.coupling + self.wall_loss)
        return self.air_loss + walls

    @property
    def curve(self) -> tuple[float, float]:
        """Return the supply at 0 °C that keeps 21 °C indoors, and K more for one less."""
        cold, mild = self._needed(-15.0), self._needed(10.0)
        slope = (cold - mild) / 25.0
        return mild + 10.0 * slope, slope

    def _needed(self, outdoor: float) -> float:
        kw = self.loss * (21.0 - outdoor) - 0.5
        warmer = (kw / self.emits) ** (1 / _EMITTER_EXPONENT)
        needed: float = 21.0 + warmer + kw / (2 * self.flow)
        return needed


class Step(NamedTuple):
    """What a step was: °C, kW, flags, and why the heater was on ("" = it was not)."""

    compressor: bool
    valve: bool
    supply: float
    back: float
    indoor: float
    tank: float
    brine_in: float
    brine_out: float
    hot_gas: float
    capacity: float
    electricity: float
    heater: float
    degree_minutes: float
    space: float
    why: str


class _Outside(NamedTuple):
    """What comes from outside in a step."""

    outdoor: float
    felt: float
    sun: float
    gains: float
    wind: float
    drawn: float
    brine_flow: float
    heating_flow: float
    efficiency: float
    capacity: float
    hot_gas_k: float
    curve_k: float
    blocked: bool
    alarm: bool
    no_power: bool
    shut: bool
    no_hygiene: bool


def simulate(
    house: House,
    first: date,
    days: int,
    *,
    seed: int,
    faults: Sequence[Fault] = (),
) -> tuple[World, Effects, list[Step]]:
    """Return the days of a house from a midnight (UTC) on, step by step."""
    outside = world(first, days, seed, faults)
    wrong = effects(faults, outside.time_s)
    calm_s = min((fault.start_s for fault in faults), default=float(outside.time_s[-1]))
    calm = int(np.searchsorted(outside.time_s, calm_s)) // STEPS_A_DAY
    heated, steps = _calm(house, first, calm, seed)
    heated = copy(heated)
    later = (heated.step(*now) for now in _rows(outside, wrong, calm * STEPS_A_DAY))
    return outside, wrong, [*steps, *later]


@lru_cache(maxsize=2)
def _calm(
    house: House, first: date, days: int, seed: int
) -> tuple[_Heated, list[Step]]:
    """Return the days before anything goes wrong, and how the house is after them."""
    outside = world(first, days + 1, seed)
    heated = _Heated(house, float(outside.outdoor[0]))
    rows = islice(_rows(outside, effects((), outside.time_s), 0), days * STEPS_A_DAY)
    return heated, [heated.step(*now) for now in rows]


def _rows(outside: World, wrong: Effects, first: int) -> Iterator[tuple[int, _Outside]]:
    """Yield the steps from one on, and what comes from outside in each."""
    columns = [
        getattr(outside if hasattr(outside, name) else wrong, name)[first:].tolist()
        for name in _Outside._fields
    ]
    for number, now in enumerate(zip(*columns, strict=True), first):
        yield number, _Outside(*now)


class _Heated:
    """What changes from step to step."""

    def __init__(self, house: House, outdoor: float) -> None:
        self._house = house
        self._air = self._walls = 21.0
        self._curve = house.curve
        self._water = self._curve[0] - self._curve[1] * outdoor - 3.0
        self._tank = 48.0
        self._dm = 0.0
        self._on = self._charging = self._hygiene = False
        self._level = 0
        self._cop = 3.5
        self._taken = (0.5, 1.0, 2.0)  # kW of the last two days, month and year
        self._settled = 0.0  # steps since the compressor began
        self._stopped_h = 1e9  # since a stop that was not wanted
        self._gas = 30.0
        self._number = 0
        self._setpoint = 0.0

    def step(self, number: int, now: _Outside) -> Step:
        """Go on by one step."""
        self._number = number
        at_zero, slope = self._curve
        self._setpoint = at_zero - slope * now.felt + now.curve_k
        self._control(now)
        warm = self._tank + 2.0 if self._charging else self._water
        brine = self._brine()
        capacity, supply = self._lifted(now, warm, brine)
        heater = _HEATER_KW * self._level
        supply += heater / (self._house.flow * now.heating_flow)
        taken = capacity * (1 - 1 / self._cop)
        brine_out = brine - taken / (self._house.brine_flow * now.brine_flow)
        paid = 0.0 if now.no_power else STANDBY_KW + heater
        if self._on:
            self._cop = self._cop_of(now, supply, brine_out)
            paid += PUMPS_KW + capacity / self._cop
        self._gas += (
            (1.35 * supply + 21 + now.hot_gas_k if self._on else 27.0) - self._gas
        ) * (0.3 if self._on else 0.05)
        why = self._why(now)
        was_valve, space = self._charging, self._flow_on(now, capacity + heater, supply)
        self._remember(taken)
        return Step(
            self._on,
            was_valve and self._on,
            supply,
            warm,
            self._air,
            self._tank,
            brine,
            brine_out,
            self._gas,
            capacity,
            paid,
            heater,
            self._dm,
            space,
            why,
        )

    def _control(self, now: _Outside) -> None:
        """Decide what is on."""
        if now.no_power:
            self._on = self._charging = False
            self._level, self._dm, self._stopped_h = 0, min(self._dm, 0.0), 0.0
            return
        self._charge(now)
        wants = now.felt < _HEATING_STOPS_C
        start = _SHUT_DM[0] if now.shut else _START_DM
        heats = wants and (self._dm < 0 if self._on else self._dm <= start)
        on = (self._charging or heats) and not now.blocked
        self._settled = self._settled + 1 if on and self._on else 0.0
        self._on = on
        self._stopped_h = 0.0 if now.blocked else self._stopped_h + _HOURS
        self._level = self._heater_level(now)

    def _charge(self, now: _Outside) -> None:
        """Begin or end a charge of the tank; once a week it becomes hotter."""
        day, step = divmod(self._number, STEPS_A_DAY)
        night = step == round(3600 / STEP_S)
        if night and day % 7 == 6 and not now.no_hygiene:
            self._charging = self._hygiene = True
        if self._tank < _TANK_C[0] and not now.blocked:
            self._charging = True
        if self._tank >= (60.6 if self._hygiene else _TANK_C[1]) or now.blocked:
            self._charging = self._hygiene = False

    def _heater_level(self, now: _Outside) -> int:
        """Return how many steps of the heater are on."""
        if self._charging:
            return int(self._hygiene and self._tank > 53.0)
        rest = self._level
        is_far = self._dm >= _HEATER_DM[0] + _HEATER_REST_DM
        if is_far or now.felt >= _HEATING_STOPS_C:
            return 0
        up = sum(self._dm < limit for limit in _HEATER_DM)
        keep = sum(self._dm < limit + _HEATER_REST_DM for limit in _HEATER_DM)
        return max(up, min(rest, keep))

    def _why(self, now: _Outside) -> str:
        """Return why the heater is on."""
        if not self._level:
            return ""
        if now.blocked:
            return "alarm" if now.alarm else "compressor_off"
        if self._charging:
            return "hygiene"
        return "catch_up" if self._stopped_h <= _CATCHING_UP_H else "capacity"

    def _lifted(self, now: _Outside, warm: float, brine: float) -> tuple[float, float]:
        """Return the compressor's heat, kW, and the supply that it makes."""
        if not self._on:
            return 0.0, warm
        flow = self._house.flow * now.heating_flow
        rated = self._house.capacity_kw * now.capacity
        rated *= 0.65 if self._settled == 0 else 1.0
        supply = warm + rated / flow
        capacity = rated * (1 + 0.025 * brine - 0.003 * (supply - 35.0))
        return capacity, warm + capacity / flow

    def _cop_of(self, now: _Outside, supply: float, brine_out: float) -> float:
        warm, cold = supply + 3.0 + _KELVIN, brine_out - 5.0 + _KELVIN
        return self._house.efficiency * now.efficiency * warm / (warm - cold)

    def _flow_on(self, now: _Outside, kw: float, supply: float) -> float:
        """Let heat flow for a step; return what the house got, kW."""
        house = self._house
        space = 0.0 if self._charging else kw
        mean = self._water if self._charging else (supply + self._water) / 2
        if not self._charging and not kw:
            mean = self._water
        opened = 1.0
        if house.thermostats or now.shut:
            opened = min(max(21.8 - self._air, 0.1), 1.0)
        emitted = opened * house.emits * max(mean - self._air, 0.0) ** _EMITTER_EXPONENT
        if now.no_power:
            emitted *= 0.3
        held = house.water_kwh * (0.11 if now.shut else 1.0)
        self._water += (space - emitted) / held * _HOURS
        to_walls = house.coupling * (self._air - self._walls)
        lost = house.air_loss * now.wind * (self._air - now.outdoor)
        given = 0.6 * emitted + now.gains + 0.5 * now.sun - lost - to_walls
        self._air += given / house.air_kwh * _HOURS
        lost = house.wall_loss * (self._walls - now.outdoor)
        given = 0.4 * emitted + 0.5 * now.sun + to_walls - lost
        self._walls += given / house.walls_kwh * _HOURS
        self._fill(now, kw - space)
        if not self._charging and now.felt < _HEATING_STOPS_C and not now.no_power:
            self._dm += (supply - self._setpoint) * STEP_S / 60
            highest = _SHUT_DM[1] if now.shut else _HIGHEST_DM
            self._dm = min(max(self._dm, -900.0), highest)
        return space

    def _fill(self, now: _Outside, kw: float) -> None:
        """Warm the tank, and let people take of it."""
        loss = self._house.tank_loss / 1000 * (self._tank - _ROOM_C)
        drawn = now.drawn * (self._tank > _DRAWN_C - 8)
        kwh = (kw - loss) * _HOURS - drawn
        self._tank += kwh / (self._house.litres * _WATER_KWH)

    def _brine(self) -> float:
        """Return what comes from the ground, °C."""
        years = self._number * STEP_S / 86_400 / 365.2425
        days, month, year = self._taken
        cold = _COLDER_K[0] * days + _COLDER_K[1] * month + _COLDER_K[2] * year
        return _UNTOUCHED_C - cold + self._house.ground_k_per_year * years

    def _remember(self, kw: float) -> None:
        """Let the ground remember what was taken."""
        days, month, year = self._taken
        self._taken = (
            days + (kw - days) * _FORGETS[0],
            month + (kw - month) * _FORGETS[1],
            year + (kw - year) * _FORGETS[2],
        )
