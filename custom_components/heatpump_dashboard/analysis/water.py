"""What the water is like that carries heat."""

from typing import Final

import numpy as np

from .equipment import Equipment
from .limits import MOST_DELTA_T_K, possible
from .samples import Floats, Samples

# Heat capacity of a litre of water, kJ/(l·K): density times specific heat capacity.
_WATER_C: Final = (20.0, 30.0, 40.0, 60.0)
_WATER_KJ: Final = (4.183, 4.165, 4.145, 4.113)


def water_kj(celsius: Floats) -> Floats:
    """Return the heat capacity of a litre of water, kJ/(l·K), at a temperature, °C.

    Linear between density times specific heat capacity at 20, 30, 40 and 60 °C, from
    tables of the properties of water.
    """
    return np.interp(celsius, _WATER_C, _WATER_KJ)


def difference(samples: Samples, warm: str, cold: str) -> Floats:
    """Return how much warmer the one is, K."""
    return samples.get(warm) - samples.get(cold)


def believed_delta_t(samples: Samples, equipment: Equipment) -> Floats:
    """Return supply − return without the sensors' offset, K, NaN where it cannot be."""
    delta_t = difference(samples, "supply_temp", "return_temp")
    believed = possible(delta_t, MOST_DELTA_T_K)
    return np.where(believed, delta_t - equipment.delta_t_offset_k, np.nan)


def mean_temp(samples: Samples) -> Floats:
    """Return the mean of supply and return, °C."""
    return (samples.get("supply_temp") + samples.get("return_temp")) / 2
