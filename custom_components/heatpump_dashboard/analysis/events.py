"""Events: every change of what is on, with how long it was on and what came of it."""

from bisect import bisect_left
from collections.abc import Iterator
from math import isnan
from typing import Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from .samples import MILLISECOND, SECOND, Flags, Floats, Integers, nanoseconds
from .states import KNOWN_S, RUN_ELECTRICITY, RUN_KWH, SETTINGS, UNKNOWN_CODE, Kind
from .times import WINDOW_S

# Points of the auxiliary heater that are worth telling.
_STEP: Final = 10.0
# Of less than this share of a run, the energy is no figure of the run.
_KNOWN_SHARE: Final = 0.95

_TOLD: Final = (
    Kind.ALARM,
    Kind.COMPRESSOR,
    Kind.BRINE_PUMP,
    Kind.CIRCULATION_PUMP,
    Kind.HOT_WATER,
    Kind.AUXILIARY,
)

# Who tries something out turns it a few times a day; what changes more often than that
# is turned by a clock, or by a gateway that has lost its way.
_MOST_A_DAY: Final = 4
_DAY: Final = 86_400 * SECOND
# A collector of another version stores settings as tenths, or no longer does.
_TENFOLD: Final = 10.0
_CLOSE: Final = 1e-6

type Step = Literal["begin", "change", "end"]


class _Rows(NamedTuple):
    """Columns of states, `time` in ns since 1970; the others are those of `STATES`.

    Arrays, as each kind takes its own of them: of frames that costs ten times as much.
    """

    time: Integers
    kind: Floats
    value: Floats
    kwh: Floats
    electricity_kwh: Floats
    known_s: Floats
    hot_water_temp: Floats

    def of(self, kind: Kind) -> _Rows:
        """Return those of a kind; of the auxiliary heater those worth telling."""
        chosen = self.kind == kind
        if kind is Kind.AUXILIARY:
            chosen[chosen] = _steps(self.value[chosen])
        return _Rows(*(column[chosen] for column in self))


def _rows_of(states: pd.DataFrame) -> _Rows:
    columns = (states[name].to_numpy() for name in _Rows._fields[1:])
    return _Rows(nanoseconds(states.index), *columns)


class Event(NamedTuple):
    """A change, at the first reading that shows it (ms since 1970).

    `value` and `before`: 0 or 1; of the auxiliary heater percent; of an alarm its
    code, `UNKNOWN_CODE` where it has none; 0 = off; of a setting what it is and was.
    `duration_s`: at the end of a run, where its beginning is known.
    `kwh`: at the end of a run, where that is known for 95 % of it: heat of the
    compressor (without the auxiliary heater), heat for the hot water, energy of the
    auxiliary heater.
    `electricity_kwh`: likewise what the compressor took, or all that a charge took.
    `celsius`: the hot water at the beginning and at the end of a charge.
    `cause`: why the auxiliary heater ran that goes off, where what was around it has
    been looked at.
    """

    time: int
    kind: Kind
    value: float
    before: float
    duration_s: float | None = None
    kwh: float | None = None
    celsius: tuple[float | None, float | None] = (None, None)
    electricity_kwh: float | None = None
    cause: str | None = None

    @property
    def step(self) -> Step:
        """Return whether something begins, ends, or goes on otherwise."""
        if self.value == 0:
            return "end"
        return "begin" if self.before == 0 else "change"

    @property
    def code(self) -> float:
        """Return the code of the alarm that begins or ends, 0 where it has none."""
        code = self.value or self.before
        return 0.0 if code == UNKNOWN_CODE else code


def events(states: pd.DataFrame, ledger: pd.DataFrame) -> tuple[Event, ...]:
    """Return all changes in ascending order; what was on at first is none.

    `states` as `states.states` gives them, and the windows of the same time. Of the
    auxiliary heater it is a change when it goes on or off, and when it is 10 points
    or more from what was told last. A setting is told when it has settled.
    """
    rows = _rows_of(states)
    found = [event for kind in _TOLD for event in _of_kind(rows.of(kind), ledger, kind)]
    known = set(np.unique(rows.kind).tolist())
    for kind in known & SETTINGS.keys():
        found.extend(_of_setting(rows.of(Kind(int(kind)))))
    return tuple(sorted(found))


