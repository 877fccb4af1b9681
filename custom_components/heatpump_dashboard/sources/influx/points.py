"""Points of many series as one frame. Imports pandas: only for the executor."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray
import pandas as pd

from .. import Times
from .layouts import STATE, UNIT, VALUE, Exported, measured_in

# Times in ns, and values.
type Points = tuple[NDArray[np.int64], NDArray[np.float64]]
# Points of Home Assistant's export by measurement, domain, entity_id and field; texts as
# they are.
type Stored = Mapping[
    tuple[str, str, str, str], tuple[NDArray[np.int64], Sequence[float] | Sequence[str]]
]
_NO_TIMES: Final = np.array([], dtype=np.int64)


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
    stored: Stored, series: Mapping[str, Exported], spans: Sequence[Times]
) -> pd.DataFrame:
    """Return what is wanted of Home Assistant's export as readings, by name.

    With the values in force at the start of each span, at the time they were written.
    """
    return frame(
        {
            name: [_in_spans(_points(stored, wanted), spans)]
            for name, wanted in series.items()
        }
    )


def _points(stored: Stored, wanted: Exported) -> Points:
    """Return the points of a series, in the order of time, whatever measures them."""
    entity = (wanted.domain, wanted.entity_id)
    parts = [
        _measured(stored, measurement, wanted)
        for measurement, *of, field in stored
        if (*of, field) == (*entity, wanted.field)
    ]
    if wanted.field == VALUE and wanted.text is None:
        # A text that is no number either ends what was in force.
        known = np.concatenate([_NO_TIMES, *(times for times, _ in parts)])
        for key, (times, _) in stored.items():
            if key[1:] == (*entity, STATE):
                ends = np.setdiff1d(times, known)
                parts.append((ends, np.full(len(ends), np.inf)))
    none = (_NO_TIMES, np.array([], dtype=np.float64))
    times, values = map(np.concatenate, zip(none, *parts, strict=True))
    return _sorted(times, values)


def _measured(stored: Stored, measurement: str, wanted: Exported) -> Points:
    """Return the points of a series in one measurement, in the unit that is wanted.

    Usually the measurement is the unit; where it is called otherwise, the entity tells
    its unit beside each value.
    """
    key = (measurement, wanted.domain, wanted.entity_id)
    times, values = stored[*key, wanted.field]
    if wanted.text is not None:
        said = [wanted.says(str(value)) for value in values]
        return times, np.array(said, dtype=np.float64)
    numbers = np.array(values, dtype=np.float64)
    good = np.isfinite(numbers)
    times, numbers = times[good], numbers[good]
    if (unit := measured_in(measurement)) is not None:
        return times, _converted(numbers, unit, wanted)
    told, units = stored.get((*key, UNIT), (_NO_TIMES, ()))
    for unit in set(map(str, units)):
        so = np.isin(times, told[[one == unit for one in units]])
        numbers[so] = _converted(numbers[so], unit, wanted)
    return times, numbers


def _converted(
    numbers: NDArray[np.float64], unit: str, wanted: Exported
) -> NDArray[np.float64]:
    """Return numbers in the unit that is wanted, infinity where they measure another."""
    found = wanted.conversion(unit)
    if found is None:
        return np.full(len(numbers), np.inf)
    return numbers * found.scale + found.offset


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
