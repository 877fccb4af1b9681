"""Divides last: the figures of a period from its sums, and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from .capabilities import Capabilities
from .equipment import Equipment
from .samples import LONGEST_HOLD_S
from .windows import LEDGER
from .words import MODE_SECONDS

if TYPE_CHECKING:
    from ..profiles import SeriesRule

# Less electricity than this, kWh, says nothing of a COP.
LEAST_KWH: Final = 0.05
# Of the running time, heat and electricity must be known for this share.
LEAST_COVERAGE: Final = 0.5

# Of the electricity, the price must be known for this share.
_LEAST_PRICED: Final = 0.95

# A seasonal performance factor is that of a whole year, nearly all of it known.
_SEASON_S: Final = 365 * 86_400.0
_SEASON_COVERAGE: Final = 0.9

# Readings of temperatures that move slowly are independent after ten minutes.
_INDEPENDENT_S: Final = 600.0
_HEAT_SCALE: Final = {"meter": 0.02, "flow": 0.05, "measured": 0.05, "configured": 0.10}
_ELECTRICITY_SCALE: Final = {"meter": 0.02, "gateway": 0.05, "configured": 0.10}

_INTERNAL: Final = (
    "running_known_s",
    "hot_water_known_s",
    "idle_known_s",
    "delta_t_ks",
    "delta_t_running_s",
    "brine_delta_t_ks",
    "brine_running_s",
    "heat_meter_steps",
)
# Beside the sums of a period: how many windows of it have a reading.
_ROWS: Final = "rows"
_HEAT: Final = (
    "heat_kwh",
    "heat_hot_water_kwh",
    "compressor_heat_kwh",
    "negative_heat_kwh",
)
_ELECTRICITY: Final = (
    "electricity_kwh",
    "electricity_hot_water_kwh",
    "compressor_electricity_kwh",
    "standby_kwh",
)
_HOT_WATER: Final = ("heat_hot_water_kwh", "electricity_hot_water_kwh")
_AUXILIARY: Final = (
    "auxiliary_kwh",
    "auxiliary_on_s",
    "auxiliary_known_s",
    "compressor_auxiliary_s",
)
_AT_REST: Final = ("standby_kwh",)

type Reason = Literal[
    "no_readings",
    "no_heat_source",
    "no_electricity_source",
    "not_running",
    "not_plausible",
    "not_known",
    "negative_heat",
    "no_heat",
    "too_little",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the figures of a heat pump rest on, None where it has no source.

    `heat`: a heat meter, a flow sensor, a flow factor the owner `measured` or just
    `configured`. `electricity`: a meter, the gateway's sum of typed-in watts, or the
    configured compressor power. `auxiliary`: its own power series, or its state and
    configured kW. `delta_t_k`: the rounding of supply − return as a standard
    deviation, K. `count_kwh`, `heat_count_kwh`: the steps of the counters that
    electricity and heat are taken from, 0 where they are not. `heat_counter`: the
    pump counts its heat itself, and the figures take it from elsewhere. `hot_water`:
    it says when it makes hot water. `boundary`: what the system COP contains.
    """

    heat: Literal["meter", "flow", "measured", "configured"] | None = "configured"
    electricity: Literal["meter", "gateway", "configured"] | None = "gateway"
    auxiliary: Literal["power", "state"] | None = None
    hot_water_estimated: bool = False
    delta_t_k: float = 0.0
    count_kwh: float = 0.0
    heat_count_kwh: float = 0.0
    heat_counter: bool = False
    hot_water: bool = True
    boundary: Literal["H1", "H2", "H4"] | None = "H4"


