"""The flow factor in force, and what the scale of the heat rests on."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from ..const import (
    CONF_FLOW_CHECKED,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_HEAT_OUTPUT,
    CONF_RATED_DELTA_T,
    DEFAULT_FLOW_FACTOR,
)

type Calibration = Literal["unchecked", "plate", "checked", "measured", "meter"]

# How far off the heat may be as a whole, 1 σ as a share of it. Of an unchecked one
# nothing can be said: the usual factor is wrong by −30 to +200 %.
HEAT_SCALE: Final[Mapping[Calibration, float]] = {
    "plate": 0.08,
    "checked": 0.05,
    "measured": 0.05,
    "meter": 0.02,
}
# A typed factor this near to the plate's is confirmed by it: twice what that is off by.
_CONFIRMS: Final = 2 * HEAT_SCALE["plate"]


def flow_factor(settings: Mapping[str, Any]) -> tuple[float, Calibration]:
    """Return the flow factor, kW/K, and what it rests on.

    A typed one counts before that of the plate; it is `unchecked` until the owner
    measured the flow, took it over from a method, or the plate confirms it. Without
    either it is the usual one, which is nobody's.
    """
    typed: float | None = settings.get(CONF_FLOW_FACTOR)
    plate = plate_factor(settings)
    if typed is None:
        return (DEFAULT_FLOW_FACTOR, "unchecked") if plate is None else (plate, "plate")
    if settings.get(CONF_FLOW_MEASURED):
        return typed, "measured"
    if settings.get(CONF_FLOW_CHECKED) == typed:
        return typed, "checked"
    confirmed = plate is not None and abs(typed / plate - 1) <= _CONFIRMS
    return typed, "plate" if confirmed else "unchecked"


def plate_factor(settings: Mapping[str, Any]) -> float | None:
    """Return the kW on the plate over the difference at their conditions, kW/K.

    None without the kW, or as long as the readings have not shown the difference.
    """
    heat_kw: float | None = settings.get(CONF_HEAT_OUTPUT)
    kelvin: float | None = settings.get(CONF_RATED_DELTA_T)
    return None if not heat_kw or not kelvin else heat_kw / kelvin
