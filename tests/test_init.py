"""Set-up and the end of an entry."""

from collections.abc import Generator
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import frontend
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard import async_remove_config_entry_device
from custom_components.heatpump_dashboard.const import DOMAIN, STORED_UNITS
from custom_components.heatpump_dashboard.ended_entities import EndedEntities
from custom_components.heatpump_dashboard.panel import PANEL_URL_PATH
from custom_components.heatpump_dashboard.sources import (
    InvalidAuth,
    NotFound,
    SourceError,
)
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import (
    DOWN,
    NOW,
    add_entry,
    coordinator_of,
    pump,
    served_by,
    set_up,
    settle,
    state_of,
    two_days,
)

COMPONENT = "custom_components.heatpump_dashboard"


@pytest.fixture(autouse=True)
def source(freezer: FrozenDateTimeFactory) -> Generator[MemorySource]:
    """Return the source of all entries."""
    freezer.move_to(NOW)
    source = two_days()
    with served_by(source):
        yield source


@pytest.fixture
def bundle(tmp_path: Path) -> Generator[None]:
    """Have a bundle, built or not."""
    files = {"panel": "panel-1.js", "cards": "cards-1.js"}
    (tmp_path / "manifest.json").write_text(json.dumps(files))
    for name in files.values():
        (tmp_path / name).touch()
    with patch(f"{COMPONENT}.panel.BUNDLE_FOLDER", tmp_path):
        yield


async def test_an_entry_holds_a_coordinator_for_each_pump(
    hass: HomeAssistant, source: MemorySource
) -> None:
    entry = add_entry(hass, pump("a", "one"), pump("b", "two"))
    await set_up(hass, entry)

    assert state_of(entry) is ConfigEntryState.LOADED
    coordinators = entry.runtime_data.coordinators
    assert {key: c.subentry.title for key, c in coordinators.items()} == {
        "a": "Cellar one",
        "b": "Cellar two",
    }

    assert await hass.config_entries.async_unload(entry.entry_id)
    assert state_of(entry) is ConfigEntryState.NOT_LOADED
    assert source.closed


async def test_an_entry_without_pumps_loads(hass: HomeAssistant) -> None:
    entry = add_entry(hass, pump())
    hass.config_entries.async_remove_subentry(entry, "pump_1")
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert entry.runtime_data.coordinators == {}
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_a_missing_bucket_keeps_the_entry_waiting(
    hass: HomeAssistant, source: MemorySource
) -> None:
    source.failure = NotFound(
        "There is no such bucket",
        key="bucket_not_found",
        placeholders={"bucket": "pump", "organization": "home"},
    )
    entry = add_entry(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)

    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "bucket_not_found"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_changed_setting_is_taken_up(hass: HomeAssistant) -> None:
    entry = add_entry(hass)
    coordinator = await set_up(hass, entry)
    assert coordinator.pump.equipment.flow_factor == 2.7

    hass.config_entries.async_update_subentry(
        entry,
        coordinator.subentry,
        data={**coordinator.subentry.data, "flow_factor": 3.0},
    )
    await settle(hass)

    reloaded = coordinator_of(entry)
    assert reloaded is not coordinator
    assert reloaded.pump.equipment.flow_factor == 3.0
    assert reloaded.data.today["cop_compressor"] == pytest.approx(5.0)
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_removed_pump_goes_with_its_coordinator(hass: HomeAssistant) -> None:
    entry = add_entry(hass, pump("a", "one"), pump("b", "two"))
    await set_up(hass, entry)

    hass.config_entries.async_remove_subentry(entry, "a")
    await settle(hass)

    assert set(entry.runtime_data.coordinators) == {"b"}
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.usefixtures("bundle")
async def test_the_panel_stays_over_a_reload_and_goes_with_the_last_entry(
    hass: HomeAssistant,
) -> None:
    entry = add_entry(hass)
    await set_up(hass, entry)
    assert frontend.async_panel_exists(hass, PANEL_URL_PATH)

    removed: list[str] = []
    with patch(
        f"{COMPONENT}.async_remove_panel", side_effect=lambda _: removed.append("panel")
    ):
        await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
    assert not removed

    await hass.config_entries.async_set_disabled_by(
        entry.entry_id, ConfigEntryDisabler.USER
    )
    assert not frontend.async_panel_exists(hass, PANEL_URL_PATH)

    await hass.config_entries.async_set_disabled_by(entry.entry_id, None)
    await settle(hass)
    assert frontend.async_panel_exists(hass, PANEL_URL_PATH)

    await hass.config_entries.async_remove(entry.entry_id)
    assert not frontend.async_panel_exists(hass, PANEL_URL_PATH)


