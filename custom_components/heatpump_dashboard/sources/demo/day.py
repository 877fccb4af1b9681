"""One day of the demo, unrounded: what sensors would see that resolve everything."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .faults import strength
from .house import (
    BRINE_PUMP_KW,
    FLOW_FACTOR,
    PUMPS,
    STANDBY_KW,
    Climate,
    brine_flow,
    cop,
    indoor,
)
from .plan import STEP_S, alarm_kind, plan, year_of
from .sums import COUNTED, counters, sums
from .switching import Switching, switching
from .tank import tank
from .weather import HOUR_S, Flags, Floats, noise

_RETURN_SWING = 14.0  # K between always running and never
_START_AT = -60.0  # degree minutes


@dataclass(frozen=True, slots=True)
class Day:
    """A day, one value per reading: °C, kW, flags; `counted` in kWh and seconds.

    `last_alarm` is the kind of the last alarm up to then, `level` that of the
    auxiliary heater, 0…3. `heat` is what the flow carries while the compressor or the
    heater is on: supply less return times `flow`, kW/K. `curve_k`: how much lower than
    usual the heat curve is.
    """

    time: Floats
    compressor: Flags
    hot_water: Flags
    circulation: Flags
    alarm: Flags
    last_alarm: npt.NDArray[np.int64]
    level: npt.NDArray[np.int64]
    outdoor_temp: Floats
    indoor_temp: Floats
    setpoint: Floats
    curve_k: Floats
    flow: Floats
    supply_temp: Floats
    return_temp: Floats
    hot_water_temp: Floats
    brine_in_temp: Floats
    brine_out_temp: Floats
    hot_gas_temp: Floats
    degree_minutes: Floats
    heat: Floats
    electricity: Floats
    auxiliary: Floats
    counted: dict[str, Floats]


@lru_cache(maxsize=8)
def day(brand: str, number: int) -> Day:
    """Return a day of the demo by its number."""
    return _Builder(brand, number).build()


def lag(on: Flags, rise_s: float, fall_s: float) -> Floats:
    """Return what follows a switch slowly: towards 1 while on, towards 0 while off.

    Exponentially with the time constants given; 0 at the first reading.
    """
    edges = np.concatenate([[0], np.flatnonzero(np.diff(on)) + 1, [on.size]])
    lengths = np.diff(edges)
    state = on[edges[:-1]].astype(float)
    tau = np.where(state > 0, rise_s, fall_s)
    left = np.exp(-STEP_S * lengths / tau)
    begins = np.zeros(lengths.size)
    for i in range(1, lengths.size):
        begins[i] = state[i - 1] + (begins[i - 1] - state[i - 1]) * left[i - 1]
    since = STEP_S * (np.arange(on.size) - np.repeat(edges[:-1], lengths))
    gone = np.exp(-since / np.repeat(tau, lengths))
    follows: Floats = (
        np.repeat(state, lengths) + np.repeat(begins - state, lengths) * gone
    )
    return follows


class _Builder:
    """Puts a day together; lags begin a day earlier, so that days join smoothly."""

    def __init__(self, brand: str, number: int) -> None:
        self._brand = brand
        self._number = number
        self._year = year_of(number)
        self._pump = PUMPS[brand]
        self._plan = plan(brand, self._year)
        self._row = number - self._plan.first
        self._now = switching(brand, number)
        self._past = switching(brand, number - 1)
        self._time = self._now.time

    def build(self) -> Day:
        """Return the day."""
        on, time = self._now.compressor, self._time
        heater = np.array((0.0, *self._pump.heater_kw))[self._now.level]
        capacity = self._capacity()
        carried = capacity * self._lag("compressor", 75.0, 60.0) + heater
        back = self._return_temp()
        flow = FLOW_FACTOR * (1.0 - strength(self._brand, "heating_flow", time))
        supply = back + carried / flow
        brine_in, brine_out = self._brine(capacity, supply)
        electricity = self._electricity(capacity, supply, brine_out, heater)
        heat = np.where(on | (heater > 0), flow * (supply - back), 0.0)
        return Day(
            time=time,
            compressor=on,
            hot_water=self._now.hot_water,
            circulation=on | (self._climate.at("duty", time) > 0.0),
            alarm=self._now.alarm,
            last_alarm=self._last_alarm(),
            level=self._now.level,
            outdoor_temp=self._climate.at("outdoor", time)
            + 0.12 * noise(time, 1100.0, 5),
            indoor_temp=indoor(time, self._pump.seed + 80) + 0.03 * self._swing(),
            setpoint=self._climate.at("setpoint", time),
            curve_k=strength(self._brand, "curve", time),
            flow=flow,
            supply_temp=supply,
            return_temp=back,
            hot_water_temp=tank(self._plan, self._row, time, self._pump.seed),
            brine_in_temp=brine_in,
            brine_out_temp=brine_out,
            hot_gas_temp=self._hot_gas(supply),
            degree_minutes=self._degree_minutes(),
            heat=heat,
            electricity=electricity,
            auxiliary=heater,
            counted=self._counted(heat, electricity, heater),
        )

    @property
    def _climate(self) -> Climate:
        return self._plan.climate

    def _sum(self, name: str) -> float:
        """Return what the day has to add up to."""
        return float(getattr(sums(self._brand, self._year), name)[self._row])

    def _lag(self, what: str, rise_s: float, fall_s: float) -> Floats:
        flags = np.concatenate([_flags(self._past, what), _flags(self._now, what)])
        return lag(flags, rise_s, fall_s)[self._past.time.size :]

    def _last_alarm(self) -> npt.NDArray[np.int64]:
        days = np.array([self._number - 1, self._number], dtype=np.int64)
        _, (before, today) = alarm_kind(days, self._pump.seed)
        return np.where(np.maximum.accumulate(self._now.alarm), today, before)

    def _swing(self) -> Floats:
        """Return how far the house's water is above or below its mean (K).

        Where the compressor is blocked the heater brings it back to that, slowly.
        """
        duty = self._climate.at("duty", self._time)
        duty = duty * (1.0 - self._lag("blocked", 5400.0, 2100.0))
        return _RETURN_SWING * (self._lag("house", 1800.0, 2100.0) - duty)

    def _capacity(self) -> Floats:
        """Return the compressor's heat (kW) once it has got going, for every reading.

        Scaled by a few percent so that the day adds up to the heat of the plan.
        """
        time, ramp = self._time, self._lag("compressor", 75.0, 60.0)
        shiver = 1.0 + 0.03 * noise(time, 420.0, self._pump.seed + 81)
        house = self._climate.at("heat", time) * shiver
        hot_water = self._climate.at("hot_water_heat", time) * shiver
        house *= _scale(
            self._sum("house_heat"),
            (house * ramp)[self._now.house & ~self._now.hot_water],
        )
        hot_water *= _scale(
            self._sum("hot_water_heat"), (hot_water * ramp)[self._now.hot_water]
        )
        return np.where(self._now.hot_water, hot_water, house)

    def _return_temp(self) -> Floats:
        """Return the return: that of the house, or of the tank while it is charged."""
        time = self._time
        usual = 0.9 * self._climate.at("heat", time) / FLOW_FACTOR
        room = indoor(time, self._pump.seed + 80) + 0.8
        house = np.maximum(
            self._climate.at("setpoint", time) - usual + self._swing(), room
        )
        house += 0.15 * noise(time, 300.0, self._pump.seed + 82)
        stored = tank(self._plan, self._row, time, self._pump.seed) + 0.5
        tank_share = self._lag("hot_water", 150.0, 260.0)
        mixed: Floats = house + (stored - house) * tank_share
        return mixed

    def _brine(self, capacity: Floats, supply: Floats) -> tuple[Floats, Floats]:
        """Return the brine from and to the ground; at rest the room warms the pipes."""
        ground = self._climate.at("brine", self._time)
        moving = self._lag("compressor", 360.0, 4200.0)
        ground_in = (
            ground + 2.4 - 2.4 * moving - 0.9 * self._lag("compressor", 2400.0, 3000.0)
        )
        ground_in += 0.06 * noise(self._time, 700.0, self._pump.seed + 83)
        flow = brine_flow(self._pump, self._time)
        usual = ground_in - 0.7 * capacity / flow
        ground_kw = capacity * (1.0 - 1.0 / cop(self._pump.efficiency, supply, usual))
        colder = ground_kw / flow * self._lag("compressor", 150.0, 800.0)
        return ground_in, ground_in - colder

    def _hot_gas(self, supply: Floats) -> Floats:
        """Return the hot gas: far above the supply while running, cooling slowly after."""
        hot = 1.35 * np.maximum(supply, self._climate.at("setpoint", self._time)) + 21.0
        return 27.0 + (hot - 27.0) * self._lag("compressor", 330.0, 2300.0)

    def _degree_minutes(self) -> Floats:
        """Return the integral that starts and stops the compressor: down at rest, up in a run."""
        cycle, resting = self._now.cycle, np.clip(self._now.resting, 1e-6, 1.0 - 1e-6)
        falling = np.clip(cycle / resting, 0.0, 1.0) ** 1.25
        rising = np.clip((cycle - resting) / (1.0 - resting), 0.0, 1.0)
        cold_pipes = 0.35 * np.sin(np.pi * np.sqrt(rising)) * (1.0 - rising)
        level = np.where(cycle < resting, falling, 1.0 - rising**1.1 + cold_pipes)
        duty = self._climate.at("duty", self._time)
        missed = 150.0 * duty * self._lag("hot_water", 2600.0, 1900.0)
        missed += 300.0 * self._lag("blocked", 1500.0, 3600.0)
        helped = 260.0 * self._lag("level", 1500.0, 1500.0)
        deeper = 1.0 + 1.5 * np.clip(duty - 0.7, 0.0, None)
        integral: Floats = _START_AT * deeper * level - missed - helped
        return integral

    def _electricity(
        self, capacity: Floats, supply: Floats, brine_out: Floats, heater: Floats
    ) -> Floats:
        """Return the power (kW) of everything, scaled to the day's sum in the plan."""
        on = self._now.compressor
        power = capacity / cop(self._pump.efficiency, supply, brine_out)
        power *= 1.0 + 0.012 * noise(self._time, 200.0, self._pump.seed + 84)
        rest = STANDBY_KW + BRINE_PUMP_KW * on + heater
        left = self._sum("electricity") - rest.sum() * STEP_S / HOUR_S
        total: Floats = rest + np.where(on, power * _scale(left, power[on]), 0.0)
        return total

    def _counted(
        self, heat: Floats, electricity: Floats, heater: Floats
    ) -> dict[str, Floats]:
        """Return the counters as they stand at each reading."""
        house = self._now.compressor & ~self._now.hot_water
        tank_heat = np.where(self._now.hot_water, heat - heater, 0.0)
        grows: dict[str, Floats] = {
            "house_s": np.where(house, STEP_S, 0.0),
            "hot_water_s": np.where(self._now.hot_water, STEP_S, 0.0),
            "heater_1_s": np.where(np.isin(self._now.level, (1, 3)), STEP_S, 0.0),
            "heater_2_s": np.where(self._now.level >= 2, STEP_S, 0.0),
            "house_heat": np.where(house, heat - heater, 0.0) * STEP_S / HOUR_S,
            "hot_water_heat": tank_heat * STEP_S / HOUR_S,
            "heater": heater * STEP_S / HOUR_S,
            "heat": heat * STEP_S / HOUR_S,
            "electricity": electricity * STEP_S / HOUR_S,
        }
        begin = counters(self._brand, self._year, self._number)
        return {
            name: begin[name] + _up_to(grows[name], self._sum(name)) for name in COUNTED
        }


def _flags(switched: Switching, what: str) -> Flags:
    flags: Flags = getattr(switched, what)
    return flags > 0 if what == "level" else flags


def _scale(wanted_kwh: float, power: Floats) -> float:
    """Return the factor that makes powers (kW, one per reading) add up to an energy."""
    total = float(power.sum()) * STEP_S / HOUR_S
    return wanted_kwh / total if total > 0 else 1.0


def _up_to(grows: Floats, whole: float) -> Floats:
    """Return the running total before each reading, ending exactly at the day's sum."""
    total = np.concatenate([[0.0], np.cumsum(grows)])
    factor = whole / total[-1] if total[-1] > 0 else 0.0
    return np.minimum(total[:-1] * factor, whole)
