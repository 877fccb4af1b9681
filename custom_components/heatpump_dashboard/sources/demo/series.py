"""What the collector stores of the demo: names, units, factors and rounding by brand.

Temperatures, percentages and setpoints come in their unit; run times, codes and
settings as the gateway's tenths (10 is 1), as the collector has stored them since
17 December 2025; `physics.stored` gives those of before as they were stored then.
Sensors that are not fitted have their brand's impossible value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .day import Day
from .settings import Setting, turned
from .weather import Floats, noise

_NOT_FITTED_IVT = -48.3
_NOT_FITTED_NIBE = (3275.8, -3276.8)
_VOLT = 230.0
_TENTHS = 10.0

# Codes of the demo's three kinds of alarm: brine, pressure, motor or the like.
_THERMIA_ALARMS = (8, 16, 1)
_IVT_ALARMS = (18, 19, 14)
_NIBE_ALARMS = (60, 51, 54)


@dataclass(frozen=True, slots=True)
class Stored:
    """A series: the unit it is tagged with, and its values of a day."""

    unit: str | None
    values: Callable[[Day], Floats]


def _temp(name: str, decimals: int) -> Stored:
    return Stored("°C", lambda day: _rounded(getattr(day, name), decimals))


def _rounded(values: Floats, decimals: int) -> Floats:
    return np.round(values, decimals) + 0.0  # + 0.0: no −0.0


def _flag(name: str) -> Stored:
    return Stored(None, lambda day: getattr(day, name).astype(float))


def _always(value: float, unit: str | None = None) -> Stored:
    return Stored(unit, lambda day: np.full(day.time.size, value))


def _curve(tenths: float) -> Stored:
    """Return a point of the heat curve, as the owner has set it, in tenths."""
    return Stored("°C", lambda day: tenths - 10.0 * day.curve_k)


def _turned(brand: str, setting: Setting, usual: float, unit: str | None) -> Stored:
    """Return a setting, as its owner has turned it, in its unit or in tenths."""
    step = _TENTHS if setting == "heat_curve_offset" else 1.0
    return Stored(unit, lambda day: usual + step * turned(brand, setting, day.time))


def _hours(name: str) -> Stored:
    return Stored("hours", lambda day: np.floor(day.counted[name] / 360.0))


def _percent(levels: tuple[float, float, float]) -> Stored:
    return Stored("%", lambda day: np.array((0.0, *levels))[day.level])


def _step(*levels: int) -> Stored:
    return Stored(None, lambda day: np.isin(day.level, levels).astype(float))


def _speed(name: str, percent: float) -> Stored:
    return Stored("%", lambda day: getattr(day, name) * percent)


def _code(codes: tuple[int, int, int], *, kept: bool = False) -> Stored:
    """Return an alarm's code in tenths: while it lasts, or kept until the next one."""
    tenths = 10.0 * np.array(codes)
    return Stored(
        None, lambda day: np.where(day.alarm | kept, tenths[day.last_alarm], 0.0)
    )


def _tenths(name: str) -> Stored:
    return Stored("kWh", lambda day: np.floor(10.0 * day.counted[name]))


def _degree_minutes(unit: str | None) -> Stored:
    return Stored(unit, lambda day: 10.0 * _rounded(day.degree_minutes, 0))


def _current(phase: int) -> Stored:
    """Return the current of a phase of the whole house, in tenths of an ampere."""

    def values(day: Day) -> Floats:
        others = (
            2.5
            + 1.8 * noise(day.time, 3700.0, 90 + phase)
            + noise(day.time, 500.0, 95 + phase)
        )
        pump = 1000.0 * day.electricity / 3.0 / _VOLT
        return np.round(10.0 * np.clip(pump + others, 0.2, None))

    return Stored("A", values)


