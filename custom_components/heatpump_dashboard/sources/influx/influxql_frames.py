"""From InfluxQL's answers to data frames. Imports pandas: only for the executor."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
import pandas as pd

from .answer import ForeignAnswerError
from .frames import join
from .influxql_values import number
from .results import Result, results

type _Points = tuple[NDArray[np.int64], NDArray[np.float64]]


def parse(body: bytes, series: Sequence[str]) -> pd.DataFrame:
    """Return an answer whose series have a tag `name` as readings.

    Rows are moments (index "time", datetime64[ns, UTC], ascending, unique), columns
    those of `series` that occur, in that order, as float64 in the unit stored.
    Raises what `results.results` raises.
    """
    by_name: dict[str, list[_Points]] = {}
    for result in results(body):
        name = result.tags.get("name", "")
        if name in series:
            by_name.setdefault(name, []).append(_points(result))
    return join([_frame(by_name)], series)


def _points(result: Result) -> _Points:
    """Return times, in µs, and values of a series; only those that are numbers."""
    try:
        times = np.array([time for time, *_ in result.rows], dtype=np.int64)
        values = _numbers([value for _, value in result.rows])
    except (OverflowError, TypeError, ValueError) as err:
        raise ForeignAnswerError from err
    good = np.isfinite(values)
    return times[good], values[good]


def _numbers(values: Sequence[object]) -> NDArray[np.float64]:
    """Return values as numbers, NaN where one is none."""
    if any(isinstance(value, str) for value in values):
        values = [number(value) for value in values]
    return np.array(values, dtype=np.float64)


def _frame(by_name: dict[str, list[_Points]]) -> pd.DataFrame:
    """Return points of series as one table. Of one moment the last one told counts."""
    parts = list(chain.from_iterable(by_name.values()))
    none = np.array([], dtype=np.int64)
    moments = np.unique(np.concatenate([none, *(times for times, _ in parts)]))
    columns = {name: np.full(len(moments), np.nan) for name in by_name}
    for name, points in by_name.items():
        for times, values in points:
            columns[name][np.searchsorted(moments, times)] = values
    index = pd.DatetimeIndex(moments.astype("datetime64[us]"), tz="UTC", name="time")
    return pd.DataFrame(columns, index=index.as_unit("ns"), dtype=np.float64)
