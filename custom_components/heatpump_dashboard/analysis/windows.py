"""Adds readings up in windows of five minutes, and windows in longer ones."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from ..profiles.metrics import METRICS, is_setting
from .counts import COUNTS, counted
from .equipment import Equipment
from .limits import MOST_BRINE_DELTA_T_K, possible
from .power import Operation, operation_of
from .samples import DROPPED, SECOND, Flags, Floats, Integers, Samples, nanoseconds
from .steady import STEADY, STEADY_COUNTS, steady_counted, steady_rates
from .times import WINDOW_S
from .words import MODE_SECONDS

_WINDOW: Final = WINDOW_S * SECOND

# What grows with time while a reading holds.
_FLOWS: Final = (
    *MODE_SECONDS,
    "auxiliary_on_s",
    "compressor_auxiliary_s",
    "running_known_s",
    "hot_water_known_s",
    "idle_known_s",
    "energy_s",
    "auxiliary_known_s",
    "heat_kwh",
    "heat_hot_water_kwh",
    "compressor_heat_kwh",
    "negative_heat_kwh",
    "electricity_kwh",
    "electricity_hot_water_kwh",
    "compressor_electricity_kwh",
    "auxiliary_kwh",
    "standby_kwh",
    "delta_t_ks",
    "delta_t_running_s",
    "brine_delta_t_ks",
    "brine_running_s",
    "cooling_s",
    "cooling_kwh",
    "cooling_electricity_kwh",
    "defrost_s",
    # Of energies that are known alone, as nothing says the other one: in no ratio.
    "heat_alone_s",
    "electricity_alone_s",
    "running_heat_alone_s",
    "running_electricity_alone_s",
    "heat_alone_kwh",
    "electricity_alone_kwh",
    "compressor_heat_alone_kwh",
    "compressor_electricity_alone_kwh",
)
# Of these figures are made; insights of others beside them.
LEDGER: Final = (*_FLOWS, *COUNTS)
COLUMNS: Final = (*LEDGER, *STEADY)
# What is known of one energy without the other one.
ALONE: Final = tuple(name for name in LEDGER if "_alone_" in name)
_COLUMNS_INDEX: Final = pd.Index(COLUMNS)

# The first of some columns, windows, and what belongs to each of both.
type _Piece = tuple[int, Integers, Floats]

_LASTING: Final = ("code", "energy")
_WHAT: Final = ("sum", "min", "max", "s")
# No one sets it: the controller asks for it, by the weather.
_ASKED: Final = "supply_setpoint"
# A reading that nothing follows yet holds for the moment it was made.
_MOMENT_S: Final = 1e-3


def ledger(
    readings: pd.DataFrame,
    equipment: Equipment,
    start: pd.Timestamp,
    stop: pd.Timestamp,
) -> pd.DataFrame:
    """Return the additive sums of windows, of readings in start ≤ time < stop.

    `readings`: clean, ascending, one row per moment. Every reading and the one after
    it are a pair; a pair belongs to its first reading, whose state lasts until the
    second or as long as it holds. What a reading adds may lie in windows after
    `stop`: whoever adds up pieces of time gets what the whole would have given.
    Readings from an hour before `start`, and those after `stop` up to the second with
    valid states and counters, are context.

    One row per window of 300 s (UTC) that a reading reaches, columns `COLUMNS`:
    seconds (`_s`), kWh, K·s (`_ks`) and numbers. A difference of temperatures is Σ K·s over
    the seconds of running time that are beside it: `delta_t_ks` (supply − return) over
    `delta_t_running_s`, `brine_delta_t_ks` (brine in − out) over `brine_running_s`.
    `…_known_s` are the seconds of a mode in which energies flow (`energy_s` of all of
    them), and those in which the state of the auxiliary heater is known. `…_alone_s`
    and `…_alone_kwh` are the part of these seconds and energies, but for what was
    cooled, in which there is a source of the one energy only. What is in `STEADY` says
    `steady_rates`.
    """
    return ledger_of(operation_of(Samples.of(readings), equipment), start, stop)


def ledger_of(
    operation: Operation, start: pd.Timestamp, stop: pd.Timestamp
) -> pd.DataFrame:
    """Return the `ledger` of readings of which it is known what the heat pump did."""
    time = operation.samples.time
    bounds = np.array([pd.Timestamp(start).value, pd.Timestamp(stop).value])
    first, last = (int(position) for position in np.searchsorted(time, bounds))
    own = slice(first, max(first, last))
    pieces = [*_pieces(operation, own), *_counts(operation, own)]
    windows = np.unique(np.concatenate([window for _, window, _ in pieces]))
    sums = np.zeros((len(COLUMNS), len(windows)))
    for row, window, amounts in pieces:
        rows = slice(row, row + len(amounts))
        sums[rows, np.searchsorted(windows, window)] += amounts
    return pd.DataFrame(sums.T, index=_index(windows), columns=_COLUMNS_INDEX)


def sums_between(operation: Operation, start: int, stop: int) -> dict[str, float]:
    """Return what flows between two moments (ns since 1970), each hold cut to fit."""
    time = operation.samples.time
    ends = time + (operation.hold_s * SECOND).astype(np.int64)
    seconds = np.minimum(ends, stop) - np.maximum(time, start)
    share = np.maximum(seconds, 0) / SECOND
    totals = _rates(operation, slice(None)) @ share
    return dict(zip(_FLOWS, totals.tolist(), strict=True))


def delivered(operation: Operation, columns: Sequence[str]) -> dict[str, Floats]:
    """Return for each reading what its window had got up to it, by `LEDGER` column.

    With the whole windows before, that is everything up to the moment of the reading.
    """
    time = operation.samples.time
    window = time // _WINDOW
    left_s = ((window + 1) * _WINDOW - time) / SECOND
    begins = _begins(window)
    first = np.repeat(begins, np.diff(begins, append=len(time)))
    rates = _rates(operation, slice(None))[[_FLOWS.index(name) for name in columns]]
    sums = np.zeros((len(columns), len(time) + 1))
    np.cumsum(rates * np.minimum(operation.hold_s, left_s), axis=1, out=sums[:, 1:])
    # The last reading before a window may hold into it.
    last = np.maximum(begins - 1, 0)
    ago_s = (window[begins] * _WINDOW - time[last]) / SECOND
    spilt_s = np.where(begins > 0, operation.hold_s[last] - ago_s, 0.0)
    spilt = rates[:, last] * np.clip(spilt_s, 0.0, WINDOW_S)
    amounts = sums[:, :-1] - sums[:, first]
    amounts += np.repeat(spilt, np.diff(begins, append=len(time)), axis=1)
    return dict(zip(columns, amounts, strict=True))


def _rates(operation: Operation, own: slice) -> Floats:
    """Return what flows per second at each reading: rows `_FLOWS`, columns readings.

    Modes exclude one another. Energies flow only while `known`: a gap in heat is one
    in electricity, and the other way round, as long as there is a source of both.
    """
    covered, running = operation.covered[own], operation.running[own]
    hot_water, heater = operation.hot_water[own], operation.auxiliary_on[own]
    known = operation.known[own]
    resting = covered & ~running
    given = known & operation.has_heat[own]
    heat = _energy(operation.heat[own], given)
    produced = _energy(operation.compressor_heat[own], given)
    paid = known & operation.has_electricity[own]
    electricity = _energy(operation.electricity[own], paid)
    drawn = _energy(operation.compressor_electricity[own], paid)
    cooling = operation.cooling[own]
    cooled = np.where(cooling, -produced, 0.0)
    cooling_electricity = np.where(cooling, drawn, 0.0)
    heat_alone, paid_alone = given & ~paid, paid & ~given
    return np.stack(
        (
            running & ~hot_water,
            hot_water,
            resting & heater,
            resting & ~heater,
            heater,
            running & heater,
            running & known,
            hot_water & known,
            resting & ~heater & known,
            known,
            covered & np.isfinite(operation.auxiliary[own]),
            heat,
            heat * operation.to_tank[own],
            produced,
            np.maximum(-heat, 0.0),
            electricity,
            electricity * operation.electricity_to_tank[own],
            drawn,
            _energy(operation.auxiliary[own], known),
            electricity * (resting & ~heater & ~operation.driven[own]),
            *_while_running(operation.delta_t[own], running & ~cooling),
            *_while_running(_brine_delta_t(operation.samples)[own], running),
            cooling,
            cooled,
            cooling_electricity,
            operation.defrost[own],
            heat_alone,
            paid_alone,
            running & heat_alone,
            running & paid_alone,
            (heat + cooled) * heat_alone,
            (electricity - cooling_electricity) * paid_alone,
            (produced + cooled) * heat_alone,
            (drawn - cooling_electricity) * paid_alone,
        )
    )


def _while_running(kelvin: Floats, running: Flags) -> tuple[Floats, Flags]:
    """Return a difference of temperatures while the compressor runs, and where it is known."""
    known = running & np.isfinite(kelvin)
    return np.where(known, kelvin, 0.0), known


def _brine_delta_t(samples: Samples) -> Floats:
    """Return brine in − brine out, K, NaN where it cannot be."""
    kelvin = samples.get("brine_in_temp") - samples.get("brine_out_temp")
    return np.where(possible(kelvin, MOST_BRINE_DELTA_T_K), kelvin, np.nan)


def _energy(kw: Floats, flows: Flags) -> Floats:
    """Return kWh per second where it flows."""
    return np.where(flows, kw / 3600, 0.0)


def _pieces(operation: Operation, own: slice) -> Iterator[_Piece]:
    """Yield what flows in windows: of their own readings, and of earlier ones."""
    places, steady = steady_rates(operation, own)
    parts = (
        (0, np.arange(own.start, own.stop), _rates(operation, own)),
        (len(LEDGER), places, steady),
    )
    for row, readings, rates in parts:
        time, hold_s = operation.samples.time[readings], operation.hold_s[readings]
        if time.size:
            yield from ((row, *piece) for piece in _spread(rates, time, hold_s))


def _counts(operation: Operation, own: slice) -> Iterator[_Piece]:
    """Yield what is counted in windows."""
    happened = (*counted(operation, own), *steady_counted(operation, own))
    names = (*COUNTS, *STEADY_COUNTS)
    for name, (when, amount) in zip(names, happened, strict=True):
        windows, place = np.unique(when // _WINDOW, return_inverse=True)
        total = np.bincount(place, weights=amount, minlength=len(windows))
        yield COLUMNS.index(name), windows, np.array([total], dtype=np.float64)


def _spread(
    rates: Floats, time: Integers, hold_s: Floats, step_s: int = WINDOW_S
) -> Iterator[tuple[Integers, Floats]]:
    """Yield windows, each once, and what flows in them while readings hold.

    First up to the end of the window that a reading lies in; then into the next one,
    and so on, as only the last reading of a window may.
    """
    step = step_s * SECOND
    window = time // step
    left_s = ((window + 1) * step - time) / SECOND
    begins = _begins(window)
    within = rates * np.minimum(hold_s, left_s)
    yield window[begins], np.add.reduceat(within, begins, axis=1)
    crossing, ahead = np.flatnonzero(hold_s > left_s), 1
    rest_s = (hold_s - left_s)[crossing]
    while crossing.size:
        yield window[crossing] + ahead, rates[:, crossing] * np.minimum(rest_s, step_s)
        longer = rest_s > step_s
        crossing, rest_s, ahead = crossing[longer], rest_s[longer] - step_s, ahead + 1


def extremes(readings: pd.DataFrame) -> pd.DataFrame:
    """Return what was valid in each window.

    One row per window of 300 s (UTC) in which a reading lies or holds. Per metric
    `{metric}|sum`, Σ value × s, and `|s`, Σ s of the time its valid values hold, so
    that means are sum / s however often it is read; `|min` and `|max` of the window's
    own readings. Of codes and counters, which no mean makes sense of, only the
    `|last` valid one; of settings nothing, as their changes are events, but of the
    supply that the controller asks for. NaN where there is none.
    """
    samples = Samples.of(readings)
    names = [n for n in samples.columns if _is_measured(n) or n == _ASKED]
    codes = np.array([_is_lasting(name) for name in names], dtype=np.bool)
    values = np.array([samples.columns[name] for name in names])
    columns = [
        *(f"{name}|{what}" for what in _WHAT for name in _only(names, ~codes)),
        *(f"{name}|last" for name in _only(names, codes)),
    ]
    if not len(samples) or not names:
        return pd.DataFrame(
            index=_index(samples.time[:0]), columns=columns, dtype=float
        )
    begins = _begins(samples.time // _WINDOW)
    windows, held = _held(samples, values[~codes])
    own = np.searchsorted(windows, samples.time[begins] // _WINDOW)
    table = np.full((len(columns), len(windows)), np.nan)
    total, seconds = np.split(held, 2)
    count = len(total)
    table[:count] = total
    table[count : 2 * count, own] = np.fmin.reduceat(values[~codes], begins, axis=1)
    table[2 * count : 3 * count, own] = np.fmax.reduceat(values[~codes], begins, axis=1)
    table[3 * count : 4 * count] = seconds
    table[4 * count :, own] = _last(values[codes], begins)
    return pd.DataFrame(table.T, index=_index(windows), columns=columns)


def _held(
    samples: Samples, values: Floats, step_s: int = WINDOW_S
) -> tuple[Integers, Floats]:
    """Return windows, and in them Σ value × s of each row of values, then their Σ s."""
    valid = np.isfinite(values)
    rates = np.concatenate([np.where(valid, values, 0.0), valid.astype(np.float64)])
    hold_s = np.maximum(samples.hold_s, _MOMENT_S)
    pieces = list(_spread(rates, samples.time, hold_s, step_s))
    windows = np.unique(np.concatenate([window for window, _ in pieces]))
    sums = np.zeros((len(rates), len(windows)))
    for window, amounts in pieces:
        sums[:, np.searchsorted(windows, window)] += amounts
    return windows, sums


def means(readings: pd.DataFrame, step_s: int) -> pd.DataFrame:
    """Return the means of readings over the time they hold, one row per step of it.

    Steps are UTC-aligned, `step_s` seconds long; NaN where nothing is valid.
    """
    samples = Samples.of(readings)
    names = [name for name in samples.columns if _is_measured(name)]
    if not len(samples) or not names:
        return pd.DataFrame(index=_index(samples.time[:0]), columns=names, dtype=float)
    values = np.array([samples.columns[name] for name in names])
    steps, held = _held(samples, values, step_s)
    total, seconds = np.split(held, 2)
    index = pd.DatetimeIndex(steps * step_s * SECOND, tz="UTC", name="time")
    mean = total / np.where(seconds > 0, seconds, np.nan)
    return pd.DataFrame(mean.T, index=index, columns=names)


def resample(windows: pd.DataFrame, step_s: int) -> pd.DataFrame:
    """Return windows added up to longer ones of `step_s` seconds (UTC-aligned).

    The least of `|min`, the greatest of `|max`, the last valid of `|last`, the sum of
    everything else. One row per step that has a window.
    """
    if step_s == WINDOW_S or windows.empty:
        return windows
    return _grouped(windows, step_s)


def join_windows(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Return windows of two spans that follow one another; both may know of some."""
    if earlier.empty or later.empty:
        return later if earlier.empty else earlier
    both = pd.concat([earlier, later])
    if earlier.index[-1] < later.index[0]:
        return both
    return _grouped(both.sort_index(kind="stable"), WINDOW_S)


