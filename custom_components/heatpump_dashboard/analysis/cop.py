"""The COPs of a period: Σ heat / Σ electricity, how sure they are, or why there is none."""

from collections.abc import Mapping
from math import hypot, sqrt
from typing import Final, Literal

from .basis import FigureBasis
from .counters import COARSE_KWH
from .words import MODE_SECONDS

# Less electricity than this, kWh, says nothing of a COP.
LEAST_KWH: Final = 0.05
# What is counted in steps says nothing of times that are few steps long.
_FEWEST_STEPS: Final = 10
# A single step of a coarse counter may have been of the time before.
_FEW_STEPS: Final = 2
# What sums of decimals are off by, kWh or s.
ROUNDING: Final = 1e-9
# Of the running time, heat and electricity must be known for this share.
LEAST_COVERAGE: Final = 0.5

# A seasonal performance factor is that of a whole year, nearly all of it known.
_SEASON_S: Final = 365 * 86_400.0
_SEASON_COVERAGE: Final = 0.9

# Readings of temperatures that move slowly are independent after ten minutes.
_INDEPENDENT_S: Final = 600.0
_ELECTRICITY_SCALE: Final = {"meter": 0.02, "gateway": 0.05, "configured": 0.10}

# Beside the sums of a period: how many windows of it have a reading.
ROWS: Final = "rows"

type Reason = Literal[
    "no_readings",
    "no_heat_source",
    "no_electricity_source",
    "not_running",
    "not_plausible",
    "not_known",
    "cooling",
    "defrost",
    "negative_heat",
    "no_heat",
    "too_few_steps",
    "too_little",
]


def compressor_cop(sums: Mapping[str, float], reason: Reason | None) -> float | None:
    """Return Σ heat / Σ electricity of the running compressor, auxiliary heater apart.

    None where there is a `reason` why it cannot be said: `compressor_cop_reason`.
    """
    if reason is not None:
        return None
    heat_kwh, electricity_kwh = _compressor_kwh(sums)
    return heat_kwh / electricity_kwh


def system_cop(sums: Mapping[str, float], reason: Reason | None) -> float | None:
    """Return Σ heat / Σ electricity of everything: standby, pumps, auxiliary heater.

    None where there is a `reason` why it cannot be said: `system_cop_reason`.
    """
    if reason is not None:
        return None
    heat_kwh, electricity_kwh = _system_kwh(sums)
    return heat_kwh / electricity_kwh


def run_cop(sums: Mapping[str, float], basis: FigureBasis) -> float | None:
    """Return Σ heat / Σ electricity of one run, from its `heat_kwh` and `electricity_kwh`.

    None where either is nothing to speak of, or counted in too few steps.
    """
    heat_kwh, electricity_kwh = sums["heat_kwh"], sums["electricity_kwh"]
    if heat_kwh <= 0 or electricity_kwh < LEAST_KWH or not has_steps(sums, basis):
        return None
    return heat_kwh / electricity_kwh


def has_steps(sums: Mapping[str, float], basis: FigureBasis) -> bool:
    """Return whether what is counted in steps has been counted often enough.

    Of what was cooled no step counts, nor of what is known alone: it is in no COP.
    """
    cold_kwh, cold_electricity_kwh = _cooling_kwh(sums)
    counted = (
        (_paired(sums, "electricity", cold_electricity_kwh), basis.count_kwh),
        (_paired(sums, "heat", cold_kwh), basis.heat_count_kwh),
    )
    return all(
        kwh >= _FEWEST_STEPS * step_kwh - ROUNDING
        for kwh, step_kwh in counted
        if step_kwh
    )


def is_uncounted(kwh: float, count_kwh: float) -> bool:
    """Return whether an energy may as well be none, or twice as much, for its count."""
    return _is_few(kwh, count_kwh, _FEW_STEPS)


def _is_few(kwh: float, count_kwh: float, steps: int) -> bool:
    """Return whether a coarse counter has counted fewer steps in a period."""
    return count_kwh > COARSE_KWH and abs(kwh) < steps * count_kwh - ROUNDING


def compressor_cop_reason(
    sums: Mapping[str, float], basis: FigureBasis
) -> Reason | None:
    """Return why there is no compressor COP, None where there is one; see `totals`."""
    energies = _compressor_kwh(sums)
    ran_s, known_s = running_s(sums), running_paired_s(sums)
    return _unsaid(sums, basis, *energies, ran=ran_s > 0, known_s=known_s)


def system_cop_reason(sums: Mapping[str, float], basis: FigureBasis) -> Reason | None:
    """Return why there is no system COP, None where there is one; see `totals`."""
    energies = _system_kwh(sums)
    heated = running_s(sums) > 0 or sums["auxiliary_s"] > 0 or energies[0] != 0
    counted_s = sums.get("counted_both_s", 0.0)
    known_s = paired_s(sums) + counted_s
    return _unsaid(
        sums, basis, *energies, ran=heated, known_s=known_s, covered=counted_s > 0
    )


def _compressor_kwh(sums: Mapping[str, float]) -> tuple[float, float]:
    """Return the compressor's heat and electricity but for what it cooled."""
    heat_kwh, electricity_kwh = _cooling_kwh(sums)
    return (
        _paired(sums, "compressor_heat", heat_kwh),
        _paired(sums, "compressor_electricity", electricity_kwh),
    )