_POWER = Stored("W", lambda day: np.round(1000.0 * day.electricity))
_ENERGY = Stored("kWh", lambda day: np.floor(day.counted["electricity"]))
_COMMON = {
    "compressor_status": _flag("compressor"),
    "brine_pump_status": _flag("compressor"),
    "radiator_pump_status": _flag("circulation"),
    "switch_valve_status": _flag("hot_water"),
}

_THERMIA: Mapping[str, Stored] = {
    **_COMMON,
    "outdoor_temp": _temp("outdoor_temp", 0),
    "indoor_temp": _temp("indoor_temp", 0),
    "radiator_forward": _temp("supply_temp", 0),
    "radiator_return": _temp("return_temp", 0),
    "hot_water_top": _temp("hot_water_temp", 0),
    "brine_in_evaporator": _temp("brine_in_temp", 0),
    "brine_out_condenser": _temp("brine_out_temp", 0),
    "pressure_tube_temp": _temp("hot_gas_temp", 0),
    "heating_setpoint": _temp("setpoint", 0),
    "circulation_pump_speed": _speed("circulation", 65.0),
    "brine_pump_speed": _speed("compressor", 70.0),
    "additional_heat_percent": _percent((33.0, 67.0, 100.0)),
    "power_consumption": _POWER,
    "accumulated_energy": _ENERGY,
    "degree_minutes": _degree_minutes(None),
    "alarm_status": _flag("alarm"),
    "alarm_code": _code(_THERMIA_ALARMS),
    "operating_mode": _always(10.0),
    "room_temp_setpoint": _always(21.0, "°C"),
    "room_sensor_influence": _always(20.0, "°C"),
    "heat_curve_L": _curve(360.0),
    "heat_curve_R": _curve(550.0),
    "hot_water_start_temp": _always(43.0, "°C"),
    "hot_water_stop_temp": _always(52.0, "°C"),
    "heating_stop_temp": _always(17.0, "°C"),
    "outdoor_temp_offset": _always(0.0, "°C"),
    "external_control": _always(20.0, "°C"),
    "compressor_runtime": Stored(
        "hours",
        lambda day: np.floor(
            (day.counted["house_s"] + day.counted["hot_water_s"]) / 360.0
        ),
    ),
    "hot_water_runtime": _hours("hot_water_s"),
    "aux_heater_3kw_runtime": _hours("heater_1_s"),
    "aux_heater_6kw_runtime": _hours("heater_2_s"),
}

_IVT: Mapping[str, Stored] = {
    **_COMMON,
    "outdoor_temp": _temp("outdoor_temp", 1),
    "indoor_temp": _temp("indoor_temp", 1),
    "heat_carrier_forward": _temp("supply_temp", 1),
    "heat_carrier_return": _temp("return_temp", 1),
    "radiator_forward": _always(_NOT_FITTED_IVT, "°C"),
    "radiator_return": Stored(
        "°C",
        lambda day: _rounded(
            np.where(day.hot_water, day.setpoint - 5.0, day.return_temp - 0.3), 1
        ),
    ),
    "hot_water_top": _temp("hot_water_temp", 1),
    "warm_water_2_mid": _always(_NOT_FITTED_IVT, "°C"),
    "brine_in_evaporator": _temp("brine_in_temp", 1),
    "brine_out_condenser": _temp("brine_out_temp", 1),
    "hot_gas_compressor": _temp("hot_gas_temp", 1),
    "heating_setpoint": _temp("setpoint", 1),
    "pump_heat_circuit": _flag("circulation"),
    "add_heat_step_1": _step(1, 3),
    "add_heat_step_2": _step(2, 3),
    "additional_heat_percent": _percent((33.3, 66.7, 100.0)),
    "power_consumption": _POWER,
    "accumulated_energy": _ENERGY,
    "alarm_status": _flag("alarm"),
    "alarm_code": _code(_IVT_ALARMS, kept=True),
    "warm_water_setpoint": _turned("ivt", "hot_water_stop", 52.0, "°C"),
    "warm_water_stop_temp": _turned("ivt", "hot_water_stop", 52.0, "°C"),
    "warm_water_difference": _always(90.0, "°C"),
    "extra_warm_water_time": _always(0.0, "Minutes"),
    "room_temp_setpoint": _always(21.0, "°C"),
    "room_sensor_influence": _always(30.0, "°C"),
    "heat_curve_level": _always(38.0),
    "heat_curve_parallel": _always(0.0),
    "heat_carrier_in_max": _always(57.0, "°C"),
    "summer_mode_temp": _turned("ivt", "heating_stop", 17.0, "°C"),
    "electric_heater_switch": _always(1.0),
    "holiday_mode": _always(0.0, "Hours"),
    "compressor_runtime_heating": _hours("house_s"),
    "compressor_runtime_hotwater": _hours("hot_water_s"),
    "aux_runtime_heating": _hours("heater_1_s"),
    "aux_runtime_hotwater": _hours("heater_2_s"),
}

