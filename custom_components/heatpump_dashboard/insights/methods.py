"""How right are my kWh? The flow factor by every method side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from ..analysis.flow_factor import HEAT_SCALE
from . import limits
from .calibration import (
    COUNTER_COVERAGE,
    Estimate,
    Method,
    by_brine_flow,
    by_heat_counter,
    by_heater_sums,
    by_plate,
    by_tank,
    knows_source,
    offset,
    together,
)
from .days import first_and_last, heated_s, last_days
from .electricity import is_small_part
from .result import Insight, Param, State, spanning, unknown, worse
from .subject import HeatBasis, Subject

ID: Final = "calibration"
# What brine carries, kJ/(l·K): water with 25 to 30 % of ethanol at 0 °C.
_BRINE_KJ: Final = 4.1
# Of a day's steady heating, for the brine to be that of all of it.
_MOST_OF: Final = 0.9
_DAY: Final = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A method with what it says, or why it says nothing.

    `code`: `ok`, `not_told` (somebody has to say something: the plate's kW, the tank's
    litres, the brine's flow), `not_reported`, `not_seen`, or `days` while there is too
    little of it as yet.
    """

    method: Method
    code: str
    estimate: Estimate | None = None

    def as_dict(self) -> dict[str, Param]:
        """Return a row of the table beside the answer."""
        found = self.estimate
        return {
            "method": self.method,
            "code": self.code,
            "factor": None if found is None else found.factor,
            "sigma": None if found is None else found.sigma,
            "count": None if found is None else found.count,
        }


def calibration(subject: Subject) -> Insight:
    """Return the flow factor that the methods say, kW/K, beside the one in use."""
    heat = subject.heat
    if heat.source is None:
        return unknown(ID, "no_metric", metric="supply_temp")
    if heat.source != "factor":
        scale = HEAT_SCALE["meter" if heat.source == "meter" else "measured"]
        return Insight(id=ID, state="ok", code=heat.source, scale=scale)
    if heat.varies:
        return unknown(ID, "variable_speed")
    rows = methods(subject)
    found = [row.estimate for row in rows if row.estimate is not None]
    params: dict[str, Param] = {
        "in_use": heat.factor,
        "kind": heat.kind,
        "offset": pair_offset(subject),
    }
    if not found:
        is_sure = heat.kind != "unchecked"
        result = _sure(heat.kind, subject) if is_sure else unknown(ID, heat.kind)
        return replace(result, params=params)
    best = best_of(found)
    too_high = heat.factor / best.factor - 1
    state, code = _judged(best, found, too_high, heat)
    result = Insight(
        id=ID,
        state=state,
        code=code,
        value=best.factor,
        unit="kW/K",
        scatter=best.sigma,
        scale=subject.heat_scale,
        n=len(found),
        params={**params, "method": best.method, "too_high": 100 * too_high},
    )
    days = _days(subject)
    return spanning(result, *first_and_last(days)) if len(days) else result


def methods(subject: Subject) -> list[Row]:
    """Return all methods, each with its estimate, or why it has none."""
    heat = subject.heat
    if heat.source != "factor" or heat.varies:
        return []
    return list(_rows(subject, heat, _days(subject)))


def best_of(found: list[Estimate]) -> Estimate:
    """Return the mean of methods that agree, else the surest of them."""
    return together(found) or min(found, key=lambda one: one.sigma / one.factor)


def pair_offset(subject: Subject) -> float | None:
    """Return what supply − return shows at rest, K, beside what is corrected already.

    None too where that is more than sensors differ by.
    """
    days = _days(subject)
    rested = same_water(days[days["idle_delta_t_s"] > 0])
    return None if rested is None else offset(_sums(rested))


def same_water(rested: pd.DataFrame) -> pd.DataFrame | None:
    """Return the days on which both sensors were in the same water at rest.

    `rested`: days with some rest. None where most of them differ by more than two
    sensors do: it is other water then.
    """
    same = rested[rested["idle_delta_t"].abs() <= limits.PAIR_MOST_K]
    return None if 2 * len(same) < len(rested) else same


def _rows(subject: Subject, heat: HeatBasis, days: pd.DataFrame) -> Iterator[Row]:
    sums = _sums(days)
    yield _heater(subject, heat, sums)
    yield _counter(heat, days)
    yield _plate(heat, sums)
    yield _tank(subject, heat)
    yield _brine(subject, heat, days)


def _heater(subject: Subject, heat: HeatBasis, sums: Mapping[str, float]) -> Row:
    if not any(metric.startswith("auxiliary") for metric in subject.metrics):
        return Row(method="heater_steps", code="not_reported")
    if not heat.shows_heater:
        return Row(method="heater_steps", code="not_seen")
    names = ("heater_steps", "heater_steps_kw", "heater_steps_k")
    count, kw, kelvin = (sums[name] for name in names)
    found = by_heater_sums(kw, kelvin, round(count), heat.digits)
    return _row("heater_steps", found)


