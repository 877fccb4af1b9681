"""The insights of a heat pump that nobody asks for: found, followed and remembered."""

from collections.abc import Callable, Generator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant
import pytest

from custom_components.heatpump_dashboard.history import subject
from tests.support.house import DAY, POLL, House, house_of
from tests.support.pump_entry import PUMP, settle, unload

HISTORY = "custom_components.heatpump_dashboard.history"
FIND = f"{HISTORY}.subject.subject_of"
STORED = f"heatpump_dashboard/{PUMP}/insights"


@pytest.fixture
def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Generator[House]:
    with house_of(hass, freezer) as house:
        yield house


@pytest.fixture
def counted() -> Generator[Callable[[], int]]:
    """Return what says how often the answers of all days were found."""
    with patch(FIND, wraps=subject.subject_of) as find:
        yield lambda: find.call_count


async def test_the_verdict_is_there_without_anybody_asking(
    hass: HomeAssistant, house: House
) -> None:
    coordinator = await house.start()
    assert coordinator.data.insights == {}
    told: list[str | None] = []
    coordinator.async_add_listener(
        lambda: told.append(coordinator.data.insights.get("verdict", {}).get("state"))
    )
    await house.passes(POLL)
    assert told[-1] == "watch"
    assert house.check("sensor_pair") == ("watch", "offset")
    assert coordinator.data.insights["house"]["state"] == "learning"
    await unload(hass, house.entry)


async def test_it_waits_until_home_assistant_has_started(
    hass: HomeAssistant, house: House
) -> None:
    hass.set_state(CoreState.starting)
    coordinator = await house.start()
    await house.passes(POLL)
    assert coordinator.data.insights == {}
    hass.set_state(CoreState.running)
    await house.passes(POLL)
    assert coordinator.data.insights
    await unload(hass, house.entry)


async def test_they_are_found_once_a_day_after_ten_past_three(
    hass: HomeAssistant, house: House, counted: Callable[[], int]
) -> None:
    await hass.config.async_set_time_zone("Europe/Stockholm")
    await house.start()
    await house.passes(POLL)
    assert counted() == 1
    # It is half past three in the afternoon there.
    await house.passes(timedelta(hours=11, minutes=35))
    assert counted() == 1
    await house.passes(timedelta(minutes=10))
    assert counted() == 2
    await house.passes(timedelta(hours=6))
    assert counted() == 2
    await unload(hass, house.entry)


async def test_an_alarm_is_told_with_the_poll_that_shows_it(
    hass: HomeAssistant, house: House, counted: Callable[[], int]
) -> None:
    await house.start()
    await house.passes(POLL)
    assert house.check("alarm") == ("ok", "none")
    await house.passes(timedelta(minutes=6), alarm_status=1.0, alarm_code=1.0)
    assert house.check("alarm") == ("act", "active")
    await house.passes(timedelta(minutes=6))
    assert house.check("alarm") == ("watch", "cleared")
    assert counted() == 1
    await unload(hass, house.entry)


async def test_a_quarter_of_an_hour_without_a_reading_is_told(
    hass: HomeAssistant, house: House
) -> None:
    await house.start()
    await house.passes(POLL)
    await house.silence(timedelta(minutes=12))
    assert house.check("data") == ("ok", "covered")
    await house.silence(timedelta(minutes=6))
    assert house.check("data") == ("act", "silent")
    await house.passes(timedelta(minutes=6))
    assert house.check("data")[0] == "ok"
    await unload(hass, house.entry)


async def test_a_restart_does_not_forget_how_long_it_lasts(
    hass: HomeAssistant, house: House, hass_storage: dict[str, Any]
) -> None:
    await house.start()
    await house.passes(POLL)
    await house.passes(DAY)
    assert house.check("sensor_pair")[0] == "watch"
    stored = hass_storage[STORED]["data"]["checks"]["sensor_pair"]
    assert len(stored["days"]) == 2

    await hass.config_entries.async_reload(house.entry.entry_id)
    await settle(hass)
    house.listen()
    await house.passes(DAY)
    assert house.check("sensor_pair")[0] == "act"
    await unload(hass, house.entry)


async def test_without_what_was_stored_it_begins_anew(
    hass: HomeAssistant,
    house: House,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass_storage[STORED] = {"version": 1, "key": STORED, "data": {"checks": [5]}}
    await house.start()
    await house.passes(POLL)
    assert house.check("sensor_pair")[0] == "watch"
    await unload(hass, house.entry)
    assert "ERROR" not in caplog.text


async def test_what_cannot_be_found_costs_no_poll(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = await house.start()
    with patch(FIND, side_effect=ValueError("odd")) as find:
        for _ in range(3):
            await house.passes(timedelta(minutes=6))
        assert find.call_count == 1, "Another time in an hour"
    assert coordinator.last_update_success
    assert coordinator.data.insights == {}
    assert caplog.text.count("The insights of Cellar pump cannot be found") == 1
    await unload(hass, house.entry)


async def test_checks_that_cannot_be_made_cost_no_poll(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = await house.start()
    await house.passes(POLL)
    with patch(f"{HISTORY}.subject.subject_now", side_effect=ValueError("odd")):
        for _ in range(3):
            await house.passes(timedelta(minutes=6))
    assert coordinator.last_update_success
    assert coordinator.data.insights["verdict"]["state"] == "watch"
    assert caplog.text.count("The checks of Cellar pump cannot be made") == 1
    await unload(hass, house.entry)