_NIBE: Mapping[str, Stored] = {
    **_COMMON,
    "outdoor_temp": _temp("outdoor_temp", 1),
    "indoor_temp": _temp("indoor_temp", 1),
    "heat_carrier_forward": _temp("supply_temp", 1),
    "heat_carrier_return": _temp("return_temp", 1),
    "radiator_return": _always(_NOT_FITTED_NIBE[0], "°C"),
    "warm_water_top": _temp("hot_water_temp", 1),
    "warm_water_mid": Stored("°C", lambda day: _rounded(day.hot_water_temp - 4.0, 1)),
    "brine_in_evaporator": _temp("brine_in_temp", 1),
    "brine_out_condenser": _temp("brine_out_temp", 1),
    "hot_gas_temp": _temp("hot_gas_temp", 1),
    "suction_gas_temp": Stored("°C", lambda day: _rounded(day.brine_in_temp - 2.5, 1)),
    "liquid_flow": Stored("l/min", lambda day: _rounded(day.return_temp + 0.8, 1)),
    "air_intake_temp": _always(_NOT_FITTED_NIBE[1], "°C"),
    "air_outlet_temp": _always(_NOT_FITTED_NIBE[1], "°C"),
    "pool_temp": _always(_NOT_FITTED_NIBE[0], "°C"),
    "radiator_forward_2": _always(_NOT_FITTED_NIBE[0], "°C"),
    "indoor_temp_2": _always(_NOT_FITTED_NIBE[0], "°C"),
    "heat_carrier_return_2": _always(_NOT_FITTED_NIBE[0], "°C"),
    "room_temp_setpoint": _always(21.0, "°C"),
    "room_temp_setpoint_set": _always(21.0, "°C"),
    "heating_setpoint": _temp("setpoint", 1),
    "heating_curve": _always(70.0),
    "heating_curve_offset": _turned("nibe", "heat_curve_offset", 0.0, "°C"),
    "room_sensor_influence": _always(10.0),
    "degree_minutes_integral": _degree_minutes("DM"),
    "degree_minutes_compressor": _degree_minutes("DM"),
    "operating_mode": _always(0.0),
    "warm_water_program": _always(10.0),
    "max_additional_heat": _always(90.0, "kW"),
    "compressor_speed": _speed("compressor", 100.0),
    "additional_heat_percent": _percent((33.3, 66.7, 100.0)),
    "additional_heat_power": Stored("kW", lambda day: np.round(10.0 * day.auxiliary)),
    "load_l1": _current(1),
    "load_l2": _current(2),
    "load_l3": _current(3),
    "energy_total": _tenths("heat"),
    "energy_hotwater": _tenths("hot_water_heat"),
    "alarm_code": _code(_NIBE_ALARMS),
}

SERIES: Mapping[str, Mapping[str, Stored]] = {
    "thermia": _THERMIA,
    "ivt": _IVT,
    "nibe": _NIBE,
}
