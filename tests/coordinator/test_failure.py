"""How a poll and a set-up fail and recover."""

from datetime import timedelta
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.sources import CannotConnect
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import DOWN, NOW, pass_time, settle, state_of

from .common import BUSY, QUERY, REFUSED_TOKEN, lines


async def test_a_failed_poll_loses_nothing_and_is_logged_once(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = coordinator.pump.records
    source.failure = DOWN
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert not coordinator.last_update_success
    assert coordinator.source_state == "refused"
    assert coordinator.pump.records is before
    assert coordinator.data.metrics["supply_temp"] == 30.0
    (line,) = lines(caplog)
    assert line == "Server is unavailable: Nothing answers"

    source.failure = None
    source.write(thermia(NOW - timedelta(seconds=10), NOW + timedelta(minutes=2)))
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)

    assert coordinator.source_state == "ok"
    assert lines(caplog)[1:] == ["Server is available again"]
    # The readings of the time when it could not be asked are there.
    assert (
        coordinator.pump.records.readings.index.to_series().diff().max()
        == pd.Timedelta(seconds=30)
    )


async def test_a_server_that_fails_in_two_ways_in_turn_is_two_lines(
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not one with every poll; and one that has answered at last."""
    for failure in (BUSY, QUERY) * 6:
        source.failure = failure
        await coordinator.async_refresh()
    assert lines(caplog) == [
        "Server is unavailable: busy",
        "Cellar pump is unavailable: odd",
    ]
    source.failure = None
    await coordinator.async_refresh()
    assert lines(caplog)[2:] == [
        "Server is available again",
        "Cellar pump is available again",
    ]


async def test_a_server_that_goes_on_refusing_a_question_is_there(
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is told when it is away another time."""
    for failure in (BUSY, QUERY, QUERY, QUERY, QUERY, BUSY, BUSY):
        source.failure = failure
        await coordinator.async_refresh()
    assert lines(caplog) == [
        "Server is unavailable: busy",
        "Cellar pump is unavailable: odd",
        "Server is available again",
        "Server is unavailable: busy",
    ]


async def test_what_cannot_be_computed_is_told_once_and_when_it_can_again(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with patch.object(HeatPump, "present", side_effect=KeyError("bug")):
        for _ in range(3):
            await pass_time(hass, freezer)
            assert coordinator.source_state == "internal_error"
    await pass_time(hass, freezer)
    await pass_time(hass, freezer)
    assert lines(caplog) == [
        "Cellar pump cannot be computed",
        "Cellar pump is available again",
    ]
    traced = [r for r in caplog.records if r.exc_info and r.levelname == "ERROR"]
    assert len(traced) == 1


async def test_a_token_that_is_no_longer_valid_is_asked_for_again(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = REFUSED_TOKEN
    await pass_time(hass, freezer)
    # It may pass by itself.
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert coordinator.source_state == "invalid_auth"
    await pass_time(hass, freezer)

    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == "reauth"
    assert coordinator.source_state == "invalid_auth"
    source.asked.clear()
    await pass_time(hass, freezer)
    assert not source.asked


async def test_set_up_is_tried_again_while_the_source_is_down(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.failure = DOWN
    assert not await hass.config_entries.async_setup(entry.entry_id)

    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "refused"
    assert entry.error_reason_translation_placeholders == DOWN.placeholders
    assert source.closed

    source.failure = None
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert state_of(entry) is ConfigEntryState.LOADED


async def test_set_up_is_tried_again_whatever_the_network_said(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    """A real source's error has a cause of its own."""
    failure = CannotConnect(str(DOWN), key=DOWN.key, placeholders=DOWN.placeholders)
    failure.__cause__ = ConnectionRefusedError(111, "Connect call failed")
    source.failure = failure
    assert not await hass.config_entries.async_setup(entry.entry_id)

    assert state_of(entry) is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "refused"


async def test_set_up_with_a_wrong_token_asks_for_another(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    source.failure = REFUSED_TOKEN
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)

    assert entry.state is ConfigEntryState.SETUP_ERROR
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == "reauth"


async def test_another_reason_while_it_is_away_is_told(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    told: list[str] = []
    coordinator.async_add_listener(lambda: told.append(coordinator.source_state))
    for key in ("starting", "starting", "timeout", "query_failed"):
        source.failure = CannotConnect(key, key=key)
        await pass_time(hass, freezer)
    source.failure = REFUSED_TOKEN
    await pass_time(hass, freezer)
    assert told == ["starting", "timeout", "query_failed", "invalid_auth"]


async def test_a_refused_token_that_is_accepted_again_is_asked_of_nobody(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    for _ in range(3):
        source.failure = REFUSED_TOKEN
        await pass_time(hass, freezer)
        source.failure = None
        await pass_time(hass, freezer)
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert coordinator.last_update_success


async def test_a_server_that_asks_to_wait_is_not_asked_meanwhile(
    hass: HomeAssistant,
    coordinator: HeatPumpCoordinator,
    source: MemorySource,
    freezer: FrozenDateTimeFactory,
) -> None:
    source.failure = CannotConnect("busy", key="server_error", retry_after=300.0)
    await pass_time(hass, freezer)
    source.asked.clear()
    source.failure = None
    for _ in range(9):
        await pass_time(hass, freezer)
        assert not source.asked
    await pass_time(hass, freezer)
    assert source.asked
