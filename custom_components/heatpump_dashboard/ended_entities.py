"""When entities ended. The registry says when they were changed last, for any reason."""

from datetime import datetime
from typing import Final, TypedDict, TypeIs

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, LOGGER

_VERSION: Final = 1
_DELAY_S: Final = 1.0


class _Ended(TypedDict):
    entity: str
    time: str


class EndedEntities:
    """Keeps when each entity that is asked for was removed or disabled.

    That is when the registry had changed it last as it was first seen so. What is done
    to it later, such as another name, moves it no more; nor is it forgotten when the
    registry forgets what was removed, after a month. One that is there again, or whose
    name another has taken, has not ended.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Know where it is stored; nothing is read yet."""
        self._registry = er.async_get(hass)
        self._store: Store[dict[str, _Ended]] = Store(hass, _VERSION, f"{DOMAIN}.ended")
        # By what the registry knows an entity by, whatever it is called.
        self._ended: dict[str, _Ended] = {}

    @classmethod
    async def async_of(cls, hass: HomeAssistant) -> EndedEntities:
        """Return that of all entries, with what is stored."""
        if (known := hass.data.get(_DATA)) is None:
            known = hass.data[_DATA] = cls(hass)
            await known.async_load()
        return known

    async def async_load(self) -> None:
        """Take what is stored, beside what another entry has asked for meanwhile.

        What cannot be read is as good as nothing, and is said.
        """
        try:
            stored: object = await self._store.async_load()
        except (HomeAssistantError, OSError, ValueError, KeyError, TypeError) as err:
            LOGGER.warning("%s cannot be read: %s", self._store.key, err)
            return
        if isinstance(stored, dict):
            self._ended |= {key: one for key, one in stored.items() if _is_ended(one)}

    async def async_remove(self) -> None:
        """Forget all, with the last heat pump."""
        self._ended.clear()
        await self._store.async_remove()

    @callback
    def async_time(self, entity_id: str) -> datetime | None:
        """Return when an entity ended, None where it has not, or nobody knows."""
        known = self._registry.async_get(entity_id)
        if known is not None:
            if known.disabled:
                return self._first(known)
            if self._ended.pop(known.id, None) is not None:
                self._save()
            return None
        removed = [
            one
            for one in self._registry.deleted_entities.values()
            if one.entity_id == entity_id
        ]
        if removed:
            return self._first(max(removed, key=lambda one: one.modified_at))
        return self._known(entity_id)

    @callback
    def async_time_before(self, entity_id: str) -> datetime | None:
        """Return when an entity ended, if that has been noted before; else None."""
        known = self._registry.async_get(entity_id)
        is_there = known is not None and not known.disabled
        return None if is_there else self._known(entity_id)

    def _known(self, entity_id: str) -> datetime | None:
        times = [
            one["time"] for one in self._ended.values() if one["entity"] == entity_id
        ]
        return _time(max(times)) if times else None

    def _first(self, entry: er.RegistryEntry | er.DeletedRegistryEntry) -> datetime:
        """Return when it ended as it was first seen so."""
        before = self._ended.get(entry.id)
        time = entry.modified_at if before is None else _time(before["time"])
        now: _Ended = {"entity": entry.entity_id, "time": time.isoformat()}
        if now != before:
            self._ended[entry.id] = now
            self._save()
        return time

    def _save(self) -> None:
        self._store.async_delay_save(lambda: self._ended, _DELAY_S)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _is_ended(stored: object) -> TypeIs[_Ended]:
    """Return whether what was stored says when an entity ended."""
    try:
        entity, time = stored["entity"], stored["time"]  # type: ignore[index]
        return isinstance(entity, str) and _time(time).tzinfo is not None
    except KeyError, TypeError, ValueError:
        return False


_DATA: HassKey[EndedEntities] = HassKey(f"{DOMAIN}_ended")
