"""The electricity of the quarters of hours: prices may have another one in each."""

from typing import Final

import numpy as np
import pandas as pd

from .samples import SECOND, Floats, nanoseconds

QUARTER_S: Final = 900.0
# Of an hour; the last one has what the hour has beside the others, so that they always
# add up to it.
QUARTERS: Final = tuple(f"electricity_quarter_{number}_kwh" for number in (1, 2, 3))
_ALL: Final = len(QUARTERS) + 1
# What is left over by rounding is none, kWh.
_LEAST: Final = 1e-6


def with_quarters(hours: pd.DataFrame, windows: pd.DataFrame) -> pd.DataFrame:
    """Return hours with the electricity of their first three quarters, kWh.

    `hours`: the sums of these windows, one row per hour that has any of them.
    """
    if "electricity_kwh" not in windows:
        return hours
    quarter = nanoseconds(windows.index) // int(QUARTER_S * SECOND)
    _, rows = np.unique(quarter // _ALL, return_inverse=True)
    kwh = np.nan_to_num(windows["electricity_kwh"].to_numpy("float64"))
    table = np.bincount(
        rows * _ALL + quarter % _ALL, weights=kwh, minlength=len(hours) * _ALL
    ).reshape(-1, _ALL)
    return hours.assign(**dict(zip(QUARTERS, table.T, strict=False)))


def all_quarters(electricity: Floats, quarters: Floats) -> Floats:
    """Return the electricity of the four quarters of hours, NaN where it is not kept.

    `electricity`: of each hour; `quarters`: a row of `QUARTERS` for each.
    """
    rest = electricity - quarters.sum(axis=1)
    return np.column_stack([quarters, np.where(np.abs(rest) < _LEAST, 0.0, rest)])
