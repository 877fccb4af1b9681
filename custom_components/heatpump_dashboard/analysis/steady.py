"""What insights rest on: steady running, heating runs, water at rest and a hot tank."""

from typing import Final

import numpy as np

from ..const import TANK_SAFE_C
from .heater_steps import HEATER_STEPS, SETTLED_S, heater_steps
from .limits import COLD_WATER_C, MOST_BRINE_DELTA_T_K, possible
from .power import Operation
from .samples import SECOND, Flags, Floats, Integers

# After a stop the pipes give back what they hold; then supply and return are the same.
_AT_REST_S: Final = 900.0
# A longer silence may hide a stop and a start: what lasted before it begins anew.
_SILENCE: Final = 900 * SECOND
# A run shorter than this hardly reaches the house. The panel and docs/insights.md name
# the minutes; as all limits here it shapes what is stored: see `CALCULATION`.
_SHORT_S: Final = 600.0
# Longer runs count as this long. No piece of the past knows more of what was before it,
# and for whom starts are too many or not it makes no difference.
LONGEST_RUN_S: Final = 2700.0

_OFF, _HEATING, _HOT_WATER, _COOLING = 0.0, 1.0, 2.0, 3.0
_MODES: Final = {"heating": _HEATING, "hot_water": _HOT_WATER}
_OF_MODE: Final = (
    "s",
    "supply_ks",
    "return_ks",
    "heat_kwh",
    "electricity_kwh",
    "brine_s",
    "brine_in_ks",
    "brine_out_ks",
    "hot_gas_s",
    "hot_gas_ks",
)

# What grows with time while a reading holds.
STEADY_FLOWS: Final = (
    *(f"steady_{mode}_{what}" for mode in _MODES for what in _OF_MODE),
    "idle_delta_t_s",
    "idle_delta_t_ks",
    "tank_safe_s",
)
# What happens at a moment.
STEADY_COUNTS: Final = (
    "heating_runs",
    "heating_runs_s",
    "heating_runs_short",
    *HEATER_STEPS,
)
# Columns of windows beside those of the ledger that figures are made of.
STEADY: Final = (*STEADY_FLOWS, *STEADY_COUNTS)


def steady_rates(operation: Operation, own: slice) -> tuple[Integers, Floats]:
    """Return the own readings at which any of it flows, and how much per second.

    Rows `STEADY_FLOWS`, a column for each of these readings.
    *Steady* is a compressor that has been heating (or making hot water) for ten
    minutes, not cooling nor thawing, with the auxiliary heater known to be off, and
    heat, electricity, supply and return known. Over that time: seconds, °C·s of supply
    and return, kWh; brine and hot gas have their own seconds, as they may be silent.
    `idle_delta_t_ks`: K·s of supply − return while the circulation pump runs, 15 min
    after the compressor stopped: a pair of sensors that agree says 0. Not while brine
    goes round too or the water is cold, as then it may cool the house.
    `tank_safe_s`: while the hot water is 60 °C, whatever else is known.
    """
    samples, state = operation.samples, _state(operation)
    lasted_s = _lasted_s(samples.time, state)
    without_heater = np.isfinite(operation.delta_t) & (operation.auxiliary == 0)
    settled = without_heater & operation.known & (lasted_s >= SETTLED_S)
    settled &= (state != _OFF) & ~operation.cooling & ~operation.defrost
    at_rest = without_heater & (state == _OFF) & (lasted_s >= _AT_REST_S)
    at_rest &= samples.get("circulation_pump") == 1
    at_rest &= samples.get("brine_pump") != 1
    at_rest &= samples.get("supply_temp") >= COLD_WATER_C
    safe = samples.get("hot_water_temp") >= TANK_SAFE_C
    places = own.start + np.flatnonzero((settled | at_rest | safe)[own])
    settled, at_rest, state = settled[places], at_rest[places], state[places]
    flows = _settled(operation, places)
    kelvin = np.nan_to_num(operation.delta_t[places])
    modes = (flows * (settled & (state == mode)) for mode in _MODES.values())
    rest = [at_rest, kelvin * at_rest, safe[places]]
    return places, np.concatenate((*modes, rest))


