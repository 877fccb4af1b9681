"""Entities that are renamed while a form is open: what it says is carried over."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..mapped_entities import entity_of, renamed_beside
from ..sources import SeriesInfo


class Renames:
    """What entities are called since a form was made: `names` by what they were then."""

    def __init__(self) -> None:
        """Know of none."""
        self._ids: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self.names: dict[str, str] = {}

    @callback
    def async_look(self, hass: HomeAssistant) -> None:
        """Find what was renamed since the last look."""
        registry = er.async_get(hass)
        entries = (
            (old, registry.entities.get_entry(known))
            for old, known in self._ids.items()
        )
        self.names = {
            old: entry.entity_id
            for old, entry in entries
            if entry is not None and entry.entity_id != old
        }
        # All at once: one may have the name that another had.
        first = {new: self._first.get(old, old) for old, new in self.names.items()}
        kept = {now: then for now, then in self._first.items() if now not in self.names}
        self._first = kept | first
        self._ids = {entity_id: one.id for entity_id, one in registry.entities.items()}

    def series(self, name: str) -> str:
        """Return what a series is called now."""
        entity_id = entity_of(name)
        if entity_id is None or entity_id not in self.names:
            return name
        return self.names[entity_id] + name[len(entity_id) :]

    def first(self, names: Iterable[str]) -> dict[str, str]:
        """Return what series were called before the first look, by their names of now."""
        return {
            name: self._first[entity_id] + name[len(entity_id) :]
            for name in names
            if (entity_id := entity_of(name)) is not None and entity_id in self._first
        }

    def info(self, info: SeriesInfo) -> SeriesInfo:
        """Return a series of the list under the name that it has now."""
        return replace(info, name=self.series(info.name))

    def mapping(self, mapping: Mapping[str, str]) -> dict[str, str]:
        """Return which series is which metric, by the names of now."""
        return {metric: self.series(name) for metric, name in mapping.items()}

    def typed(self, user_input: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the form of the settings says: of the price, and of the house."""
        return renamed_beside(user_input, self.names)
