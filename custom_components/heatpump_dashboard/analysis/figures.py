"""Divides last: the figures of a period from its sums, and how sure they are."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from .basis import FigureBasis
from .cop import (
    LEAST_KWH,
    ROWS,
    compressor_cop,
    compressor_cop_reason,
    cop_name,
    is_uncounted,
    known_share,
    paired_s,
    relative_uncertainty,
    running_s,
    system_cop,
    system_cop_reason,
)
from .hourly import COUNTED, ELECTRICITY
from .prices import PRICED
from .samples import Flags
from .windows import ALONE, LEDGER
from .words import MODE_SECONDS, OTHER_ENERGY

# Of the electricity, the price must be known for this share.
_LEAST_PRICED: Final = 0.95

_INTERNAL: Final = (
    "running_known_s",
    "hot_water_known_s",
    "idle_known_s",
    "delta_t_ks",
    "delta_t_running_s",
    "brine_delta_t_ks",
    "brine_running_s",
    "heat_meter_steps",
    *ALONE,
)
_SHOWN: Final = tuple(name for name in LEDGER if name not in _INTERNAL)
_NOTHING: Final = dict.fromkeys((*LEDGER, *COUNTED), 0.0)
_HEAT: Final = (
    "heat_kwh",
    "heat_hot_water_kwh",
    "compressor_heat_kwh",
    "negative_heat_kwh",
    "cooling_kwh",
)
_ELECTRICITY: Final = (
    "electricity_kwh",
    "electricity_hot_water_kwh",
    "compressor_electricity_kwh",
    "standby_kwh",
    "cooling_electricity_kwh",
)
_HOT_WATER: Final = ("heat_hot_water_kwh", "electricity_hot_water_kwh")
_AUXILIARY: Final = (
    "auxiliary_kwh",
    "auxiliary_on_s",
    "auxiliary_known_s",
    "compressor_auxiliary_s",
)
_AT_REST: Final = ("standby_kwh",)
_ALONE_KWH: Final = tuple(name for name in ALONE if name.endswith("_kwh"))
# Less of a time is none, but what sums of decimals are off by.
_MOMENT_S: Final = 1e-3
# What is just beginning is not known yet.
_BEGINNING_S: Final = 300.0


def totals(windows: pd.DataFrame, span_s: float, basis: FigureBasis) -> dict[str, Any]:
    """Return the figures of a period of `span_s` seconds from its rows of the ledger.

    Energies are kWh, times s, COPs heat / electricity: `cop_compressor` of the time
    it runs and without the auxiliary heater, `cop_system` of everything that lies
    within `boundary`. `cop_uncertainty` (1 σ, ±) and `cop_reason` (why it is blank)
    belong to `cop_compressor`, `cop_system_uncertainty` and `cop_system_reason` to the
    other, both None while the heat is unchecked; `cop_name` is what they may be called.
    `calibration`: what the scale of the heat rests on, `flow_factor.Calibration`.
    `coverage` is the share of the period in which the compressor's state is known.
    `priced_kwh`: of what electricity `cost` is, at least 95 % of all.
    `counted_s`: of how long nothing but hourly statistics is kept: their energies are in
    `heat_kwh`, `electricity_kwh` and, where both are known, in the `cop_system`.
    `dropped`: how many readings were not believed, as they cannot be true, and
    `dropped_steps` those of counters. None = blank: there is no source, or nothing is
    known of the time that the figure is about; 0 is a figure. A configured compressor
    power says nothing of standby. `estimated` names what rests on an
    estimate: heat, hot_water, electricity, auxiliary; `basis` what each rests on.
    `cooling_kwh`: heat that was drawn out of the house, which `heat_kwh` has as negative
    heat, with `cooling_electricity_kwh` in `cooling_s`; in no COP. None where a meter of
    heat has not counted it. `defrost_s`: of how
    long ice was thawed, whose heat and electricity are in all of them.
    `resolution`: seconds between two looks at the compressor as it is read now: starts
    between them are not counted. None where every change is seen.
    `heat_meter_kwh`: what the pump's own counter of heat counted in the period,
    gaps included, beside the heat that is taken from elsewhere; else None, and where
    it was not read twice.
    """
    sums = {str(name): float(value) for name, value in windows.sum().items()}
    return totals_of({**sums, ROWS: len(windows)}, span_s, basis)


def totals_of(
    sums: Mapping[str, float], span_s: float, basis: FigureBasis
) -> dict[str, Any]:
    """Return the figures of a period from its sums, see `totals`.

    `sums`: of the columns of the ledger, and the number of its `ROWS`.
    """
    sums = _alone({**_NOTHING, **sums})
    covered_s = sum(sums[name] for name in MODE_SECONDS)
    figures: dict[str, Any] = {name: sums[name] for name in _SHOWN}
    figures["compressor_s"] = sums["heating_s"] + sums["hot_water_s"]
    if not covered_s:
        figures = dict.fromkeys(figures)
    _blank(figures, sums, basis)
    _add_counted(figures, sums, basis)
    _blank_uncounted(figures, sums, basis)
    reason, system_reason = (
        compressor_cop_reason(sums, basis),
        system_cop_reason(sums, basis),
    )
    compressor, system = compressor_cop(sums, reason), system_cop(sums, system_reason)
    relative = relative_uncertainty(sums, basis)
    coverage = min(covered_s / span_s, 1.0) if span_s > 0 else None
    cost = None if figures["electricity_kwh"] is None else cost_of(sums)
    return (
        figures
        | _alone_energies(sums, basis)
        | {
            "dropped": sums["dropped"],
            "covered_s": covered_s,
            "uncovered_s": max(span_s - covered_s, 0.0),
            "coverage": coverage,
            "counted_s": max(sums["counted_electricity_s"], sums["counted_heat_s"]),
            "cop_compressor": compressor,
            "cop_system": system,
            "cop_reason": reason,
            "cop_system_reason": system_reason,
            "cop_uncertainty": _product(compressor, relative),
            "cop_system_uncertainty": _product(system, relative),
            "cop_name": cop_name(span_s, known_share(sums, span_s)),
            "boundary": basis.boundary,
            "resolution": None
            if basis.resolution_s is None
            else round(basis.resolution_s),
            "cost": cost,
            "priced_kwh": None if cost is None else sums[PRICED],
            "cost_per_heat_kwh": _per_heat(cost, figures, sums),
            "estimated": estimated(sums, basis),
            "calibration": basis.calibration,
            "basis": {
                "heat": basis.heat,
                "electricity": basis.electricity,
                "auxiliary": basis.auxiliary,
                "hot_water_estimated": basis.hot_water_estimated,
            },
        }
    )


def _alone_energies(sums: Mapping[str, float], basis: FigureBasis) -> dict[str, float]:
    """Return the energies that are in no ratio, of a heat pump that has both sources."""
    if basis.heat is None or basis.electricity is None:
        return {}
    return {name: sums[name] for name in _ALONE_KWH if sums[name]}


def _alone(sums: dict[str, float]) -> dict[str, float]:
    """Return sums with energies of no mode among those that are known by themselves.

    A heat pump that does not tell of its compressor has no other.
    """
    known_s = sums["energy_s"]
    if not known_s or any(sums[name] for name in MODE_SECONDS):
        return sums
    sums = dict(sums)
    sums["counted_both_s"] += paired_s(sums)
    for energy, other in OTHER_ENERGY.items():
        kwh, alone = sums[f"{energy}_kwh"], f"{energy}_alone_kwh"
        sums[f"counted_{energy}_s"] += known_s - sums[f"{other}_alone_s"]
        sums[f"counted_{energy}_kwh"] += kwh
        sums[f"counted_both_{energy}_kwh"] += kwh - sums[alone]
        sums[f"{energy}_kwh"] = sums[alone] = 0.0
    return sums


def cost_of(sums: Mapping[str, float]) -> float | None:
    """Return Σ electricity × the price in force in its window, in currency units.

    Electricity of which the price is not known adds nothing. None without a price, or
    where it is known for less than 95 % of the electricity.
    """
    priced_kwh = sums.get(PRICED)
    whole_kwh = sum(sums.get(name, 0.0) for name in ELECTRICITY)
    if priced_kwh is None or priced_kwh < _LEAST_PRICED * whole_kwh:
        return None
    return sums["cost"]


def has_cost(rows: pd.DataFrame) -> Flags:
    """Return of which rows, windows or days, a cost is told, as of sums by `cost_of`."""
    electricity = rows.reindex(columns=list(ELECTRICITY)).fillna(0.0)
    whole_kwh = electricity.to_numpy("float64").sum(axis=1)
    told: Flags = rows[PRICED].to_numpy("float64") >= _LEAST_PRICED * whole_kwh
    return told


def estimated(sums: Mapping[str, float], basis: FigureBasis) -> list[str]:
    """Return what of a period rests on an estimate, in the order it is shown."""
    rests = {
        "heat": basis.heat in ("counter", "factor"),
        "hot_water": basis.hot_water_estimated and sums["hot_water_s"] > 0,
        "electricity": basis.electricity in ("gateway", "configured"),
        "auxiliary": basis.auxiliary == "state" and sums["auxiliary_on_s"] > 0,
    }
    return [what for what, is_estimate in rests.items() if is_estimate]


def _blank(
    figures: dict[str, Any], sums: Mapping[str, float], basis: FigureBasis
) -> None:
    """Blank the figures that have no source, or of whose time nothing is known."""
    begun_s = max(_BEGINNING_S, 2 * (basis.resolution_s or 0.0))
    no_hot_water = _is_dark(sums["hot_water_s"], sums["hot_water_known_s"], begun_s)
    no_rest = _is_dark(sums["idle_s"], sums["idle_known_s"], begun_s)
    dark = {
        energy: _is_dark(
            running_s(sums), _beside(sums, other, "running_known_s"), begun_s
        )
        for energy, other in OTHER_ENERGY.items()
    }
    none = {
        e: not _beside(sums, other, "energy_s") for e, other in OTHER_ENERGY.items()
    }
    blank = {
        _HEAT: basis.heat is None or none["heat"] or dark["heat"],
        _ELECTRICITY: basis.electricity is None or none["electricity"],
        tuple(set(_ELECTRICITY) - set(_AT_REST)): dark["electricity"],
        ("auxiliary_kwh",): not sums["energy_s"],
        _AUXILIARY: basis.auxiliary is None or not sums["auxiliary_known_s"],
        (*_HOT_WATER, "hot_water_charges"): not basis.hot_water,
        _HOT_WATER: no_hot_water,
        ("cooling_kwh",): _is_dark(sums["cooling_s"], sums["cooling_kwh"], begun_s),
        _AT_REST: basis.electricity == "configured" or no_rest,
        ("heat_meter_kwh",): not (basis.heat_counter and sums["heat_meter_steps"]),
    }
    for energy, other in OTHER_ENERGY.items():
        name = f"{energy}_hot_water_kwh"
        charged_s = sums["hot_water_s"] if sums[f"{other}_alone_s"] else 0.0
        blank[(name,)] = _is_dark(charged_s, sums[name], begun_s)
    for names, is_blank in blank.items():
        if is_blank:
            figures.update(dict.fromkeys(names))


def _add_counted(
    figures: dict[str, Any], sums: Mapping[str, float], basis: FigureBasis
) -> None:
    """Add what is known of time of which nothing else is."""
    has = {"electricity": basis.electricity, "heat": basis.heat}
    for energy in ("electricity", "heat"):
        if sums[f"counted_{energy}_s"] and has[energy] is not None:
            name = f"{energy}_kwh"
            figures[name] = (figures[name] or 0.0) + sums[f"counted_{name}"]


def _blank_uncounted(
    figures: dict[str, Any], sums: Mapping[str, float], basis: FigureBasis
) -> None:
    """Blank what a coarse counter has hardly counted: half a step is told as none, or one.

    Of a heat pump that did nothing it is known that it gave no heat.
    """
    heat_kwh = sums["heat_kwh"] + sums["counted_heat_kwh"]
    electricity_kwh = sums["electricity_kwh"] + sums["counted_electricity_kwh"]
    heated = running_s(sums) or sums["auxiliary_s"] or sums["counted_heat_s"]
    blank = {
        _HEAT: (heated or heat_kwh) and is_uncounted(heat_kwh, basis.heat_count_kwh),
        _ELECTRICITY: is_uncounted(electricity_kwh, basis.count_kwh),
        _AT_REST: is_uncounted(sums["standby_kwh"], basis.count_kwh),
    }
    for name, count_kwh in zip(
        _HOT_WATER, (basis.heat_count_kwh, basis.count_kwh), strict=True
    ):
        blank[(name,)] = sums["hot_water_s"] and is_uncounted(sums[name], count_kwh)
    for names, is_blank in blank.items():
        if is_blank:
            figures.update(dict.fromkeys(names))


def _beside(sums: Mapping[str, float], other: str, known: str) -> float:
    """Return how much of a known time more is known of than the `other` energy, s."""
    alone = (
        f"running_{other}_alone_s" if known == "running_known_s" else f"{other}_alone_s"
    )
    return max(sums[known] - sums[alone] - _MOMENT_S, 0.0)


def _is_dark(whole_s: float, known: float, begun_s: float) -> bool:
    """Return whether nothing is known of some time.

    At its beginning it is to be known yet: the power by a counter with its next step.
    """
    return not known and whole_s > begun_s


def _per_heat(
    cost: float | None, figures: Mapping[str, Any], sums: Mapping[str, float]
) -> float | None:
    """Return what a kWh of heat cost, None where there is next to none.

    Of the time of which both are known: electricity costs the same in all of it.
    """
    heat_kwh = (figures["heat_kwh"] or 0.0) - sums["heat_alone_kwh"]
    if cost is None or heat_kwh < LEAST_KWH:
        return None
    alone_kwh = sums["electricity_alone_kwh"]
    share = 1 - alone_kwh / figures["electricity_kwh"] if alone_kwh else 1.0
    return cost * share / heat_kwh


def _product(value: float | None, factor: float | None) -> float | None:
    """Return the product, None where a part of it is."""
    return None if value is None or factor is None else value * factor
