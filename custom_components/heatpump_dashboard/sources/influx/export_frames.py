"""Home Assistant's export from InfluxDB's CSV. Imports pandas: only for the executor."""

from collections.abc import Mapping, Sequence
import io

import numpy as np
import pandas as pd

from .. import Times
from .csv_tables import Table, tables
from .frames import TEXT, join, numbers_of, times_of
from .layouts import Exported, is_text
from .points import exported_frame

_KEY = ["_measurement", "domain", "entity_id", "_field"]


def parse(
    body: bytes, series: Mapping[str, Exported], spans: Sequence[Times]
) -> pd.DataFrame:
    """Return a flat answer, a point a row, as readings. See `points.exported_frame`."""
    found = pd.concat([_rows(table) for table in tables(body)] or [_rows(_NOTHING)])
    stored = {
        (str(measurement), str(domain), str(entity_id), str(field)): (
            points["_time"].to_numpy(np.int64),
            points["_value"].tolist(),
        )
        for (measurement, domain, entity_id, field), points in found.groupby(
            _KEY, sort=False
        )
    }
    return join([exported_frame(stored, series, spans)], list(series))


def _rows(table: Table) -> pd.DataFrame:
    """Return the rows of a table: times in ns, values as numbers or as texts.

    A field that has texts elsewhere may have numbers here, and one of numbers texts.
    """
    rows = pd.read_csv(
        io.BytesIO(table.rows),
        header=None,
        names=list(table.columns),
        dtype=object,
        keep_default_na=False,
    )
    rows["_time"] = times_of(rows["_time"]).astype(np.int64)
    types = dict(zip(table.columns, table.types, strict=False))
    is_told = types.get("_value") == TEXT
    numbers = ~rows["_field"].map(is_text).to_numpy(bool)
    rows.loc[numbers, "_value"] = numbers_of(
        rows["_value"][numbers], yes_no=not is_told
    )
    return rows[["_time", "_value", *_KEY]]


_NOTHING = Table(("", "result", "table", "_time", "_value", *_KEY), b"")
