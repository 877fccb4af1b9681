"""Entities that heat pumps are made of: renamed ones are followed, lost ones are told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import (
    ATTR_RESTORED,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import CoreState, Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .const import (
    CONF_FORMER,
    CONF_HOUSE_ENERGY,
    CONF_PRICE_ENTITY,
    CONF_SERIES,
    CONF_SOURCE,
    CONF_TARIFF,
    DOMAIN,
    LOGGER,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
)
from .ended_entities import EndedEntities
from .profiles import Profile
from .sources.influx.layouts import Exported

# What keeps an entity from telling anything: also the end of an issue's key.
type Problem = Literal[
    "removed",
    "disabled",
    "not_provided",
    "not_recorded",
    "other_unit",
    "other_words",
    "silent",
]
PROBLEMS: Final[tuple[Problem, ...]] = get_args(Problem.__value__)
# What an entity may say, where it tells it.
_OPTIONS: Final = "options"
# Home Assistant's own integration that exports, which shares its name with our source.
_EXPORT: Final = "influxdb"
# An integration that is loaded again has no entities for a while, and the first polls
# may bring nothing of what seldom changes.
_LASTING: Final = timedelta(minutes=10)
# Polls read the last five minutes again: a later end they find themselves.
_FOUND_BY_POLLS: Final = timedelta(minutes=4)


@callback
def async_follow_renames(hass: HomeAssistant) -> None:
    """Have heat pumps go on with an entity that is renamed, as the recorder does.

    Also those of entries that are not loaded.
    """

    @callback
    def is_rename(data: er.EventEntityRegistryUpdatedData) -> bool:
        return data["action"] == "update" and "old_entity_id" in data

    @callback
    def follow(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        # For the type alone: no other event comes through the filter.
        if event.data["action"] == "update":
            _rename(hass, event.data["old_entity_id"], event.data["entity_id"])

    hass.bus.async_listen(
        er.EVENT_ENTITY_REGISTRY_UPDATED, follow, event_filter=is_rename
    )


@callback
def _rename(hass: HomeAssistant, old: str, new: str) -> None:
    for entry in hass.config_entries.async_entries(DOMAIN):
        ours = has_our_entities(hass, entry)
        for pump in list(entry.subentries.values()):
            data = renamed(pump.data, old, new, series=ours)
            if data != dict(pump.data):
                LOGGER.info("%s is called %s now: %s follows", old, new, pump.title)
                hass.config_entries.async_update_subentry(entry, pump, data=data)


@callback
def has_our_entities(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Return whether the series of an entry may be entities of this Home Assistant."""
    return may_be_ours(hass, entry.data[CONF_SOURCE])


@callback
def may_be_ours(hass: HomeAssistant, source: str) -> bool:
    """Return whether what a kind of source reads may be of this Home Assistant."""
    if _may_be_exported(source):
        return _EXPORT in hass.config.components
    return source == SOURCE_RECORDER


def _may_be_exported(source: str) -> bool:
    return source in (SOURCE_INFLUXDB, SOURCE_INFLUXQL)


