"""How the heat pumps of an entry are loaded: each for itself, and as it is stored."""

import asyncio
from collections.abc import Generator, Mapping, Sequence
import gc
import logging
from typing import Any, override
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.loading import FIRST_DATA_TIMEOUT_S
from custom_components.heatpump_dashboard.sources import InvalidAuth, Times
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    DOWN,
    NOW,
    add_entry,
    coordinator_of,
    pass_time,
    pump,
    set_up,
    settle,
    state,
    state_of,
    two_days,
    unload,
)

COP_TODAY = "sensor.cellar_pump_cop_today"
OPERATION = "event.cellar_pump_operation"


class SlowSource(MemorySource):
    """Answers questions for readings only when it is let to."""

    def __init__(self) -> None:
        """Hold all answers back."""
        super().__init__(thermia(NOW - pd.Timedelta(hours=50), NOW))
        self.asked_for = asyncio.Event()
        self.answers = asyncio.Event()

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        self.asked_for.set()
        await self.answers.wait()
        return await super().readings(
            bucket, series, spans, in_force=in_force, units=units
        )


@pytest.fixture
def source() -> SlowSource:
    return SlowSource()


@pytest.fixture(autouse=True)
def served(source: SlowSource, freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Make this the source of all entries, with all platforms."""
    freezer.move_to(NOW)

    async def create(hass: HomeAssistant, data: Mapping[str, Any]) -> MemorySource:
        return source

    with patch(f"{COMPONENT}.async_create_source", create):
        yield


async def set_up_in_silence(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: SlowSource,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Set an entry up whose source says nothing for longer than a set-up waits."""
    loading = hass.async_create_task(hass.config_entries.async_setup(entry.entry_id))
    await source.asked_for.wait()
    freezer.tick(FIRST_DATA_TIMEOUT_S + 1)
    assert await loading


async def test_a_setting_that_is_saved_while_the_entry_loads_is_in_force(
    hass: HomeAssistant, source: SlowSource
) -> None:
    entry = add_entry(hass)
    loading = hass.async_create_task(hass.config_entries.async_setup(entry.entry_id))
    await source.asked_for.wait()
    subentry = entry.subentries["pump_1"]
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "flow_factor": 5.4}
    )
    source.answers.set()
    await loading
    await settle(hass)
    assert coordinator_of(entry).pump.equipment.flow_factor == 5.4
    await unload(hass, entry)


async def test_heat_pumps_added_and_removed_while_the_entry_loads(
    hass: HomeAssistant, source: SlowSource, caplog: pytest.LogCaptureFixture
) -> None:
    entry = add_entry(hass, pump("a", "one"), pump("b", "two"))
    loading = hass.async_create_task(hass.config_entries.async_setup(entry.entry_id))
    await source.asked_for.wait()
    for number in range(6):
        hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(**pump(f"new_{number}", f"b{number}")),  # type: ignore[arg-type]
        )
    hass.config_entries.async_remove_subentry(entry, "a")
    source.answers.set()
    await loading
    await settle(hass)
    assert set(entry.runtime_data.coordinators) == {
        "b",
        *(f"new_{number}" for number in range(6)),
    }
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]
    await unload(hass, entry)


async def test_an_entry_removed_while_it_loads_leaves_no_trace(
    hass: HomeAssistant, source: SlowSource, caplog: pytest.LogCaptureFixture
) -> None:
    entry = add_entry(hass)
    loading = hass.async_create_task(hass.config_entries.async_setup(entry.entry_id))
    await source.asked_for.wait()
    subentry = entry.subentries["pump_1"]
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "flow_factor": 5.4}
    )
    removing = hass.async_create_task(hass.config_entries.async_remove(entry.entry_id))
    source.answers.set()
    await asyncio.gather(loading, removing)
    await settle(hass)
    assert not hass.config_entries.async_entries(DOMAIN)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


