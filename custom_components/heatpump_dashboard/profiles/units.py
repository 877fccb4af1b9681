"""Units in which a metric may be told, and how it becomes the metric's own."""

from dataclasses import dataclass
from typing import Final

from ..units import ENERGIES, FLOWS, POWERS, between, spelled
from .metrics import METRICS


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a told value becomes one of the metric: times `scale`, plus `offset`.

    With `speed` it tells how fast, much or strong; what is above 0 is on, or above what
    is taken at rest. `amount`: the unit of that, where it is a power or a flow.
    """

    scale: float = 1.0
    offset: float = 0.0
    speed: bool = False
    amount: str = ""


_SAME: Final = Conversion()
_ON_ABOVE_0: Final = Conversion(speed=True)
# Of what is on or off these say how much it does.
_AMOUNTS: Final = frozenset(("Hz", "rpm", "1/min", "r/min", "%", "A", *POWERS, *FLOWS))
# Of these the limits are known.
_OF_AMOUNTS: Final = ("kW", "l/s")
# Home Assistant's entities often tell of these how fast they turn, with no unit at all.
_TURNING: Final = frozenset(("compressor", "brine_pump", "circulation_pump"))


def conversion(metric: str, unit: str | None) -> Conversion | None:
    """Return how values of a unit become those of a metric, None where they cannot.

    Without a unit they are taken as they are.
    """
    unit = spelled(unit)
    if METRICS[metric].kind == "state":
        if unit and unit not in _AMOUNTS:
            return None
        for amount in _OF_AMOUNTS:
            if told := between(unit, amount):
                return Conversion(told.scale, told.offset, speed=True, amount=amount)
        return _ON_ABOVE_0 if unit or metric in _TURNING else _SAME
    if not unit:
        return _SAME
    own = METRICS[metric].unit
    if own is not None:
        told = between(unit, own)
        return None if told is None else Conversion(told.scale, told.offset)
    # Degree minutes are written in many ways, a code has no unit at all.
    counted = METRICS[metric].kind == "code" or unit in _AMOUNTS | ENERGIES.keys()
    return None if counted else _SAME
