"""Tells the brand from the names of the series a pump writes."""

from collections.abc import Collection

from .loader import GENERIC, brands, load
from .model import Profile

# One known name is not enough to say anything; and where more than a few names
# are foreign to the best brand, two pumps have written to one bucket.
_FEWEST = 2
_SHARE = 0.8


def recognise(series: Collection[str]) -> str | None:
    """Return the brand whose collector writes these series, None when unsure.

    The brand that explains most of the names wins. Names of today and of earlier
    versions count alike, names no brand knows count for nothing. Reads files the
    first time: call it where blocking is allowed.
    """
    profiles = [load(key) for key in brands() if key != GENERIC]
    known = frozenset().union(*(p.series_names for p in profiles)) & set(series)
    if len(known) < _FEWEST:
        return None
    explained = {p.key: len(known & p.series_names) for p in profiles}
    most = max(explained.values())
    if most < _SHARE * len(known):
        return None
    best = [p for p in profiles if explained[p.key] == most]
    if len(best) > 1:
        # Some sensors are optional, the ones a brand measures its heat with are not.
        best = [p for p in best if _has_normal_pair(p, known)]
    return best[0].key if len(best) == 1 else None


def _has_normal_pair(profile: Profile, known: frozenset[str]) -> bool:
    """Return whether the brand's own supply and return sensors are there."""
    pair = ("supply_temp", "return_temp")
    sensors = [profile.metrics[m].candidates[0] for m in pair if m in profile.metrics]
    return bool(sensors) and all(known & set(rule.names) for rule in sensors)
