"""What a running heat pump does when it draws heat out of its water: cools, or thaws.

Where it says so itself, by what it says; else by what the temperatures show.
"""

from typing import Final

import numpy as np

from .limits import COLD_WATER_C
from .samples import SECOND, Flags, Floats, Samples

# Less is the rounding of two sensors of whole degrees.
_BACKWARDS_K: Final = -0.5
# In warmer air nothing freezes, and in colder nobody cools.
_ICY_C: Final = 10.0
# After a start, the two sensors see the water that stood in their pipes.
_STARTED_S: Final = 300.0
# But what cooled a while ago cools again. Short of the hour of which all is known of
# what was before, so that a start that is not known lies long before.
_AGAIN_S: Final = 2700.0
# Ice is gone by then; what lasts longer is another thing.
_LONGEST_S: Final = 900.0
_BRINE: Final = frozenset(("brine_in_temp", "brine_out_temp", "brine_pump"))


def reversal(
    samples: Samples, running: Flags, hot_water: Flags, delta_t: Floats
) -> tuple[Flags, Flags]:
    """Return at which readings a heat pump cools the house, and at which it defrosts.

    The compressor runs, not for hot water. What it says of itself (`cooling`,
    `defrost`) counts while that is known; but none cools that gives heat meanwhile
    (`delta_t`: supply − return, K, NaN = not known): only its thermostat wants it.
    """
    house = running & ~hot_water
    cooling, thawing = _shown(samples, running, house, delta_t)
    said = samples.carried("cooling")
    gives = delta_t > -_BACKWARDS_K
    cooling = np.where(np.isfinite(said), house & (said > 0) & ~gives, cooling)
    said = samples.carried("defrost")
    thawing = np.where(np.isfinite(said), house & (said > 0), thawing)
    return cooling, thawing & ~cooling


def _shown(
    samples: Samples, running: Flags, house: Flags, delta_t: Floats
) -> tuple[Flags, Flags]:
    """Return where the temperatures show that a heat pump cools, and that it defrosts.

    The water comes out colder than it went in. It is cooling where it is colder than
    any heating is, some minutes after the start, or at once where it cooled before, and
    defrosting where a compressor that has been heating draws from the water for
    minutes, in cold air, and has no brine. Two sensors that are mistaken for one
    another show neither.
    """
    backwards = house & (delta_t <= _BACKWARDS_K)
    if not backwards.any():
        return backwards, backwards
    outdoor = samples.get("outdoor_temp")
    cold = backwards & (samples.get("supply_temp") < COLD_WATER_C) & ~(outdoor < _ICY_C)
    sure = cold & (_ran_s(samples, running) >= _STARTED_S)
    cooling = sure | (cold & (_since_s(samples, sure) <= _AGAIN_S))
    if not _BRINE.isdisjoint(samples.columns):
        return cooling, np.zeros(len(samples), dtype=np.bool)
    thawing = backwards & ~cooling & ~(outdoor >= _ICY_C)
    first = thawing & ~np.append(False, thawing[:-1])
    heated = np.append(False, (house & (delta_t > 0))[:-1])
    begun = np.maximum.accumulate(np.where(first, np.arange(len(samples)), -1))
    lasted_s = (samples.time - samples.time[begun]) / SECOND
    return cooling, thawing & heated[begun] & (lasted_s < _LONGEST_S)


def _ran_s(samples: Samples, running: Flags) -> Floats:
    """Return how long ago the compressor started, inf where that is not known."""
    return _since_s(samples, running & ~np.append(True, running[:-1]))


def _since_s(samples: Samples, flags: Flags) -> Floats:
    """Return how long ago something was so the last time, inf where that is not known."""
    last = np.maximum.accumulate(np.where(flags, np.arange(len(samples)), -1))
    ago_s = (samples.time - samples.time[last]) / SECOND
    return np.where(last < 0, np.inf, ago_s)