def renamed_beside(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings with the price and the meter of the house called as they are now.

    `names`: what entities were called, and are.
    """
    changed = dict(data)
    if now := names.get(data.get(CONF_PRICE_ENTITY, "")):
        changed[CONF_PRICE_ENTITY] = now
    tariff: Mapping[str, Any] = data.get(CONF_TARIFF, {})
    if now := names.get(tariff.get(CONF_HOUSE_ENERGY, "")):
        changed[CONF_TARIFF] = {**tariff, CONF_HOUSE_ENERGY: now}
    return changed


def renamed(
    data: Mapping[str, Any], old: str, new: str, *, series: bool
) -> dict[str, Any]:
    """Return the settings of a heat pump when an entity is called otherwise.

    What was stored under its old name is still read. `series`: whether that is done for
    what it reads, beside the price and the meter of the house.
    """
    changed = renamed_beside(data, {old: new})
    chosen: Mapping[str, str] = data.get(CONF_SERIES, {}) if series else {}
    names = {
        name: new + name[len(old) :]
        for name in chosen.values()
        if entity_of(name) == old
    }
    if not names:
        return changed
    former = dict(data.get(CONF_FORMER, {}))
    for before, now in names.items():
        former[now] = [*former.pop(before, ()), before]
    changed[CONF_FORMER] = former
    changed[CONF_SERIES] = {
        metric: names.get(name, name) for metric, name in chosen.items()
    }
    return changed


@callback
def former_names(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> dict[str, tuple[str, list[str]]]:
    """Return what each renamed series was called when it was chosen, and where to read on.

    Not under a name that another entity has taken since.
    """
    registry = er.async_get(hass)

    def is_taken(name: str) -> bool:
        entity_id = name.partition("#")[0].partition("=")[0]
        return (
            registry.async_get(entity_id) is not None
            or hass.states.get(entity_id) is not None
        )

    return {
        name: (names[0], [one for one in names if not is_taken(one)])
        for name, names in data.get(CONF_FORMER, {}).items()
    }


def entity_of(name: str) -> str | None:
    """Return the entity that a series is of, None for a series of the collector."""
    one = Exported.of(name)
    return None if one is None else f"{one.domain}.{one.entity_id}"


@callback
def ends_of(
    hass: HomeAssistant,
    entry: ConfigEntry,
    ended: EndedEntities,
    series: Sequence[str],
) -> dict[str, datetime]:
    """Return when entities that are exported were removed or disabled, by series.

    The registry of another Home Assistant knows nothing of what is exported: then none
    of the entities is here. While Home Assistant starts neither they nor the export may
    be: what had ended before has ended.
    """
    if not _may_be_exported(entry.data[CONF_SOURCE]):
        return {}
    entities = {name: entity for name in series if (entity := entity_of(name))}
    gone = {one for one in entities.values() if hass.states.get(one) is None}
    time_of = ended.async_time
    if gone.issuperset(entities.values()) or not has_our_entities(hass, entry):
        if hass.state is CoreState.running:
            return {}
        time_of = ended.async_time_before
    times = {one: time_of(one) for one in entities.values()}
    return {
        name: time
        for name, one in entities.items()
        if one in gone and (time := times[one]) is not None
    }


class FollowedEnds:
    """Says when exported entities of an entry ended, and follows what is known of that.

    Polls read only what is new. An end that lies before, and was not known when that
    was read, would never be seen: then the entry is loaded again.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, ended: EndedEntities
    ) -> None:
        """Have told nothing yet."""
        self._hass = hass
        self._entry = entry
        self._ended = ended
        # By the series that were asked for: when last, and all ends that were told.
        self._told: dict[
            tuple[str, ...], tuple[datetime, frozenset[tuple[str, datetime]]]
        ] = {}

    @callback
    def __call__(self, series: Sequence[str]) -> dict[str, datetime]:
        """Return when those of some series ended, by series."""
        found = ends_of(self._hass, self._entry, self._ended, series)
        now, ends, asked = dt_util.utcnow(), frozenset(found.items()), tuple(series)
        last, told = self._told.get(asked, (now, ends))
        missed = {name for name, end in ends - told if end < last - _FOUND_BY_POLLS}
        if missed:
            if self._entry.state is not ConfigEntryState.LOADED:
                # At the next poll.
                return found
            names = ", ".join(sorted(missed))
            LOGGER.info("%s ended earlier: %s is read anew", names, self._entry.title)
            self._hass.config_entries.async_schedule_reload(self._entry.entry_id)
        self._told[asked] = now, told | ends
        return found


