"""The checks of the verdict that no other insight makes."""

from collections import Counter
from datetime import timedelta
from typing import Final

import pandas as pd

from ..analysis.states import Kind
from . import limits
from .calibration import RATED_DELTA_T_SUMS, knows_source, rated_delta_t
from .days import first_and_last, last_days, pairs
from .electricity import is_known
from .hot_water import days_since_safe, was_never_safe
from .index import Index, flow_state, needed_days
from .methods import same_water
from .result import Check, Param, State, days_left, worse
from .standstill import ESSENTIAL
from .subject import Subject

_WEEK: Final = 7
_MONTH: Final = 30
_MS: Final = 1000


def alarm(subject: Subject) -> Check:
    """Return whether there is an alarm, or was one lately."""
    if not (subject.reports("alarm") or subject.reports("alarm_code")):
        return _unknown("alarm", "no_metric", metric="alarm")
    if subject.alarm:
        return Check(
            id="alarm", state="act", code="active", params={"alarm": subject.alarm}
        )
    week, month = (_raised(subject, days) for days in limits.ALARM_DAYS)
    often, count = (month.most_common(1) or [(0.0, 0)])[0]
    if count >= limits.ALARM_AGAIN:
        params = {"alarm": often, "count": count}
        return Check(id="alarm", state="act", code="again", value=count, params=params)
    if week:
        last = next(iter(week))
        return Check(id="alarm", state="watch", code="cleared", params={"alarm": last})
    return Check(id="alarm", state="ok", code="none")


def data(subject: Subject) -> Check:
    """Return whether readings come, and enough of the last day is known."""
    if subject.silent_s >= limits.DATA_SILENT_S:
        return Check(
            id="data",
            state="act",
            code="silent",
            value=subject.silent_s / 60,
            limit=limits.DATA_SILENT_S / 60,
            unit="min",
        )
    if (absent := _absent(subject)) is not None:
        return absent
    if subject.coverage is None:
        return _unknown("data", "coverage")
    is_enough = subject.coverage >= limits.DATA_COVERAGE
    if is_enough and subject.stuck:
        params: dict[str, Param] = {
            "metric": subject.stuck[0],
            "count": len(subject.stuck),
        }
        return Check(id="data", state="watch", code="stuck", params=params)
    return Check(
        id="data",
        state="ok" if is_enough else "watch",
        code="covered" if is_enough else "gaps",
        value=100 * subject.coverage,
        limit=100 * limits.DATA_COVERAGE,
        unit="%",
    )


def _absent(subject: Subject) -> Check | None:
    """Return that some metric has no values any more, None where all have."""
    if not subject.absent:
        return None
    worst = subject.absent[0]
    params: dict[str, Param] = {"metric": worst, "count": len(subject.absent)}
    state: State = "act" if worst in ESSENTIAL else "watch"
    return Check(id="data", state=state, code="absent", params=params)


def brine(subject: Subject) -> Check:
    """Return whether the brine leaves so cold that the ground may freeze."""
    lows = _lasting(subject, "brine_out_least")
    if not subject.reports("brine_out_temp"):
        return _unknown("brine", "no_metric", metric="brine_out_temp")
    return _low("brine", lows, limits.BRINE_OUT_C, acts_at_once=False)


def room(subject: Subject) -> Check:
    """Return whether a room is cold two days running."""
    if not subject.reports("indoor_temp"):
        return _unknown("room", "no_metric", metric="indoor_temp")
    days = last_days(subject.days, subject.today, limits.ROOM_DAYS + 1)
    means = days["indoor_temp"].dropna().iloc[-limits.ROOM_DAYS :]
    return _low("room", means, room_limits(subject), acts_at_once=True)


def room_limits(subject: Subject) -> tuple[float, float]:
    """Return below what a room is cold, °C: lower where somebody has set it lower."""
    watch, act = limits.ROOM_LOW_C
    wanted = subject.settings.get("room_setpoint", watch + limits.ROOM_BELOW_K)
    lower = min(wanted - limits.ROOM_BELOW_K - watch, 0.0)
    return watch + lower, act + lower


