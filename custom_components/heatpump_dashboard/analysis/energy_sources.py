"""When there is a source of heat, and one of electricity: each may begin, or end, alone.

A meter is added while all runs; a sensor breaks, and the rest goes on. What is known of
the other energy stays known by itself then: it is in the sums, and in no ratio.
"""

import numpy as np

from .capabilities import Capabilities
from .counters import in_force
from .equipment import Equipment
from .samples import HORIZON, Flags, Floats, Samples
from .water import difference


def has_delta_t(samples: Samples, equipment: Equipment) -> bool:
    """Return whether the pump reports supply and return, and when they tell heat."""
    return equipment.has_compressor and Capabilities(samples.columns).delta_t


def is_metered(samples: Samples, equipment: Equipment) -> bool:
    """Return whether the counter of heat is to be used: it may be all there is."""
    trusted = equipment.heat_meter or not has_delta_t(samples, equipment)
    return trusted and "heat_energy" in samples.columns


def has_heat_source(samples: Samples, equipment: Equipment, heat: Floats) -> Flags:
    """Return at which readings there is a source of heat (kW), see `_has_source`."""
    sources = []
    if has_delta_t(samples, equipment):
        sources.append(difference(samples, "supply_temp", "return_temp"))
    if is_metered(samples, equipment):
        sources.append(in_force(samples, "heat_energy"))
    return _has_source(samples, heat, sources)


def has_electricity_source(
    samples: Samples, equipment: Equipment, electricity: Floats
) -> Flags:
    """Return at which readings there is a source of electricity (kW), likewise.

    A configured power is one whatever is read.
    """
    if equipment.has_compressor and equipment.compressor_kw is not None:
        return np.ones(len(samples), dtype=np.bool)
    names = [name for name in ("power", "energy") if name in samples.columns]
    sources = [in_force(samples, name) for name in names]
    return _has_source(samples, electricity, sources)


def _has_source(samples: Samples, kw: Floats, sources: list[Floats]) -> Flags:
    """Return where a power is known, or would be but for a silence of less than an hour.

    `sources`: the values of each that there is, NaN where it has none. What was before
    the first reading is not known, and may have been such a silence.
    """
    has = np.zeros(len(samples), dtype=np.bool)
    if sources and len(samples):
        has = np.isfinite(kw) | (samples.time - samples.time[0] <= HORIZON)
    for values in sources:
        has |= samples.last_valid(np.isfinite(values)) >= 0
    return has
