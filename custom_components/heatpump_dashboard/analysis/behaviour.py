"""Which series behaves as which metric, where names leave a doubt."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from .samples import Flags

# Series to be told apart, the likeliest first, by metric.
type Candidates = Mapping[str, Sequence[str]]

# Pairs of which the first is warmer while the compressor runs: what is heated, and what
# the heat is taken from.
_WARMER: Final = (("supply_temp", "return_temp"), ("brine_in_temp", "brine_out_temp"))

_STEP: Final = "1min"
# A compressor that is always on or always off shows nothing.
_LEAST_SHARE: Final = 0.02
# After a start and a stop temperatures have to find their places, min.
_SETTLING: Final = 5
# Smaller differences are those between two sensors, K; larger ones are no water's.
_LEAST_K: Final = 0.3
_MOST_K: Final = 25.0
# What grows so often in so long, and never falls, counts: a speed would fall as well.
_GROWS: Final = 3
_LONG: Final = pd.Timedelta(hours=18)
# What the compressor takes is so much more than what is taken without it.
_FOLLOWS: Final = 1.5


def told_apart(
    readings: pd.DataFrame,
    candidates: Candidates,
    may_exchange: Callable[[str, str], bool] = lambda *_: True,
) -> dict[str, list[str]]:
    """Return candidates in the order that their readings suggest.

    `readings`: stored values of some days (UTC index, a column per series; NaN says
    nothing, an infinity ends a value), in any unit. A compressor that turns comes first,
    and what only counts is none. While the compressor runs, supply is
    above return and brine in above brine out, hot gas is the hottest, and power is higher
    than at rest. What contradicts is left out; what cannot be judged stays as it is.
    `may_exchange`: whether of two names each may be what the other is called.
    """
    found = {metric: list(names) for metric, names in candidates.items()}
    held = _held(readings)
    if "compressor" in found:
        names = [
            name
            for name in found["compressor"]
            if name not in readings or not only_counts(readings[name])
        ]
        found["compressor"] = sorted(names, key=lambda name: not _turns(held, name))
    on = _running(held, found.get("compressor", ()))
    if on is None:
        return found
    means = _means(held, on)
    for warmer, colder in _WARMER:
        _order_pair(found, warmer, colder, means, may_exchange)
    hottest = means.get(next(iter(found.get("supply_temp", ())), ""))
    if hottest is not None:
        _keep(found, "hot_gas_temp", means, lambda mean: mean > hottest)
    rest = _means(held, _settled(~_flags(held, found["compressor"])))
    ratios = {
        name: means[name] / max(rest[name], 1e-9) for name in means.keys() & rest.keys()
    }
    _keep(found, "power", ratios, lambda ratio: ratio > _FOLLOWS)
    return found


def only_counts(values: pd.Series) -> bool:
    """Return whether a series counts starts or hours: it grows and never comes back.

    `values`: as stored, with their times (NaN and infinity say nothing). Not of some
    hours, in which a speed may only have grown.
    """
    told = values[np.isfinite(values)]
    if not len(told) or told.min() <= 0 or told.index[-1] - told.index[0] < _LONG:
        return False
    steps = np.diff(told.to_numpy())
    return bool((steps >= 0).all() and (steps > 0).sum() >= _GROWS)


def _turns(held: pd.DataFrame, name: str) -> bool:
    """Return whether a series is on at times, and off at others."""
    if name not in held:
        return False
    share = float((held[name].to_numpy() > 0).mean())
    return _LEAST_SHARE < share < 1 - _LEAST_SHARE


def _held(readings: pd.DataFrame) -> pd.DataFrame:
    """Return readings as they stood each minute, each until the next."""
    held = readings.resample(_STEP).last().ffill()
    return held.where(np.isfinite(held))


def _flags(held: pd.DataFrame, names: Sequence[str]) -> Flags:
    """Return at which minutes the first compressor that turns is on."""
    for name in names:
        if _turns(held, name):
            on: Flags = held[name].to_numpy() > 0
            return on
    return np.zeros(len(held), dtype=np.bool)


def _running(held: pd.DataFrame, names: Sequence[str]) -> Flags | None:
    """Return the minutes of steady running, None where nothing shows any."""
    settled = _settled(_flags(held, names))
    return settled if settled.any() else None


def _settled(on: Flags) -> Flags:
    """Return the minutes that are the same since some minutes."""
    since = pd.Series(on).rolling(_SETTLING + 1).min().fillna(0)
    settled: Flags = since.to_numpy() > 0
    return settled


def _means(held: pd.DataFrame, minutes: Flags) -> dict[str, float]:
    """Return the means of all series that have values in these minutes."""
    means = held[minutes].mean().dropna()
    return {str(name): float(mean) for name, mean in means.items()}


def _order_pair(
    found: dict[str, list[str]],
    warmer: str,
    colder: str,
    means: Mapping[str, float],
    may_exchange: Callable[[str, str], bool],
) -> None:
    """Put first the likeliest two of which one is warmer, exchanged if need be."""
    firsts, seconds = found.get(warmer, []), found.get(colder, [])
    pairs = [
        (first, second)
        for first, second in product(firsts, seconds)
        if first in means and second in means and first != second
    ]
    if not pairs:
        return
    exchanged = ((second, first) for first, second in pairs)
    both = [*pairs, *(pair for pair in exchanged if may_exchange(*pair))]
    good = (p for p in both if _LEAST_K < means[p[0]] - means[p[1]] < _MOST_K)
    if (pair := next(good, None)) is not None:
        for metric, name in zip((warmer, colder), pair, strict=True):
            found[metric] = list(dict.fromkeys((name, *found[metric])))


def _keep(
    found: dict[str, list[str]],
    metric: str,
    values: Mapping[str, float],
    is_right: Callable[[float], bool],
) -> None:
    """Keep the candidates that are right, and behind them those that are not known."""
    names = found.get(metric, [])
    right = [name for name in names if name in values and is_right(values[name])]
    unknown = [name for name in names if name not in values]
    if metric in found:
        found[metric] = right + unknown
