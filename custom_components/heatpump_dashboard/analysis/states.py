"""What is on, and since when: states with their changes, and what flowed until each.

The states of a span are one row per kind for the first that is known, and one for
every other than the one before. So those of two spans that follow one another are
put together by leaving out what only repeats the row before: it does not matter
where the past was cut, nor how long nothing was known between two readings.
"""

from enum import IntEnum
from typing import Final

import numpy as np
import pandas as pd

from .capabilities import AUXILIARY_METRICS
from .equipment import Equipment
from .power import Operation, hot_water_known
from .samples import SECOND, Flags, Floats, Integers, Samples
from .windows import delivered
from .words import MODES


class Kind(IntEnum):
    """What has states; of changes at one moment, those of the first come first.

    Their numbers are on disk.
    """

    ALARM = 0
    COMPRESSOR = 1
    BRINE_PUMP = 2
    CIRCULATION_PUMP = 3
    HOT_WATER = 4
    AUXILIARY = 5
    HOT_WATER_VALVE = 6
    MODE = 7
    HEAT_CURVE = 8
    HEAT_CURVE_OFFSET = 9
    HEAT_CURVE_MAX = 10
    HEATING_STOP = 11
    HOT_WATER_START = 12
    HOT_WATER_STOP = 13
    ROOM_SETPOINT = 14
    OPERATING_MODE = 15


# The metrics of what somebody has set, by kind. What the controller makes of them, as
# the setpoint of the supply, changes with the weather.
SETTINGS: Final = {kind: kind.name.lower() for kind in Kind if kind >= Kind.HEAT_CURVE}

# An alarm without a number.
UNKNOWN_CODE: Final = -1.0

# Who turns a setting is done in this time, and so is a gateway that starts.
_SETTLED: Final = 600 * SECOND

STATES: Final = (
    "kind",
    "value",
    "kwh",
    "electricity_kwh",
    "known_s",
    "hot_water_temp",
)
_STATES_INDEX: Final = pd.Index(STATES)

# The column of the ledger that a run of each kind adds to.
RUN_KWH: Final = {
    Kind.COMPRESSOR: "compressor_heat_kwh",
    Kind.HOT_WATER: "heat_hot_water_kwh",
    Kind.AUXILIARY: "auxiliary_kwh",
}
# That of the electricity it takes; of the auxiliary heater it is the same.
RUN_ELECTRICITY: Final = {
    Kind.COMPRESSOR: "compressor_electricity_kwh",
    Kind.HOT_WATER: "electricity_hot_water_kwh",
}
KNOWN_S: Final = "energy_s"


def states(
    operation: Operation,
    equipment: Equipment,
    start: pd.Timestamp,
    *,
    latched_alarm: bool,
) -> pd.DataFrame:
    """Return the states at the readings from `start` on.

    Readings from an hour before `start` are context, and so are those after the last
    that counters need (as for the windows). `latched_alarm`: the code is that of the
    last alarm and says nothing of the present.

    UTC index (ascending, times of readings), columns `STATES`:
    `kind`: a `Kind`.
    `value`: 0 or 1, the code of an alarm (`UNKNOWN_CODE` where it has none), percent
    of the auxiliary heater or the number of a mode.
    `kwh`, `electricity_kwh`, `known_s`: of runs, what the window had got up to that
    moment in the columns `RUN_KWH`, `RUN_ELECTRICITY` and `KNOWN_S`, NaN where it is
    not known.
    `hot_water_temp`: °C, the last valid value.
    """
    first = int(np.searchsorted(operation.samples.time, start.value))
    seen = values(operation, equipment, latched_alarm=latched_alarm)
    sums = delivered(operation, (*RUN_KWH.values(), *RUN_ELECTRICITY.values(), KNOWN_S))
    warm = operation.samples.carried("hot_water_temp")
    nothing = np.full(len(operation.samples), np.nan)
    times, rows = [], []
    for kind, state in seen.items():
        at = first + _changes(state[first:])
        flowed = sums[RUN_KWH[kind]] if kind in RUN_KWH else nothing
        if kind is not Kind.AUXILIARY:
            flowed = np.where(operation.has_heat, flowed, np.nan)
        paid = sums[RUN_ELECTRICITY[kind]] if kind in RUN_ELECTRICITY else nothing
        paid = np.where(operation.has_electricity, paid, np.nan)
        known = sums[KNOWN_S] if kind in RUN_KWH else nothing
        beside = warm if kind is Kind.HOT_WATER else nothing
        times.append(operation.samples.time[at])
        columns = (state, flowed, paid, known, beside)
        rows.append(
            np.stack(
                [np.full(len(at), float(kind)), *(column[at] for column in columns)]
            )
        )
    return _frame(np.concatenate(times), np.concatenate(rows, axis=1))


