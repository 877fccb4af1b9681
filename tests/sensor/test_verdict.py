"""What the verdict says that is new, and that it knows it after a restart."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
import pytest
from pytest_homeassistant_custom_component.common import (
    mock_restore_cache_with_extra_data,
)

from custom_components.heatpump_dashboard.identity import own_id
from custom_components.heatpump_dashboard.sensor.verdict import News
from custom_components.heatpump_dashboard.totals import PUMP
from tests.insights.factory import subject, winter
from tests.support.house import House, house_of
from tests.support.pump_entry import coordinator_of, state, unload

from .test_insights import attributes, tell

NOW = datetime(2026, 1, 5, tzinfo=UTC)
VERDICT = "sensor.cellar_pump_verdict"


def checks(**states: str) -> list[dict[str, str]]:
    return [
        {"id": name, "state": state.split()[0], "code": state.split()[-1]}
        for name, state in states.items()
    ]


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ({}, {"sixty": "watch"}, "watch"),
        ({"sixty": "watch"}, {"sixty": "act"}, "act"),
        ({"sixty": "act"}, {"sixty": "act", "alarm": "act"}, "act"),
        ({"sixty": "act"}, {"sixty": "act", "alarm": "watch"}, "watch"),
        ({"sixty": "watch"}, {"sixty": "act", "alarm": "watch"}, "act"),
        ({"sixty": "act"}, {"sixty": "ok"}, "ok"),
        ({"sixty": "act"}, {"sixty": "act"}, None),
        ({"sixty": "act"}, {"sixty": "watch"}, None),
        ({"sixty": "act", "room": "act"}, {"sixty": "act", "room": "ok"}, None),
        # Nobody knows whether it is over: it is the same when it is made again.
        ({"sixty": "act"}, {"sixty": "unknown coverage"}, None),
        ({}, {"sixty": "ok"}, None),
    ],
)
def test_news_is_what_has_become_worse_or_right_again(
    before: dict[str, str], after: dict[str, str], news: str | None
) -> None:
    was = News().after(checks(**before), NOW)
    now = was.after(checks(**after), NOW + timedelta(hours=1))
    if news is None:
        assert (now.news, now.news_state) == (was.news, was.news_state)
    else:
        assert now.news == (NOW + timedelta(hours=1)).isoformat()
        assert now.news_state == news


def test_what_could_not_be_made_for_a_while_is_no_news() -> None:
    was = News().after(checks(sixty="act"), NOW)
    dark = was.after(checks(sixty="unknown coverage"), NOW + timedelta(hours=1))
    assert dark.after(checks(sixty="act"), NOW + timedelta(hours=2)) == was


def test_what_comes_again_next_winter_is_news() -> None:
    was = News().after(checks(cop="act"), NOW)
    summer = was.after(checks(cop="unknown not_heating"), NOW + timedelta(days=150))
    winter = summer.after(checks(cop="act"), NOW + timedelta(days=300))
    assert winter.news == (NOW + timedelta(days=300)).isoformat()


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"said": 7},
        {"said": {}, "news": "yesterday"},
        {"said": {}, "news": 5},
        {"news": None},
        {"said": {"cop": "bad"}},
    ],
)
def test_what_is_stored_and_cannot_be_read_is_nothing(stored: dict[str, Any]) -> None:
    assert News.from_dict(stored) == News()


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[House]:
    with house_of(hass, freezer, entities=True) as house:
        yield house
        await unload(hass, house.entry)


async def test_the_verdict_of_each_heat_pump_opens_its_own(
    hass: HomeAssistant, house: House
) -> None:
    await house.start()
    pump_id = coordinator_of(house.entry).pump_id
    assert attributes(hass, "verdict")["url"] == (
        f"/heatpump-dashboard/insights/verdict?pump={pump_id}"
    )


@pytest.mark.parametrize("is_told", [True, False])
async def test_what_was_said_before_a_restart_is_no_news(
    hass: HomeAssistant, house: House, is_told: bool
) -> None:
    (subentry,) = house.entry.subentries.values()
    before = {
        "news": NOW.isoformat(),
        "news_state": "act",
        "said": {"sixty": "act"} if is_told else {"room": "act"},
        PUMP: own_id(subentry),
    }
    mock_restore_cache_with_extra_data(hass, [(State(VERDICT, "act"), before)])
    await house.start()
    assert attributes(hass, "verdict")["news"] == NOW.isoformat()
    sums = winter(100)
    sums["hot_water_temp|max"][-40:] = 52.0
    await tell(house, subject(sums))
    assert state(hass, VERDICT) == "act"
    told = attributes(hass, "verdict")
    assert (told["news"] == NOW.isoformat()) is is_told
    assert told["news_state"] == "act"


async def test_what_another_heat_pump_of_the_same_name_said_is_forgotten(
    hass: HomeAssistant, house: House
) -> None:
    """A removed one has left its entity's last state behind."""
    before = {
        "news": NOW.isoformat(),
        "news_state": "act",
        "said": {"sixty": "act"},
        PUMP: "of one that was removed",
    }
    mock_restore_cache_with_extra_data(hass, [(State(VERDICT, "act"), before)])
    await house.start()
    assert attributes(hass, "verdict")["news"] is None
    sums = winter(100)
    sums["hot_water_temp|max"][-40:] = 52.0
    await tell(house, subject(sums))
    told = attributes(hass, "verdict")
    assert told["news"] not in (None, NOW.isoformat())
    assert told["news_state"] == "act"
