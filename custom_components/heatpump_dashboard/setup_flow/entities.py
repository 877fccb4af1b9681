"""Which series is which metric: its form, and what cannot be so."""

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from itertools import combinations
import math
from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from ..const import CONF_FORMER, CONF_RATED_DELTA_T, CONF_SERIES, CONF_UNITS, DOMAIN
from ..profiles import METRICS, conversion
from ..profiles.metrics import is_setting
from ..sources import SeriesInfo
from ..sources.influx.layouts import HVAC_ACTION, IN_ATTRIBUTES, TEMPERATURES, Exported
from ..units import between
from .devices import Place, place_of
from .forms import suggest

# What a climate entity says at times, whether it has done so yet or not.
_ACTIONS: Final = {"cooling": "cooling", "defrost": "defrosting"}
# Ages are told in the largest of these that is full.
_AGES: Final = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))
# Between what is shown of a series.
_BESIDE: Final = " · "
# Of these no two are the same. Air may be what the heat is taken from.
_TEMPERATURES: Final = [m for m in METRICS if METRICS[m].kind == "temperature"]
_DIFFERENT: Final = {
    *combinations(_TEMPERATURES, 2),
    ("auxiliary_step_1", "auxiliary_step_2"),
    ("auxiliary_percent", "compressor_speed"),
    ("power", "auxiliary_power"),
    ("energy", "heat_energy"),
    ("cooling", "defrost"),
} - {("outdoor_temp", "brine_in_temp")}
# Why a unit cannot be that of a metric of such a kind.
_REFUSED: Final = {
    "temperature": "not_temperature",
    "state": "not_state",
    "percent": "not_percent",
    "power": "not_power",
    "energy": "not_energy",
    "number": "not_number",
    "code": "not_code",
    "setting": "not_number",
}


def with_entities(
    hass: HomeAssistant, series: Sequence[SeriesInfo]
) -> tuple[list[SeriesInfo], dict[str, Place], set[str]]:
    """Return series with what is known here of their entities.

    And where these entities are, and the integrations that made them. Usually
    this is the Home Assistant that exports. What is stored counts before what an entity
    is now. Our own entities are left out: they are made of readings, and are none.
    """
    registry = er.async_get(hass)
    described: list[SeriesInfo] = []
    places: dict[str, Place] = {}
    platforms: set[str] = set()
    for info in series:
        entity_id = info.name.partition("#")[0]
        entry = registry.async_get(entity_id)
        if entry is not None:
            if entry.platform == DOMAIN:
                continue
            platforms.add(entry.platform)
            if entry.translation_key is not None:
                info = replace(info, key=f"{entry.platform}.{entry.translation_key}")
            if (place := place_of(hass, entry)) is not None:
                places[entity_id] = place
        state = hass.states.get(entity_id)
        if state is not None and entity_id == info.name:
            told = state.attributes
            info = replace(
                info,
                title=state.name if info.title is None else info.title,
                unit=info.unit or told.get(ATTR_UNIT_OF_MEASUREMENT),
                device_class=info.device_class or told.get(ATTR_DEVICE_CLASS),
            )
        if info.unit is None and _is_temperature(info.name):
            info = replace(info, unit=hass.config.units.temperature_unit)
        described.append(info)
    return described, places, platforms


def entities_schema(
    series: Sequence[SeriesInfo], mapping: Mapping[str, str], now: datetime
) -> vol.Schema:
    """Return the form that maps metrics to series, begun with a mapping."""
    fields = {}
    for metric in METRICS:
        chosen = mapping.get(metric)
        labels = _labels(metric, series, now)
        if chosen is not None:
            # A mapped series that is silent now stays selectable.
            labels = {chosen: labels.get(chosen, chosen)} | labels
        fields[suggest(metric, chosen)] = _selector(labels)
    return vol.Schema(fields)


def present_values(
    series: Sequence[SeriesInfo], mapping: Mapping[str, str], now: datetime
) -> dict[str, str]:
    """Return what each mapped series says now, by metric; empty where nothing is known.

    A field shows what is chosen by its name alone.
    """
    found = dict.fromkeys(METRICS, "")
    for metric in METRICS & mapping.keys():
        name = mapping[metric]
        label = _labels(metric, series, now).get(name, "")
        found[metric] = label.removesuffix(f"{_BESIDE}{name.partition('=')[0]}")
    return found


