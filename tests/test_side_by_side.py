"""Heat pumps of one source: what goes wrong with one leaves the others alone."""

from collections.abc import Generator
import logging
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import (
    DOWN,
    NOW,
    add_entry,
    pass_time,
    pump,
    served_by,
    set_up,
    settle,
    state,
    state_of,
    two_days,
    unload,
)

COP_TODAY = "sensor.cellar_pump_cop_today"


@pytest.fixture
def source() -> MemorySource:
    return two_days()


@pytest.fixture(autouse=True)
def served(source: MemorySource, freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Make this the source of all entries, with all platforms."""
    freezer.move_to(NOW)
    with served_by(source, entities=True):
        yield


async def test_a_heat_pump_that_fails_beside_one_that_does_not_is_one_line(
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entry = add_entry(hass, pump("a", "pump"), pump("b", "two"))
    await set_up(hass, entry)
    caplog.clear()
    read = source.readings

    async def fail_of_one(bucket: str, *args: Any, **more: Any) -> pd.DataFrame:
        if bucket == "two":
            raise DOWN
        return await read(bucket, *args, **more)

    with patch.object(source, "readings", fail_of_one):
        for _ in range(5):
            await pass_time(hass, freezer)
    await pass_time(hass, freezer)
    lines = [
        record.getMessage()
        for record in caplog.records
        if record.name == f"custom_components.{DOMAIN}"
        and record.levelno >= logging.INFO
    ]
    assert lines == [
        "Server is unavailable: Nothing answers",
        "Server is available again",
    ]
    await unload(hass, entry)


async def test_an_odd_heat_pump_beside_a_source_that_is_down_is_told_once(
    hass: HomeAssistant,
    source: MemorySource,
    issue_registry: ir.IssueRegistry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Home Assistant tries again and again, and what is odd is so each time."""
    source.failure = DOWN
    entry = add_entry(hass, pump("a", "pump"), pump("b", "two", brand="unheard"))
    assert not await hass.config_entries.async_setup(entry.entry_id)
    for _ in range(4):
        await pass_time(hass, freezer, 700)
        assert state_of(entry) is ConfigEntryState.SETUP_RETRY
        assert issue_registry.async_get_issue(DOMAIN, "unusable_settings_b")
    assert caplog.text.count("The settings of Cellar two make no sense") == 1

    hass.config_entries.async_remove_subentry(entry, "b")
    await settle(hass)
    assert issue_registry.async_get_issue(DOMAIN, "unusable_settings_b") is None


@pytest.mark.parametrize(
    "odd",
    [
        {"brand": "from_a_later_version"},
        {"brand": "generic", "series": {"no_such_metric": "x"}},
    ],
)
async def test_an_odd_heat_pump_costs_only_itself(
    hass: HomeAssistant,
    source: MemorySource,
    issue_registry: ir.IssueRegistry,
    odd: dict[str, Any],
) -> None:
    entry = add_entry(hass, pump("a", "pump"), pump("b", "two", **odd))
    await set_up(hass, entry)
    assert state_of(entry) is ConfigEntryState.LOADED
    assert float(state(hass, COP_TODAY) or 0) == pytest.approx(4.4, abs=0.1)
    issue = issue_registry.async_get_issue(DOMAIN, "unusable_settings_b")
    assert issue is not None
    assert issue.translation_placeholders == {"name": "Cellar two"}

    subentry = entry.subentries["b"]
    hass.config_entries.async_update_subentry(
        entry, subentry, data={"bucket": "two", "brand": "thermia"}
    )
    await settle(hass)
    assert set(entry.runtime_data.coordinators) == {"a", "b"}
    assert issue_registry.async_get_issue(DOMAIN, "unusable_settings_b") is None
    await unload(hass, entry)


@pytest.mark.parametrize(
    ("settings", "warnings"),
    [
        ({"brand": "generic", "series": {"no_such_metric": "x"}}, 1),
        ({"series": {"no_such_metric": "x", "another": "y"}}, 1),
        ({"no_such_setting": {"odd": [None]}}, 0),
    ],
)
async def test_what_only_another_version_knows_costs_only_itself(
    hass: HomeAssistant,
    source: MemorySource,
    issue_registry: ir.IssueRegistry,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    settings: dict[str, Any],
    warnings: int,
) -> None:
    """What a newer version stored, before somebody went back to this one."""
    mapped = {"supply_temp": "radiator_forward"}
    if "brand" in settings:
        settings = {**settings, "series": settings["series"] | mapped}
    entry = add_entry(hass, pump(**settings))
    await set_up(hass, entry)
    await pass_time(hass, freezer)
    assert set(entry.runtime_data.coordinators) == {"pump_1"}
    supply = state(hass, "sensor.cellar_pump_supply_temperature")
    assert float(supply or 0) > 20
    assert ("heatpump_dashboard", "unusable_settings_pump_1") not in (
        issue_registry.issues
    )
    said = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert len([r for r in said if "no_such_metric" in r.getMessage()]) == warnings
    assert not [r for r in said if r.levelno >= logging.ERROR]
    await unload(hass, entry)


async def test_what_cannot_be_computed_costs_its_heat_pump_a_poll_and_one_traceback(
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entry = add_entry(hass, pump("a", "pump"), pump("b", "two"))
    await set_up(hass, entry)
    one, two = entry.runtime_data.coordinators.values()
    with patch.object(two.pump, "present", side_effect=ZeroDivisionError("bug")):
        for _ in range(4):
            await pass_time(hass, freezer)
        assert one.last_update_success
        assert two.source_state == "internal_error"
        assert len([r for r in caplog.records if r.levelno >= logging.ERROR]) == 1
    await pass_time(hass, freezer)
    assert two.last_update_success
    await unload(hass, entry)


async def test_a_source_that_is_away_is_one_line_for_all_its_heat_pumps(
    hass: HomeAssistant,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entry = add_entry(hass, *(pump(f"p{n}", f"b{n}") for n in range(3)))
    await set_up(hass, entry)
    caplog.clear()
    source.failure = DOWN
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)
    source.failure = None
    await pass_time(hass, freezer)
    lines = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(f"custom_components.{DOMAIN}")
        and record.levelno >= logging.INFO
    ]
    assert lines == [
        "Server is unavailable: Nothing answers",
        "Server is available again",
    ]
    await unload(hass, entry)
