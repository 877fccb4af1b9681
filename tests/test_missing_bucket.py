"""One heat pump whose bucket is missing, beside another that goes on."""

from collections.abc import Generator
import logging
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.heatpump_dashboard.sources import InvalidAuth
from custom_components.heatpump_dashboard.system_health import system_health_info
from tests.support.issues import as_after_a_restart
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import (
    COMPONENT,
    DOWN,
    add_entry,
    pass_time,
    pump,
    served_by,
    settle,
    two_days,
)
from tests.support.receiver import subscribe
from tests.websocket.common import info_of, write_minutes

ISSUE = "bucket_missing_b"


@pytest.fixture(autouse=True)
def source(frozen: None) -> Generator[MemorySource]:
    """Return the source of all entries, with all platforms."""
    source = two_days()
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", PLATFORMS):
        yield source


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    return add_entry(hass, pump("a", "one"), pump("b", "two"))


async def load(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED


def states(hass: HomeAssistant, pump_id: str) -> list[str]:
    """Return the states of all entities of a pump."""
    entries = er.async_entries_for_config_entry(er.async_get(hass), "entry")
    own = [
        hass.states.get(entry.entity_id)
        for entry in entries
        if entry.config_subentry_id == pump_id and not entry.disabled
    ]
    return [state.state for state in own if state is not None]


async def test_the_other_heat_pump_loads_and_this_one_comes_by_itself(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    source.missing = {"two"}
    await load(hass, entry)
    assert states(hass, "a") and STATE_UNAVAILABLE not in states(hass, "a")
    assert states(hass, "b") == [STATE_UNAVAILABLE] * len(states(hass, "a"))
    await pass_time(hass, freezer)

    source.missing = set()
    write_minutes(source, 1)
    await pass_time(hass, freezer)
    assert len(states(hass, "b")) == len(states(hass, "a"))
    assert STATE_UNAVAILABLE not in states(hass, "b")
    lines = [
        record.getMessage()
        for record in caplog.records
        if record.name == f"custom_components.{DOMAIN}"
        and record.levelno >= logging.INFO
    ]
    assert lines == [
        "Cellar two is unavailable: There is no bucket two",
        "Cellar two is available again",
    ]

    # From now on it is polled like any other.
    before = entry.runtime_data.coordinators["b"].data
    write_minutes(source, 2)
    await pass_time(hass, freezer)
    assert entry.runtime_data.coordinators["b"].data.time > before.time
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_entities_that_were_there_are_unavailable_meanwhile(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    await load(hass, entry)
    known = len(states(hass, "b"))
    source.missing = {"two"}
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert states(hass, "b") == [STATE_UNAVAILABLE] * known
    assert STATE_UNAVAILABLE not in states(hass, "a")

    source.missing = set()
    await pass_time(hass, freezer)
    assert len(states(hass, "b")) == known
    assert STATE_UNAVAILABLE not in states(hass, "b")
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_one_that_comes_while_the_entry_is_unloaded_leaves_nothing_behind(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.missing = {"two"}
    await load(hass, entry)
    waiting = entry.runtime_data.coordinators["b"]
    source.missing = set()
    unload_platforms = hass.config_entries.async_unload_platforms

    async def unload(*args: Any) -> bool:
        unloaded = await unload_platforms(*args)
        await waiting.async_refresh()
        return unloaded

    with patch.object(hass.config_entries, "async_unload_platforms", unload):
        assert await hass.config_entries.async_unload(entry.entry_id)
    await settle(hass)
    assert set(states(hass, "b")) == {STATE_UNAVAILABLE}

    await load(hass, entry)
    assert len(states(hass, "b")) == len(states(hass, "a"))
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize("from_the_start", [True, False])
async def test_an_issue_names_the_bucket_until_it_is_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    issue_registry: ir.IssueRegistry,
    from_the_start: bool,
) -> None:
    if not from_the_start:
        await load(hass, entry)
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    source.missing = {"two"}
    await load(hass, entry) if from_the_start else await pass_time(hass, freezer)

    issue = issue_registry.async_get_issue(DOMAIN, ISSUE)
    assert issue is not None
    assert issue.translation_placeholders == {
        "bucket": "two",
        "name": "Cellar two",
        "organization": "home",
    }
    # A server that is away for a moment is no sign of the bucket.
    source.failure = DOWN
    await pass_time(hass, freezer)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is issue

    source.failure, source.missing = None, set()
    await pass_time(hass, freezer)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_the_issue_goes_with_the_heat_pump(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    issue_registry: ir.IssueRegistry,
) -> None:
    source.missing = {"two"}
    await load(hass, entry)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is not None
    hass.config_entries.async_remove_subentry(entry, "b")
    await settle(hass)
    assert entry.state is ConfigEntryState.LOADED
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_the_panel_is_told_of_that_heat_pump_only(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    source.missing = {"two"}
    await load(hass, entry)
    client = await hass_ws_client(hass)
    first, second = await info_of(client)
    why = {
        "code": "not_found",
        "message": "Cellar two is not loaded",
        "translation_domain": DOMAIN,
        "translation_key": "bucket_not_found",
    }
    assert "error" not in first
    assert (second["id"], second["error"]) == ("b", why)
    for command in ("subscribe", "periods"):
        span = {"range": "24h"} if command == "subscribe" else {}
        await client.send_json_auto_id(
            {"type": f"{DOMAIN}/{command}", "pump": "b", **span}
        )
        assert (await client.receive_json())["error"].items() >= why.items()
    shown = await subscribe(client, "a", range="24h")
    assert shown.snapshot["status"]["source"] == "ok"

    source.missing = set()
    await pass_time(hass, freezer)
    assert "error" not in (await info_of(await hass_ws_client(hass)))[1]
    shown = await subscribe(await hass_ws_client(hass), "b", range="24h")
    assert shown.snapshot["status"]["source"] == "ok"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_a_viewer_from_before_sees_it_come_back(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await load(hass, entry)
    viewer = await subscribe(await hass_ws_client(hass), "b", range="24h")
    source.missing = {"two"}
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    away = await viewer.receive()
    assert [event["status"]["source"] for event in away] == [
        "not_loaded",
        "bucket_not_found",
    ]

    source.missing = set()
    await pass_time(hass, freezer)
    await viewer.receive()
    assert viewer.snapshot["status"]["source"] == "ok"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_diagnostics_say_what_is_waited_for(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.missing = {"two"}
    await load(hass, entry)
    first, second = (await async_get_config_entry_diagnostics(hass, entry))["pumps"]
    assert first["source"] == "ok"
    assert second["source"] == "bucket_not_found"
    assert second["settings"]["bucket"] == "two"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_system_health_counts_it(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.missing = {"two"}
    await load(hass, entry)
    assert (await system_health_info(hass))["heat_pumps"] == 2
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_a_refused_token_comes_before_a_missing_bucket(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.missing = {"one"}
    source.failure = InvalidAuth("No", key="invalid_auth")
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    await settle(hass)


async def test_the_only_heat_pump_has_the_issue_too(
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    issue_registry: ir.IssueRegistry,
) -> None:
    entry = add_entry(hass, pump("b", "two"))
    source.missing = {"two"}
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is not None
    await pass_time(hass, freezer, 20)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is not None

    source.missing = set()
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_the_issue_of_the_only_heat_pump_goes_with_the_entry(
    hass: HomeAssistant, source: MemorySource, issue_registry: ir.IssueRegistry
) -> None:
    entry = add_entry(hass, pump("b", "two"))
    source.missing = {"two"}
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await hass.config_entries.async_remove(entry.entry_id)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None


async def test_the_issue_is_there_again_after_a_restart(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Of what is not persistent Home Assistant keeps that it was there, and no more."""
    source.missing = {"two"}
    as_after_a_restart(issue_registry, ISSUE)
    await load(hass, entry)
    issue = issue_registry.async_get_issue(DOMAIN, ISSUE)
    assert issue is not None
    assert issue.active
    assert issue.translation_key == "bucket_missing"
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_unusable_settings_are_logged_again_after_a_restart(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entry = add_entry(hass, pump("a", "one"), pump("b", "two", brand="unheard"))
    as_after_a_restart(issue_registry, "unusable_settings_b")
    await load(hass, entry)
    assert caplog.text.count("The settings of Cellar two make no sense") == 1
    assert await hass.config_entries.async_unload(entry.entry_id)