def typed_mapping(user_input: Mapping[str, str]) -> dict[str, str]:
    """Return what was chosen and typed, without blanks around it; words as they are."""
    found = {}
    for metric, name in user_input.items():
        plain, is_word, word = name.partition("=")
        found[metric] = f"{plain.strip()}{is_word}{word}"
    return {metric: name for metric, name in found.items() if name}


def refusals(
    series: Sequence[SeriesInfo], mapping: Mapping[str, str], *, recorded: bool = False
) -> dict[str, str]:
    """Return why some choices cannot be right: metric to error.

    What is not among the series may be anything; where they are `recorded` an entity.
    """
    known = {info.name: info for info in series}
    errors = {}
    for metric, name in mapping.items():
        plain, _, word = name.partition("=")
        info = known.get(plain)
        if info is None:
            if recorded and Exported.of(name) is None:
                errors[metric] = "not_entity"
            continue
        kind = METRICS[metric].kind
        if word and kind != "state":
            errors[metric] = "not_number"
        elif info.words and not word:
            errors[metric] = "not_words" if kind == "state" else "not_number"
        elif conversion(metric, info.unit) is None:
            errors[metric] = _REFUSED[kind]
    same = (
        other
        for one, other in _DIFFERENT
        if one in mapping and mapping[one] == mapping.get(other)
    )
    return dict.fromkeys(same, "same_series") | errors


def units(
    series: Sequence[SeriesInfo],
    mapping: Mapping[str, str],
    before: Mapping[str, str],
) -> dict[str, str]:
    """Return the units of mapped series that are to be converted, by metric.

    `before`: the units by series that are known from earlier; they stay for what is
    silent now.
    """
    told = dict(before) | {info.name: info.unit or "" for info in series}
    found = {metric: told.get(name, "") for metric, name in mapping.items()}
    return {
        metric: unit
        for metric, unit in found.items()
        if unit and conversion(metric, unit) != conversion(metric, None)
    }


def former_series(
    series: Sequence[SeriesInfo],
    before: Mapping[str, str],
    mapping: Mapping[str, str],
    former: Mapping[str, list[str]],
) -> dict[str, list[str]]:
    """Return what mapped series were called before, by name, the oldest name first.

    A metric's series that is gone had what another one has now: its past is not lost.
    `before`: the mapping so far, `former` what is known of it.
    """
    listed = {info.name for info in series}
    found = dict(former)
    for metric, name in mapping.items():
        earlier = before.get(metric, name)
        if listed and name != earlier and earlier.partition("=")[0] not in listed:
            found[name] = [*found.pop(earlier, ()), earlier]
    return found


def with_mapping(
    settings: Mapping[str, Any],
    series: Sequence[SeriesInfo],
    mapping: Mapping[str, str],
    carried: Mapping[str, str],
    converted: AbstractSet[str],
) -> dict[str, Any]:
    """Return settings with which series is which metric, and the units that are others.

    `carried`: what series were called at first that were renamed while they were asked
    for; what was stored under the old name is read, too. `converted`: the series of
    which the source converts each value by the unit told with it.
    """
    changed = dict(settings)
    before = changed.pop(CONF_UNITS, {})
    named = changed.get(CONF_SERIES, {})
    known = {named[metric]: unit for metric, unit in before.items()}
    # Metrics that another version knows are not shown.
    kept = {k: v for k, v in named.items() if k not in METRICS}
    former = former_series(series, named, mapping, changed.pop(CONF_FORMER, {}))
    for name in set(mapping.values()) & carried.keys() - set(named.values()):
        former.setdefault(name, [carried[name]])
    if former:
        changed[CONF_FORMER] = former
    changed[CONF_SERIES] = {**kept, **mapping}
    if changed[CONF_SERIES] != named:
        # It is what other series have shown.
        changed.pop(CONF_RATED_DELTA_T, None)
    found = units(series, mapping, known)
    # Nor is it another one because an entity does not tell it at the moment.
    told = {info.name: info.unit for info in series}
    silent = {n for n, unit in told.items() if not unit and Exported.of(n) is not None}
    for metric, name in mapping.items():
        is_same = named.get(metric) == name and name in silent.union(converted)
        if is_same and _keeps_unit(metric, before.get(metric), told.get(name)):
            # Another one would have all the past read again, for the same figures.
            found.pop(metric, None)
            found |= {metric: before[metric]} if metric in before else {}
    if found:
        changed[CONF_UNITS] = found
    return changed