def hot_water(subject: Subject) -> Check:
    """Return whether the water was too cold by day, on several days of the week."""
    if not subject.reports("hot_water_temp"):
        return _unknown("hot_water", "no_metric", metric="hot_water_temp")
    days = last_days(subject.days, subject.today, _WEEK).dropna(
        subset=["hot_water_low_h"]
    )
    if not len(days):
        return _unknown("hot_water", "coverage")
    if (short := _short_charges(subject)) is not None:
        return short
    low_h, cold_h = limits.HOT_WATER_LOW_H
    low = int((days["hot_water_low_h"] >= low_h).sum())
    cold = int((days["hot_water_cold_h"] >= cold_h).sum())
    state: State = "watch" if low >= limits.HOT_WATER_LOW_DAYS else "ok"
    return Check(
        id="hot_water",
        state="act" if cold >= limits.LASTING_DAYS else state,
        code="warm" if state == "ok" else "cold",
        value=float(low),
        limit=float(limits.HOT_WATER_LOW_DAYS),
        unit="d",
        params={"cold_days": cold, "celsius": limits.HOT_WATER_LOW_C[0]},
    )


def _short_charges(subject: Subject) -> Check | None:
    """Return that charges end far below their stop, None where they do not."""
    stop = subject.settings.get("hot_water_stop")
    first = pd.Timestamp(subject.today - timedelta(days=_WEEK), tz=subject.zone)
    ends = [
        one.celsius[1]
        for one in subject.charges
        if one.time >= first.timestamp() * _MS and one.celsius[1] is not None
    ][-limits.CHARGES_SHORT :]
    if stop is None or len(ends) < limits.CHARGES_SHORT:
        return None
    warmest = max(ends)
    if warmest >= stop - limits.CHARGE_SHORT_K:
        return None
    return Check(
        id="hot_water",
        state="act",
        code="short",
        value=warmest,
        limit=stop - limits.CHARGE_SHORT_K,
        unit="°C",
        params={"stop": stop, "count": len(ends)},
    )


def sixty(subject: Subject) -> Check:
    """Return whether the tank has been 60 °C lately."""
    if not subject.reports("hot_water_temp"):
        return _unknown("sixty", "no_metric", metric="hot_water_temp")
    if (since := days_since_safe(subject)) is None:
        return _unknown("sixty", "coverage")
    state = worse(since, *limits.SAFE_DAYS)
    known = "not_seen" if was_never_safe(subject) else "hot"
    return Check(
        id="sixty",
        state=state,
        code=known if state == "ok" else "not_hot",
        value=float(since),
        limit=limits.SAFE_DAYS[0],
        unit="d",
    )


def flow_guard(index: Index | int | None, subject: Subject) -> Check:
    """Return whether it is better than physics: then less water flows than did."""
    if index is None and subject.heat.varies:
        return _unknown("flow_guard", "no_measured_power")
    if index is None:
        return _unknown("flow_guard", "no_metric", metric="supply_temp")
    if subject.heat.source not in ("factor", None):
        # What is measured is right with less water too.
        return _unknown("flow_guard", "measured")
    if isinstance(index, int):
        need = needed_days(subject)
        if index >= need:
            return _unknown("flow_guard", "weather")
        return _learning("flow_guard", index, need)
    recent = last_days(
        index.values.to_frame("index"), subject.today, limits.COP_WINDOW_DAYS
    )["index"].iloc[-limits.FLOW_GUARD_DAYS :]
    if len(recent) < limits.FLOW_GUARD_DAYS:
        return _unknown("flow_guard", "not_heating")
    watch = (2 if index.efficiency_only else 1) * limits.FLOW_GUARD[0]
    value = float(recent.mean())
    state = flow_state(index, recent)
    start, end = first_and_last(recent.to_frame())
    return Check(
        id="flow_guard",
        state=state,
        code="steady" if state == "ok" else "less_flow",
        value=100 * value,
        limit=100 * watch,
        unit="%",
        start=start,
        end=end,
    )


def plausible(subject: Subject) -> Check:
    """Return whether the heat is that of the plate, and the COP that of a heat pump."""
    if (beside := _beside_plate(subject)) is not None and beside.state != "ok":
        return beside
    has_heat = subject.heat.source is not None and subject.reports("supply_temp")
    if not is_known(subject) or not has_heat:
        return beside or _unknown("plausible", "no_measured_power")
    days = pairs(last_days(subject.days, subject.today, _WEEK))
    # Cold is negative heat, and says nothing of what heating takes.
    heat = float(days["compressor_heat_kwh"].sum() + days["cooling_kwh"].sum())
    paid = float(
        days["compressor_electricity_kwh"].sum() - days["cooling_electricity_kwh"].sum()
    )
    if paid < limits.COP_LEAST_KWH:
        return beside or _unknown("plausible", "not_heating")
    low, high = limits.PLAUSIBLE_COP
    value = heat / paid
    is_possible = low <= value <= high
    return Check(
        id="plausible",
        state="ok" if is_possible else "watch",
        code="possible" if is_possible else "impossible",
        value=value,
        limit=low if value < low else high,
    )


