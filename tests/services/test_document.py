"""The examples of the document of the actions: automations, sensors, an assistant."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
import re

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications,
)
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from tests.support.pump_entry import settle

from .common import FIRST, NOW

DOCUMENT = Path(__file__).parents[2] / "docs" / "actions.md"


@pytest.mark.parametrize(
    ("block", "moments", "told"),
    [
        (
            0,
            [datetime(2026, 2, 4, 8), datetime(2026, 3, 1, 8)],
            r"\d+ kWh of heat from \d+ kWh of electricity, COP \d\.\d+, \d+ starts\.",
        ),
        (
            2,
            [datetime(2026, 2, 6, 20), datetime(2026, 2, 8, 20)],
            r"On 0 times, 0\.0 kWh in all\.",
        ),
    ],
    ids=["month", "week"],
)
async def test_the_automations_of_the_document_tell_what_they_say(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    block: int,
    moments: list[datetime],
    told: str,
) -> None:
    """As they are written there; once in a month, once in a week."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert await async_setup_component(hass, "persistent_notification", {})
    assert await async_setup_component(
        hass, "automation", {"automation": [parse_yaml(blocks[block])]}
    )
    await hass.async_block_till_done()
    try:
        for moment in moments:
            freezer.move_to(moment.replace(second=1, tzinfo=UTC))
            async_fire_time_changed(hass)
            await settle(hass)
        (notification,) = _async_get_or_create_notifications(hass).values()
    finally:
        await hass.services.async_call(
            "automation", "turn_off", {"entity_id": "all"}, blocking=True
        )
    assert re.fullmatch(told, str(notification["message"]))


# What is configured in YAML goes with Home Assistant.
@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_the_sensor_of_the_document_says_the_heating_year(
    hass: HomeAssistant, entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    configured = parse_yaml(blocks[1])
    assert isinstance(configured, dict)
    assert await async_setup_component(hass, "template", configured)
    await hass.async_block_till_done()
    freezer.move_to(NOW.replace(minute=5, second=0) + timedelta(hours=1))
    async_fire_time_changed(hass)
    await settle(hass)

    state = hass.states.get("sensor.electricity_of_the_heating_year")
    assert state is not None
    days = (NOW - FIRST) / timedelta(days=1)
    assert float(state.state) == pytest.approx(days * 37.2, rel=0.01)


# What is configured in YAML goes with Home Assistant.
@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_the_sensor_of_the_document_says_an_insight(
    hass: HomeAssistant, entry: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Five days of runs are no week: it is not available, and no error."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    configured = parse_yaml(blocks[3])
    assert isinstance(configured, dict)
    assert await async_setup_component(hass, "template", configured)
    await hass.async_block_till_done()
    freezer.move_to(NOW.replace(hour=7, minute=0, second=1) + timedelta(days=1))
    async_fire_time_changed(hass)
    await settle(hass)
    state = hass.states.get("sensor.length_of_a_heating_run")
    assert state is not None
    assert state.state == "unavailable"


async def test_the_assistant_of_the_document_answers(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    assert await async_setup_component(
        hass, "automation", {"automation": [parse_yaml(blocks[4])]}
    )
    await hass.async_block_till_done()
    answer = await hass.services.async_call(
        "conversation",
        "process",
        {"text": "How is the heat pump?", "language": "en"},
        blocking=True,
        return_response=True,
    )
    said = answer["response"]["speech"]["plain"]["speech"]
    assert said == "Look at sensor pair."