def _keeps_unit(metric: str, before: str | None, now: str | None) -> bool:
    """Return whether the same series goes on in the unit that it was chosen in.

    What is on or off does where that is told by an amount, and still by one of its kind:
    one that tells nothing now has no other.
    """
    if METRICS[metric].unit is not None:
        return True
    told = conversion(metric, before)
    is_amount = before is not None and told is not None and bool(told.amount)
    return is_amount and (not now or between(now, before or "") is not None)


def converted_series(series: Iterable[SeriesInfo]) -> set[str]:
    """Return of which series a source converts each value, by its own list.

    Entities that tell it their unit. Attributes in an export do not, nor do entities
    whose export leaves the unit out, nor a collector: whose values are taken as they are.
    """
    return {i.name for i in series if i.unit and Exported.of(i.name) is not None}


def _is_temperature(name: str) -> bool:
    """Return whether a series is a temperature in an attribute, which has no unit."""
    told = Exported.of(name)
    if told is None or told.domain not in IN_ATTRIBUTES:
        return False
    return told.attribute in TEMPERATURES


def _labels(metric: str, series: Sequence[SeriesInfo], now: datetime) -> dict[str, str]:
    """Return what may be chosen for a metric, with what is shown of it."""
    labels = {}
    for info in series:
        if not _is_offered(metric, info):
            continue
        if not info.words:
            labels[info.name] = _label(info, _value(info), now)
        elif METRICS[metric].kind == "state":
            for word in _words(metric, info):
                said = f"{word} = {_says(info, word)}"
                labels[f"{info.name}={word}"] = _label(info, said, now)
    return labels


def _says(info: SeriesInfo, word: str) -> str:
    """Return what a word is now: a sign where the entity says none at the moment."""
    if info.is_silent:
        return "?"
    return "1" if word == info.words[0] else "0"


def _words(metric: str, info: SeriesInfo) -> tuple[str, ...]:
    """Return the words of a series that may be chosen for a metric."""
    if not info.name.endswith(f"#{HVAC_ACTION}") or metric not in _ACTIONS:
        return info.words
    return tuple(dict.fromkeys((*info.words, _ACTIONS[metric])))


def _is_offered(metric: str, info: SeriesInfo) -> bool:
    """Return whether a series can be a metric; an entity tells the unit it has."""
    told = Exported.of(info.name)
    if told is not None and told.is_set and not is_setting(metric):
        return False
    if told is not None and METRICS[metric].unit and not info.unit:
        return False
    return conversion(metric, info.unit) is not None


def _label(info: SeriesInfo, value: str, now: datetime) -> str:
    """Return what is shown of a series: name, present value with unit, and age."""
    exported = Exported.of(info.name)
    # Several of one entity have the same title.
    which = None if exported is None else exported.attribute
    begins = (info.name,) if info.title is None else (info.title, which)
    ends = () if info.title is None else (info.name,)
    told = (*begins, value, _age(info, now), *ends)
    return _BESIDE.join(part for part in told if part)


def _value(info: SeriesInfo) -> str:
    if math.isnan(info.last_value):
        return ""
    return f"{info.last_value:g} {info.unit or ''}".rstrip()


def _age(info: SeriesInfo, now: datetime) -> str:
    """Return how old the last value is."""
    seconds = max((now - info.last_time).total_seconds(), 0)
    length, unit = next((age for age in _AGES if seconds >= age[0]), _AGES[-1])
    return f"{seconds // length:g} {unit}"


def _selector(labels: Mapping[str, str]) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=[
                SelectOptionDict(value=name, label=label)
                for name, label in labels.items()
            ],
            custom_value=True,
            sort=True,
            mode=SelectSelectorMode.DROPDOWN,
        )
    )
