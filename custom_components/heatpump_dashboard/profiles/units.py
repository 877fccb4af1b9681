"""Units in which a metric may be told, and how it becomes the metric's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .metrics import METRICS


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a told value becomes one of the metric: times `scale`, plus `offset`.

    With `speed` it tells how fast, much or strong; what is above 0 is on.
    """

    scale: float = 1.0
    offset: float = 0.0
    speed: bool = False


_SAME: Final = Conversion()
_ON_ABOVE_0: Final = Conversion(speed=True)
# What they turn into, by the metrics' own units.
_POWERS: Final = {"mW": 1e-3, "W": 1.0, "kW": 1e3, "MW": 1e6, "BTU/h": 0.29307107}
_ENERGIES: Final = {
    "Wh": 1e-3,
    "kWh": 1.0,
    "MWh": 1e3,
    "GWh": 1e6,
    "J": 1 / 3.6e6,
    "kJ": 1 / 3600,
    "MJ": 1 / 3.6,
    "GJ": 1e3 / 3.6,
    "kcal": 1.163e-3,
    "Mcal": 1.163,
    "Gcal": 1163.0,
}
_GALLON: Final = 3.785411784
_CUBIC_FOOT: Final = 28.316846592
_FLOWS: Final = {
    "l/s": 1.0,
    "l/min": 1 / 60,
    "l/m": 1 / 60,
    "l/h": 1 / 3600,
    "ml/s": 1e-3,
    "m³/s": 1e3,
    "m³/min": 1e3 / 60,
    "m³/h": 1 / 3.6,
    "gal/min": _GALLON / 60,
    "gpm": _GALLON / 60,
    "gal/h": _GALLON / 3600,
    "ft³/min": _CUBIC_FOOT / 60,
}
_OWN: Final[Mapping[str, Mapping[str, Conversion]]] = {
    "°C": {
        "°C": _SAME,
        "°F": Conversion(5 / 9, -160 / 9),
        "K": Conversion(offset=-273.15),
    },
    "%": {"%": _SAME},
    "W": {unit: Conversion(scale) for unit, scale in _POWERS.items()},
    "kW": {unit: Conversion(scale / 1e3) for unit, scale in _POWERS.items()},
    "kWh": {unit: Conversion(scale) for unit, scale in _ENERGIES.items()},
    "l/s": {unit: Conversion(scale) for unit, scale in _FLOWS.items()},
}
# Of what is on or off these say how much it does.
_AMOUNTS: Final = frozenset(
    ("Hz", "rpm", "1/min", "r/min", "%", "A", *_POWERS, *_FLOWS)
)
# Home Assistant's entities often tell of these how fast they turn, with no unit at all.
_TURNING: Final = frozenset(("compressor", "brine_pump", "circulation_pump"))


def conversion(metric: str, unit: str | None) -> Conversion | None:
    """Return how values of a unit become those of a metric, None where they cannot.

    Without a unit they are taken as they are.
    """
    unit = _spelled(unit)
    if METRICS[metric].kind == "state":
        if unit and unit not in _AMOUNTS:
            return None
        return _ON_ABOVE_0 if unit or metric in _TURNING else _SAME
    if not unit:
        return _SAME
    own = METRICS[metric].unit
    if own is not None:
        return _OWN[own].get(unit)
    # Degree minutes are written in many ways, a code has no unit at all.
    counted = METRICS[metric].kind == "code" or unit in _AMOUNTS | _ENERGIES.keys()
    return None if counted else _SAME


def _spelled(unit: str | None) -> str:
    """Return a unit in the one spelling that is known here."""
    return (
        (unit or "").strip().replace("L", "l").replace("m3", "m³").replace("ft3", "ft³")
    )
