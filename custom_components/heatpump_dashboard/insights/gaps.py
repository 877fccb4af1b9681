"""When nothing was read, and when a heat pump thawed: times that causes rest on."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import MILLISECOND, nanoseconds
from ..analysis.states import Kind
from ..analysis.times import WINDOW_S
from ..analysis.words import MODE_SECONDS, MODES

# From when to when nothing was read, ms since 1970.
type Gap = tuple[int, int]

WINDOW_MS: Final = WINDOW_S * 1000


def gaps_of(
    ledger: pd.DataFrame, first: pd.Timestamp, now: pd.Timestamp
) -> tuple[Gap, ...]:
    """Return when nothing was read, ascending and apart from one another.

    `ledger`: sums of windows, ascending. From `first` up to the last window before `now`
    that was read: what is missing after it may still come. A window of which half is
    known was read; of a ledger that is empty nothing is known, and so no gap.
    """
    if ledger.empty:
        return ()
    windows = ledger[(ledger.index >= first) & (ledger.index < now)]
    known_s = windows[list(MODE_SECONDS)].sum(axis=1).to_numpy()
    read = nanoseconds(windows.index)[known_s >= WINDOW_S / 2] // MILLISECOND
    ends = np.append(first.value // MILLISECOND, read + WINDOW_MS)[:-1]
    is_gap = read > ends
    return tuple(zip(ends[is_gap].tolist(), read[is_gap].tolist(), strict=True))


def defrosts_of(states: pd.DataFrame) -> tuple[Gap, ...]:
    """Return when a heat pump thawed, ascending; not one that goes on.

    `states`: see `analysis.states`, ascending.
    """
    rows = states[states["kind"].to_numpy() == Kind.MODE]
    times = nanoseconds(rows.index) // MILLISECOND
    thaws = rows["value"].to_numpy()[:-1] == MODES.index("defrost")
    return tuple(
        zip(times[:-1][thaws].tolist(), times[1:][thaws].tolist(), strict=True)
    )


def within(gaps: Sequence[Gap], start: int, end: int) -> list[Gap]:
    """Return the parts of gaps that are in a span."""
    return [
        (max(begin, start), min(stop, end))
        for begin, stop in gaps
        if begin < end and stop > start
    ]
