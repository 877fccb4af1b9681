"""The commands `insights` and `insight`: what is asked for, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.heatpump_dashboard.history import subject
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import NOW, PUMP
from tests.support.receiver import subscribe

from .common import SetUpWith, ms

DAY = timedelta(days=1)
FIND = "custom_components.heatpump_dashboard.history.subject.subject_of"


@pytest.fixture
def source() -> MemorySource:
    """Return three weeks, half of every hour 13.5 kW."""
    return MemorySource(thermia(NOW - 21 * DAY, NOW, step_s=300, cycle_min=60))


@pytest.fixture
async def client(
    entry: MockConfigEntry, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> MockHAClientWebSocket:
    await hass.config.async_set_time_zone("Europe/Stockholm")
    await hass.async_block_till_done(wait_background_tasks=True)
    return await hass_ws_client(hass)


async def ask(
    client: MockHAClientWebSocket, command: str, **message: Any
) -> dict[str, Any]:
    asked = {"type": f"heatpump_dashboard/{command}", "pump": PUMP}
    await client.send_json_auto_id({**asked, **message})
    reply: dict[str, Any] = await client.receive_json()
    return reply


async def test_the_verdict_and_every_question(client: MockHAClientWebSocket) -> None:
    result = (await ask(client, "insights"))["result"]

    assert result["time"] == ms(NOW)
    assert result["whole"] is True
    verdict = result["verdict"]
    assert set(verdict) == {"state", "code", "made", "of", "named", "checks"}
    assert verdict["made"] < verdict["of"] == len(verdict["checks"])
    for check in verdict["checks"]:
        assert set(check) == {
            *("id", "state", "code", "value", "limit", "unit", "from", "to", "params")
        }
    assert [one["id"] for one in result["insights"]] == [*QUESTIONS, "letter"]
    for insight in result["insights"]:
        assert set(insight) == {
            *("id", "state", "code", "value", "unit", "scatter", "scale", "n"),
            *("from", "to", "params"),
        }


async def test_the_house_of_three_weeks(client: MockHAClientWebSocket) -> None:
    """162 kWh a day at 0 °C, a third of it for the hot water."""
    result = (await ask(client, "insights"))["result"]
    house = next(one for one in result["insights"] if one["id"] == "house")

    assert (house["state"], house["code"]) == ("ok", "quotient")
    assert house["value"] == pytest.approx(108 / 24 / 17, rel=0.01)
    assert house["scale"] is None
    assert house["to"] - house["from"] == house["n"] * DAY.total_seconds() * 1000


async def test_a_question_with_what_its_answer_rests_on(
    client: MockHAClientWebSocket,
) -> None:
    result = (await ask(client, "insight", insight="house"))["result"]

    assert result["insight"]["id"] == "house"
    days = result["insight"]["evidence"]["days"]
    assert len(days) == result["insight"]["n"]
    assert days[0]["time"] == result["insight"]["from"]
    assert days[0]["space_kw"] == pytest.approx(108 / 24, rel=0.01)


async def test_the_verdict_is_an_answer_that_rests_on_its_checks(
    client: MockHAClientWebSocket,
) -> None:
    verdict = (await ask(client, "insights"))["result"]["verdict"]
    insight = (await ask(client, "insight", insight="verdict"))["result"]["insight"]

    assert set(insight) == {
        *("id", "state", "code", "value", "unit", "scatter", "scale", "n"),
        *("from", "to", "params", "evidence"),
    }
    assert insight["id"] == "verdict"
    assert (insight["state"], insight["code"]) == (verdict["state"], verdict["code"])
    assert insight["params"] == {key: verdict[key] for key in ("made", "of", "named")}
    assert insight["evidence"] == {"checks": verdict["checks"]}


async def test_the_letter_is_an_answer_before_there_is_one(
    client: MockHAClientWebSocket,
) -> None:
    insight = (await ask(client, "insight", insight="letter"))["result"]["insight"]

    assert (insight["state"], insight["code"]) == ("unknown", "not_yet")


async def test_the_status_has_the_verdict_once_it_was_found(
    client: MockHAClientWebSocket,
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
) -> None:
    async def said() -> dict[str, str]:
        receiver = await subscribe(await hass_ws_client(hass), PUMP, range="1h")
        told: dict[str, str] = receiver.snapshot["status"]["verdict"]
        return told

    assert await said() == {"state": "unknown", "code": "not_found"}
    verdict = (await ask(client, "insights"))["result"]["verdict"]
    assert verdict["state"] != "unknown"
    assert await said() == {key: verdict[key] for key in ("state", "code")}


async def test_they_are_found_once_a_day(
    client: MockHAClientWebSocket, freezer: FrozenDateTimeFactory
) -> None:
    with patch(FIND, wraps=subject.subject_of) as find:
        for _ in range(3):
            await ask(client, "insights")
        await ask(client, "insight", insight="cop")
        assert find.call_count == 1

        freezer.tick(DAY)
        result = (await ask(client, "insights"))["result"]
        assert find.call_count == 2
        assert result["time"] == ms(NOW + DAY)


async def test_a_change_may_have_a_day_of_ones_own(
    client: MockHAClientWebSocket,
) -> None:
    result = (await ask(client, "insights"))["result"]
    house = next(one for one in result["insights"] if one["id"] == "house")
    last = datetime.fromtimestamp(house["to"] / 1000, UTC).date()
    days = [last - timedelta(days=days) for days in (3, 3000)]
    told, refused = [
        await ask(client, "insight", insight="change", date=day.isoformat())
        for day in days
    ]
    changed = told["result"]["insight"]["params"]["changed"]
    zone = dt_util.get_default_time_zone()
    assert datetime.fromtimestamp(changed / 1000, zone).date() == days[0]
    assert refused["error"]["code"] == "invalid_range"
    other = await ask(client, "insight", insight="cop", date=days[0].isoformat())
    assert other["error"]["code"] == "invalid_range"
    odd = await ask(client, "insight", insight="change", date="14 Jan")
    assert odd["error"]["code"] == "invalid_format"


async def test_there_is_no_such_insight(client: MockHAClientWebSocket) -> None:
    reply = await ask(client, "insight", insight="weather")
    assert reply["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("command", "message"), [("insights", {}), ("insight", {"insight": "cop"})]
)
async def test_there_is_no_such_heat_pump(
    client: MockHAClientWebSocket, command: str, message: dict[str, str]
) -> None:
    reply = await ask(client, command, pump="nobody", **message)
    assert reply["error"]["code"] == "not_found"


async def test_without_any_reading_nothing_is_known(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, set_up_with: SetUpWith
) -> None:
    await set_up_with(thermia(NOW, NOW))
    reply = await ask(await hass_ws_client(hass), "insights")
    assert reply["success"], reply
    result = reply["result"]

    assert result["verdict"]["state"] == "unknown"
    assert result["verdict"]["made"] == 0
    assert {one["state"] for one in result["insights"]} == {"unknown"}