def _grouped(windows: pd.DataFrame, step_s: int) -> pd.DataFrame:
    """Return ascending windows, those of the same step as one."""
    step = nanoseconds(windows.index) // (step_s * SECOND)
    begins = _begins(step)
    values = windows.to_numpy("float64").T
    kinds = np.array([str(name).rpartition("|")[2] for name in windows.columns])
    least, most, last = (kinds == kind for kind in ("min", "max", "last"))
    added = ~(least | most | last)
    table = np.empty((len(values), len(begins)))
    table[least] = np.fmin.reduceat(values[least], begins, axis=1)
    table[most] = np.fmax.reduceat(values[most], begins, axis=1)
    table[last] = _last(values[last], begins)
    table[added] = np.add.reduceat(np.nan_to_num(values[added]), begins, axis=1)
    index = pd.to_datetime(step[begins] * step_s * SECOND, utc=True)
    return pd.DataFrame(table.T, index=index, columns=windows.columns)


def _last(values: Floats, begins: Integers) -> Floats:
    """Return the last valid value of each row and group, NaN where there is none."""
    places = np.arange(values.shape[1])
    valid = np.where(np.isfinite(values), places, -1)
    latest = np.maximum.reduceat(valid, begins, axis=1)
    found = np.take_along_axis(values, np.maximum(latest, 0), axis=1)
    return np.where(latest >= 0, found, np.nan)


def _is_measured(name: str) -> bool:
    """Return whether a column is of what goes up and down by itself."""
    return name != DROPPED and not is_setting(name)


def _is_lasting(name: str) -> bool:
    """Return whether a column says something only by its last value."""
    return name in METRICS and METRICS[name].kind in _LASTING


def _only(names: list[str], chosen: Flags) -> list[str]:
    return [name for name, take in zip(names, chosen, strict=True) if take]


def _begins(groups: Integers) -> Integers:
    """Return the positions at which a new group begins."""
    return np.flatnonzero(np.diff(groups, prepend=np.iinfo(np.int64).min))


def _index(windows: Integers) -> pd.DatetimeIndex:
    """Return the beginnings of windows."""
    return pd.DatetimeIndex(windows * _WINDOW, tz="UTC", name="time")
