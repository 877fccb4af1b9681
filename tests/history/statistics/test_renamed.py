"""Sensors that get another name, of which the recorder renames the statistics or not."""

from datetime import UTC, datetime
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.models import StatisticMetaData
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import CONF_STATISTICS
from custom_components.heatpump_dashboard.history.statistics import joining
from custom_components.heatpump_dashboard.history.statistics.joints import (
    Joint,
    async_joints,
)
from custom_components.heatpump_dashboard.history.statistics.recorded import metadata_of
from tests.support.pump_entry import PUMP, settle

from .home import (
    DAY,
    FIRST,
    HEAT,
    HEAT_OF_AN_HOUR,
    HOUR,
    OWN,
    SETTINGS,
    Home,
    home_of,
    is_whole,
)

WARMTH = "sensor.warmth"


async def rename(hass: HomeAssistant, old: str, new: str) -> None:
    er.async_get(hass).async_update_entity(old, new_entity_id=new)
    await settle(hass)
    await async_wait_recording_done(hass)


async def import_hours(hass: HomeAssistant, name: str, start: datetime) -> None:
    """Import what a meter counted from then until now, 100 kWh an hour."""
    metadata = StatisticMetaData(
        has_sum=True,
        mean_type=0,  # type: ignore[typeddict-item]
        name=None,
        source="recorder",
        statistic_id=name,
        unit_class="energy",
        unit_of_measurement="kWh",
    )
    hours = int((datetime.now(UTC) - start) / HOUR)
    async_import_statistics(
        hass,
        metadata,
        [{"start": start + n * HOUR, "sum": 100.0 * n} for n in range(hours)],
    )
    await async_wait_recording_done(hass)


async def test_statistics_of_a_meter_that_had_the_new_name_stay(
    hass: HomeAssistant, home: Home
) -> None:
    """The recorder renames to no name that is taken: the past goes from the old one."""
    await import_hours(hass, WARMTH, FIRST - 5 * DAY)
    theirs = await home.rows(WARMTH)
    assert theirs
    await rename(hass, HEAT, WARMTH)
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert (await home.rows(WARMTH))[: len(theirs)] == theirs
    assert (await home.rows(HEAT))[0][0] == OWN.timestamp()

    await home.change({CONF_STATISTICS: False})
    assert (await home.rows(WARMTH))[: len(theirs)] == theirs


async def test_a_removed_pump_leaves_the_statistics_of_that_meter(
    hass: HomeAssistant, home: Home
) -> None:
    await import_hours(hass, WARMTH, FIRST - 5 * DAY)
    theirs = await home.rows(WARMTH)
    await rename(hass, HEAT, WARMTH)
    await hass.config_entries.async_remove(home.entry.entry_id)
    await settle(hass)
    await async_wait_recording_done(hass)
    assert await home.rows(WARMTH) == theirs
    assert (await home.rows(HEAT))[0][0] == OWN.timestamp()


async def test_renamed_while_joined_it_leaves_nothing_under_the_old_name(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Its owner renames it in the pause after the newest month."""
    real, calls = joining.async_pause, 0

    async def pause(hass: HomeAssistant) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            er.async_get(hass).async_update_entity(HEAT, new_entity_id=WARMTH)
            await hass.async_block_till_done()
        await real(hass)

    async with home_of(hass, freezer, **SETTINGS) as home:
        with patch.object(joining, "async_pause", pause):
            await home.compile(2)
            await home.compare()
        assert calls
        assert await home.rows(HEAT) == []
        assert is_whole(await home.changes(WARMTH), HEAT_OF_AN_HOUR)
        await home.change({CONF_STATISTICS: False})
        assert await home.rows(HEAT) == []
        assert (await home.rows(WARMTH))[0][0] == OWN.timestamp()


async def test_a_number_that_the_recorder_gave_again_is_of_others(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    """Ours is cleared, and the statistic of another entity gets its number."""
    name = entity_registry.async_get_or_create(
        "sensor", "maker", "meter", suggested_object_id="meter"
    ).entity_id
    await import_hours(hass, name, FIRST - 5 * DAY)
    theirs = await home.rows(name)
    row, _ = metadata_of(hass, [name])[name]
    joints = await async_joints(hass)
    joint = Joint(HEAT, int(FIRST.timestamp()), int(OWN.timestamp()), row)
    await joints.async_keep(PUMP, {"heat": joint})
    await hass.config_entries.async_remove(home.entry.entry_id)
    await settle(hass)
    await async_wait_recording_done(hass)
    assert await home.rows(name) == theirs
    assert joints.pumps == set()


async def test_joined_by_an_earlier_version_it_goes_as_it_was_called(
    hass: HomeAssistant, home: Home
) -> None:
    joints = await async_joints(hass)
    before = {
        key: Joint(one.statistic_id, one.since, one.before)
        for key, one in joints.of(PUMP).items()
    }
    await joints.async_keep(PUMP, before)
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert is_whole(await home.changes(HEAT), 2 * HEAT_OF_AN_HOUR)
    assert all(one.row is not None for one in joints.of(PUMP).values())

    await joints.async_keep(PUMP, before)
    await home.change({CONF_STATISTICS: False})
    assert (await home.rows(HEAT))[0][0] == OWN.timestamp()