def _counter(heat: HeatBasis, days: pd.DataFrame) -> Row:
    if not heat.counted:
        return Row(method="heat_counter", code="not_reported")
    sums = _sums(_with_counter(days))
    energies = sums["heat_meter_kwh"], sums["delta_t_ks"], sums["electricity_kwh"]
    return _row("heat_counter", by_heat_counter(*energies))


def _with_counter(days: pd.DataFrame) -> pd.DataFrame:
    """Return the days on which the counter and all that it is compared with are known.

    A counter goes on over a gap, and tells then what nobody has seen: of the days beside
    one, too, nobody knows how much of what it counted is theirs.
    """
    running_s = heated_s(days) + days["hot_water_s"]
    seen = days["whole"].astype(bool) & (days["heat_meter_steps"] > 0)
    seen &= days["coverage"] >= COUNTER_COVERAGE
    seen &= days["delta_t_running_s"] >= COUNTER_COVERAGE * running_s
    known = days.index[seen]
    for step in (-_DAY, _DAY):
        seen &= (days.index + step).isin(known)
    # Without electricity there is no COP that says what it counts.
    return days[seen & (days["electricity_kwh"] > 0)]


def _plate(heat: HeatBasis, sums: Mapping[str, float]) -> Row:
    if not heat.plate_kw:
        return Row(method="plate", code="not_told")
    if not heat.rated_k:
        return Row(method="plate", code="days")
    if sums["steady_heating_s"] > 0 and not knows_source(sums):
        # The factor in use is of it, but of whatever weather there was then.
        return Row(method="plate", code="not_seen")
    return _row(
        "plate", by_plate(heat.plate_kw, heat.rated_k, sums["steady_heating_s"])
    )


def _tank(subject: Subject, heat: HeatBasis) -> Row:
    if not subject.reports("hot_water_temp", "hot_water_valve"):
        return Row(method="tank", code="not_reported")
    if not heat.sees_tank:
        return Row(method="tank", code="not_seen")
    if not heat.tank_l:
        return Row(method="tank", code="not_told")
    charges = [
        (after - before, one.kwh / heat.factor)
        for one in subject.charges
        if one.kwh is not None
        for before, after in (one.celsius,)
        if before is not None and after is not None
    ]
    return _row("tank", by_tank(charges, heat.tank_l))


def _brine(subject: Subject, heat: HeatBasis, days: pd.DataFrame) -> Row:
    if not subject.reports("brine_in_temp", "brine_out_temp"):
        return Row(method="brine_flow", code="not_reported")
    if not heat.brine_l_s or not is_small_part(subject):
        return Row(method="brine_flow", code="not_told")
    # One of them may be known for less long than the others.
    known = days["steady_heating_electricity_kwh"] > 0
    known &= days["steady_heating_brine_s"] >= _MOST_OF * days["steady_heating_s"]
    sums = _sums(days[known])
    hours, brine_s = sums["steady_heating_s"] / 3600, sums["steady_heating_brine_s"]
    if hours < limits.CALIBRATION_STEADY_H or not brine_s:
        return Row(method="brine_flow", code="days")
    supply, back = (
        sums[f"steady_heating_{which}_ks"] for which in ("supply", "return")
    )
    brine_k = (
        sums["steady_heating_brine_in_ks"] - sums["steady_heating_brine_out_ks"]
    ) / brine_s
    found = by_brine_flow(
        sums["steady_heating_electricity_kwh"] / hours,
        _BRINE_KJ * heat.brine_l_s,
        brine_k,
        (supply - back) / (3600 * hours) - subject.offset_k,
    )
    return _row("brine_flow", found and replace(found, count=round(hours)))


def _row(method: Method, found: Estimate | None) -> Row:
    """Return a method with its estimate; without one there is too little of it yet."""
    return Row(method=method, code="days" if found is None else "ok", estimate=found)


def _judged(
    best: Estimate, found: list[Estimate], too_high: float, heat: HeatBasis
) -> tuple[State, str]:
    """Return what is to be said of the factor in use beside what the methods say."""
    if len(found) > 1 and together(found) is None:
        return "watch", "differ"
    watch, act = limits.CALIBRATION_OFF
    doubt = limits.SIGMAS * best.sigma / best.factor
    if abs(too_high) > max(doubt, watch):
        return worse(abs(too_high), watch, act), "off"
    is_checked = heat.kind != "unchecked"
    return "ok", heat.kind if is_checked else "agrees"


def _sure(code: str, subject: Subject) -> Insight:
    """Return that the factor in use has been checked, and that nothing is beside it."""
    return Insight(id=ID, state="ok", code=code, scale=subject.heat_scale)


def _days(subject: Subject) -> pd.DataFrame:
    """Return the days of the last year."""
    return last_days(subject.days, subject.today, limits.CALIBRATION_DAYS)


def _sums(days: pd.DataFrame) -> dict[str, float]:
    totals = days.select_dtypes("number").sum()
    return {str(name): float(total) for name, total in totals.items()}
