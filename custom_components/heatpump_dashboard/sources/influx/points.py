"""Points of many series as one frame. Imports pandas: only for the executor."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray
import pandas as pd

from .. import Times
from .layouts import STATE, VALUE, Exported

# Times in ns, and values.
type Points = tuple[NDArray[np.int64], NDArray[np.float64]]
# Points of Home Assistant's export by domain, entity_id and field; texts as they are.
type Stored = Mapping[
    tuple[str, str, str], tuple[NDArray[np.int64], Sequence[float] | Sequence[str]]
]


def frame(by_name: Mapping[str, Sequence[Points]]) -> pd.DataFrame:
    """Return points of series as one table. Of one moment the last one told counts."""
    parts = list(chain.from_iterable(by_name.values()))
    none = np.array([], dtype=np.int64)
    moments = np.unique(np.concatenate([none, *(times for times, _ in parts)]))
    columns = {name: np.full(len(moments), np.nan) for name in by_name}
    for name, points in by_name.items():
        for times, values in points:
            columns[name][np.searchsorted(moments, times)] = values
    index = pd.DatetimeIndex(moments.astype("datetime64[ns]"), tz="UTC", name="time")
    return pd.DataFrame(columns, index=index, dtype=np.float64)


def exported_frame(
    stored: Stored, series: Sequence[str], spans: Sequence[Times]
) -> pd.DataFrame:
    """Return what is wanted of Home Assistant's export as readings.

    With the values in force at the start of each span, at the time they were written.
    """
    by_name = {}
    for name in series:
        wanted = Exported.of(name)
        assert wanted is not None
        by_name[name] = [_in_spans(_points(stored, wanted), spans)]
    return frame(by_name)


def _points(stored: Stored, wanted: Exported) -> Points:
    """Return the points of a series, in the order of time."""
    key = (wanted.domain, wanted.entity_id)
    none: tuple[NDArray[np.int64], Sequence[float]] = (
        np.array([], dtype=np.int64),
        (),
    )
    times, values = stored.get((*key, wanted.field), none)
    if wanted.text is not None:
        return _sorted(times, np.array([value == wanted.text for value in values]))
    numbers = np.array(values, dtype=np.float64)
    if wanted.field == VALUE:
        # A text that is no number either ends what was in force.
        texts, _ = stored.get((*key, STATE), none)
        ends = np.setdiff1d(texts, times)
        times = np.concatenate([times, ends])
        numbers = np.concatenate([numbers, np.full(len(ends), np.inf)])
    return _sorted(times, numbers)


def _sorted(times: NDArray[np.int64], values: NDArray[np.generic]) -> Points:
    order = np.argsort(times, kind="stable")
    return times[order], values[order].astype(np.float64)


def _in_spans(points: Points, spans: Sequence[Times]) -> Points:
    """Return points of the spans, and the last one before each of them."""
    times, values = points
    wanted = np.zeros(len(times), dtype=bool)
    for start, stop in spans:
        begin, end = np.searchsorted(times, [nanosecond(start), nanosecond(stop)])
        wanted[max(begin - 1, 0) : end] = True
    return times[wanted], values[wanted]


def nanosecond(moment: datetime) -> int:
    """Return a moment in ns since 1970, exact to the microsecond."""
    return pd.Timestamp(moment).value