async def test_only_a_device_that_is_no_pump_may_be_deleted(
    hass: HomeAssistant, device_registry: dr.DeviceRegistry
) -> None:
    entry = add_entry(hass)
    await set_up(hass, entry)
    there = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, "entry_pump")}
    )
    gone = device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, "entry_old")}
    )

    assert not await async_remove_config_entry_device(hass, entry, there)
    assert await async_remove_config_entry_device(hass, entry, gone)
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.usefixtures("bundle")
@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (DOWN, ConfigEntryState.SETUP_RETRY),
        (InvalidAuth("No", key="invalid_auth"), ConfigEntryState.SETUP_ERROR),
    ],
)
async def test_the_panel_is_there_while_the_source_is_not(
    hass: HomeAssistant,
    source: MemorySource,
    failure: SourceError,
    state: ConfigEntryState,
) -> None:
    """It says why there is nothing to see; cards are not unknown elements."""
    entry = add_entry(hass)
    source.failure = failure
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert state_of(entry) is state
    assert frontend.async_panel_exists(hass, PANEL_URL_PATH)
    cards = f"/{DOMAIN}/frontend/cards-1.js"
    assert cards in hass.data[frontend.DATA_EXTRA_MODULE_URL].urls

    disabled_by = ConfigEntryDisabler.USER
    await hass.config_entries.async_set_disabled_by(entry.entry_id, disabled_by)
    assert not frontend.async_panel_exists(hass, PANEL_URL_PATH)
    await hass.config_entries.async_set_disabled_by(entry.entry_id, None)
    await settle(hass)
    assert state_of(entry) is state
    assert frontend.async_panel_exists(hass, PANEL_URL_PATH)
    await hass.config_entries.async_remove(entry.entry_id)
    await settle(hass)
    assert not frontend.async_panel_exists(hass, PANEL_URL_PATH)
    assert cards not in hass.data[frontend.DATA_EXTRA_MODULE_URL].urls


@pytest.mark.parametrize(
    "stored",
    [
        {"version": 2, "data": {}},
        {"version": 1, "data": ["odd"]},
        {"version": 1, "data": {"id": {"entity": "sensor.a"}, "other": "odd"}},
        {"version": 1, "data": {"id": {"entity": "sensor.a", "time": "odd"}}},
        {"version": 1, "data": {"id": {"entity": "sensor.a", "time": "2026-01-01"}}},
    ],
    ids=str,
)
async def test_what_is_stored_of_ended_entities_keeps_nothing_from_loading(
    hass: HomeAssistant, hass_storage: dict[str, Any], stored: dict[str, Any]
) -> None:
    key = f"{DOMAIN}.ended"
    hass_storage[key] = {"minor_version": 1, "key": key, **stored}
    entry = add_entry(hass)
    await set_up(hass, entry)
    ended = await EndedEntities.async_of(hass)
    assert ended.async_time("sensor.a") is None
    await hass.config_entries.async_unload(entry.entry_id)


async def test_when_entities_ended_is_forgotten_with_the_last_entry(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    key = f"{DOMAIN}.ended"
    noted = {"id": {"entity": "sensor.a", "time": NOW.isoformat()}}
    hass_storage[key] = {"version": 1, "minor_version": 1, "key": key, "data": noted}
    entry = add_entry(hass)
    other = MockConfigEntry(domain=DOMAIN, data=dict(entry.data), entry_id="other")
    other.add_to_hass(hass)
    await set_up(hass, entry)
    ended = await EndedEntities.async_of(hass)
    await hass.config_entries.async_remove("other")
    assert ended.async_time("sensor.a") == NOW
    assert key in hass_storage
    await hass.config_entries.async_remove(entry.entry_id)
    assert ended.async_time("sensor.a") is None
    assert key not in hass_storage


async def test_what_is_in_force_already_is_not_loaded_again(
    hass: HomeAssistant,
) -> None:
    """The title of an entry, say, or a change that came while it was loaded."""
    entry = add_entry(hass)
    coordinator = await set_up(hass, entry)
    hass.config_entries.async_update_entry(entry, title="Another title")
    await settle(hass)
    assert coordinator_of(entry) is coordinator
    await hass.config_entries.async_unload(entry.entry_id)


async def test_with_the_last_entry_goes_what_is_kept_of_units(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    kept = {"version": 1, "key": STORED_UNITS, "data": {"unit": "°C", "since": None}}
    hass_storage[STORED_UNITS] = kept
    first, last = add_entry(hass), MockConfigEntry(domain=DOMAIN)
    last.add_to_hass(hass)
    await hass.config_entries.async_remove(first.entry_id)
    assert STORED_UNITS in hass_storage
    await hass.config_entries.async_remove(last.entry_id)
    assert STORED_UNITS not in hass_storage