def steady_counted(
    operation: Operation, own: slice
) -> tuple[tuple[Integers, Floats], ...]:
    """Return when (ns) something is to be counted, and how much, as `STEADY_COUNTS`.

    The heater's steps, see `heater_steps`. Heating runs when they end, their seconds
    (at most `LONGEST_RUN_S` of each), and the short ones of them. A run that follows
    hot water or cooling, or ends with it, says nothing of how the house is heated, nor
    does one with a silence in it. As with all that lies between two readings, a run is
    counted with the pair in which it ends.
    """
    time, state = operation.samples.time, _state(operation)
    valid = np.flatnonzero(np.isfinite(state))
    at, kept = time[valid], state[valid]
    begins = _begins(at, kept)
    first = np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    heard = np.diff(at) <= _SILENCE
    stops = np.flatnonzero((kept[:-1] == _HEATING) & (kept[1:] == _OFF) & heard)
    stops = stops[(valid[stops] >= own.start) & (valid[stops] < own.stop)]
    began = first[stops]
    length_s = (at[stops + 1] - at[began]) / SECOND
    before = np.maximum(began - 1, 0)
    started = (began > 0) & (kept[before] == _OFF) & heard[before]
    whole = started | (length_s >= LONGEST_RUN_S)
    when, length_s = at[stops + 1][whole], length_s[whole]
    heating_s = np.where(state == _HEATING, _lasted_s(time, state), np.nan)
    return (
        (when, np.ones(len(when))),
        (when, np.minimum(length_s, LONGEST_RUN_S)),
        (when, (length_s < _SHORT_S).astype(np.float64)),
        *heater_steps(operation, own, heating_s),
    )


def _settled(operation: Operation, places: Integers) -> Floats:
    """Return what flows at these readings, if they are steady: rows `_OF_MODE`."""
    columns = operation.samples.columns
    one, none = np.ones(len(places)), np.full(len(places), np.nan)

    def get(metric: str) -> Floats:
        return columns[metric][places] if metric in columns else none

    brine = get("brine_in_temp") - get("brine_out_temp")
    cooled = np.isfinite(brine) & possible(brine, MOST_BRINE_DELTA_T_K)
    gas = np.isfinite(get("hot_gas_temp"))
    flows = (
        one,
        get("supply_temp"),
        get("return_temp"),
        operation.heat[places] / 3600,
        operation.electricity[places] / 3600 * operation.has_electricity[places],
        cooled,
        np.where(cooled, get("brine_in_temp"), 0.0),
        np.where(cooled, get("brine_out_temp"), 0.0),
        gas,
        np.where(gas, get("hot_gas_temp"), 0.0),
    )
    rates: Floats = np.nan_to_num(np.stack(flows))
    return rates


def _state(operation: Operation) -> Floats:
    """Return what the compressor does at each reading: a number, NaN = not known.

    By what is valid then: what was valid within the hour before would be another
    thing for a piece of the past than for all of it.
    """
    samples = operation.samples
    heats = np.where(operation.cooling, _COOLING, _HEATING)
    if "hot_water_valve" in samples.columns:
        valve = samples.get("hot_water_valve")
        heats = np.where(valve == 1, _HOT_WATER, np.where(valve == 0, heats, np.nan))
    state = np.where(operation.running, heats, _OFF)
    return np.where(operation.covered, state, np.nan)


def _lasted_s(time: Integers, state: Floats) -> Floats:
    """Return for how many seconds each reading's state has lasted, NaN = not known."""
    lasted_s = np.full(len(time), np.nan)
    valid = np.flatnonzero(np.isfinite(state))
    at = time[valid]
    begins = np.where(_begins(at, state[valid]), at, np.iinfo(np.int64).min)
    lasted_s[valid] = (at - np.maximum.accumulate(begins)) / SECOND
    return lasted_s


def _begins(at: Integers, state: Floats) -> Flags:
    """Return where a state begins, of readings at which one is known."""
    begins: Flags = np.diff(state, prepend=np.nan) != 0
    begins[1:] |= np.diff(at) > _SILENCE
    return begins
