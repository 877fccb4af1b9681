"""What cannot be is not believed: the limits of every quantity, and why they are so.

Wide on purpose: they are those of physics and of houses, not of one heat pump. What
lies outside is a fault of a sensor, a gateway or a wire, and one such value in a sum
would be seen for years.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from .equipment import Equipment

if TYPE_CHECKING:
    from .samples import Flags, Floats

# A fuse of 35 A on three phases carries 24 kW: no house takes more than this, kW.
_MOST_ELECTRIC_KW: Final = 30.0
# Its circulation pump alone takes more than this beside a running compressor, kW; less
# is a power in kW that passes for one in W.
LEAST_RUNNING_KW: Final = 0.02
# The smallest compressor of a house takes more than this at its lowest speed, kW.
LEAST_COMPRESSOR_KW: Final = 0.2
# A small circulation pump takes more than this, and its electronics at rest less, kW.
_LEAST_PUMP_KW: Final = 0.002
# The settings are averages and nominal powers: a start may take more.
_ABOVE_SETTINGS: Final = 2.0
# The largest heat pump of a house gives about half of this, its heater beside it, kW.
MOST_HEAT_KW: Final = 60.0
# Radiators of an old house have 15 K; more is two circuits, or a sensor that is wrong.
MOST_DELTA_T_K: Final = 25.0
# Brine is cooled by 3 to 5 K; a pump that hardly turns may reach twice that.
MOST_BRINE_DELTA_T_K: Final = 15.0
# No room is cooled with warmer water, and no house is heated with colder, °C.
COLD_WATER_C: Final = 20.0
# The fastest compressor there is, in rpm; as Hz or % it is far less.
MOST_SPEED: Final = 10_000.0

# What a state is told as: the metric that has the limits of such an amount, by unit.
_AMOUNTS: Final = {"kW": "auxiliary_power", "l/s": "flow"}
# What takes far more than the electronics of a heat pump at rest.
_STRONG: Final = frozenset(("compressor", "auxiliary_step_1", "auxiliary_step_2"))

# Least and most in the metric's own unit, beside what its sensor can measure at all.
_WATER: Final = (-47.5, 110.0)  # a house left to the frost; boiling under pressure
_BRINE: Final = (-47.5, 80.0)  # the air in the coldest winter; a collector in the sun
_COUNTER_KWH: Final = (0.0, 1e7)  # the greatest power for longer than pumps live
_LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "outdoor_temp": (-47.5, 70.0),  # a sensor in the sun
    "indoor_temp": (-47.5, 60.0),  # a cabin in winter; an attic in summer
    "supply_temp": _WATER,
    "return_temp": _WATER,
    "hot_water_temp": _WATER,
    "brine_in_temp": _BRINE,
    "brine_out_temp": _BRINE,
    "hot_gas_temp": (-47.5, 150.0),  # oil is destroyed from here on
    "flow": (0.0, 5.0),  # 60 kW at 3 K
    "energy": _COUNTER_KWH,
    "heat_energy": _COUNTER_KWH,
    "alarm": (0.0, 100.0),  # a status, or how many there are
    "alarm_code": (0.0, 9999.0),  # no list has five digits; 65535 is "none"
    "operating_mode": (0.0, 255.0),  # one of a list, however it is numbered
}


def most_electric_kw(equipment: Equipment) -> float:
    """Return the electric power the heat pump never takes more than, kW."""
    settings_kw = (equipment.compressor_kw or 0.0) + equipment.auxiliary_max_kw
    return max(_MOST_ELECTRIC_KW, _ABOVE_SETTINGS * settings_kw)


def limits(equipment: Equipment) -> dict[str, tuple[float, float]]:
    """Return the least and the most that is believed, by metric, in its own unit.

    A metric that is not in it has the range of its sensor alone.
    """
    most_kw = most_electric_kw(equipment)
    return {
        **_LIMITS,
        "power": (0.0, 1000 * most_kw),
        "auxiliary_power": (0.0, most_kw),
    }


def most_amount(amount: str, believed: Mapping[str, tuple[float, float]]) -> float:
    """Return the most that is believed of what says how much something does.

    `amount`: its unit, kW or l/s; empty for a speed. `believed`: see `limits`.
    """
    return believed.get(_AMOUNTS.get(amount, ""), (0.0, MOST_SPEED))[1]


def at_rest(metric: str, amount: str) -> float:
    """Return up to which amount something is off, in the unit of the amount."""
    if amount != "kW":
        return 0.0
    return LEAST_RUNNING_KW if metric in _STRONG else _LEAST_PUMP_KW


def possible(difference: Floats, most_k: float) -> Flags:
    """Return which differences of a pair of temperatures can be, K.

    Of a pair that cannot be nobody knows which one is wrong: the difference says
    nothing then, while each may well be a temperature. One that is not known is not
    impossible.
    """
    return ~(abs(difference) > most_k)
