"""Integrations of Home Assistant, recognised by what they call their entities."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from ..const import BRAND_GENERIC
from ..profiles import Profile, brands, conversion, load, presets
from ..sources import SeriesInfo
from ..sources.influx.layouts import Exported
from .names import Name
from .words import HOUSE_WIDE

# What a heat pump measures its heat with.
PAIR: Final = frozenset(("supply_temp", "return_temp"))
# Others call theirs alike: by names alone most of an integration's have to be there.
_FEWEST: Final = 5
_SHARE: Final = 0.6
_FEWEST_OF_PLATFORM: Final = 2


class _Named(NamedTuple):
    """A series that is called so: how good the name is, and what it belongs to.

    `is_sure`: whether that is known, and not only how its name begins.
    """

    rank: int
    group: str
    name: str
    is_sure: bool


def all_profiles() -> dict[str, Profile]:
    """Return the integrations and the brands by key; the first time this reads files."""
    return {key: load(key) for key in (*presets(), *brands())}


def is_mapped(profile: Profile) -> bool:
    """Return whether a profile has no series but those that are typed for it."""
    return profile.key == BRAND_GENERIC or bool(profile.entities)


def recognise_preset(
    series: Sequence[SeriesInfo],
    profiles: Mapping[str, Profile],
    platforms: Collection[str] = (),
) -> str | None:
    """Return the integration whose entities these are, None when unsure.

    `platforms`: the integrations that have made these entities, as far as it is known:
    then it is one of them.
    """
    counts = {
        key: _count(preset, series, of_platform=bool(platforms))
        for key, preset in profiles.items()
        if preset.entities and (not platforms or preset.platform in platforms)
    }
    most = max(counts.values(), default=0)
    best = [key for key, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def preset_series(
    preset: Profile,
    series: Sequence[SeriesInfo],
    groups: Mapping[str, str] | None = None,
) -> dict[str, list[str]]:
    """Return the series of each metric of an integration, the likeliest first.

    `groups`: see `ranked`. What every house has is its own only where it belongs to
    the others.
    """
    found: dict[str, list[_Named]] = {}
    by_length = sorted(series, key=lambda info: (len(info.name), info.name))
    for metric, tails in preset.entities.items():
        for rank, tail in enumerate(tails):
            for info in by_length:
                if (name := _named(metric, tail, info)) is not None:
                    group = _group(info.name, tail, groups or {})
                    is_sure = info.name in (groups or {})
                    one = _Named(rank, group, name, is_sure)
                    found.setdefault(metric, []).append(one)
    counts = Counter(one.group for names in found.values() for one in names)
    best = max(counts, key=lambda group: counts[group], default="")
    return {
        metric: kept
        for metric, names in found.items()
        if (kept := _belonging(metric, names, best))
    }


def _count(preset: Profile, series: Sequence[SeriesInfo], *, of_platform: bool) -> int:
    """Return how many metrics of an integration are there, 0 where that says nothing."""
    known = preset_series(preset, series).keys()
    fewest = max(_FEWEST, _SHARE * len(preset.entities))
    fewest = _FEWEST_OF_PLATFORM if of_platform else fewest
    return len(known) if known >= PAIR and len(known) >= fewest else 0


def _group(name: str, tail: str, groups: Mapping[str, str]) -> str:
    """Return what an entity belongs to: its device, or how its name begins.

    Empty where its name has no prefix.
    """
    entity = name.partition(".")[2]
    is_whole = entity == tail.partition("=")[0]
    return groups.get(name, "" if is_whole else entity.partition("_")[0])


def _belonging(metric: str, names: Sequence[_Named], best: str) -> list[str]:
    """Return the series of a metric, of several called alike those of the best group.

    Of what every house has only these, and those that have no prefix at all; and none
    that is known to be another's.
    """
    own = (best, "")
    likely = sorted(
        names,
        key=lambda one: (
            one.is_sure and one.group not in own,
            one.rank,
            one.group not in own,
        ),
    )
    return [
        one.name
        for one in likely
        if one.group in own or not (one.is_sure or metric in HOUSE_WIDE)
    ]


def _named(metric: str, tail: str, info: SeriesInfo) -> str | None:
    """Return the series of a metric where an entity's name ends so, else None."""
    exported = Exported.of(info.name)
    if exported is None or exported.domain not in ("sensor", "binary_sensor"):
        return None
    tail, _, word = tail.partition("=")
    if not f"_{exported.entity_id}".endswith(f"_{tail}"):
        return None
    if not Name.of_text(exported.entity_id.removesuffix(tail)).is_measured(metric):
        return None
    if word:
        said = (told for told in info.words if told.casefold() == word.casefold())
        return next((f"{info.name}={told}" for told in said), None)
    if info.words or conversion(metric, info.unit) is None:
        return None
    return info.name