async def test_a_silent_database_does_not_hold_the_set_up(
    hass: HomeAssistant, source: SlowSource, freezer: FrozenDateTimeFactory
) -> None:
    entry = add_entry(hass)
    await set_up_in_silence(hass, entry, source, freezer)
    assert state_of(entry) is ConfigEntryState.LOADED
    assert state(hass, COP_TODAY) == STATE_UNAVAILABLE

    source.answers.set()
    await settle(hass)
    assert float(state(hass, COP_TODAY) or 0) == pytest.approx(4.4, abs=0.1)
    source.write(thermia(NOW, NOW + pd.Timedelta(minutes=1)))
    before = coordinator_of(entry).data.time
    await pass_time(hass, freezer)
    assert coordinator_of(entry).data.time > before  # type: ignore[operator]
    await unload(hass, entry)


async def test_what_happened_since_the_set_up_is_told_with_the_first_readings(
    hass: HomeAssistant, source: SlowSource, freezer: FrozenDateTimeFactory
) -> None:
    """Not what had happened before it: that is the past."""
    entry = add_entry(hass)
    await set_up_in_silence(hass, entry, source, freezer)
    source.failure = DOWN
    source.answers.set()
    await settle(hass)
    assert state(hass, OPERATION) == STATE_UNAVAILABLE

    source.failure = None
    source.write(thermia(NOW, NOW + pd.Timedelta(minutes=12)))
    await pass_time(hass, freezer, 11 * 60)
    told = hass.states.get(OPERATION)
    assert told is not None
    assert told.attributes["event_type"] == "compressor_started"
    assert told.attributes["time"] == NOW.replace(minute=40, second=0)
    await unload(hass, entry)


async def test_a_silent_database_does_not_hold_the_unloading(
    hass: HomeAssistant, source: SlowSource, freezer: FrozenDateTimeFactory
) -> None:
    entry = add_entry(hass)
    await set_up_in_silence(hass, entry, source, freezer)
    coordinator = coordinator_of(entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not coordinator._listeners
    assert source.closed


async def test_a_token_refused_after_the_set_up_is_asked_for(
    hass: HomeAssistant, source: SlowSource, freezer: FrozenDateTimeFactory
) -> None:
    entry = add_entry(hass)
    await set_up_in_silence(hass, entry, source, freezer)
    source.failure = InvalidAuth("No", key="invalid_auth")
    source.answers.set()
    await settle(hass)
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == "reauth"
    await unload(hass, entry)


async def test_first_data_that_fail_after_the_set_up_are_seen_to(
    hass: HomeAssistant,
    source: SlowSource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entry = add_entry(hass)
    await set_up_in_silence(hass, entry, source, freezer)
    source.failure = DOWN
    source.answers.set()
    await settle(hass)
    gc.collect()
    await settle(hass)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert "Server is unavailable: Nothing answers" in caplog.text
    source.failure = None
    await pass_time(hass, freezer)
    assert coordinator_of(entry).source_state == "ok"
    await unload(hass, entry)


async def test_a_heat_pump_added_while_the_entry_waits_is_taken_up(
    hass: HomeAssistant, source: SlowSource
) -> None:
    source.answers.set()
    source.missing = {"one"}
    entry = add_entry(hass, pump("a", "one"))
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    hass.config_entries.async_add_subentry(
        entry,
        ConfigSubentry(**pump("b", "two")),  # type: ignore[arg-type]
    )
    await settle(hass)
    assert state_of(entry) is ConfigEntryState.LOADED
    assert set(entry.runtime_data.coordinators) == {"a", "b"}
    await unload(hass, entry)


async def test_all_platforms_follow_the_poll(
    hass: HomeAssistant, source: SlowSource, freezer: FrozenDateTimeFactory
) -> None:
    source.answers.set()
    entry = add_entry(hass)
    await set_up(hass, entry)
    assert {s.domain for s in hass.states.async_all()} >= {str(p) for p in PLATFORMS}
    source.failure = DOWN
    await pass_time(hass, freezer)
    assert state(hass, COP_TODAY) == STATE_UNAVAILABLE
    source.failure = None
    source.write(two_days(NOW + pd.Timedelta(minutes=2)).stored)
    await pass_time(hass, freezer)
    assert float(state(hass, COP_TODAY) or 0) == pytest.approx(4.4, abs=0.1)
    await unload(hass, entry)
