"""Where a bucket's shards meet: a question across a border can lose what lies behind it.

All values of a shard have one type. A question that begins in a shard of whole numbers
and goes on into one of decimals is answered with the whole numbers, without a word.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from .. import PIECE, Times, pieces

if TYPE_CHECKING:
    import pandas as pd

# The shortest and the usual shard. Longer ones last for whole days; how long they were
# before somebody changed it is told nowhere, so every midnight may be a border.
SHORTEST = timedelta(hours=1)
DAY = timedelta(days=1)

# What is no longer worth to be halved.
SHORT = timedelta(minutes=1)

# What InfluxDB counts shards from.
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def questions(spans: Sequence[Times]) -> list[list[Times]]:
    """Return the pieces of all spans, as many in one question as a piece is long."""
    asked: list[list[Times]] = []
    room = timedelta()
    for begin, end in (piece for span in _merged(spans) for piece in pieces(*span)):
        if end - begin > room:
            asked.append([])
            room = PIECE
        asked[-1].append((begin, end))
        room -= end - begin
    return asked


def halves(spans: Sequence[Times]) -> list[list[Times]]:
    """Return spans in two halves of about the same length, none of too short ones."""
    if half := len(spans) // 2:
        return [list(spans[:half]), list(spans[half:])]
    start, stop = spans[0]
    middle = start + (stop - start) / 2
    return [[(start, middle)], [(middle, stop)]] if stop - start > SHORT else []


def unread(
    spans: Sequence[Times], found: pd.DataFrame, shard: timedelta
) -> list[Times]:
    """Return what may be lost of spans that were answered with `found`.

    What is lost lies behind the last reading, and behind a border after it: each part
    of it between two borders is a span of its own.
    """
    return [
        part
        for start, stop in spans
        for part in between_borders(
            _border(_last(found, start, stop), shard), stop, shard
        )
    ]


def _merged(spans: Sequence[Times]) -> list[Times]:
    """Return the spans in the order of time, those that overlap as one."""
    merged: list[Times] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        elif start < stop:
            merged.append((start, stop))
    return merged


def _last(found: pd.DataFrame, start: datetime, stop: datetime) -> datetime:
    """Return the time of the last reading of a span, its start where there is none."""
    # In the event loop: a comparison with all of them takes a millisecond.
    first, after = (found.index.get_slice_bound(edge, "left") for edge in (start, stop))
    if first == after:
        return start
    last: datetime = found.index[after - 1].to_pydatetime(warn=False)
    return last


def _border(time: datetime, shard: timedelta) -> datetime:
    """Return the first moment after a time at which a shard may begin."""
    passed = time - _EPOCH
    return time + min(length - passed % length for length in (shard, DAY))


def between_borders(
    start: datetime, stop: datetime, shard: timedelta
) -> Iterator[Times]:
    """Yield the parts of a span between the borders of shards."""
    while start < stop:
        end = min(_border(start, shard), stop)
        yield start, end
        start = end
