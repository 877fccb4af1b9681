"""What is so now: the states of the heat pump, and the COP of the last 15 min."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil, inf
from typing import Final, Literal

import numpy as np

from ..profiles.metrics import METRICS
from .basis import FigureBasis
from .capabilities import AUXILIARY_METRICS
from .cop import (
    ROUNDING,
    Reason,
    compressor_cop,
    compressor_cop_reason,
    has_steps,
    running_paired_s,
)
from .equipment import Equipment
from .power import Operation, operation_of, while_running
from .samples import HORIZON, SECOND, Floats, Samples
from .states import Kind, heater_state, mode_numbers, values
from .times import WINDOW_S
from .windows import sums_between
from .words import MODES, OTHER_ENERGY

# A value that is polled is shown for so much longer than it holds: one that is missing
# now and then does not flicker. In rows of 30 s it is last carried after 60 s: 5 min.
LATEST_S: Final = 240.0
_LATEST_COUNT_S: Final = 300.0

# In these the water may come out colder than it went in.
_BACKWARDS: Final = frozenset(map(MODES.index, ("heating", "cooling")))

_WINDOW_S: Final = 900
# The window of what is counted in steps grows up to this.
_LONGEST_WINDOW_S: Final = 3600
# Of a start and of the minutes before it nobody wants the ratio, s of running.
_LEAST_RUNNING_S: Final = 300.0
# More than one look at a running compressor.
_INTERVALS: Final = 1.25

type Sums = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatesNow:
    """The states of now, None where they are not known.

    `mode`: one of `MODES`. `hot_water`: the compressor heats it. `auxiliary`: the
    auxiliary heater is on. `alarm`: the code of an active one (`UNKNOWN_CODE` where
    it has none), 0 = no alarm. `known`: the kinds of states that are known.
    """

    mode: str | None = None
    hot_water: bool | None = None
    auxiliary: bool | None = None
    alarm: float | None = None
    known: frozenset[Kind] = frozenset()


def newest(samples: Samples) -> Samples:
    """Return the newest valid value of each metric as one reading, the last one.

    NaN where none has been valid within `LATEST_S` before the last reading; what is
    on change is valid then or not at all.
    """
    ago_s = (samples.time[-1:] - samples.time) / SECOND
    columns = {
        metric: _last_valid(column[ago_s <= _shown_s(metric, samples)])
        for metric, column in samples.columns.items()
    }
    return Samples(samples.time[-1:], columns, samples.hold_s[-1:])


def _shown_s(metric: str, samples: Samples) -> float:
    """Return for how long after it was valid a value is shown, s.

    A counter is not carried, and on change its value stands for as long as it is known.
    """
    is_counter = metric in METRICS and METRICS[metric].kind == "energy"
    if metric in samples.on_change:
        return inf if is_counter else 0.0
    return _LATEST_COUNT_S if is_counter else LATEST_S


def states_now(
    samples: Samples, equipment: Equipment, *, latched_alarm: bool
) -> StatesNow:
    """Return the states at the last of these readings; see `states.states`.

    What rests on several series is not known while one of them that might change it
    is silent, nor of a valve or a heater that is not reported at all.
    """
    if not len(samples):
        return StatesNow()
    operation = operation_of(newest(samples), equipment)
    found = {
        kind: float(value)
        for kind, (value,) in values(
            operation, equipment, latched_alarm=latched_alarm
        ).items()
        if np.isfinite(value)
    }
    mode, (heater,) = found.get(Kind.MODE), heater_state(operation)
    has_valve = "hot_water_valve" in samples.columns
    has_heater = not samples.columns.keys().isdisjoint(AUXILIARY_METRICS)
    if mode in _BACKWARDS and operation.delta_t[0] < 0:
        mode = _mode_behind_others(samples, equipment)
    return StatesNow(
        mode=None if mode is None else MODES[int(mode)],
        hot_water=_or_none(found.get(Kind.HOT_WATER)) if has_valve else None,
        auxiliary=_or_none(heater) if has_heater else None,
        alarm=found.get(Kind.ALARM),
        known=frozenset(found),
    )


def _mode_behind_others(samples: Samples, equipment: Equipment) -> float:
    """Return the mode of the last reading, where what was before tells which it is."""
    first = int(np.searchsorted(samples.time, samples.time[-1] - HORIZON))
    columns = {name: column[first:] for name, column in samples.columns.items()}
    last = Samples(samples.time[first:], columns, samples.hold_s[first:])
    return float(mode_numbers(operation_of(last, equipment))[-1])


def _last_valid(column: Floats) -> Floats:
    """Return the last valid value alone, NaN where there is none."""
    valid = column[np.isfinite(column)]
    return valid[-1:] if valid.size else np.full(1, np.nan)


def _or_none(state: float | None) -> bool | None:
    """Return whether a state is on, None where it is not known."""
    return None if state is None or np.isnan(state) else bool(state > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """The running compressor of one window up to now, None where it cannot be said.

    `cop` = `heat_kw` / `electricity_kw`, the means of its running time without the
    auxiliary heater; `reason` is why there is no COP.
    """

    cop: float | None = None
    heat_kw: float | None = None
    electricity_kw: float | None = None
    reason: Reason | Literal["just_started", "too_few_steps"] | None = None


def instant(
    operation: Operation, basis: FigureBasis, interval_s: float = 0.0
) -> Instant:
    """Return COP, heat and power of the 15 min before the last reading.

    `operation`: at the readings of the last hour at least, with an hour of context before
    them. `interval_s`: between two looks at the compressor. See `instant_of` for when it
    is blank.
    """
    time = operation.samples.time
    if not len(time):
        return Instant(reason="no_readings")
    end = int(time[-1])
    (compressor,) = newest(operation.samples).get("compressor")
    own = while_running(operation)
    return instant_of(
        lambda seconds: sums_between(own, end - seconds * SECOND, end),
        basis,
        runs=_or_none(compressor),
        interval_s=interval_s,
    )


def instant_of(
    sums_of_last: Callable[[int], Sums],
    basis: FigureBasis,
    *,
    runs: bool | None,
    step_s: int = WINDOW_S,
    interval_s: float = 0.0,
) -> Instant:
    """Return COP, heat and power of the last 15 min, from the sums of the last seconds.

    The window is as many steps as make 15 min; where energy is counted in steps, it
    grows to an hour at most until ten of each lie in it, else all is blank. So it is
    while the compressor rests, or has run for less than 5 min of it. `runs`: it does
    now. Where it is looked at every `interval_s` only, the window is of two such
    intervals and more than one of them must be of running: a lone reading may be of the
    first second after a start. tests/cases/rolling_cop.json has the cases, for the
    browser's curve too.
    """
    window_s = min(max(_WINDOW_S, 2 * interval_s), _LONGEST_WINDOW_S)
    least_s = max(_LEAST_RUNNING_S, _INTERVALS * min(interval_s, window_s / 2))
    sums = _sums_of_window(sums_of_last, basis, step_s, window_s)
    known_s = sums["running_known_s"]
    reason = compressor_cop_reason({"dropped": 0.0} | dict(sums), basis)
    if not runs:
        return Instant(reason="not_known" if runs is None else "not_running")
    if known_s < least_s - ROUNDING:
        is_short = sums["heating_s"] + sums["hot_water_s"] < least_s
        return Instant(reason="just_started" if is_short else reason or "not_known")
    if not has_steps(sums, basis):
        return Instant(reason="cooling" if reason == "cooling" else "too_few_steps")
    if reason is None and running_paired_s(sums) < least_s - ROUNDING:
        reason = "not_known"
    heat_kw, electricity_kw = (
        _while_known(sums, energy, other) for energy, other in OTHER_ENERGY.items()
    )
    return Instant(
        cop=compressor_cop(sums, reason),
        heat_kw=None if basis.heat is None else heat_kw,
        electricity_kw=None if basis.electricity is None else electricity_kw,
        reason=reason,
    )


def _while_known(sums: Sums, energy: str, other: str) -> float | None:
    """Return the mean power of the running compressor, kW, where it is known at all."""
    seconds = sums["running_known_s"] - sums.get(f"running_{other}_alone_s", 0.0)
    kwh = sums[f"compressor_{energy}_kwh"]
    return kwh * 3600 / seconds if seconds > ROUNDING else None


def power_kw(operation: Operation, basis: FigureBasis) -> float | None:
    """Return the electric power of the whole heat pump now, kW, None if not known.

    That of the last reading that has one, no older than `LATEST_S`. A counter says
    nothing of a moment: then the mean of the window of `instant_of`.
    """
    time = operation.samples.time
    if not len(time):
        return None
    end = int(time[-1])
    if not basis.count_kwh:
        kw = operation.electricity[time >= end - round(LATEST_S * SECOND)]
        known = kw[np.isfinite(kw)]
        return float(known[-1]) if known.size else None
    electric = replace(basis, heat_count_kwh=0.0)
    sums = _sums_of_window(
        lambda seconds: sums_between(operation, end - seconds * SECOND, end), electric
    )
    known_s = sums["energy_s"] - sums["heat_alone_s"]
    said = has_steps(sums, electric) and known_s > ROUNDING
    return sums["electricity_kwh"] * 3600 / known_s if said else None


def _sums_of_window(
    sums_of_last: Callable[[int], Sums],
    basis: FigureBasis,
    step_s: int = WINDOW_S,
    window_s: float = _WINDOW_S,
) -> Sums:
    """Return the sums of a window, or of as much of an hour as has ten steps of each."""
    seconds = ceil(window_s / step_s) * step_s
    sums = sums_of_last(seconds)
    while not has_steps(sums, basis) and seconds + step_s <= _LONGEST_WINDOW_S:
        seconds += step_s
        sums = sums_of_last(seconds)
    return sums
