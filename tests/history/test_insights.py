"""The insights of a heat pump that nobody asks for: found, followed and remembered."""

from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.analysis.prices import Prices
from custom_components.heatpump_dashboard.analysis.times import milliseconds
from custom_components.heatpump_dashboard.history import subject
from custom_components.heatpump_dashboard.insights import registry, verdict
from custom_components.heatpump_dashboard.insights.subject import Subject
from tests.support.house import DAY, POLL, House, house_of
from tests.support.pump_entry import DOWN, NOW, PUMP, coordinator_of, settle, unload

HISTORY = "custom_components.heatpump_dashboard.history"
FIND = f"{HISTORY}.subject.subject_of"
STORED = f"heatpump_dashboard/{PUMP}/insights"


@pytest.fixture
def days() -> int:
    """Return how many days are known."""
    return 5


@pytest.fixture
def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, days: int
) -> Generator[House]:
    with house_of(hass, freezer, days=days) as house:
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


@pytest.fixture
def hurry() -> Generator[None]:
    """Find answers with every poll that brings more, and read the years in one go."""
    with (
        patch(f"{HISTORY}.insights.GROWS_S", 0.0),
        patch(f"{HISTORY}.walk._SHORTEST_PAUSE_S", 0.0),
    ):
        yield


async def read_again(house: House, day: datetime) -> None:
    """Have the UTC day of a moment read again."""
    start = day.replace(hour=0, minute=0, second=0)
    years = coordinator_of(house.entry).years
    await years.async_read_again(Period(start, start + DAY))


@pytest.mark.usefixtures("hurry")
async def test_they_are_found_anew_when_a_day_is_read_again(
    hass: HomeAssistant, house: House, counted: Callable[[], int]
) -> None:
    """There are no more days than before, but their hours are others."""
    coordinator = await house.start()
    await house.passes(POLL)
    await coordinator.years.async_go_on()
    await house.passes(POLL)
    before = counted()
    await house.passes(POLL)
    assert counted() == before
    await read_again(house, NOW - 3 * DAY)
    await house.passes(POLL)
    assert counted() > before
    await unload(hass, house.entry)


@pytest.mark.parametrize("days", [80])
async def test_a_day_that_was_read_since_is_known_to_who_asks_for_it(
    hass: HomeAssistant, house: House
) -> None:
    coordinator = await house.start()
    await house.passes(POLL)
    await coordinator.insights.async_answers()
    day, unread = (NOW - 75 * DAY).date(), NOW - 78 * DAY
    house.source.unreadable[(unread, unread + POLL)] = DOWN
    with patch(f"{HISTORY}.walk._SHORTEST_PAUSE_S", 0.0):
        await coordinator.years.async_go_on()

    _, usual = await coordinator.insights.async_answers()
    assert not usual.knows(day)
    _, at_once = await coordinator.insights.async_answers(at_once=True)
    assert at_once.knows(day)
    assert not coordinator.insights.whole
    await unload(hass, house.entry)


@pytest.mark.parametrize("days", [80])
async def test_they_are_found_anew_as_soon_as_all_of_the_past_is_read(
    hass: HomeAssistant, house: House
) -> None:
    coordinator = await house.start()
    await house.passes(POLL)
    await coordinator.insights.async_answers()
    assert not coordinator.insights.whole
    with patch(f"{HISTORY}.walk._SHORTEST_PAUSE_S", 0.0):
        await coordinator.years.async_go_on()
    assert coordinator.insights.async_is_due()

    _, answers = await coordinator.insights.async_answers()
    assert answers.knows((NOW - 75 * DAY).date())
    assert coordinator.insights.whole
    assert not coordinator.insights.async_is_due()
    await unload(hass, house.entry)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("days", [40])
