"""A heat pump that goes while somebody waits for what was asked of it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Event
from typing import Any
from unittest.mock import Mock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.websocket_api import DOMAIN as WEBSOCKET
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.history.insights import DailyInsights
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.history.walk import Walk
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from tests.support.house import POLL, House, house_of
from tests.support.pump_entry import PUMP, coordinator_of, settle, state_of, unload

type Go = Callable[[HomeAssistant, MockConfigEntry], Awaitable[None]]

STORED = f"{DOMAIN}/{PUMP}/insights"


async def removed(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_remove(entry.entry_id)


async def taken_out(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.config_entries.async_remove_subentry(entry, PUMP)


async def disabled(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_set_disabled_by(
        entry.entry_id, ConfigEntryDisabler.USER
    )


async def unloaded(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_unload(entry.entry_id)


ways = pytest.mark.parametrize(
    "go", [removed, taken_out, disabled, unloaded], ids=lambda go: go.__name__
)


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[House]:
    """Return a house whose heat pump has an alarm, which an issue says."""
    with house_of(hass, freezer, entities=True) as house:
        await house.start()
        await house.passes(POLL)
        await house.passes(timedelta(minutes=6), alarm_status=1.0, alarm_code=1.0)
        assert issues(hass) == {f"act_alarm_{PUMP}", f"unchecked_heat_{PUMP}"}
        yield house
        if house.entry.state is ConfigEntryState.LOADED:
            await unload(hass, house.entry)


def issues(hass: HomeAssistant) -> set[str]:
    """Return the issues of the heat pump that are shown."""
    registry = ir.async_get(hass)
    return {
        issue_id
        for (domain, issue_id), issue in registry.issues.items()
        if domain == DOMAIN and issue.active and issue_id.endswith(PUMP)
    }


@contextmanager
def held(cls: type, method: str) -> Generator[tuple[Event, Event]]:
    """Hold up what an executor does; yield what says it began, and what lets it go."""
    begun, go = Event(), Event()
    real = getattr(cls, method)

    def later(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        assert go.wait(10)
        return real(*args, **kwargs)

    with patch.object(cls, method, later):
        try:
            yield begun, go
        finally:
            go.set()


async def go_meanwhile(
    hass: HomeAssistant, entry: MockConfigEntry, go: Go, begun: Event, let: Event
) -> None:
    """Have it go as soon as something is being done, then let that be done."""
    assert await hass.async_add_executor_job(begun.wait, 5)
    await go(hass, entry)
    await hass.async_block_till_done()
    assert issues(hass) == set()
    let.set()


@ways
async def test_nothing_more_is_said_of_it_by_who_asked_for_its_insights(
    hass: HomeAssistant, house: House, hass_storage: dict[str, Any], go: Go
) -> None:
    insights = coordinator_of(house.entry).insights
    # As after a start, or on a new day, with something new to be remembered.
    insights._found, insights._memory.lasting = None, {}
    connection = Mock()
    with held(DailyInsights, "_find") as (begun, let):
        answer, _ = hass.data[WEBSOCKET][f"{DOMAIN}/insights"]
        answer(hass, connection, {"id": 5, "type": f"{DOMAIN}/insights", "pump": PUMP})
        await go_meanwhile(hass, house.entry, go, begun, let)
        hass_storage.pop(STORED, None)
        await settle(hass)
    connection.send_result.assert_called_once()
    assert issues(hass) == set()
    assert STORED not in hass_storage


@ways
async def test_nothing_more_is_said_of_it_by_a_poll_that_an_automation_asked_for(
    hass: HomeAssistant,
    house: House,
    go: Go,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is no task of the entry, and reads no past of what is gone."""
    coordinator = coordinator_of(house.entry)
    with (
        held(HeatPump, "present") as (begun, let),
        patch.object(coordinator._background, "async_go_on") as goes_on,
    ):
        poll = asyncio.create_task(coordinator.async_refresh())
        await go_meanwhile(hass, house.entry, go, begun, let)
        await poll
    await settle(hass)
    assert issues(hass) == set()
    assert not goes_on.called


async def test_nor_that_its_source_is_away_which_was_closed_with_it(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = coordinator_of(house.entry)
    with (
        patch.object(HeatPump, "present", side_effect=KeyError("closed")),
        held(HeatPump, "take_in") as (begun, let),
    ):
        poll = asyncio.create_task(coordinator.async_refresh())
        await go_meanwhile(hass, house.entry, removed, begun, let)
        await poll
    await settle(hass)
    assert "cannot be computed" not in caplog.text


@contextmanager
def marked() -> Generator[tuple[list[Walk], asyncio.Event, asyncio.Event]]:
    """Hold up who has days read again, once they are marked; yield of which pumps."""
    begun, go, done = asyncio.Event(), asyncio.Event(), list[Walk]()
    real = Walk.async_read_again

    async def later(walk: Walk, store: HourStore, days: set[date]) -> None:
        await real(walk, store, days)
        done.append(walk)
        begun.set()
        await go.wait()

    with patch.object(Walk, "async_read_again", later):
        yield done, begun, go


def read_again(hass: HomeAssistant, entry: MockConfigEntry) -> asyncio.Task[Any]:
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    data = {"device_id": device.id, "period": "yesterday"}
    call = hass.services.async_call(DOMAIN, "read_again", data, blocking=True)
    return asyncio.create_task(call)


@ways
async def test_who_has_it_read_again_is_told_that_it_is_gone(
    hass: HomeAssistant, house: House, go: Go
) -> None:
    """And it is not loaded for that."""
    entry = house.entry
    with marked() as (_, begun, let):
        asked = read_again(hass, entry)
        await begun.wait()
        await go(hass, entry)
        let.set()
        with pytest.raises(ServiceValidationError):
            await asked
    await settle(hass)
    assert issues(hass) == set()
    assert go is taken_out or state_of(entry) is ConfigEntryState.NOT_LOADED


async def test_what_is_asked_for_while_it_is_loaded_anew_is_read_again(
    hass: HomeAssistant, house: House
) -> None:
    with marked() as (walks, begun, let):
        asked = read_again(hass, house.entry)
        await begun.wait()
        await hass.config_entries.async_reload(house.entry.entry_id)
        let.set()
        await asked
    await settle(hass)
    first, second = walks
    assert first is not second


@pytest.mark.parametrize(
    "fails",
    ["async_follow_price", "async_follow_demo_price", "async_connect"],
)
async def test_a_set_up_that_fails_at_its_end_leaves_no_heat_pump(
    hass: HomeAssistant, house: House, fails: str
) -> None:
    entry_id = house.entry.entry_id
    failing = patch(
        f"custom_components.{DOMAIN}.{fails}", side_effect=RuntimeError("odd")
    )
    connection = Mock()
    answer, _ = hass.data[WEBSOCKET][f"{DOMAIN}/insights"]
    with failing:
        await hass.config_entries.async_reload(entry_id)
        await settle(hass)
    assert state_of(house.entry) is ConfigEntryState.SETUP_ERROR
    answer(hass, connection, {"id": 5, "type": f"{DOMAIN}/insights", "pump": PUMP})
    await settle(hass)
    (_, code, *_), _ = connection.send_error.call_args
    assert code == "not_found"

    await hass.config_entries.async_reload(entry_id)
    await settle(hass)
    assert coordinator_of(house.entry).has_read
