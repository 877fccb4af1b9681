"""Guesses which series is which metric where no brand says it."""

from collections.abc import Container, Mapping, Sequence
from os.path import commonprefix
from typing import Final

from ..profiles import METRICS, Profile, conversion
from ..sources import SeriesInfo
from ..sources.influx.layouts import HVAC_ACTION, Exported
from .names import Name, has_word
from .presets import preset_series
from .words import DOES, HOUSE_WIDE, ON_WORDS, SAID, SET_BY_HAND, WORDS, Way

# Candidates of metrics, the likeliest first.
type Ranked = dict[str, list[str]]
# Series with their names: a house has thousands, each looked at for every metric.
type Called = list[tuple[SeriesInfo, Name]]

# What a heat pump tells, and not what is set.
_DOMAINS: Final = frozenset(("sensor", "binary_sensor", "climate", "water_heater"))
# How fast a compressor turns also says whether it does.
_SHARING: Final = frozenset(("compressor", "compressor_speed"))
# What readings can tell apart, and how many of them are read at most.
_JUDGED: Final = (
    *("compressor", "supply_temp", "return_temp", "power", "brine_in_temp"),
    *("brine_out_temp", "hot_gas_temp"),
)
_MOST_READ: Final = 40
# Fewer of its metrics in one group say nothing of where a heat pump is.
_FEWEST: Final = 2
# Nor do fewer say what the names of all have in common.
_FEWEST_TO_BEGIN: Final = 3


def guess_series(
    series: Sequence[SeriesInfo],
    profiles: Mapping[str, Profile],
    groups: Mapping[str, str] | None = None,
    preset: Profile | None = None,
) -> dict[str, str]:
    """Return the likely series of each metric: metric to series name."""
    return chosen(ranked(series, profiles, groups, preset))


def ranked(
    series: Sequence[SeriesInfo],
    profiles: Mapping[str, Profile],
    groups: Mapping[str, str] | None = None,
    preset: Profile | None = None,
) -> dict[str, list[str]]:
    """Return the series that may be each metric, the likeliest first.

    What the integration of `preset` names is certain, and so are names that a brand's
    collector uses: of such a metric there is nothing else. The rest goes by words in
    the name and by the unit. `groups`: which entities belong together, as far as that
    is known; else their names say it.
    """
    if preset is not None and (certain := preset_series(preset, series, groups)):
        return certain | _beside(preset, certain, series, groups or {})
    return _of_one_group(_by_words(series, profiles), groups or {})


def named(
    series: Sequence[SeriesInfo],
    profiles: Mapping[str, Profile],
    preset: Profile | None = None,
) -> Ranked:
    """Return all series that may be each metric, whatever heat pump they are of."""
    found = _by_words(series, profiles)
    certain = {} if preset is None else preset_series(preset, series)
    return {metric: [*found[metric], *certain.get(metric, ())] for metric in found}


def chosen(candidates: Ranked) -> dict[str, str]:
    """Return the first candidate of each metric that no other metric has."""
    found: dict[str, str] = {}
    for metric, names in candidates.items():
        taken = {
            name for other, name in found.items() if not {metric, other} <= _SHARING
        }
        if free := [name for name in names if name not in taken]:
            found[metric] = free[0]
    return {metric: found[metric] for metric in METRICS if metric in found}


def in_doubt(candidates: Ranked) -> list[str]:
    """Return the series whose readings can tell candidates apart, most of them first.

    None where nothing says when the compressor runs.
    """
    if not candidates.get("compressor"):
        return []
    names = (name for metric in _JUDGED for name in candidates.get(metric, ()))
    return list(dict.fromkeys(names))[:_MOST_READ]


def _by_words(series: Sequence[SeriesInfo], profiles: Mapping[str, Profile]) -> Ranked:
    """Return the series of each metric by what a collector, or words, call it."""
    found: Ranked = {}
    called = _called(series)
    for metric in WORDS:
        known = _known_names(metric, profiles)
        sure = [info.name for info in series if info.name in known]
        found[metric] = sure or _named(metric, called)
    return found


def _known_names(metric: str, profiles: Mapping[str, Profile]) -> set[str]:
    """Return what brands call a metric's normal sensor."""
    rules = (p.metrics[metric] for p in profiles.values() if metric in p.metrics)
    return {name for rule in rules for name in rule.candidates[0].names}


def _called(series: Sequence[SeriesInfo]) -> Called:
    """Return series with their names."""
    return [(info, Name.of(info)) for info in series]


def _named(metric: str, called: Called) -> list[str]:
    """Return the series that are called like a metric, the likeliest first."""
    found = []
    for info, name in called:
        if _may_be(metric, info) and name.is_measured(metric):
            way = _way(name, WORDS[metric])
            if way is None and _says_what_it_does(metric, info, name):
                way = len(WORDS[metric])
            said = _said(metric, info)
            if way is not None and said is not None:
                form = 2 if info.unit and METRICS[metric].kind == "state" else 0
                others = not name.is_heat_pumps
                part = METRICS[metric].kind == "energy" and not name.is_total
                rank = (
                    # A house has its own power as well.
                    *(metric in HOUSE_WIDE and others, name.period, way),
                    *(form + (said != info.name), others, part, len(name.parts)),
                )
                found.append((rank, said))
    return [name for _, name in sorted(found)]


