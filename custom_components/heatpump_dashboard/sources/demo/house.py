"""The demo's three houses and heat pumps, hour by hour: demand, capacity, COP."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .faults import strength
from .settings import turned
from .weather import DAY_S, HOUR_S, Floats, chance, noise, outdoor, season

FLOW_FACTOR = 2.7  # kW per K between supply and return
STANDBY_KW = 0.06
BRINE_PUMP_KW = 0.14
HOT_WATER_STOP = 52.0
# What one step of a curve's offset moves the supply by, K.
OFFSET_STEP_K = 2.0
BRINE_FACTOR = 2.75  # kW per K between brine in and out, while nothing is clogged

_KELVIN = 273.15
_FREE_HEAT_TO = 18.5  # °C: people, sun and lamps give the rest
_HEATING_STOPS_AT = 16.0
# What the compressor has for the house beside hot water, and its longest duty.
_SHARE_FOR_HOUSE = 0.93
_LONGEST_DUTY = 0.97
# The borehole that is too short, and from when on (1 October 2025) that was seen.
_TIRED = "nibe"
_TIRED_SINCE_S = 1_759_276_800.0
_TIRED_K_A_YEAR = 0.5
_TIRED_YEARS = 3.0
# A run lasts this long divided by the share of time at rest, as degree minutes do.
_SHORTEST_RUN_S = 18 * 60.0


@dataclass(frozen=True, slots=True)
class Pump:
    """A heat pump and the house it stands in.

    Powers in kW (`capacity_kw` at brine of 2 °C and supply of 35 °C), `loss` in
    kW/K, `curve` is the supply temperature in °C at 0 °C outdoors, `heater_kw` the
    powers of the auxiliary heater's three levels.
    """

    name: str
    seed: int
    capacity_kw: float
    loss: float
    curve: float
    efficiency: float
    heater_kw: tuple[float, float, float]


PUMPS = {
    "thermia": Pump("thermia", 11, 11.8, 0.27, 36.0, 0.50, (2.97, 6.03, 9.0)),
    "ivt": Pump("ivt", 22, 13.2, 0.31, 34.5, 0.49, (3.0, 6.0, 9.0)),
    "nibe": Pump("nibe", 33, 14.6, 0.34, 33.5, 0.51, (3.0, 6.0, 9.0)),
}


def cop(efficiency: float, supply: Floats, brine_out: Floats) -> Floats:
    """Return a compressor's COP from what it lifts between, temperatures in °C.

    A fixed share of Carnot's, the refrigerant condensing 3 K above the supply and
    evaporating 5 K below the brine.
    """
    warm = supply + 3.0 + _KELVIN
    return efficiency * warm / (warm - (brine_out - 5.0 + _KELVIN))


@dataclass(frozen=True, slots=True)
class Climate:
    """What changes slowly, one value an hour (time in seconds since 1970).

    `duty` is the share of time the compressor has to run for the house, `rate` the
    cycles per second that makes; powers in kW; `unmet` is the demand beyond what
    the compressor can give.
    """

    time: Floats
    outdoor: Floats
    setpoint: Floats
    brine: Floats
    duty: Floats
    rate: Floats
    heat: Floats
    electricity: Floats
    hot_water_heat: Floats
    hot_water_electricity: Floats
    unmet: Floats

    def at(self, name: str, time: Floats) -> Floats:
        """Return one of the columns at other times."""
        column: Floats = getattr(self, name)
        return np.interp(time, self.time, column)


def climate(pump: Pump, start: float, stop: float) -> Climate:
    """Return the hours of a span (seconds since 1970, whole hours)."""
    lead = 84  # hours of weather that the ground still remembers
    hours = np.arange(start - lead * HOUR_S, stop + HOUR_S, HOUR_S).astype(np.float64)
    weather = outdoor(hours)
    time, now = hours[lead:], weather[lead:]
    felt = _lagged(weather, lead, (2, 6, 10))
    setpoint = _setpoint(pump, 0.5 * now + 0.5 * felt)
    setpoint = setpoint - strength(pump.name, "curve", time)
    setpoint += OFFSET_STEP_K * turned(pump.name, "heat_curve_offset", time)
    load = np.clip(
        pump.loss * (_FREE_HEAT_TO - _lagged(weather, lead, (12, 36, 60, 84))), 0, None
    )
    brine = _brine(time, load / pump.capacity_kw) - _drift(pump, time)
    heat = _capacity(pump, brine, setpoint)
    flow = brine_flow(pump, time)
    stops = _HEATING_STOPS_AT + turned(pump.name, "heating_stop", time)
    demand = (
        pump.loss * (_FREE_HEAT_TO - felt) * np.clip((stops - felt) / 2.0, 0.0, 1.0)
    )
    wanted = np.clip(demand, 0.0, None) / (heat * _SHARE_FOR_HOUSE)
    sun_and_people = 1.0 + 0.12 * noise(time, 3.7 * HOUR_S, pump.seed)
    duty = np.clip(wanted * sun_and_people, 0.0, _LONGEST_DUTY)
    mood = 1.0 + 0.4 * noise(time, 2.3 * HOUR_S, pump.seed + 2)
    tank = HOT_WATER_STOP + turned(pump.name, "hot_water_stop", time)
    hot_water_heat = _capacity(pump, brine, tank)
    return Climate(
        time=time,
        outdoor=now,
        setpoint=setpoint,
        brine=brine,
        duty=duty,
        rate=duty * (1.0 - duty) / _SHORTEST_RUN_S * mood,
        heat=heat,
        electricity=heat / cop(pump.efficiency, setpoint, brine - _colder(3.8, flow)),
        hot_water_heat=hot_water_heat,
        hot_water_electricity=hot_water_heat
        / cop(pump.efficiency, tank, brine - _colder(3.4, flow)),
        unmet=np.clip(wanted - _LONGEST_DUTY, 0.0, None),
    )


def brine_flow(pump: Pump, time: Floats) -> Floats:
    """Return what flows through the ground, kW per K: less where a filter clogs."""
    return BRINE_FACTOR * (1.0 - strength(pump.name, "brine_flow", time))


def _drift(pump: Pump, time: Floats) -> Floats:
    """Return how much the ground has cooled down over the winters, K.

    One borehole is too short for its house: half a kelvin a year, until the ground
    around it gives as much as is taken.
    """
    if pump.name != _TIRED:
        return np.zeros(time.size)
    years = (time - _TIRED_SINCE_S) / (365.2425 * DAY_S)
    drift: Floats = _TIRED_K_A_YEAR * np.clip(years, 0.0, _TIRED_YEARS)
    return drift


def _colder(usual_k: float, flow: Floats) -> Floats:
    """Return how much colder than the ground brine leaves, K: of it 0.9 K at any flow."""
    return 0.9 + (usual_k - 0.9) * BRINE_FACTOR / flow


def indoor(time: Floats, seed: int) -> Floats:
    """Return the room temperature in °C: people, sun and thermostats move it a little."""
    day = np.cos(2.0 * np.pi * (time / DAY_S - 17.0 / 24.0))
    return (
        21.0
        + 0.2 * noise(time, 9 * HOUR_S, seed)
        + 0.1 * noise(time, 5 * DAY_S, seed + 1)
        + 0.12 * day
    )


def _lagged(hourly: Floats, lead: int, lags: tuple[int, ...]) -> Floats:
    """Return the mean of what was some hours ago, for the hours after the lead."""
    count = hourly.size - lead
    total = np.zeros(count)
    for lag in lags:
        total += hourly[lead - lag : lead - lag + count]
    return total / len(lags)


def _setpoint(pump: Pump, outside: Floats) -> Floats:
    """Return the supply temperature the heat curve asks for (°C)."""
    lift = np.clip((20.0 - outside) / 20.0, 0.0, None) ** 0.85
    return 20.5 + (pump.curve - 20.5) * lift


def _brine(time: Floats, load: Floats) -> Floats:
    """Return the brine from the ground while the pump runs (°C): late seasons, load."""
    return 5.4 + 1.5 * season(time - 242 * DAY_S) - 2.2 * np.clip(load, 0.0, 1.0)


def _capacity(pump: Pump, brine: Floats, supply: Floats) -> Floats:
    """Return the heat a compressor gives (kW): more from warm brine, less at high supply."""
    return pump.capacity_kw * (1.0 + 0.025 * (brine - 2.0) - 0.003 * (supply - 35.0))


def pick(days: npt.NDArray[np.int64], seed: int, low: float, high: float) -> Floats:
    """Return a value between low and high for each day, always the same one."""
    return low + (high - low) * chance(days, seed)