class MappedEntities:
    """Looks after the entities of one heat pump, and says what is wrong with them.

    `told`: the series that have had a value since it was loaded, or had one in force.
    `problems`: by metric, what is wrong with its entity, for a while now.
    `over`: what is surely wrong with none of them, for a while now.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, profile: Profile
    ) -> None:
        """Begin with all well. `profile`: with the series that are chosen by hand."""
        self._hass = hass
        self._entry = entry
        self._rules = {
            metric: rule.candidates[0] for metric, rule in profile.metrics.items()
        }
        self._wanted = {
            metric: one
            for metric, rule in self._rules.items()
            if (one := Exported.of(rule.name, profile.units)) is not None
        }
        self.told: set[str] = set()
        self._since: dict[str, tuple[Problem, datetime]] = {}
        self.problems: dict[str, Problem] = {}
        self.over: frozenset[Problem] = frozenset()
        # When it last was wrong with any, or could not be told.
        self._doubted: dict[Problem, datetime] = {}

    @callback
    def async_look(self, now: datetime, *, alive: bool) -> None:
        """Look again. `alive`: some of them say something new."""
        found = {}
        doubted = set(PROBLEMS if not self._doubted else ())
        if self._hass.state is CoreState.running:
            found = (self._silent() if alive else {}) | self._found()
            doubted |= {*found.values(), *(() if alive else ("silent",))}
        else:
            doubted |= {*PROBLEMS}
        self._doubted |= dict.fromkeys(doubted, now)
        self.over = frozenset(
            problem for problem, time in self._doubted.items() if now - time >= _LASTING
        )
        self._since = {
            metric: known
            if (known := self._since.get(metric)) and known[0] == problem
            else (problem, now)
            for metric, problem in found.items()
        }
        self.problems = {
            metric: problem
            for metric, (problem, since) in self._since.items()
            if now - since >= _LASTING
        }

    def entity(self, metric: str) -> str:
        """Return the entity of a metric that has a problem."""
        one = self._wanted[metric]
        return f"{one.domain}.{one.entity_id}"

    def _silent(self) -> dict[str, Problem]:
        """Return the metrics whose series have had no value yet.

        What stays the same for months is not stored in them, but our entity says it.
        """
        ours = has_our_entities(self._hass, self._entry)
        return {
            metric: "silent"
            for metric in self._wanted
            if self.told.isdisjoint(self._rules[metric].names)
            and not (ours and self._says_something(metric))
        }

    def _says_something(self, metric: str) -> bool:
        """Return whether the entity of a metric has what its series is of."""
        state = self._hass.states.get(self.entity(metric))
        if state is None or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
            return False
        attribute = self._wanted[metric].attribute
        return attribute is None or state.attributes.get(attribute) is not None

    def _found(self) -> dict[str, Problem]:
        """Return what is wrong with entities of this Home Assistant, by metric."""
        if not has_our_entities(self._hass, self._entry):
            return {}
        recorded = self._entry.data[CONF_SOURCE] == SOURCE_RECORDER
        if not recorded and not any(map(self._is_here, self._wanted)):
            # Another Home Assistant is the one that exports.
            return {}
        return {
            metric: problem
            for metric in self._wanted
            if (problem := self._problem(metric, recorded=recorded)) is not None
        }

    def _is_here(self, metric: str) -> bool:
        return self._hass.states.get(self.entity(metric)) is not None

    def _problem(self, metric: str, *, recorded: bool) -> Problem | None:
        """Return what is wrong with the entity of a metric."""
        entity_id = self.entity(metric)
        registered = er.async_get(self._hass).async_get(entity_id)
        state = self._hass.states.get(entity_id)
        if registered is not None and registered.disabled:
            return "disabled"
        if state is None:
            return "removed" if registered is None else "not_provided"
        if state.attributes.get(ATTR_RESTORED):
            return "not_provided"
        if recorded and not _is_recorded(self._hass, entity_id):
            return "not_recorded"
        wanted = self._wanted[metric]
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        if wanted.attribute is None and wanted.conversion(unit) is None:
            return "other_unit"
        options = state.attributes.get(_OPTIONS) or ()
        if wanted.attribute is None and wanted.is_none_of(options):
            return "other_words"
        return None


def _is_recorded(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether the recorder keeps an entity; that there is none is told elsewhere."""
    if SOURCE_RECORDER not in hass.config.components:
        return True
    from homeassistant.components.recorder import is_entity_recorded

    return is_entity_recorded(hass, entity_id)
