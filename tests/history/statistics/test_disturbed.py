"""The past in the statistics, with what others did to them and what failed."""

import sys
import threading
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.models import StatisticMetaData
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.recorder import get_instance
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import CONF_STATISTICS, DOMAIN
from custom_components.heatpump_dashboard.history.statistics import joining
from custom_components.heatpump_dashboard.history.statistics.forgetting import (
    async_forget_removed,
)
from custom_components.heatpump_dashboard.history.statistics.joints import (
    Joint,
    async_joints,
)
from custom_components.heatpump_dashboard.sensor.figures import ENERGIES
from tests.support.pump_entry import PUMP, settle

from .home import (
    ALL_SUMS,
    ELECTRICITY,
    ELECTRICITY_OF_AN_HOUR,
    FIRST,
    HEAT,
    HEAT_OF_AN_HOUR,
    HOUR,
    OUTDOOR,
    OWN,
    PAST_HOURS,
    SETTINGS,
    STATISTICS,
    Home,
    home_of,
    is_whole,
)


async def test_it_goes_on_where_it_was_interrupted(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """The month before this one is missing, and so is the lift at the end."""
    real, calls = joining.async_pause, 0

    async def interrupted(hass: HomeAssistant) -> None:
        nonlocal calls
        calls += 1
        if calls >= 2:
            raise RuntimeError("the recorder is gone")
        await real(hass)

    async with home_of(hass, freezer, **SETTINGS) as home:
        with patch(f"{STATISTICS}.joining.async_pause", interrupted):
            await home.compile(2)
            await home.compare()
        assert calls >= 2
        assert not is_whole(await home.changes(HEAT), HEAT_OF_AN_HOUR)
        await home.compare()
        await home.compare()
        assert is_whole(await home.changes(HEAT), HEAT_OF_AN_HOUR)
        assert is_whole(await home.changes(ELECTRICITY), ELECTRICITY_OF_AN_HOUR)


async def test_a_renamed_sensor_takes_the_past_along(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    entity_registry.async_update_entity(HEAT, new_entity_id="sensor.warmth")
    await settle(hass)
    await async_wait_recording_done(hass)
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert is_whole(await home.changes("sensor.warmth"), 2 * HEAT_OF_AN_HOUR)
    assert await home.rows(HEAT) == []

    entity_registry.async_update_entity("sensor.warmth", new_entity_id=HEAT)
    await settle(hass)
    await async_wait_recording_done(hass)
    await home.change({CONF_STATISTICS: False})
    assert (await home.rows(HEAT))[0][0] == OWN.timestamp()


async def test_another_unit_is_kept(hass: HomeAssistant, home: Home) -> None:
    get_instance(hass).async_change_statistics_unit(
        HEAT, new_unit_of_measurement="MWh", old_unit_of_measurement="kWh"
    )
    get_instance(hass).async_change_statistics_unit(
        OUTDOOR, new_unit_of_measurement="°F", old_unit_of_measurement="°C"
    )
    before = await home.rows(OUTDOOR, "mean", temperature="°C")
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert is_whole(await home.changes(HEAT, energy="kWh"), 2 * HEAT_OF_AN_HOUR)
    in_mwh = await home.changes(HEAT, energy="MWh")
    assert in_mwh[3] == pytest.approx(2 * HEAT_OF_AN_HOUR / 1000, abs=1e-5)
    after = await home.rows(OUTDOOR, "mean", temperature="°C")
    assert [mean for _, mean in after[: len(before)]] == pytest.approx(
        [mean for _, mean in before]
    )


async def test_statistics_that_were_there_stay(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Somebody has imported an hour of his own, before the first reading."""
    theirs = FIRST.replace(minute=0) - 10 * HOUR
    metadata = StatisticMetaData(
        has_sum=True,
        mean_type=0,  # type: ignore[typeddict-item]
        name=None,
        source="recorder",
        statistic_id=HEAT,
        unit_class="energy",
        unit_of_measurement="kWh",
    )
    async with home_of(hass, freezer, **SETTINGS) as home:
        async_import_statistics(hass, metadata, [{"start": theirs, "sum": 5.0}])
        await async_wait_recording_done(hass)
        await home.compile(2)
        await home.compare()
        rows = await home.rows(HEAT, "sum")
        assert rows[0] == (theirs.timestamp(), 5.0)
        assert rows[1][0] == OWN.timestamp()
        assert is_whole(await home.changes(ELECTRICITY), ELECTRICITY_OF_AN_HOUR)


async def test_what_somebody_cleared_is_joined_again(
    hass: HomeAssistant, home: Home
) -> None:
    get_instance(hass).async_clear_statistics([HEAT])
    await async_wait_recording_done(hass)
    await home.compile(2)
    await home.change({"price": 3.0})
    changes = await home.changes(HEAT)
    assert is_whole(changes, HEAT_OF_AN_HOUR)
    assert len(changes) > PAST_HOURS + 4


async def test_a_sum_that_somebody_adjusted_keeps_its_past(
    hass: HomeAssistant, home: Home
) -> None:
    get_instance(hass).async_adjust_statistics(HEAT, OWN + HOUR, 100.0, "kWh")
    await async_wait_recording_done(hass)
    await home.change({"price": 3.0})
    changes = await home.changes(HEAT)
    assert is_whole(changes, HEAT_OF_AN_HOUR)
    assert changes[PAST_HOURS + 1] > 100


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Europe/Stockholm"])
async def test_days_are_those_of_the_zone(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, zone: str
) -> None:
    """Also where they begin in the middle of an hour, UTC."""
    await hass.config.async_set_time_zone(zone)
    async with home_of(hass, freezer, **SETTINGS) as home:
        await home.compile(2)
        await home.compare()
        hours = await home.rows(HEAT)
        assert all(start % 3600 == 0 for start, _ in hours)
        assert is_whole([change for _, change in hours], HEAT_OF_AN_HOUR)
        days = await home.rows(HEAT, period="day")
        # The second day is whole, with 24 hours.
        assert days[1][1] == pytest.approx(24 * HEAT_OF_AN_HOUR, abs=0.05)


async def test_a_sensor_that_is_disabled_is_left_alone(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    before = await home.changes(HEAT)
    entity_registry.async_update_entity(HEAT, disabled_by=er.RegistryEntryDisabler.USER)
    await settle(hass)
    await home.change({"flow_factor": 5.4, "flow_factor_measured": True})
    assert await home.changes(HEAT) == before


async def test_a_recorder_that_fails_is_told_of_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with home_of(hass, freezer, **SETTINGS) as home:
        with patch(
            f"{STATISTICS}.recorded.metadata_of", side_effect=OSError("disk full")
        ):
            await home.compare()
            await home.compare()
        assert caplog.text.count("is tried again every hour: OSError") == 1
        state = hass.states.get(HEAT)
        assert state is not None and float(state.state) > 0


async def test_it_is_offered_once_all_years_are_read(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    issue_registry: ir.IssueRegistry,
) -> None:
    issue = f"past_statistics_{PUMP}"
    async with home_of(hass, freezer, price=2.0) as home:
        await home.compare()
        # There is nothing yet that it could be joined onto.
        assert issue_registry.async_get_issue(DOMAIN, issue) is None
        await home.compile(2)
        assert issue_registry.async_get_issue(DOMAIN, issue) is not None
        assert len(await home.rows(HEAT)) == 2


def test_the_totals_are_those_of_the_sensors() -> None:
    """Those that grow, and what is paid; of other modules, which stand above."""
    from custom_components.heatpump_dashboard.analysis.prices import COST as COLUMN

    sums = {description.key: column for column, description in ENERGIES}
    assert sums | {"cost_today": COLUMN} == ALL_SUMS


async def test_a_removed_pump_leaves_no_past_behind_under_a_new_name(
    hass: HomeAssistant, home: Home, entity_registry: er.EntityRegistry
) -> None:
    """It is removed before the next look could have told of the other name."""
    name = "sensor.warmth"
    entity_registry.async_update_entity(HEAT, new_entity_id=name)
    await settle(hass)
    await async_wait_recording_done(hass)
    assert (await home.rows(name))[0][0] < OWN.timestamp()
    await hass.config_entries.async_remove(home.entry.entry_id)
    await settle(hass)
    await async_wait_recording_done(hass)
    assert (await home.rows(name))[0][0] == OWN.timestamp()
    assert (await async_joints(hass)).pumps == set()


async def test_what_takes_long_to_import_does_not_hold_up_home_assistant(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a heat pump that is loaded nobody has imported pandas yet."""
    module = f"{STATISTICS}.recorded"
    threads: list[int] = []

    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name == module:
                threads.append(threading.get_ident())

    joints = await async_joints(hass)
    await joints.async_keep("gone", {"heat": Joint("sensor.nobody", 0, 3600)})
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    await async_forget_removed(hass)
    assert joints.pumps == set()
    assert threads
    assert threading.get_ident() not in threads
