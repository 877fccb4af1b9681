"""Temperature differences of the time in which the compressor runs."""

from typing import Final

import numpy as np
import pandas as pd

from .limits import MOST_BRINE_DELTA_T_K, MOST_DELTA_T_K, possible

# At rest both sensors of a pair take on the temperature of the room.
DIFFERENCES: Final = {
    "delta_t": ("supply_temp", "return_temp"),
    "brine_delta_t": ("brine_in_temp", "brine_out_temp"),
}
_MOST_K: Final = {"delta_t": MOST_DELTA_T_K, "brine_delta_t": MOST_BRINE_DELTA_T_K}


def with_differences(readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings with the differences, K, of those pairs that they have.

    `delta_t` is supply − return, `brine_delta_t` brine in − brine out; NaN unless the
    compressor runs, so that a mean of any length is one of the running time, and
    where it cannot be.
    """
    if "compressor" not in readings:
        return readings
    running = readings["compressor"].to_numpy() == 1
    found = {}
    for name, (one, other) in DIFFERENCES.items():
        if one in readings and other in readings:
            difference = (readings[one] - readings[other]).to_numpy()
            believed = running & possible(difference, _MOST_K[name])
            found[name] = np.where(believed, difference, np.nan)
    return readings.assign(**found)
