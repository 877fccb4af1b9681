"""What the figures of a heat pump rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from .capabilities import Capabilities
from .equipment import Equipment
from .flow_factor import HEAT_SCALE, Calibration

if TYPE_CHECKING:
    from ..profiles import SeriesRule


type HeatSource = Literal["meter", "flow", "counter", "factor"]

_NONE: Final[Mapping[str, float]] = MappingProxyType({})
# What is not a flow factor has the scale of what measures it.
_CALIBRATION: Final[Mapping[HeatSource | None, Calibration]] = {
    "meter": "meter",
    "flow": "measured",
    "counter": "measured",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureBasis:
    """What the figures of a heat pump rest on, None where it has no source.

    `heat`: a heat meter, a flow sensor, the pump's own counter where there is nothing
    else, or a flow factor.
    `calibration`: what the scale of that heat rests on, `method_scale`: how far off it
    may be (1 σ, a share) by the method that a checked factor was taken over from.
    `electricity`: a meter, the gateway's sum of typed-in watts, or the configured
    compressor power.
    `auxiliary`: its own power series, or its state and configured kW.
    `hot_water_estimated`: the sensors do not see the circuit of the tank.
    `delta_t_k`: the rounding of supply − return as a standard deviation, K.
    `count_kwh`: the steps of the counter that electricity is taken from, 0 where it
    is taken from none.
    `heat_count_kwh`: the same of heat.
    `heat_counter`: the pump counts its heat itself, and the figures take it from
    elsewhere.
    `hot_water`: the pump says when it makes hot water.
    `boundary`: what the system COP contains.
    `resolution_s`: between two looks at the compressor; None where every change of it
    is seen.
    """

    heat: HeatSource | None = "factor"
    calibration: Calibration = "unchecked"
    method_scale: float | None = None
    electricity: Literal["meter", "gateway", "configured"] | None = "gateway"
    auxiliary: Literal["power", "state"] | None = None
    hot_water_estimated: bool = False
    delta_t_k: float = 0.0
    count_kwh: float = 0.0
    heat_count_kwh: float = 0.0
    heat_counter: bool = False
    hot_water: bool = True
    boundary: Literal["H1", "H2", "H4"] | None = "H4"
    resolution_s: float | None = None

    @property
    def heat_scale(self) -> float | None:
        """Return how far off the heat may be (1 σ, a share), None = nobody can say."""
        if self.calibration == "checked" and self.method_scale is not None:
            return self.method_scale
        return HEAT_SCALE.get(self.calibration)


def basis(
    rules: Mapping[str, SeriesRule],
    equipment: Equipment,
    resolution_s: float | None = None,
    coarse: Mapping[str, float] = _NONE,
) -> FigureBasis:
    """Return what figures rest on that come from these series and this equipment.

    `coarse`: what counters are seen to count in, kWh, where that is more than 1 kWh.
    A value rounded to steps of r is off by r / √12 (uniform distribution); of supply
    and return together that is √2 times as much.
    """
    told = equipment.has_compressor
    can = Capabilities(rules, told and equipment.compressor_kw is not None)
    delta_t = told and can.delta_t
    roundings = [
        10.0 ** -rules[m].digits for m in ("supply_temp", "return_temp") if m in rules
    ]
    heat = _heat_source(rules, equipment, delta_t)
    metered = "heat_energy" in rules and (heat == "meter" or not delta_t)
    electricity = _electricity_source(can, equipment)
    auxiliary = _auxiliary_source(can)
    return FigureBasis(
        heat=heat,
        calibration=_CALIBRATION.get(heat, equipment.calibration),
        method_scale=equipment.method_scale,
        electricity=electricity,
        auxiliary=auxiliary,
        hot_water_estimated=equipment.hot_water_estimated and heat != "meter",
        delta_t_k=0.0 if heat in (None, "meter") else hypot(*roundings) / sqrt(12),
        count_kwh=0.0 if "power" in rules else _count_kwh(rules, coarse, "energy"),
        heat_count_kwh=_count_kwh(rules, coarse, "heat_energy") if metered else 0.0,
        heat_counter="heat_energy" in rules and not metered,
        hot_water="hot_water_valve" in rules,
        boundary=boundary_of(electricity, auxiliary, equipment),
        resolution_s=resolution_s,
    )


def boundary_of(
    electricity: str | None, auxiliary: str | None, equipment: Equipment
) -> Literal["H1", "H2", "H4"] | None:
    """Return the widest boundary (SEPEMO) all of whose electricity is known.

    SEPEMO-Build D4.2: H1 the unit with its compressor and controls, H2 and the pump of the
    source, H3 and the auxiliary heater, H4 and all pumps. A meter and the gateway's sum
    have everything on them: H4; H2 where they leave the heater out and nothing else
    tells of it. The configured compressor power, from a data sheet, has no pumps: H1,
    as the pump of the source is missing already, although the heater is added on
    both sides.
    """
    if electricity is None:
        return None
    if electricity == "configured":
        return "H1"
    has_heater = equipment.power_includes_auxiliary or auxiliary is not None
    return "H4" if has_heater else "H2"


def _heat_source(
    rules: Mapping[str, SeriesRule], equipment: Equipment, delta_t: bool
) -> HeatSource | None:
    """Return the first source of heat that exists."""
    if "heat_energy" in rules and equipment.heat_meter:
        return "meter"
    if not delta_t:
        # Then the pump's own counter is all there is.
        return "counter" if "heat_energy" in rules else None
    return "flow" if "flow" in rules else "factor"


def _electricity_source(
    can: Capabilities, equipment: Equipment
) -> Literal["meter", "gateway", "configured"] | None:
    """Return the first source of electricity that exists."""
    if can.reports_any(("power", "energy")):
        return "meter" if equipment.power_metered else "gateway"
    return "configured" if can.electricity_source else None


def _auxiliary_source(can: Capabilities) -> Literal["power", "state"] | None:
    """Return the first source of the auxiliary heater's power that exists."""
    if can.reports("auxiliary_power"):
        return "power"
    return "state" if can.auxiliary else None


def _count_kwh(
    rules: Mapping[str, SeriesRule], coarse: Mapping[str, float], counter: str
) -> float:
    """Return the steps of a counter, kWh, 0 where there is no such counter."""
    if counter not in rules:
        return 0.0
    return max(10.0 ** -rules[counter].digits, coarse.get(counter, 0.0))
