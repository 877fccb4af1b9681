"""Temperature differences of the time in which the compressor runs."""

from typing import Final

import numpy as np
import pandas as pd

# At rest both sensors of a pair take on the temperature of the room.
DIFFERENCES: Final = {
    "delta_t": ("supply_temp", "return_temp"),
    "brine_delta_t": ("brine_in_temp", "brine_out_temp"),
}


def with_differences(readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings with the differences, K, of those pairs that they have.

    `delta_t` is supply − return, `brine_delta_t` brine in − brine out; NaN unless the
    compressor runs, so that a mean of any length is one of the running time.
    """
    if "compressor" not in readings:
        return readings
    running = readings["compressor"] == 1
    return readings.assign(
        **{
            name: (readings[one] - readings[other]).where(running, np.nan)
            for name, (one, other) in DIFFERENCES.items()
            if one in readings and other in readings
        }
    )