def basis(rules: Mapping[str, SeriesRule], equipment: Equipment) -> Basis:
    """Return what figures rest on that come from these series and this equipment.

    A value rounded to steps of r is off by r / √12 (uniform distribution); of supply
    and return together that is √2 times as much.
    """
    can = Capabilities(rules, equipment.compressor_kw is not None)
    delta_t = can.delta_t
    roundings = [
        10.0 ** -rules[m].digits for m in ("supply_temp", "return_temp") if m in rules
    ]
    heat = _heat_source(rules, equipment, delta_t)
    metered = "heat_energy" in rules and (heat == "meter" or not delta_t)
    electricity = _electricity_source(can, equipment)
    auxiliary = _auxiliary_source(can)
    return Basis(
        heat=heat,
        electricity=electricity,
        auxiliary=auxiliary,
        hot_water_estimated=equipment.hot_water_estimated and heat != "meter",
        delta_t_k=0.0 if heat in (None, "meter") else hypot(*roundings) / sqrt(12),
        count_kwh=0.0 if "power" in rules else _count_kwh(rules, "energy"),
        heat_count_kwh=_count_kwh(rules, "heat_energy") if metered else 0.0,
        heat_counter="heat_energy" in rules and not metered,
        hot_water="hot_water_valve" in rules,
        boundary=boundary_of(electricity, auxiliary, equipment),
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


def totals(windows: pd.DataFrame, span_s: float, basis: Basis) -> dict[str, Any]:
    """Return the figures of a period of `span_s` seconds from its rows of the ledger.

    Energies are kWh, times s, COPs heat / electricity: `cop_compressor` of the time
    it runs and without the auxiliary heater, `cop_system` of everything that lies
    within `boundary`. `cop_uncertainty` (1 σ, ±) and `cop_reason` (why it is blank)
    belong to `cop_compressor`, `cop_system_uncertainty` and `cop_system_reason` to the
    other; `cop_name` is what they may be called.
    `coverage` is the share of the period in which the compressor's state is known.
    `dropped`: how many readings were not believed, as they cannot be true, and
    `dropped_steps` those of counters. None = blank: there is no source, or nothing is
    known of the time that the figure is about; 0 is a figure. A configured compressor
    power says nothing of standby. `estimated` names what rests on an
    estimate: heat, hot_water, electricity, auxiliary; `basis` what each rests on.
    `heat_meter_kwh`: what the pump's own counter of heat counted in the period,
    gaps included, beside the heat that is taken from elsewhere; else None, and where
    it was not read twice.
    """
    sums = dict.fromkeys(LEDGER, 0.0)
    sums |= {str(name): float(value) for name, value in windows.sum().items()}
    sums[_ROWS] = len(windows)
    covered_s = sum(sums[name] for name in MODE_SECONDS)
    figures: dict[str, Any] = {
        name: sums[name] for name in LEDGER if name not in _INTERNAL
    }
    figures["compressor_s"] = sums["heating_s"] + sums["hot_water_s"]
    if not covered_s:
        figures = dict.fromkeys(figures)
    _blank(figures, sums, basis)
    compressor = compressor_cop(sums, basis)
    system = system_cop(sums, basis)
    relative = relative_uncertainty(sums, basis)
    coverage = min(covered_s / span_s, 1.0) if span_s > 0 else None
    cost = None if figures["electricity_kwh"] is None else cost_of(sums)
    return figures | {
        "dropped": sums["dropped"],
        "covered_s": covered_s,
        "uncovered_s": max(span_s - covered_s, 0.0),
        "coverage": coverage,
        "cop_compressor": compressor,
        "cop_system": system,
        "cop_reason": compressor_cop_reason(sums, basis),
        "cop_system_reason": system_cop_reason(sums, basis),
        "cop_uncertainty": _product(compressor, relative),
        "cop_system_uncertainty": _product(system, relative),
        "cop_name": cop_name(span_s, coverage),
        "boundary": basis.boundary,
        "cost": cost,
        "cost_per_heat_kwh": _per_heat(cost, sums["heat_kwh"]),
        "estimated": estimated(sums, basis),
        "basis": {
            "heat": basis.heat,
            "electricity": basis.electricity,
            "auxiliary": basis.auxiliary,
            "hot_water_estimated": basis.hot_water_estimated,
        },
    }


def compressor_cop(sums: Mapping[str, float], basis: Basis) -> float | None:
    """Return Σ heat / Σ electricity of the running compressor, auxiliary heater apart.

    None where it cannot be said; see `compressor_cop_reason`.
    """
    if compressor_cop_reason(sums, basis) is not None:
        return None
    return sums["compressor_heat_kwh"] / sums["compressor_electricity_kwh"]


def system_cop(sums: Mapping[str, float], basis: Basis) -> float | None:
    """Return Σ heat / Σ electricity of everything: standby, pumps, auxiliary heater.

    None where it cannot be said; see `system_cop_reason`.
    """
    if system_cop_reason(sums, basis) is not None:
        return None
    return sums["heat_kwh"] / sums["electricity_kwh"]


def compressor_cop_reason(sums: Mapping[str, float], basis: Basis) -> Reason | None:
    """Return why there is no compressor COP, None where there is one; see `totals`."""
    energies = sums["compressor_heat_kwh"], sums["compressor_electricity_kwh"]
    ran_s, known_s = _running_s(sums), sums["running_known_s"]
    return _unsaid(sums, basis, *energies, ran=ran_s > 0, known_s=known_s)


def system_cop_reason(sums: Mapping[str, float], basis: Basis) -> Reason | None:
    """Return why there is no system COP, None where there is one; see `totals`."""
    heated = _running_s(sums) > 0 or sums["auxiliary_s"] > 0 or sums["heat_kwh"] != 0
    energies = sums["heat_kwh"], sums["electricity_kwh"]
    return _unsaid(sums, basis, *energies, ran=heated, known_s=sums["energy_s"])


def cop_name(span_s: float, coverage: float | None) -> Literal["scop", "period"]:
    """Return what the COP of a period may be called.

    A seasonal one (SCOP, SPF) is that of at least 365 days, 90 % of them covered.
    """
    whole = span_s >= _SEASON_S and (coverage or 0.0) >= _SEASON_COVERAGE
    return "scop" if whole else "period"


def relative_uncertainty(sums: Mapping[str, float], basis: Basis) -> float | None:
    """Return the relative standard uncertainty of the COPs of a period.

    In squares: the rounding of supply − return, σ(ΔT) / (mean ΔT · √n) with n =
    running time / 10 min; that of a counter, √(1/6) of a step at its two ends; the
    scale of the heat, 2 % by meter, 5 % by a measured flow, 10 % by a configured one;
    the scale of the electricity, 2 % by meter, 5 % as a sum of typed-in watts, 10 % as
    configured compressor power. None where there is no source.
    """
    if basis.heat is None or basis.electricity is None:
        return None
    kelvin_s, known_s = abs(sums["delta_t_ks"]), sums["delta_t_running_s"]
    rounding = counting = 0.0
    if kelvin_s > 0:
        independent = max(known_s / _INDEPENDENT_S, 1.0)
        rounding = basis.delta_t_k / (kelvin_s / known_s * sqrt(independent))
    if sums["electricity_kwh"] > 0:
        counting = basis.count_kwh / sqrt(6) / sums["electricity_kwh"]
    scales = _HEAT_SCALE[basis.heat], _ELECTRICITY_SCALE[basis.electricity]
    return hypot(rounding, counting, *scales)


def cost_of(sums: Mapping[str, float]) -> float | None:
    """Return Σ electricity × the price in force in its window, in currency units.

    Electricity of which the price is not known adds nothing. None without a price, or
    where it is known for less than 95 % of the electricity.
    """
    priced_kwh = sums.get("priced_kwh")
    if priced_kwh is None or priced_kwh < _LEAST_PRICED * sums["electricity_kwh"]:
        return None
    return sums["cost"]


def estimated(sums: Mapping[str, float], basis: Basis) -> list[str]:
    """Return what of a period rests on an estimate, in the order it is shown."""
    rests = {
        "heat": basis.heat in ("measured", "configured"),
        "hot_water": basis.hot_water_estimated and sums["hot_water_s"] > 0,
        "electricity": basis.electricity in ("gateway", "configured"),
        "auxiliary": basis.auxiliary == "state" and sums["auxiliary_on_s"] > 0,
    }
    return [what for what, is_estimate in rests.items() if is_estimate]


def _heat_source(
    rules: Mapping[str, SeriesRule], equipment: Equipment, delta_t: bool
) -> Literal["meter", "flow", "measured", "configured"] | None:
    """Return the first source of heat that exists."""
    if "heat_energy" in rules and equipment.heat_meter:
        return "meter"
    if not delta_t:
        # Then the pump's own counter is all there is.
        return "measured" if "heat_energy" in rules else None
    if "flow" in rules:
        return "flow"
    return "measured" if equipment.flow_measured else "configured"


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


def _count_kwh(rules: Mapping[str, SeriesRule], counter: str) -> float:
    """Return the steps of a counter, kWh, 0 where there is no such counter."""
    return 10.0 ** -rules[counter].digits if counter in rules else 0.0


def _running_s(sums: Mapping[str, float]) -> float:
    """Return for how long the compressor ran."""
    return sums["heating_s"] + sums["hot_water_s"]


def _blank(figures: dict[str, Any], sums: Mapping[str, float], basis: Basis) -> None:
    """Blank the figures that have no source, or of whose time nothing is known."""
    energies = (*_HEAT, *_ELECTRICITY, "auxiliary_kwh")
    no_running = _is_dark(_running_s(sums), sums["running_known_s"])
    no_hot_water = _is_dark(sums["hot_water_s"], sums["hot_water_known_s"])
    no_rest = _is_dark(sums["idle_s"], sums["idle_known_s"])
    blank = {
        _HEAT: basis.heat is None,
        _ELECTRICITY: basis.electricity is None,
        _AUXILIARY: basis.auxiliary is None or not sums["auxiliary_known_s"],
        (*_HOT_WATER, "hot_water_charges"): not basis.hot_water,
        _HOT_WATER: no_hot_water,
        _AT_REST: basis.electricity == "configured" or no_rest,
        ("heat_meter_kwh",): not (basis.heat_counter and sums["heat_meter_steps"]),
        energies: not sums["energy_s"],
        tuple(set(energies) - set(_AT_REST) - {"auxiliary_kwh"}): no_running,
    }
    for names, is_blank in blank.items():
        if is_blank:
            figures.update(dict.fromkeys(names))


def _is_dark(whole_s: float, known_s: float) -> bool:
    """Return whether nothing is known of some time.

    At its beginning it is to be known yet: the power by a counter with its next step.
    """
    return not known_s and whole_s > LONGEST_HOLD_S


def _unsaid(
    sums: Mapping[str, float],
    basis: Basis,
    heat_kwh: float,
    electricity_kwh: float,
    *,
    ran: bool,
    known_s: float,
) -> Reason | None:
    """Return why the ratio cannot be said, None where it can; it is never 0."""
    enough = sums["running_known_s"] >= LEAST_COVERAGE * _running_s(sums)
    covered = any(sums[mode] for mode in MODE_SECONDS)
    unknown = not covered or (ran and not (enough and known_s))
    reasons: dict[Reason, bool] = {
        "no_readings": sums.get(_ROWS) == 0,
        "no_heat_source": basis.heat is None,
        "no_electricity_source": basis.electricity is None,
        "not_running": covered and not ran,
        "not_plausible": unknown and sums["dropped"] > 0,
        "not_known": unknown,
        "negative_heat": heat_kwh < 0,
        "no_heat": heat_kwh == 0,
        "too_little": electricity_kwh < LEAST_KWH,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _per_heat(cost: float | None, heat_kwh: float) -> float | None:
    """Return what a kWh of heat cost, None where there is next to none."""
    return None if cost is None or heat_kwh < LEAST_KWH else cost / heat_kwh


def _product(value: float | None, factor: float | None) -> float | None:
    """Return the product, None where a part of it is."""
    return None if value is None or factor is None else value * factor