def no_states() -> pd.DataFrame:
    """Return states of no time at all."""
    return _frame(np.zeros(0, dtype=np.int64), np.zeros((len(STATES), 0)))


def join_states(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Return the states of a span and of one after it as those of both."""
    if earlier.empty:
        return later
    both = pd.concat([earlier, later])
    kinds, values = both["kind"].to_numpy(), both["value"].to_numpy()
    order = np.argsort(kinds, kind="stable")
    again = np.zeros(len(both), dtype=np.bool)
    again[order[1:]] = (np.diff(kinds[order]) == 0) & (np.diff(values[order]) == 0)
    return both[~again] if again.any() else both


def forget_states(known: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return the states from `start` on, and of each kind the one that held then."""
    old = int(known.index.searchsorted(start))
    if not old:
        return known
    kinds = known["kind"].to_numpy()[:old]
    last = {kind: place for place, kind in enumerate(kinds.tolist())}
    kept = [*sorted(last.values()), *range(old, len(known))]
    return known if len(kept) == len(known) else known.iloc[kept]


def mode_numbers(operation: Operation) -> Floats:
    """Return the number of the mode of each reading in `MODES`, NaN = not known.

    Compressor on: hot water with the valve at 1, else heating; or cooling and defrost,
    see `reversal`. Off:
    auxiliary while the auxiliary heater is on, else idle. A valve or a heater that is
    reported but silent leaves open which of the two it is.
    """
    heating, hot_water, auxiliary, idle, cooling, defrost = range(len(MODES))
    heater = heater_state(operation)
    number = np.where(
        operation.running,
        np.select(
            [operation.hot_water, operation.cooling, operation.defrost],
            [hot_water, cooling, defrost],
            heating,
        ),
        np.where(heater > 0, auxiliary, idle),
    )
    is_told = np.where(
        operation.running, hot_water_known(operation.samples), np.isfinite(heater)
    )
    return _where(operation.covered & is_told, number)


def heater_state(operation: Operation) -> Floats:
    """Return whether the auxiliary heater is on (1) or off (0), NaN = not known.

    Any sign that it is on will do; it is off where every sign that the heat pump
    reports says so.
    """
    samples = operation.samples
    signs = [
        samples.carried(metric)
        for metric in AUXILIARY_METRICS
        if metric in samples.columns
    ]
    silent = np.zeros(len(samples), dtype=np.bool)
    is_on = operation.asked > 0
    for sign in signs:
        silent |= np.isnan(sign)
        is_on |= np.isnan(operation.asked) & (sign > 0)
    return np.where(is_on, 1.0, np.where(silent, np.nan, np.sign(operation.asked)))


def alarm_values(samples: Samples, *, latched: bool) -> Floats:
    """Return the code of the alarm at each reading: 0 = none, NaN = not known.

    An alarm is active while its status is on; and, unless the code is latched (it is
    that of the last alarm, and stays for ever), while it is not 0. There is none
    where every sign that the heat pump reports says so: one that is silent may mean
    an alarm. `UNKNOWN_CODE` stands for an alarm without a code.
    """
    code = samples.carried("alarm_code")
    numbered = np.isfinite(code) & (code != 0)
    signs = {"alarm": samples.carried("alarm") > 0}
    if not latched:
        signs["alarm_code"] = numbered
    reported = [metric for metric in signs if metric in samples.columns]
    active = np.zeros(len(samples), dtype=np.bool)
    silent = np.full(len(samples), not reported)
    for metric in reported:
        active |= signs[metric]
        silent |= np.isnan(samples.carried(metric))
    number = np.where(numbered, code, UNKNOWN_CODE)
    return np.where(active, number, np.where(silent, np.nan, 0.0))


def auxiliary_percent(operation: Operation, equipment: Equipment) -> Floats:
    """Return how much of the auxiliary heater is on, in whole percent, at least 1.

    NaN where its power is not known, or a silent sign may say that it is on.
    """
    most = equipment.auxiliary_max_kw
    share = operation.asked / most if most > 0 else np.sign(operation.asked)
    percent = np.minimum(np.round(100 * share), 100.0)
    percent = np.where(operation.asked > 0, np.maximum(percent, 1.0), percent)
    return _where(np.isfinite(heater_state(operation)), percent)


def values(
    operation: Operation, equipment: Equipment, *, latched_alarm: bool
) -> dict[Kind, Floats]:
    """Return the state of each kind at each reading, NaN where it is not known."""
    samples = operation.samples
    return {
        Kind.ALARM: alarm_values(samples, latched=latched_alarm),
        Kind.COMPRESSOR: _where(operation.covered, operation.running),
        Kind.BRINE_PUMP: samples.get("brine_pump"),
        Kind.CIRCULATION_PUMP: samples.get("circulation_pump"),
        Kind.HOT_WATER: _where(
            operation.covered & (~operation.running | hot_water_known(samples)),
            operation.hot_water,
        ),
        Kind.AUXILIARY: auxiliary_percent(operation, equipment),
        Kind.HOT_WATER_VALVE: samples.get("hot_water_valve"),
        Kind.MODE: mode_numbers(operation),
    } | {
        kind: settled(samples, metric)
        for kind, metric in SETTINGS.items()
        if metric in samples.columns
    }


def settled(samples: Samples, metric: str) -> Floats:
    """Return a setting at each reading at which it has been so for ten minutes, else NaN.

    So what is turned step by step is one change, and what a gateway says while it
    starts is none.
    """
    value = samples.get(metric)
    valid = np.flatnonzero(np.isfinite(value))
    found = np.full(len(samples), np.nan)
    kept, time = value[valid], samples.time[valid]
    first = np.flatnonzero(np.diff(kept, prepend=np.nan) != 0)
    began = np.repeat(time[first], np.diff(np.append(first, len(kept))))
    lasts = time - began >= _SETTLED
    found[valid[lasts]] = kept[lasts]
    return found


def _where(known: Flags, state: Flags | Floats | Integers) -> Floats:
    return np.where(known, state, np.nan)


def _changes(values: Floats) -> Integers:
    """Return the first valid position, and those that differ from the valid before."""
    valid = np.flatnonzero(np.isfinite(values))
    places: Integers = valid[np.diff(values[valid], prepend=np.nan) != 0]
    return places


def _frame(time: Integers, rows: Floats) -> pd.DataFrame:
    """Return rows in order of their time, those of one moment by their kind."""
    order = np.lexsort((rows[0], time))
    index = pd.DatetimeIndex(time[order], tz="UTC", name="time")
    return pd.DataFrame(rows.T[order], index=index, columns=_STATES_INDEX)


def latest_states(states: pd.DataFrame) -> dict[Kind, float]:
    """Return what is so at the end of states (see the module), by kind.

    Where that is not known it is what was known last; a kind that never was is left out.
    """
    values = states.groupby("kind")["value"].last().dropna()
    kinds = values.index.to_numpy(int).tolist()
    return dict(zip(map(Kind, kinds), values.tolist(), strict=True))
