"""Takes the past out of statistics again that was joined onto them."""

import asyncio
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.importlib import async_import_module
from homeassistant.helpers.recorder import DATA_INSTANCE, get_instance

from ...const import DOMAIN, LOGGER
from ...identity import heat_pumps
from .joints import Joint, async_joints

if TYPE_CHECKING:
    from .recorded import Recorded

# A month of hours a task, so that states are written in between.
MOST_HOURS: Final = 744
_HOUR_S: Final = 3600
# After each task as long a pause as it took, within these, s.
SHORTEST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 30.0


async def async_forget(hass: HomeAssistant, pump_id: str) -> None:
    """Remove all hours of a heat pump that are ours; what cannot be is tried again."""
    joints = await async_joints(hass)
    async with joints.turn:
        if keys := [*joints.of(pump_id)]:
            # It imports pandas, which nobody may have done yet: not in the event loop.
            await async_import_module(hass, f"{__package__}.recorded")
        for key in keys:
            left = joints.of(pump_id)
            await async_forget_joint(hass, left.pop(key))
            await joints.async_keep(pump_id, left)
        await joints.async_keep(pump_id, {})


async def async_forget_removed(hass: HomeAssistant) -> None:
    """Remove the hours of heat pumps that exist no more."""
    if DATA_INSTANCE not in hass.data:
        return
    joints = await async_joints(hass)
    for pump_id in joints.pumps - heat_pumps(hass):
        try:
            await async_forget(hass, pump_id)
        except Exception as err:  # noqa: BLE001 - the recorder may fail of anything
            LOGGER.warning("The past of a removed heat pump stays for now: %r", err)


async def async_pause(hass: HomeAssistant) -> None:
    """Wait until the recorder has done what it was asked for, and then some more."""
    from .recorded import async_done

    begun = hass.loop.time()
    await async_done(hass)
    took = hass.loop.time() - begun
    await asyncio.sleep(min(max(took, SHORTEST_PAUSE_S), _LONGEST_PAUSE_S))


async def async_forget_joint(hass: HomeAssistant, joint: Joint) -> None:
    """Remove the hours before a joint: the oldest first, that the rest has no jump."""
    from .recorded import (
        Recorded,
        async_lift,
        async_remove,
        metadata_at,
        metadata_of,
        rows_between,
        sum_before,
    )

    run = get_instance(hass).async_add_executor_job
    row, name = joint.row, joint.statistic_id
    if row is None:
        row, metadata = (await run(metadata_of, hass, [name])).get(name, (0, None))
    else:
        metadata = await run(metadata_at, hass, row)
    if metadata is None or _is_of_others(hass, metadata["statistic_id"]):
        return
    recorded = Recorded(row, metadata)
    if not await _async_is_there(hass, recorded, joint.before):
        # Somebody has cleared it: what is there now is Home Assistant's.
        return
    if recorded.has_sum:
        level = await run(sum_before, hass, recorded, joint.before)
        base = await run(sum_before, hass, recorded, joint.since)
        async_lift(hass, recorded, joint.since, base - level)
    start = joint.since
    while start < joint.before:
        stop = min(start + MOST_HOURS * _HOUR_S, joint.before)
        rows = await run(rows_between, hass, recorded, start, stop)
        if len(rows.starts):
            async_remove(hass, recorded, rows.starts.tolist())
            await async_pause(hass)
        start = stop


def _is_of_others(hass: HomeAssistant, name: str) -> bool:
    """Return whether an entity is not ours: the recorder gives a free number again."""
    entity = er.async_get(hass).async_get(name)
    return entity is not None and entity.platform != DOMAIN


async def _async_is_there(hass: HomeAssistant, recorded: Recorded, hour: int) -> bool:
    """Return whether an hour is there."""
    from .recorded import rows_between

    run = get_instance(hass).async_add_executor_job
    rows = await run(rows_between, hass, recorded, hour, hour + 1)
    return bool(len(rows.starts))