def _system_kwh(sums: Mapping[str, float]) -> tuple[float, float]:
    """Return heat and electricity of all time of which both are known.

    But for what it cooled: of heat and cold together there is no COP.
    """
    heat_kwh, electricity_kwh = _cooling_kwh(sums)
    return (
        _paired(sums, "heat", heat_kwh) + sums.get("counted_both_heat_kwh", 0.0),
        _paired(sums, "electricity", electricity_kwh)
        + sums.get("counted_both_electricity_kwh", 0.0),
    )


def _paired(sums: Mapping[str, float], energy: str, cooling_kwh: float) -> float:
    """Return an energy of the time of which the other one is known, without cooling's."""
    alone_kwh = sums.get(f"{energy}_alone_kwh", 0.0)
    return sums[f"{energy}_kwh"] - cooling_kwh - alone_kwh


def paired_s(sums: Mapping[str, float]) -> float:
    """Return for how long heat and electricity are both known, s."""
    alone = ("heat_alone_s", "electricity_alone_s")
    return sums["energy_s"] - sum(sums.get(name, 0.0) for name in alone)


def running_paired_s(sums: Mapping[str, float]) -> float:
    """Return for how long of the running time they are, s."""
    alone = ("running_heat_alone_s", "running_electricity_alone_s")
    return sums["running_known_s"] - sum(sums.get(name, 0.0) for name in alone)


def _cooling_kwh(sums: Mapping[str, float]) -> tuple[float, float]:
    """Return the heat of cooling, which is negative, and its electricity."""
    return -sums.get("cooling_kwh", 0.0), sums.get("cooling_electricity_kwh", 0.0)


def cop_name(span_s: float, known: float) -> Literal["scop", "period"]:
    """Return what the COP of a period may be called.

    A seasonal one (SCOP, SPF) is that of at least 365 days, of which 90 % is `known`.
    """
    whole = span_s >= _SEASON_S and known >= _SEASON_COVERAGE
    return "scop" if whole else "period"


def known_share(sums: Mapping[str, float], span_s: float) -> float:
    """Return the share of a period of which heat and electricity are known.

    And of its running time, where that is less: what it does is known without a power
    meter too, and of a pump at rest the energies are known by themselves.
    """
    if span_s <= 0:
        return 0.0
    ran_s = running_s(sums)
    running = running_paired_s(sums) / ran_s if ran_s > 0 else 1.0
    return min(paired_s(sums) / span_s, running, 1.0)


def relative_uncertainty(sums: Mapping[str, float], basis: FigureBasis) -> float | None:
    """Return the relative standard uncertainty of the COPs of a period.

    In squares: the rounding of supply − return, σ(ΔT) / (mean ΔT · √n) with n =
    running time / 10 min; that of a counter, √(1/6) of a step at its two ends; the
    scale of the heat by its calibration, `FigureBasis.heat_scale`;
    the scale of the electricity, 2 % by meter, 5 % as a sum of typed-in watts, 10 % as
    configured compressor power. None where there is no source, and of unchecked heat.
    """
    heat_scale = basis.heat_scale
    if basis.heat is None or basis.electricity is None or heat_scale is None:
        return None
    kelvin_s, known_s = abs(sums["delta_t_ks"]), sums["delta_t_running_s"]
    rounding = counting = 0.0
    if kelvin_s > 0:
        independent = max(known_s / _INDEPENDENT_S, 1.0)
        rounding = basis.delta_t_k / (kelvin_s / known_s * sqrt(independent))
    if sums["electricity_kwh"] > 0:
        counting = basis.count_kwh / sqrt(6) / sums["electricity_kwh"]
    if sums["heat_kwh"] > 0:
        heat_count = basis.heat_count_kwh / sqrt(6) / sums["heat_kwh"]
        counting = hypot(counting, heat_count)
    scale = _ELECTRICITY_SCALE[basis.electricity]
    return hypot(rounding, counting, heat_scale, scale)


def running_s(sums: Mapping[str, float]) -> float:
    """Return for how long the compressor ran."""
    return sums["heating_s"] + sums["hot_water_s"]


def _unsaid(
    sums: Mapping[str, float],
    basis: FigureBasis,
    heat_kwh: float,
    electricity_kwh: float,
    *,
    ran: bool,
    known_s: float,
    covered: bool = False,
) -> Reason | None:
    """Return why the ratio cannot be said, None where it can; it is never 0.

    `covered`: something is known of the time, whatever mode it was.
    """
    enough = running_paired_s(sums) >= LEAST_COVERAGE * running_s(sums)
    covered = covered or any(sums[mode] for mode in MODE_SECONDS)
    unknown = not covered or (ran and not (enough and known_s))
    reasons: dict[Reason, bool] = {
        "no_readings": sums.get(ROWS) == 0,
        "no_heat_source": basis.heat is None,
        "no_electricity_source": basis.electricity is None,
        "not_running": covered and not ran,
        "not_plausible": unknown and sums["dropped"] > 0,
        "not_known": unknown,
        "cooling": sums.get("cooling_s", 0.0) > 0 and heat_kwh <= ROUNDING,
        "defrost": heat_kwh < 0 and sums.get("defrost_s", 0.0) > 0,
        "negative_heat": heat_kwh < 0,
        "too_few_steps": _is_few(heat_kwh, basis.heat_count_kwh, _FEWEST_STEPS)
        or _is_few(electricity_kwh, basis.count_kwh, _FEWEST_STEPS),
        "no_heat": heat_kwh == 0,
        "too_little": electricity_kwh < LEAST_KWH,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