def events_from(events: tuple[Event, ...], start: pd.Timestamp) -> tuple[Event, ...]:
    """Return the events from `start` on; the same object where that is all of them."""
    old = bisect_left(events, start.value // MILLISECOND, key=lambda event: event.time)
    return events[old:] if old else events


def since(states: pd.DataFrame) -> dict[Kind, int]:
    """Return since when what is now is so, ms since 1970, by kind.

    A kind is left out where that lies before all that is known.
    """
    rows = _rows_of(states)
    begun = {}
    for kind in Kind:
        time = rows.of(kind).time
        if len(time) > 1:
            (begun[kind],) = _ms(time[-1:])
    return begun


def _steps(percent: Floats) -> Flags:
    """Return which values are the first, on or off, or far from the last of these."""
    told = np.zeros(len(percent), dtype=np.bool)
    last = np.nan
    for place, value in enumerate(percent.tolist()):
        if not abs(value - last) < _STEP or (value == 0) != (last == 0):
            told[place], last = True, value
    return told


def _of_kind(rows: _Rows, ledger: pd.DataFrame, kind: Kind) -> Iterator[Event]:
    """Yield the changes of a kind in ascending order."""
    time, value, celsius = rows.time, rows.value, rows.hot_water_temp
    began = _began(value)
    duration = np.where(began >= 0, (time - time[began]) / SECOND, np.nan)
    kwh, paid = (
        _run_kwh(rows, ledger, flow, began, duration)
        for flow in (
            (rows.kwh, RUN_KWH.get(kind)),
            (rows.electricity_kwh, RUN_ELECTRICITY.get(kind)),
        )
    )
    first, last = np.where(began >= 0, (celsius[began], celsius), np.nan)
    columns = (duration, kwh, paid, first, last)
    details = zip(*(_or_none(column[1:]) for column in columns), strict=True)
    changes = zip(
        _ms(time[1:]), value[1:].tolist(), value.tolist(), details, strict=False
    )
    for at, now, before, (seconds, energy, electricity, *ends) in changes:
        warm = (ends[0], ends[1])
        yield Event(at, kind, now, before, seconds, energy, warm, electricity)


def _of_setting(rows: _Rows) -> Iterator[Event]:
    """Yield the changes of a setting in ascending order, at most so many a day."""
    time, value, kinds = rows.time, rows.value, rows.kind
    changed = np.flatnonzero(~_is_tenfold(value)) + 1
    often = np.arange(len(changed)) - np.searchsorted(
        time[changed], time[changed] - _DAY
    )
    for place in changed[often < _MOST_A_DAY].tolist():
        (at,) = _ms(time[place : place + 1])
        before, now = value[place - 1 : place + 1].tolist()
        yield Event(at, Kind(int(kinds[place])), now, before)


def _is_tenfold(value: Floats) -> Flags:
    """Return whether each value but the first is the one before it in another unit."""
    before, now = np.abs(value[:-1]), np.abs(value[1:])
    least, most = np.minimum(before, now), np.maximum(before, now)
    same: Flags = (least > 0) & (abs(most - _TENFOLD * least) <= _CLOSE * most)
    return same


def _began(value: Floats) -> Integers:
    """Return where the run began that ends at each place, −1 where that is not known."""
    before = np.concatenate([[np.nan], value])[:-1]
    places = np.arange(len(value))
    begun = np.maximum.accumulate(np.where((before == 0) & (value != 0), places, -1))
    return np.where(value == 0, begun, -1)


def _run_kwh(
    rows: _Rows,
    ledger: pd.DataFrame,
    flow: tuple[Floats, str | None],
    began: Integers,
    duration: Floats,
) -> Floats:
    """Return what flowed in each run, kWh, NaN where too little of it is known.

    `flow`: what each window had up to a state, and the column of the ledger that has
    the windows, None where there is none.
    """
    within, column = flow
    if column is None or ledger.empty:
        return np.full(len(rows.time), np.nan)
    time = rows.time
    kwh = _total(ledger, column, time) + within
    known_s = _total(ledger, KNOWN_S, time) + rows.known_s
    # What the first window had before all that is known, nobody knows.
    whole = time[began] >= nanoseconds(ledger.index)[0] + WINDOW_S * SECOND
    enough = known_s - known_s[began] >= _KNOWN_SHARE * duration
    return np.where(whole & enough, kwh - kwh[began], np.nan)


def _total(ledger: pd.DataFrame, column: str, time: Integers) -> Floats:
    """Return what all windows before that of each moment add up to."""
    sums = np.concatenate([[0.0], np.cumsum(ledger[column].to_numpy())])
    window = time // (WINDOW_S * SECOND) * (WINDOW_S * SECOND)
    total: Floats = sums[np.searchsorted(nanoseconds(ledger.index), window)]
    return total


def _or_none(values: Floats) -> list[float | None]:
    """Return numbers, None for those that are not known."""
    return [None if isnan(value) else value for value in values.tolist()]


def _ms(time: Integers) -> list[int]:
    """Return times in ms of times in ns."""
    ms: list[int] = (time // MILLISECOND).tolist()
    return ms
