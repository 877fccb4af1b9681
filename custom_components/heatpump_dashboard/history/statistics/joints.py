"""Where the past was joined onto the statistics of our own sensors, on disk."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.recorder import DATA_INSTANCE
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN, LOGGER
from ...renames import async_on_rename

_VERSION: Final = 1
_KEY: Final = f"{DOMAIN}.statistics"

type Stored = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Joint:
    """Where the past meets what Home Assistant compiled itself.

    `statistic_id`: the entity whose statistics they are. `before`: the first hour that
    is Home Assistant's; those from `since` to there are ours. Both in s since 1970.
    """

    statistic_id: str
    since: int
    before: int

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self | None:
        """Return the joint that was stored, None if that is not one."""
        try:
            edges = int(stored["since"]), int(stored["before"])
            return cls(str(stored["statistic_id"]), *edges)
        except KeyError, TypeError, ValueError:
            return None


class Joints:
    """The joints of all heat pumps, by subentry and by the key of the sensor.

    One object as long as Home Assistant runs. `turn`: whose turn it is to have the
    recorder write, as that is one for all heat pumps.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Know where they are stored; nothing is read yet."""
        self.turn = asyncio.Lock()
        self._store = Store[Stored](hass, _VERSION, _KEY)
        self._joints: Stored | None = None
        self._loading = asyncio.Lock()

    async def async_load(self) -> None:
        """Read what is stored, the first time; what cannot be read is as good as none."""
        async with self._loading:
            if self._joints is not None:
                return
            try:
                stored = await self._store.async_load()
            except (HomeAssistantError, OSError, ValueError) as err:
                LOGGER.warning("%s cannot be read: %s", _KEY, err)
                stored = None
            self._joints = stored if isinstance(stored, dict) else {}

    @property
    def pumps(self) -> set[str]:
        """Return the heat pumps that have any."""
        return set(self._joints or {})

    def of(self, pump_id: str) -> dict[str, Joint]:
        """Return the joints of a heat pump."""
        stored = (self._joints or {}).get(pump_id)
        found = stored.items() if isinstance(stored, dict) else ()
        joints = ((key, Joint.from_dict(joint)) for key, joint in found)
        return {key: joint for key, joint in joints if joint is not None}

    async def async_keep(self, pump_id: str, joints: Mapping[str, Joint]) -> None:
        """Store the joints of a heat pump, in the place of those before."""
        assert self._joints is not None
        if joints == self.of(pump_id) and (joints or pump_id not in self._joints):
            return
        self._joints.pop(pump_id, None)
        if joints:
            self._joints[pump_id] = {key: asdict(one) for key, one in joints.items()}
        await self._store.async_save(self._joints)

    async def async_rename(self, old: str, new: str) -> None:
        """Follow an entity that is renamed: its statistics have its new name too."""
        for pump_id in self.pumps:
            known = self.of(pump_id)
            if any(joint.statistic_id == old for joint in known.values()):
                renamed = {
                    key: replace(one, statistic_id=new)
                    if one.statistic_id == old
                    else one
                    for key, one in known.items()
                }
                await self.async_keep(pump_id, renamed)


_JOINTS: HassKey[Joints] = HassKey(f"{DOMAIN}_joints")


async def async_joints(hass: HomeAssistant) -> Joints:
    """Return the joints of all heat pumps."""
    joints = hass.data.setdefault(_JOINTS, Joints(hass))
    await joints.async_load()
    return joints


@callback
def async_follow_renamed_joints(hass: HomeAssistant) -> None:
    """Have joints go on with an entity that is renamed.

    The heat pump may be gone before it is looked what its entities are called.
    """

    async def rename(old: str, new: str) -> None:
        joints = await async_joints(hass)
        await joints.async_rename(old, new)

    @callback
    def follow(old: str, new: str) -> None:
        if DATA_INSTANCE in hass.data:
            hass.async_create_task(rename(old, new))

    async_on_rename(hass, follow)
