"""What the heat pump takes and gives at each reading: modes, electric power, heat.

Of several sources of a quantity the first that exists is used, where "exists" means
that it had a valid value within the hour. One that has just none is not replaced by
a lesser one: what it would have said is not known.
"""

from dataclasses import dataclass, replace

import numpy as np

from .capabilities import Capabilities
from .counters import Steps, counted_kw, counted_kwh, in_force, run_beside, steps
from .energy_sources import has_electricity_source, has_heat_source, is_metered
from .equipment import Equipment
from .limits import (
    LEAST_COMPRESSOR_KW,
    LEAST_RUNNING_KW,
    MOST_BRINE_DELTA_T_K,
    MOST_DELTA_T_K,
    MOST_HEAT_KW,
    most_electric_kw,
    possible,
)
from .reversal import reversal
from .samples import DROPPED, SECOND, Flags, Floats, Integers, Samples
from .water import believed_delta_t, difference, mean_temp, water_kj


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What is known at each reading, and for how many seconds it holds.

    Powers are in kW and say nothing where not `known`.

    `covered`: the state of the compressor is known.
    `running`, `hot_water`: it runs, and for the hot water.
    `cooling`, `defrost`: it draws heat out of the water, see `reversal`.
    `known`: heat and electricity are, or the one of them that there is a source for.
    `has_heat`, `has_electricity`: there is, at that reading, see `energy_sources`.
    `electricity`, `heat`, `auxiliary`: of the whole system, and of its heater; `asked`:
    what that is asked for.
    `compressor_electricity`, `compressor_heat`: of the compressor alone; also what a
    counter that is seldom read counted while it started or stopped, see `run_beside`.
    `driven`: electricity is the compressor's, by a counter too.
    `electricity_to_tank`: that electricity is for the hot water.
    `to_tank`: the heat that is fetched from the compressor is hot water's, also in the
    after-run.
    `delta_t`: supply − return, K, NaN = not known.
    `heat_meter`: the steps of the pump's own counter of heat, without cold.
    `dropped_steps`: where a counter says what cannot be true.
    `dropped`: how many values and differences of a reading cannot, these included.
    """

    samples: Samples
    hold_s: Floats
    covered: Flags
    running: Flags
    hot_water: Flags
    auxiliary_on: Flags
    cooling: Flags
    defrost: Flags
    known: Flags
    has_heat: Flags
    has_electricity: Flags
    electricity: Floats
    compressor_electricity: Floats
    auxiliary: Floats
    asked: Floats
    heat: Floats
    compressor_heat: Floats
    driven: Flags
    electricity_to_tank: Flags
    to_tank: Flags
    delta_t: Floats
    heat_meter: Steps
    dropped_steps: Flags
    dropped: Floats


def operation_of(samples: Samples, equipment: Equipment) -> Operation:
    """Return what the heat pump does at each reading."""
    hold_s = samples.hold_s
    compressor = samples.get("compressor")
    running = compressor == 1
    covered = np.isfinite(compressor)
    asked = auxiliary_kw(samples, equipment)
    auxiliary = _at_most_measured(samples, equipment, asked)
    electricity, counter = electricity_kw(samples, equipment, auxiliary)
    fetched = _fetched(samples, equipment, hold_s)
    valve = samples.carried("hot_water_valve") == 1
    delta_t = believed_delta_t(samples, equipment)
    hot_water = running & valve
    cooling, defrost = reversal(samples, running, hot_water, delta_t)
    meter = counted_kwh(samples, "heat_energy", MOST_HEAT_KW, cooling | defrost)
    counter |= meter.dropped(len(samples))
    # What it counts of cold is not to be compared with heat.
    heating_kwh = np.where(cooling[meter.first], 0.0, meter.kwh)
    heat = heat_kw(samples, equipment, auxiliary, fetched, cooling, defrost)
    has_heat = has_heat_source(samples, equipment, heat)
    has_electricity = has_electricity_source(samples, equipment, electricity)
    # A heater beside it, and what is drawn out of the water, have their own figures.
    calm = (auxiliary == 0) & ~cooling & ~defrost
    heat_beside = _heat_beside(samples, equipment, meter, calm)
    beside = _electricity_beside(samples, equipment, auxiliary, calm)
    driven = running | (beside >= 0)
    # Of no other reading, −1, nothing is.
    charges = np.append(hot_water, False)
    known = (covered | (not equipment.has_compressor)) & np.isfinite(auxiliary)
    known &= has_heat | has_electricity
    known &= np.isfinite(heat) | ~has_heat
    known &= np.isfinite(electricity) | ~has_electricity
    return Operation(
        samples=samples,
        hold_s=hold_s,
        covered=covered,
        running=running,
        hot_water=hot_water,
        auxiliary_on=covered & (asked > 0),
        cooling=cooling,
        defrost=defrost,
        known=known,
        has_heat=has_heat,
        has_electricity=has_electricity,
        electricity=electricity,
        compressor_electricity=np.where(driven, electricity - auxiliary, 0.0),
        auxiliary=auxiliary,
        asked=asked,
        heat=heat,
        compressor_heat=np.where(running | (heat_beside >= 0), heat - auxiliary, 0.0),
        driven=driven,
        electricity_to_tank=hot_water | charges[beside],
        to_tank=((fetched > 0) & valve) | charges[heat_beside],
        delta_t=delta_t,
        heat_meter=replace(meter, kwh=heating_kwh),
        dropped_steps=counter,
        dropped=counter
        + _dropped(samples, equipment, fetched > 0)
        + _too_little(samples, equipment, auxiliary),
    )


def hot_water_known(samples: Samples) -> Flags:
    """Return where the valve says whether a running compressor heats the hot water.

    Everywhere where there is no valve: then it never does.
    """
    if "hot_water_valve" not in samples.columns:
        return np.ones(len(samples), dtype=np.bool)
    return np.isfinite(samples.carried("hot_water_valve"))


def auxiliary_kw(samples: Samples, equipment: Equipment) -> Floats:
    """Return the power of the auxiliary heater, kW, which is also its heat.

    Its own power series; the kW of the steps that are on; or percent of its kW. A
    pump that reports none of these is taken to have no such heater: 0.
    """
    if not Capabilities(samples.columns).auxiliary:
        return np.zeros(len(samples))
    power = samples.get("auxiliary_power")
    by_steps = _steps_kw(samples, equipment.step_kw)
    percent = samples.get("auxiliary_percent")
    by_percent = percent * equipment.auxiliary_max_kw / 100
    return _first_that_exists(
        samples, (power, power), (by_steps, by_steps), (by_percent, percent)
    )


def _at_most_measured(
    samples: Samples, equipment: Equipment, auxiliary: Floats
) -> Floats:
    """Return the power of the heater, kW: alone, no more than a meter says it is in.

    Asked for is not taken: a thermostat of its own may have it off.
    """
    if not (equipment.power_includes_auxiliary and equipment.power_metered):
        return auxiliary
    power = samples.get("power") / 1000
    return np.where(_alone_above(samples, auxiliary, power), power, auxiliary)


def _alone_above(samples: Samples, auxiliary: Floats, power: Floats) -> Flags:
    """Return where the heater, alone, would take more than the power it is in, kW."""
    above: Flags = (samples.get("compressor") == 0) & (power < auxiliary)
    return above


def electricity_kw(
    samples: Samples, equipment: Equipment, auxiliary: Floats
) -> tuple[Floats, Flags]:
    """Return the electric power of the whole heat pump, kW, and dropped steps.

    The power series (W); the mean power between two values of the energy counter; or
    the configured power of the compressor while it is on, and that of the auxiliary
    heater. What a running compressor cannot take is no measurement. Typed-in watts may
    be without those of the heater, which takes no less alone.
    """
    power = samples.get("power") / 1000
    power = np.where(_too_little(samples, equipment, auxiliary), np.nan, power)
    if equipment.power_includes_auxiliary:
        power = np.where(_alone_above(samples, auxiliary, power), auxiliary, power)
    counted, dropped = counted_kw(samples, "energy", most_electric_kw(equipment))
    beside = 0.0 if equipment.power_includes_auxiliary else auxiliary
    configured = np.full(len(samples), np.nan)
    if equipment.compressor_kw is not None:
        configured = samples.get("compressor") * equipment.compressor_kw + auxiliary
    total = _first_that_exists(
        samples,
        (power + beside, power),
        (counted + beside, in_force(samples, "energy")),
        (configured, configured),
    )
    return total, dropped & ("power" not in samples.columns)


def _too_little(samples: Samples, equipment: Equipment, auxiliary: Floats) -> Flags:
    """Return where the power series is less than a running compressor takes.

    Nothing to speak of, or hardly more than the heater that is in it.
    """
    power = samples.get("power") / 1000
    too_little: Flags = power < LEAST_RUNNING_KW
    if equipment.power_includes_auxiliary:
        left_kw = np.round(power - auxiliary, 6)  # 3.17 − 2.97 would be below 0.2
        too_little |= (auxiliary > 0) & (left_kw < LEAST_COMPRESSOR_KW)
    too_little &= samples.get("compressor") == 1
    return too_little


def heat_kw(
    samples: Samples,
    equipment: Equipment,
    auxiliary: Floats,
    share: Floats,
    cooling: Flags,
    defrost: Flags,
) -> Floats:
    """Return the heat of the whole system, kW.

    A heat meter, at any time; what it counts while it is `cooling` is cold, whether its
    register grows whichever way heat flows, or falls; one that falls at `defrost` has
    counted what that draws. Otherwise, in the `share` of each reading's hold in
    which heat is fetched from the compressor: supply − return (K) times the flow
    series (l/s) with the heat capacity of water at their mean, or times the
    configured flow factor (kW/K); negative where it flows backwards. While nothing
    is fetched, an auxiliary heater gives what it takes, and the temperatures need
    not be known.
    """
    beside = 0.0 if equipment.auxiliary_heats_supply else auxiliary
    flowing = _flowing_kw(samples, equipment, believed_delta_t(samples, equipment))
    flowing = np.where(_is_heat(flowing), flowing, np.nan)
    fetched = np.where(share > 0, share * (flowing + beside), 0.0)
    carried: Floats = fetched + np.where(share < 1, (1 - share) * auxiliary, 0.0)
    if not equipment.has_compressor:
        carried = np.full(len(samples), np.nan)
    if not is_metered(samples, equipment):
        return carried
    drawing = cooling | defrost
    metered, _ = counted_kw(samples, "heat_energy", MOST_HEAT_KW, drawing)
    metered = np.where(cooling, -np.abs(metered), metered)
    meter = (metered + beside, in_force(samples, "heat_energy"))
    return _first_that_exists(samples, meter, (carried, carried))


def _heat_beside(
    samples: Samples, equipment: Equipment, meter: Steps, calm: Flags
) -> Integers:
    """Return whose heat it is that the counter counted at rest, see `run_beside`.

    `calm`: the readings at which nothing else is at work.
    """
    if not is_metered(samples, equipment):
        return np.full(len(samples), -1)
    return _beside(samples, "heat_energy", meter, calm)


def _electricity_beside(
    samples: Samples, equipment: Equipment, auxiliary: Floats, calm: Flags
) -> Integers:
    """Return whose electricity it is that the counter counted at rest, likewise."""
    power = np.isfinite(samples.get("power"))
    power &= ~_too_little(samples, equipment, auxiliary)
    calm = calm & (samples.last_valid(power) < 0)
    if "energy" not in samples.columns or not calm.any():
        return np.full(len(samples), -1)
    counted = steps(samples, "energy", most_electric_kw(equipment))
    return _beside(samples, "energy", counted, calm)


def _beside(samples: Samples, metric: str, counted: Steps, calm: Flags) -> Integers:
    """Return the same of a counter in use; of one on change it is known for itself."""
    if metric in samples.on_change:
        return np.full(len(samples), -1)
    beside = run_beside(counted, samples)
    used = samples.last_valid(np.isfinite(in_force(samples, metric))) >= 0
    return np.where(used & calm & np.append(calm, False)[beside], beside, -1)


def while_running(operation: Operation) -> Operation:
    """Return the same without what a counter counted at rest: for a moment, not a period.

    That time is none of the compressor's: the energy would be too much for it.
    """
    running = operation.running
    return replace(
        operation,
        compressor_electricity=np.where(running, operation.compressor_electricity, 0.0),
        compressor_heat=np.where(running, operation.compressor_heat, 0.0),
    )


def _first_that_exists(samples: Samples, *sources: tuple[Floats, Floats]) -> Floats:
    """Return the power of the first source that has a valid value within the hour.

    A source is its power and the values it is made of. The last is what is left.
    """
    *better, (result, _) = sources
    for power, values in reversed(better):
        exists = samples.last_valid(np.isfinite(values)) >= 0
        result = np.where(exists, power, result)
    return result


def _steps_kw(samples: Samples, step_kw: tuple[float, ...]) -> Floats:
    """Return the power of the steps that are on, kW."""
    metrics = ("auxiliary_step_1", "auxiliary_step_2")
    steps = [
        samples.get(metric) * kw
        for metric, kw in zip(metrics, step_kw, strict=False)
        if metric in samples.columns
    ]
    total: Floats = np.full(len(samples), 0.0 if steps else np.nan)
    for step in steps:
        total += step
    return total


def _fetched(samples: Samples, equipment: Equipment, hold_s: Floats) -> Floats:
    """Return the share of each hold in which heat is fetched from the compressor.

    All of it while the compressor runs; of the rest that which lies within the
    after-run, unless the circulation pump is known to be off.
    """
    compressor = samples.get("compressor")
    running: Flags = compressor == 1
    if not equipment.after_run_s:
        return running.astype(np.float64)
    latest = samples.last_valid(running)
    stopped = samples.time[latest] + (hold_s[latest] * SECOND).astype(np.int64)
    left_s = equipment.after_run_s - (samples.time - stopped) / SECOND
    share = np.clip(left_s / np.maximum(hold_s, 1e-9), 0.0, 1.0)
    flows = (latest >= 0) & (samples.carried("circulation_pump") != 0)
    return np.where(running, 1.0, np.where((compressor == 0) & flows, share, 0.0))


def _flowing_kw(samples: Samples, equipment: Equipment, delta_t: Floats) -> Floats:
    """Return what the water carries at these differences, kW, believable or not."""
    by_factor: Floats = delta_t * equipment.flow_factor
    if "flow" not in samples.columns:
        return by_factor
    flow = samples.get("flow")
    by_flow = delta_t * flow * water_kj(mean_temp(samples))
    return _first_that_exists(samples, (by_flow, flow), (by_factor, delta_t))


def _is_heat(kw: Floats) -> Flags:
    """Return which powers a heat pump may give (or draw to thaw); not known may be."""
    return ~(np.abs(kw) > MOST_HEAT_KW)


def _dropped(samples: Samples, equipment: Equipment, fetched: Flags) -> Floats:
    """Return how many values of each reading, counters apart, were not believed."""
    delta_t = difference(samples, "supply_temp", "return_temp")
    brine = difference(samples, "brine_in_temp", "brine_out_temp")
    paired = possible(delta_t, MOST_DELTA_T_K)
    carried = _is_heat(_flowing_kw(samples, equipment, delta_t))
    cooled = possible(brine, MOST_BRINE_DELTA_T_K) | (samples.get("compressor") != 1)
    dropped: Floats = np.nan_to_num(samples.get(DROPPED))
    dropped += (fetched & ~(paired & carried)).astype(np.float64)
    dropped += (~cooled).astype(np.float64)
    return dropped
