"""Small frames of readings, as the collector of a brand stores them."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from tests.support.collector import series

# What the brands store where a sensor is missing.
MISSING = {"thermia": -49.0, "ivt": -48.3, "nibe": 3275.8}


def sample(brand: str, start: datetime, cycles: int = 20) -> pd.DataFrame:
    """Return every series of a brand for some cycles of a little over 30 s.

    Tenths, states, a missing sensor, and now and then a point that is not there.
    """
    times = [start + timedelta(seconds=30.123457) * cycle for cycle in range(cycles)]
    names = series(brand)
    chance = np.random.default_rng(len(names))
    values = chance.integers(-200, 700, (cycles, len(names))) / 10
    values[chance.random(values.shape) < 0.05] = np.nan
    index = pd.DatetimeIndex(times, name="time").as_unit("ns")
    frame = pd.DataFrame(values, index=index, columns=pd.Index(names, dtype=object))
    frame["indoor_temp"] = MISSING[brand]
    frame["compressor_status"] = np.arange(cycles) % 2.0
    return frame