async def test_what_hours_of_two_settings_say_is_not_remembered(
    hass: HomeAssistant, house: House, hass_storage: dict[str, Any]
) -> None:
    """What needs no heat is told, but no day counts, and no letter is written of it.

    What compares the heat of days is not told at all: that of two flow factors would be
    a heat pump that is 38 % worse, or water that flows 60 % less.
    """

    def remembered() -> int:
        return len(hass_storage[STORED]["data"]["checks"]["sensor_pair"]["days"])

    coordinator = await house.start()
    await house.passes(POLL)
    await coordinator.years.async_go_on()
    await house.passes(POLL)
    assert remembered() == 1
    early = NOW - 37 * DAY
    house.source.unreadable[(early, early + POLL)] = DOWN
    await read_again(house, early)
    await house.passes(DAY)
    assert coordinator.years.mixed
    assert house.check("sensor_pair")[0] == "watch"
    for name in ("cop", "ground", "flow_guard", "plausible"):
        assert house.check(name) == ("unknown", "setting_changed")
    assert coordinator.data.insights["year"]["code"] == "setting_changed"
    assert remembered() == 1
    assert not coordinator.insights.async_is_letter_due(dt_util.now().date())

    house.source.unreadable.clear()
    for _ in range(3):
        await house.passes(POLL)
    assert not coordinator.years.mixed
    assert house.check("cop") == ("ok", "capacity")
    assert remembered() == 2
    assert coordinator.insights.async_is_letter_due(dt_util.now().date())
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


async def test_it_is_known_when_nothing_was_read(
    hass: HomeAssistant, house: House
) -> None:
    coordinator = await house.start()
    await house.passes(POLL)
    before = milliseconds(dt_util.utcnow())
    await house.silence(timedelta(hours=1))
    after = milliseconds(dt_util.utcnow())
    await house.passes(DAY)
    _, told = await coordinator.insights.async_answers()
    (_, first), *later = told.subject.gaps
    # Before the first reading, too.
    assert first < before
    (gap,) = [gap for gap in later if gap[1] > before]
    # Of a collector that reads every five minutes a reading holds for three times that.
    assert 0 <= gap[0] - before <= 15 * 60_000
    assert gap[1] == pytest.approx(after, abs=5 * 60_000)
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


async def test_a_question_that_raises_is_logged_once_and_costs_only_itself(
    hass: HomeAssistant,
    house: House,
    caplog: pytest.LogCaptureFixture,
    counted: Callable[[], int],
) -> None:
    """Its traceback is in the log; not with each day, nor with each poll."""

    def raises(_: Subject) -> Any:
        raise ValueError("odd")

    coordinator = await house.start()
    with (
        patch.dict(registry.QUESTIONS, {"year": raises}),
        patch.dict(verdict._OF_NOW, {"data": raises}),
    ):
        for _ in range(3):
            await house.passes(timedelta(minutes=6))
        await house.passes(DAY)
        assert counted() == 2
        assert house.check("data") == ("unknown", "failed")
    told = coordinator.data.insights
    assert (told["year"]["state"], told["year"]["code"]) == ("unknown", "failed")
    assert told["house"]["state"] == "learning"
    assert house.check("sensor_pair") == ("watch", "offset")
    for asked in ("year", "check_data"):
        text = f"The insight {asked} of Cellar pump cannot be found"
        assert caplog.text.count(text) == 1
    assert caplog.text.count("ValueError: odd") == 2
    await house.passes(timedelta(minutes=6))
    assert house.check("data")[0] == "ok"
    await unload(hass, house.entry)


async def test_prices_that_become_known_late_are_what_the_days_cost(
    hass: HomeAssistant, house: House, counted: Callable[[], int]
) -> None:
    coordinator = await house.start()
    coordinator.pump.prices = Prices.of([(NOW.timestamp(), 2.0)])
    await house.passes(POLL)
    _, before = await coordinator.insights.async_answers()
    assert not before.subject.days["cost"].any()

    coordinator.pump.prices = Prices.fixed(2.0)
    coordinator.years.async_price_again()
    await house.passes(POLL)
    assert counted() == 1, "Not with every poll"
    await house.passes(timedelta(minutes=6))
    _, found = await coordinator.insights.async_answers()
    days = found.subject.days
    assert days["cost"].sum() == pytest.approx(2 * days["electricity_kwh"].sum())
    assert counted() == 2
    await unload(hass, house.entry)


async def test_what_the_heat_pump_before_it_was_told_is_not_told_of_it(
    hass: HomeAssistant, house: House
) -> None:
    await house.start()
    for _ in range(3):
        await house.passes(DAY, indoor_temp=15.0)
    assert house.check("room") == ("act", "cold")
    subentry = house.entry.subentries[PUMP]
    since = {"in_operation_since": dt_util.now().date().isoformat()}
    hass.config_entries.async_update_subentry(
        house.entry, subentry, data={**subentry.data, **since}
    )
    await settle(hass)
    house.listen()
    await house.passes(DAY)
    await house.passes(DAY)
    assert house.check("room") == ("ok", "warm")
    await unload(hass, house.entry)
