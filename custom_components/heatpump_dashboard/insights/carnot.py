"""What physics lets a heat pump make of its electricity."""

from typing import Final

import numpy as np

from ..analysis.samples import Floats
from . import limits

_KELVIN: Final = 273.15


def carnot(supply: Floats, source: Floats) -> Floats:
    """Return the COP that physics allows between brine in and supply, both °C."""
    condensing = supply + limits.CONDENSING_K
    evaporating = source - limits.EVAPORATING_K
    return (condensing + _KELVIN) / (condensing - evaporating)


def change_per_kelvin(supply: float, source: float, kelvin: float = -1.0) -> float:
    """Return by what share physics lets the COP change with a warmer supply."""
    now, then = (
        float(carnot(np.array(at), np.array(source)))
        for at in (supply, supply + kelvin)
    )
    return then / now - 1
