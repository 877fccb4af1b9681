"""From InfluxDB's CSV to data frames. Imports pandas: only for the executor."""

from collections.abc import Sequence
from contextlib import suppress
import io

import numpy as np
import pandas as pd

from .csv_tables import Table, tables

# The columns every table starts with, which are InfluxDB's and not ours.
_OWN_COLUMNS = 3
# A dtype itself: for every name of one pandas asks around what it may be.
_FLOAT = np.dtype(np.float64)
# Flux's word for it. In a text `true` is a word, elsewhere it is a yes.
TEXT = "string"
_YES_NO = {"true": 1.0, "false": 0.0}


def parse(body: bytes, series: Sequence[str]) -> pd.DataFrame:
    """Return a pivoted answer as readings.

    Rows are moments (index "time", datetime64[ns, UTC], ascending, unique), columns
    those of `series` that occur, in that order, as float64 in the unit stored.
    Raises what `csv_tables.tables` raises.
    """
    return join([_frame(table) for table in tables(body)], series)


def join(frames: Sequence[pd.DataFrame], series: Sequence[str]) -> pd.DataFrame:
    """Return frames of readings that follow each other as one; none gives an empty one.

    A moment that occurs twice keeps its last value of each series.
    """
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        return _empty()
    joined = pd.concat(filled).sort_index(kind="stable")
    if joined.index.has_duplicates:
        joined = joined.groupby(level=0).last()
    present = [name for name in dict.fromkeys(series) if name in joined.columns]
    return joined[present].dropna(how="all").dropna(axis="columns", how="all")


def _frame(table: Table) -> pd.DataFrame:
    """Return one pivoted table as readings."""
    time, *names = table.columns[_OWN_COLUMNS:]
    if not time.startswith("_time"):
        raise ValueError(f"a pivoted table starts with its times, not with {time}")
    rows = _rows(table)
    values = rows.iloc[:, 1:]
    if any(dtype.kind == "O" for dtype in values.dtypes):
        values = values.apply(numbers_of, yes_no=TEXT not in table.types[_OWN_COLUMNS:])
    values = values.where(np.isfinite(values))
    values.index = times_of(rows.iloc[:, 0])
    values.columns = pd.Index(names, dtype=object)
    return values


def _rows(table: Table) -> pd.DataFrame:
    """Return the rows of a pivoted table: numbers where there are only such."""
    if TEXT not in table.types[_OWN_COLUMNS:]:
        with suppress(ValueError):
            return _read(table, _FLOAT)
    # Slower, and only where the database holds something else.
    return _read(table, np.dtype(object))


def _read(table: Table, dtype: np.dtype) -> pd.DataFrame:
    """Return the rows of a pivoted table: times as text, values of a type."""
    # By position: a series may be called "table", or like another in other letters.
    positions = range(_OWN_COLUMNS, len(table.columns))
    return pd.read_csv(
        io.BytesIO(table.rows),
        header=None,
        usecols=list(positions),
        dtype={positions[0]: object} | dict.fromkeys(positions[1:], dtype),
    )


def numbers_of(texts: pd.Series, *, yes_no: bool) -> pd.Series:
    """Return the numbers in a column of texts, NaN where there is none.

    With `yes_no` what InfluxDB writes for yes and no is 1 and 0.
    """
    if yes_no:
        texts = texts.map(lambda text: _YES_NO.get(text, text))
    return pd.to_numeric(texts, errors="coerce").astype(_FLOAT)


def times_of(column: pd.Series) -> pd.DatetimeIndex:
    """Return InfluxDB's times, which all end with a Z: UTC."""
    texts = [str(text) for text in column]
    if not all(text.endswith("Z") for text in texts):
        raise ValueError("a time that is not in UTC")
    # A third of the time that pandas takes, which looks for other forms too.
    times = np.array([text[:-1] for text in texts], dtype="datetime64[ns]")
    return pd.DatetimeIndex(times, tz="UTC", name="time")


def _empty() -> pd.DataFrame:
    """Return readings of no moment."""
    return pd.DataFrame(index=pd.DatetimeIndex([], tz="UTC", name="time").as_unit("ns"))
