"""Integrations of Home Assistant, recognised by what they call their entities."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
import re
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
# Of several entities that would be called alike all but the first get a number.
_NUMBER: Final = re.compile(r"_[2-9]$")


class _Named(NamedTuple):
    """A series that is called so: how good the name is, and what it belongs to.

    `is_sure`: whether that is known, and not only how its name `begins`.
    """

    rank: int
    group: str
    begins: str
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
                begins = _begins(preset, metric, tail.partition("=")[0], info)
                if begins is None or (name := _told(metric, tail, info)) is None:
                    continue
                group = (groups or {}).get(info.name, begins.partition("_")[0])
                is_sure = info.name in (groups or {})
                one = _Named(rank, group, begins, name, is_sure)
                found.setdefault(metric, []).append(one)
    every = [one for names in found.values() for one in names]
    best = _most(one.group for one in every)
    begins = _most(one.begins for one in every if one.group == best)
    return {
        metric: kept
        for metric, names in found.items()
        if (kept := _belonging(metric, names, best, begins))
    }


def _most(texts: Iterable[str]) -> str:
    """Return the text that is there most often, empty where there is none."""
    counts = Counter(texts)
    return max(counts, key=lambda text: counts[text], default="")


def _count(preset: Profile, series: Sequence[SeriesInfo], *, of_platform: bool) -> int:
    """Return how many metrics of an integration are there, 0 where that says nothing."""
    known = preset_series(preset, series).keys()
    fewest = max(_FEWEST, _SHARE * len(preset.entities))
    fewest = _FEWEST_OF_PLATFORM if of_platform else fewest
    return len(known) if known >= PAIR and len(known) >= fewest else 0


def _belonging(
    metric: str, names: Sequence[_Named], best: str, begins: str
) -> list[str]:
    """Return the series of a metric, of several called alike those of the best group.

    Of these first what begins as most of its names do: a house may begin with the same
    word.
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
            one.begins != begins,
        ),
    )
    return [
        one.name
        for one in likely
        if one.group in own or not (one.is_sure or metric in HOUSE_WIDE)
    ]


def _begins(preset: Profile, metric: str, tail: str, info: SeriesInfo) -> str | None:
    """Return what an entity's name begins with that ends so, else None.

    Its integration's key says in every language what it is, where it has one.
    """
    exported = Exported.of(info.name)
    if exported is None or exported.domain not in ("sensor", "binary_sensor"):
        return None
    name = exported.entity_id
    if info.key == f"{preset.platform}.{tail}":
        return name.removesuffix(tail)
    if info.key is not None and info.key.endswith(f"_{tail}"):
        # Another one, whose name goes on before it.
        return None
    alike = (name, _NUMBER.sub("", name))
    begins = next((n for n in alike if f"_{n}".endswith(f"_{tail}")), None)
    if begins is None:
        return None
    begins = begins.removesuffix(tail)
    return begins if Name.of_text(begins).is_measured(metric) else None


def _told(metric: str, tail: str, info: SeriesInfo) -> str | None:
    """Return the series of an entity that can be a metric, else None."""
    _, _, word = tail.partition("=")
    if word:
        said = (told for told in info.words if told.casefold() == word.casefold())
        return next((f"{info.name}={told}" for told in said), None)
    if info.words or conversion(metric, info.unit) is None:
        return None
    return info.name
