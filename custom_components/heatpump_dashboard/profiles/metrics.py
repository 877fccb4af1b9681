"""The metrics every brand is translated to: their kind, their unit and what is valid."""

from dataclasses import dataclass
from typing import Literal

type Kind = Literal[
    "temperature", "state", "percent", "power", "energy", "number", "code", "setting"
]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a metric is, whatever the brand.

    `minimum` and `maximum` bound what a sensor can truly measure, in `unit`;
    `signed` says whether a negative value is possible at all, so that one which a
    gateway sent without its sign can be told from a high one; `digits` is how many
    decimals a sensor usually resolves.
    """

    kind: Kind
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    signed: bool = False
    digits: int = 0


# Sensors that are not there read −48.3, −49, −3276.8 or 3275.8: all outside.
_TEMPERATURE = Metric("temperature", "°C", -47.5, 150.0, signed=True, digits=1)
_STATE = Metric("state", None, 0.0, 1.0)
_PERCENT = Metric("percent", "%", 0.0, 100.0)
_ENERGY = Metric("energy", "kWh", 0.0)
_CODE = Metric("code", None, 0.0)
# 0 is what a controller says that starts: no water is stored or sent out that cold.
_WATER_SETTING = Metric("setting", "°C", 5.0, 90.0, digits=1)

METRICS: dict[str, Metric] = {
    "outdoor_temp": _TEMPERATURE,
    "indoor_temp": _TEMPERATURE,
    "supply_temp": _TEMPERATURE,
    "return_temp": _TEMPERATURE,
    "hot_water_temp": _TEMPERATURE,
    "brine_in_temp": _TEMPERATURE,
    "brine_out_temp": _TEMPERATURE,
    "hot_gas_temp": _TEMPERATURE,
    "compressor": _STATE,
    "brine_pump": _STATE,
    "circulation_pump": _STATE,
    "hot_water_valve": _STATE,
    "cooling": _STATE,
    "defrost": _STATE,
    "auxiliary_step_1": _STATE,
    "auxiliary_step_2": _STATE,
    "alarm": _STATE,
    "auxiliary_percent": _PERCENT,
    "compressor_speed": _PERCENT,
    "power": Metric("power", "W", 0.0),
    "auxiliary_power": Metric("power", "kW", 0.0, 50.0, digits=1),
    "energy": _ENERGY,
    "heat_energy": _ENERGY,
    "flow": Metric("number", "l/s", 0.0, digits=2),
    "degree_minutes": Metric("number", None, -3275.0, 3275.0, signed=True),
    "alarm_code": _CODE,
    "operating_mode": _CODE,
    "supply_setpoint": _WATER_SETTING,
    "heat_curve": Metric("setting", None, 0.0, 100.0, digits=1),
    "heat_curve_offset": Metric("setting", None, -20.0, 20.0, signed=True, digits=1),
    "heat_curve_max": _WATER_SETTING,
    "heating_stop": Metric("setting", "°C", 1.0, 45.0, digits=1),
    "hot_water_start": _WATER_SETTING,
    "hot_water_stop": _WATER_SETTING,
    "room_setpoint": Metric("setting", "°C", 5.0, 35.0, digits=1),
}


def is_setting(name: str) -> bool:
    """Return whether a column is what somebody has set, or the pump's controller."""
    return name in METRICS and METRICS[name].kind == "setting"
