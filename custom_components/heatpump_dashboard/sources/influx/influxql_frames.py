"""From InfluxQL's answers to data frames. Imports pandas: only for the executor."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
import pandas as pd

from .. import Times
from .answer import ForeignAnswerError
from .frames import join
from .influxql_values import number
from .layouts import Exported
from .points import Points, exported_frame, frame
from .results import Result, results


def parse(body: bytes, series: Sequence[str]) -> pd.DataFrame:
    """Return an answer whose series have a tag `name` as readings.

    Rows are moments (index "time", datetime64[ns, UTC], ascending, unique), columns
    those of `series` that occur, in that order, as float64 in the unit stored.
    Raises what `results.results` raises.
    """
    by_name: dict[str, list[Points]] = {}
    for result in results(body):
        name = result.tags.get("name", "")
        if name in series:
            by_name.setdefault(name, []).append(_points(result))
    return join([frame(by_name)], series)


def parse_exported(
    body: bytes, series: Mapping[str, Exported], spans: Sequence[Times]
) -> pd.DataFrame:
    """Return an answer about exported entities as readings.

    See `points.exported_frame`. Raises what `results.results` raises.
    """
    stored: dict[tuple[str, str, str, str], tuple[list[int], list[Any]]] = {}
    try:
        for result in results(body):
            entity = result.tags["domain"], result.tags["entity_id"]
            key = (result.measurement, *entity, result.columns[1])
            times, values = stored.setdefault(key, ([], []))
            times += [time for time, _ in result.rows]
            values += [value for _, value in result.rows]
        arrays = {
            key: (np.array(times, dtype=np.int64) * 1000, values)
            for key, (times, values) in stored.items()
        }
        return join([exported_frame(arrays, series, spans)], list(series))
    except (OverflowError, TypeError, ValueError) as err:
        raise ForeignAnswerError from err


def _points(result: Result) -> Points:
    """Return times, in ns, and values of a series; only those that are numbers."""
    try:
        times = np.array([time for time, *_ in result.rows], dtype=np.int64) * 1000
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
