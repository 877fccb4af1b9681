"""Integrations of Home Assistant, recognised by what they call their entities."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from ..profiles import Profile, conversion
from ..sources import SeriesInfo
from ..sources.influx.layouts import Exported

# What a heat pump measures its heat with.
_PAIR: Final = frozenset(("supply_temp", "return_temp"))
# Fewer metrics than these say nothing, as others call theirs alike.
_FEWEST: Final = 4
_FEWEST_OF_PLATFORM: Final = 2


def recognise_preset(
    series: Sequence[SeriesInfo],
    presets: Mapping[str, Profile],
    platforms: Collection[str] = (),
) -> str | None:
    """Return the integration whose entities these are, None when unsure.

    `platforms`: the integrations that have made these entities, as far as it is known.
    """
    found = {
        key: preset_series(preset, series)
        for key, preset in presets.items()
        if preset.entities
    }
    counts = {key: len(known) for key, known in found.items() if known.keys() >= _PAIR}
    own = {key: n for key, n in counts.items() if presets[key].platform in platforms}
    fewest = _FEWEST_OF_PLATFORM if own else _FEWEST
    counts = own or counts
    most = max(counts.values(), default=0)
    best = [key for key, count in counts.items() if count == most]
    return best[0] if most >= fewest and len(best) == 1 else None


def preset_series(
    preset: Profile, series: Sequence[SeriesInfo]
) -> dict[str, list[str]]:
    """Return the series of each metric of an integration, the likeliest first."""
    found: dict[str, list[str]] = {}
    by_length = sorted(series, key=lambda info: (len(info.name), info.name))
    for metric, tails in preset.entities.items():
        for tail in tails:
            names = [_named(metric, tail, info) for info in by_length]
            if good := [name for name in names if name is not None]:
                found.setdefault(metric, []).extend(good)
    return found


def _named(metric: str, tail: str, info: SeriesInfo) -> str | None:
    """Return the series of a metric where an entity's name ends so, else None."""
    exported = Exported.of(info.name)
    if exported is None or exported.domain not in ("sensor", "binary_sensor"):
        return None
    tail, _, word = tail.partition("=")
    if not f"_{exported.entity_id}".endswith(f"_{tail}"):
        return None
    if word:
        said = (told for told in info.words if told.casefold() == word.casefold())
        return next((f"{info.name}={told}" for told in said), None)
    if info.words or conversion(metric, info.unit) is None:
        return None
    return info.name