def _beside(
    preset: Profile,
    certain: Ranked,
    series: Sequence[SeriesInfo],
    groups: Mapping[str, str],
) -> Ranked:
    """Return what else the same heat pump has by its words.

    Nothing of what its integration is known not to have rightly: named with no name.
    """
    without = {metric for metric, tails in preset.entities.items() if not tails}
    others = [metric for metric in WORDS if metric not in certain.keys() | without]
    taken = {name for names in certain.values() for name in names}
    called = _called(series)
    found = {
        metric: [
            name
            for name in _named(metric, called)
            if name not in taken or metric in _SHARING
        ]
        for metric in others
    }
    own = _of_one_group({**certain, **found}, groups)
    return {metric: own[metric] for metric in others if own[metric]}


def _says_what_it_does(metric: str, info: SeriesInfo, name: Name) -> bool:
    """Return whether a series tells in words what a heat pump does, this among it."""
    if metric not in SAID or SET_BY_HAND & name.parts:
        return False
    if info.name.endswith(f"#{HVAC_ACTION}"):
        return True
    return any(Name.says(word, does) for word in info.words for does in DOES)


def _may_be(metric: str, info: SeriesInfo) -> bool:
    """Return whether a series of this kind and unit can be a metric."""
    if conversion(metric, info.unit) is None:
        return False
    exported = Exported.of(info.name)
    if exported is None:
        return True
    if exported.is_set or (METRICS[metric].unit and not info.unit):
        return False
    return exported.domain in _DOMAINS


def _said(metric: str, info: SeriesInfo) -> str | None:
    """Return the series of a metric, that of a word where it is told in words.

    The shortest that says so: others say more than that.
    """
    if not info.words:
        return info.name
    if METRICS[metric].kind != "state":
        return None
    means = ON_WORDS.get(metric, ON_WORDS["compressor"])
    on = (
        word
        for word in info.words
        if any(Name.says(word, m) for m in means) and not Name.denies(word)
    )
    word = min(on, key=lambda word: (len(word), word), default=None)
    return None if word is None else f"{info.name}={word}"


def _way(name: Name, ways: Sequence[Way]) -> int | None:
    """Return the first way of which the name has all words, and none that it must not."""
    for place, way in enumerate(ways):
        if all(has_word(name.parts, word) for word in way.words) and not any(
            has_word(name.parts, word) for word in way.without
        ):
            return place
    return None


def _of_one_group(
    candidates: Mapping[str, list[str]], groups: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return the candidates that are one heat pump's, where entities tell of a house."""

    def group(name: str) -> str | None:
        exported = Exported.of(name)
        if exported is None:
            return None
        return groups.get(_entity(exported), exported.entity_id.partition("_")[0])

    counts: dict[str, int] = {}
    for metric, names in candidates.items():
        for key in {key for name in names if (key := group(name)) is not None}:
            counts[key] = counts.get(key, 0) + (metric not in HOUSE_WIDE)
    best = max(counts, key=lambda key: counts[key], default=None)
    if best is None or counts[best] < _FEWEST:
        # Nothing says what belongs together: of what a house may have from elsewhere,
        # such as a weather station, no entity is taken.
        return {
            metric: [n for n in names if group(n) is None or metric not in HOUSE_WIDE]
            for metric, names in candidates.items()
        }
    own = {
        metric: [name for name in names if group(name) in (None, best)]
        for metric, names in candidates.items()
    }
    begins = _begin_of(own, groups)
    return {
        metric: _beginning(metric, names, begins, groups)
        if metric in HOUSE_WIDE
        else names
        for metric, names in own.items()
    }


def _entity(one: Exported) -> str:
    return f"{one.domain}.{one.entity_id}"


def _begin_of(candidates: Mapping[str, list[str]], groups: Container[str]) -> str:
    """Return how the names of what only a heat pump has begin, empty for in no way.

    Of those of which nothing else is known. Where a house's name, or a room's, comes
    before, they have more in common than that.
    """
    first = {n[0] for m, n in candidates.items() if n and m not in HOUSE_WIDE}
    entities = {one for name in first if (one := Exported.of(name)) is not None}
    told = [o.entity_id.split("_") for o in entities if _entity(o) not in groups]
    return "_".join(commonprefix(told)) if len(told) >= _FEWEST_TO_BEGIN else ""


def _beginning(
    metric: str, names: Sequence[str], begins: str, groups: Container[str]
) -> list[str]:
    """Return the names that begin so; a temperature may be the house's as well."""

    def is_other(name: str) -> bool:
        one = Exported.of(name)
        if one is None or _entity(one) in groups:
            return False
        return not f"{one.entity_id}_".startswith(f"{begins}_")

    if not begins:
        return list(names)
    if METRICS[metric].kind == "temperature":
        return sorted(names, key=is_other)
    return [name for name in names if not is_other(name)]
