"""How much the sun would give on days without a cloud, from the date and the latitude."""

from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Floats

# kW/m² outside of the air, of which a clear day lets three quarters through (FAO-56).
_SOLAR_KW: Final = 1.367
_CLEAR: Final = 0.75


def clear_sky(days: pd.DatetimeIndex, latitude: float) -> Floats:
    """Return kWh/m² of each day on the ground, if it were clear."""
    year = 2 * np.pi * days.dayofyear.to_numpy(dtype=np.float64) / 365
    tilt = 0.409 * np.sin(year - 1.39)
    place = np.radians(latitude)
    # Half of the day's length, as an angle; none or all of it near the poles.
    half = np.arccos(np.clip(-np.tan(place) * np.tan(tilt), -1.0, 1.0))
    height = half * np.sin(place) * np.sin(tilt)
    height += np.cos(place) * np.cos(tilt) * np.sin(half)
    near = 1 + 0.033 * np.cos(year)
    found: Floats = _CLEAR * 24 / np.pi * _SOLAR_KW * near * height
    return found
