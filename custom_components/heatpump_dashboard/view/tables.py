"""The tables that viewers are sent, and what they are cut and rounded with."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..analysis.samples import MILLISECOND, nanoseconds
from ..analysis.windows import resample
from .ranges import Grid

type Column = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, rounded, NaN = no valid value; times are ms."""

    time: npt.NDArray[np.int64]
    columns: dict[str, Column]


def places(frame: pd.DataFrame, start: float, stop: float) -> tuple[int, int]:
    """Return [first, last) of the rows of start ≤ time < stop, s since 1970."""
    edges = pd.to_datetime([start, stop], unit="s", utc=True)
    first, last = frame.index.searchsorted(edges)
    return int(first), int(last)


def between(frame: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Return the rows of the span."""
    return frame.iloc[slice(*places(frame, grid.start, grid.stop))]


def beginnings(grid: Grid, end: float, step: int) -> pd.DatetimeIndex:
    """Return the beginnings of all steps of the span that lie before `end`."""
    seconds = np.array(grid.edges, np.int64)
    if not grid.edges:
        seconds = np.arange(grid.start, end, step).astype(np.int64)
    return pd.to_datetime(seconds, unit="s", utc=True).as_unit("ns")


def resampled(
    windows: pd.DataFrame, edges: pd.DatetimeIndex, grid: Grid, step: int
) -> pd.DataFrame:
    """Return windows added up to the steps that begin at `edges`, one row each."""
    if not grid.edges:
        return resample(windows, step).reindex(edges)
    # Days are not always equally long, their numbers are.
    numbers = edges.searchsorted(windows.index, side="right") - 1
    numbered = pd.to_datetime(numbers * step, unit="s", utc=True)
    steps = resample(windows.set_axis(numbered), step)
    whole = pd.to_datetime(np.arange(len(edges)) * step, unit="s", utc=True)
    return steps.reindex(whole).set_axis(edges)


def milliseconds_of(index: pd.Index) -> npt.NDArray[np.int64]:
    """Return the times of an index in ms since 1970."""
    return nanoseconds(index) // MILLISECOND


def rounded(column: pd.Series, decimals: int) -> Column:
    """Return the rounded values; there is no negative zero."""
    values = column.to_numpy("float64")
    return np.ascontiguousarray(np.round(values, decimals) + 0.0)


def rounded_sums(column: pd.Series, decimals: int) -> Column:
    """Return additive values, so rounded that their sums are right, too.

    Each is what the rounded sum grows by: rounded by themselves, hours of little more
    than nothing would add up to nothing. NaN stays NaN and adds nothing.
    """
    values = column.to_numpy("float64")
    sums = np.round(np.nancumsum(values), decimals)
    grown = np.round(np.diff(sums, prepend=0.0), decimals) + 0.0
    return np.where(np.isnan(values), np.nan, grown)