def _beside_plate(subject: Subject) -> Check | None:
    """Return how far the heat at B0/W35 is from the plate's kW, None where not known."""
    heat = subject.heat
    if heat.source != "factor" or not heat.plate_kw or heat.varies:
        return None
    days = last_days(subject.days, subject.today, _MONTH)
    sums = {name: float(days[name].sum()) for name in RATED_DELTA_T_SUMS}
    kelvin = rated_delta_t(sums, subject.offset_k)
    if kelvin is None or not knows_source(sums) or _is_uneven(subject, days):
        return None
    apart = heat.factor * kelvin / heat.plate_kw - 1
    watch, act = limits.PLAUSIBLE_PLATE
    state = worse(abs(apart), watch, act)
    return Check(
        id="plausible",
        state=state,
        code="possible" if state == "ok" else "not_plate",
        value=100 * apart,
        limit=100 * watch,
        unit="%",
        params={"plate": heat.plate_kw, "heat": heat.factor * kelvin},
    )


def _is_uneven(subject: Subject, days: pd.DataFrame) -> bool:
    """Return whether days at the same conditions differ more than one speed's do."""
    each = [
        rated_delta_t(
            {str(name): float(s) for name, s in sums.items()}, subject.offset_k
        )
        for sums in days[list(RATED_DELTA_T_SUMS)].fillna(0.0).to_dict("records")
    ]
    kelvin = pd.Series([one for one in each if one is not None], dtype=float)
    if not len(kelvin):
        return False
    apart = kelvin.quantile(0.9) - kelvin.quantile(0.1)
    return bool(apart > limits.PLATE_SPREAD * kelvin.median())


def sensor_pair(subject: Subject) -> Check:
    """Return whether supply and return say the same when the water is at rest."""
    if not subject.reports("supply_temp", "return_temp", "circulation_pump"):
        return _unknown("sensor_pair", "no_metric", metric="circulation_pump")
    days = last_days(subject.days, subject.today, _MONTH)
    rested = days[days["idle_delta_t_s"] >= limits.PAIR_LEAST_S]
    rested = rested.iloc[-limits.PAIR_MOST_DAYS :]
    if len(rested) < limits.PAIR_DAYS:
        return _learning("sensor_pair", len(rested), limits.PAIR_DAYS)
    same = same_water(rested)
    kept = rested if same is None else same
    kelvin = float(kept["idle_delta_t_ks"].sum() / kept["idle_delta_t_s"].sum())
    if same is None:
        return Check(
            id="sensor_pair",
            state="unknown",
            code="other_water",
            value=kelvin,
            unit="K",
        )
    state = worse(abs(kelvin), *limits.PAIR_OFFSET_K)
    start, end = first_and_last(rested)
    return Check(
        id="sensor_pair",
        state=state,
        code="agree" if state == "ok" else "offset",
        value=kelvin,
        limit=limits.PAIR_OFFSET_K[0],
        unit="K",
        start=start,
        end=end,
    )


def _low(
    check: str, lows: pd.Series, bounds: tuple[float, float], *, acts_at_once: bool
) -> Check:
    """Return whether days were too cold: for `act` each of them."""
    if not len(lows):
        return _unknown(check, "coverage")
    watch, act = bounds
    needed = limits.ROOM_DAYS if acts_at_once else limits.LASTING_DAYS
    lasts = len(lows) >= needed
    is_low = lows.max() < watch if acts_at_once else lows.min() < watch
    state: State = "watch" if lasts and is_low else "ok"
    if lasts and lows.max() < act:
        state = "act"
    start, end = first_and_last(lows.to_frame())
    return Check(
        id=check,
        state=state,
        code="warm" if state == "ok" else "cold",
        value=float(lows.min()),
        limit=watch,
        unit="°C",
        start=start,
        end=end,
    )


def _lasting(subject: Subject, column: str) -> pd.Series:
    """Return a column of the last days in which what lasts must be."""
    days = last_days(subject.days, subject.today, limits.LASTING_DAYS)
    return days[column].dropna()


def _raised(subject: Subject, days: int) -> Counter[float]:
    """Return how often each alarm was raised in the last days, the last one first."""
    first = pd.Timestamp(subject.today - timedelta(days=days), tz=subject.zone)
    since = first.timestamp() * _MS
    return Counter(
        one.code
        for one in reversed(subject.events)
        if one.kind is Kind.ALARM and one.value != 0 and one.time >= since
    )


def _learning(check: str, have: int, need: int) -> Check:
    return Check(id=check, state="learning", code="days", params=days_left(have, need))


def _unknown(check: str, code: str, metric: str | None = None) -> Check:
    params = {} if metric is None else {"metric": metric}
    return Check(id=check, state="unknown", code=code, params=params)
