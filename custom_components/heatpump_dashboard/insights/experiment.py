"""Weeks with and weeks without: what a setting does when it is changed to and fro."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.events import Event
from ..analysis.samples import Flags
from . import limits
from .days import day_of
from .fit import fitted, newey_west
from .subject import Subject

_DAY: Final = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Experiment:
    """Days of a setting that went to and fro between two values.

    `tried`: the one that was new, `on`: which of the days had it. `share`: how much more is
    used with it, `error` its standard error (Newey–West).
    """

    days: pd.DataFrame
    tried: float
    on: Flags
    blocks: int
    share: float
    error: float


@dataclass(frozen=True, slots=True)
class _Block:
    """From when to when (local days, the end excluded) it was so."""

    start: pd.Timestamp
    end: pd.Timestamp
    on: bool


def experiment_of(subject: Subject, days: pd.DataFrame) -> Experiment | None:
    """Return what a plan of weeks says, None where settings went another way.

    E = a + b·T + c·T of yesterday + d·on, of all days but the first of each block: so
    long the house lives on the warmth of the block before.
    """
    blocks = _blocks(subject)
    if len(blocks) < limits.CHANGE_BLOCKS:
        return None
    yesterday = (
        days["outdoor_temp"].reindex(pd.DatetimeIndex(days.index) - _DAY).to_numpy()
    )
    parts = [
        days.assign(yesterday=yesterday, on=block.on)[
            (days.index > block.start) & (days.index < block.end)
        ]
        for block in blocks
    ]
    chosen = pd.concat(parts).dropna(subset=["yesterday"])
    on = chosen["on"].to_numpy(bool)
    if min(on.sum(), (~on).sum()) < limits.CHANGE_SIDE_DAYS:
        return None
    y = chosen["used_kw"].to_numpy()
    columns = (
        np.ones(len(y)),
        chosen["outdoor_temp"].to_numpy(),
        chosen["yesterday"].to_numpy(),
        on.astype(float),
    )
    line = fitted(y, *columns)
    error = newey_west(line, y, *columns, lag=limits.CHANGE_LAG_DAYS)[-1]
    usual = float(y[~on].mean())
    share = line.coefficients[-1] / usual
    tried = _to_and_fro(subject.changes)[0].value
    return Experiment(chosen, tried, on, len(blocks), share, error / usual)


def _blocks(subject: Subject) -> list[_Block]:
    """Return the blocks of the last plan, the oldest first; none without one."""
    changes = _to_and_fro(subject.changes)
    if not changes:
        return []
    tried = changes[0].value
    edges = [day_of(one.time, subject.zone) for one in changes]
    least, most = (pd.Timedelta(days=days) for days in limits.CHANGE_BLOCK_DAYS)
    # Before the first change it was as it is between others, for as long.
    edges = [
        edges[0] - least,
        *edges,
        min(pd.Timestamp(subject.today), edges[-1] + most),
    ]
    values = [changes[0].before, *(one.value for one in changes)]
    blocks = [
        _Block(start, end, value == tried)
        for (start, end), value in zip(pairwise(edges), values, strict=True)
    ]
    while blocks and not least <= blocks[-1].end - blocks[-1].start <= most:
        blocks.pop()
    kept: list[_Block] = []
    for block in reversed(blocks):
        if not least <= block.end - block.start <= most:
            break
        kept.insert(0, block)
    return kept


def _to_and_fro(changes: Sequence[Event]) -> list[Event]:
    """Return the last changes of one setting between the same two values."""
    kind = changes[-1].kind
    found: list[Event] = []
    for one in reversed(changes):
        if one.kind != kind:
            break
        if found and (one.value, one.before) != (found[0].before, found[0].value):
            break
        found.insert(0, one)
    return found
