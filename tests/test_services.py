"""The actions: what they answer, what they refuse, and the examples of their document."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
import re
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import probatio
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
import yaml

from custom_components.heatpump_dashboard.analysis.periods import PERIODS
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    add_entry,
    coordinator_of,
    pump,
    served_by,
    set_up,
    settle,
)

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "actions.md"
DESCRIPTIONS = ROOT / "custom_components" / DOMAIN / "services.yaml"
# Three days into February; readings begin on the 29th of January.
NOW = datetime(2026, 2, 3, 14, 30, 10, tzinfo=UTC)
FIRST = datetime(2026, 1, 29, tzinfo=UTC)
HEAT_OF_A_DAY = 162.0


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(thermia(FIRST, NOW, step_s=60))


@pytest.fixture
async def entry(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, source: MemorySource
) -> AsyncGenerator[MockConfigEntry]:
    """Return an entry with a heat pump called Cellar that runs half of the time."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("UTC")
    hass.config.language = "en"
    entry = add_entry(hass, {**pump(price=2.0), "title": "Cellar"})
    with (
        served_by(source),
        patch(f"{COMPONENT}.PLATFORMS", [Platform.SENSOR]),
    ):
        await set_up(hass, entry)
        yield entry
        await hass.config_entries.async_unload(entry.entry_id)


def device_of(hass: HomeAssistant, entry: MockConfigEntry) -> str:
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return device.id


async def ask(
    action: str, hass: HomeAssistant, entry: MockConfigEntry, **data: Any
) -> dict[str, Any]:
    asked = {"device_id": device_of(hass, entry), **data}
    answer: ServiceResponse = await hass.services.async_call(
        DOMAIN, action, asked, blocking=True, return_response=True
    )
    assert answer is not None
    return dict(answer)


figures = partial(ask, "get_figures")
events = partial(ask, "get_events")
insights = partial(ask, "get_insights")


async def test_figures_of_a_period(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    answer: dict[str, Any] = await figures(hass, entry, period="yesterday")

    assert answer["start"] == "2026-02-02T00:00:00+00:00"
    assert answer["end"] == "2026-02-03T00:00:00+00:00"
    assert answer["complete"] is True
    totals = answer["totals"]
    assert totals["heat_kwh"] == pytest.approx(HEAT_OF_A_DAY, rel=1e-3)
    assert totals["cop_compressor"] == pytest.approx(4.5, rel=1e-3)
    assert totals["cost"] == pytest.approx(2 * totals["electricity_kwh"], rel=1e-3)
    assert totals["starts"] == 36
    assert totals["outdoor_mean"] == pytest.approx(0, abs=0.1)
    assert totals["coverage"] == pytest.approx(1, abs=1e-3)


async def test_a_period_that_is_not_over_ends_with_the_last_reading(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    answer: dict[str, Any] = await figures(hass, entry, period="this_month")

    assert answer["complete"] is False
    assert answer["end"] == "2026-02-03T14:30:00+00:00"
    days = 2 + 14.5 / 24
    assert answer["totals"]["heat_kwh"] == pytest.approx(days * HEAT_OF_A_DAY, rel=0.01)


@pytest.mark.parametrize("period", PERIODS)
async def test_every_period_is_answered(
    hass: HomeAssistant, entry: MockConfigEntry, period: str
) -> None:
    answer: dict[str, Any] = await figures(hass, entry, period=period)

    before = datetime.fromisoformat(answer["end"]) <= FIRST
    assert (answer["totals"] is None) == before


async def test_figures_of_full_hours(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """What is asked for is local time where it has no offset."""
    await hass.config.async_set_time_zone("Europe/Stockholm")
    asked = {"start": "2026-02-02 06:20:00", "end": "2026-02-02 07:20:00"}
    answer: dict[str, Any] = await figures(hass, entry, **asked)

    assert answer["start"] == "2026-02-02T06:00:00+01:00"
    assert answer["end"] == "2026-02-02T08:00:00+01:00"
    assert answer["totals"]["covered_s"] == pytest.approx(7200)


async def test_without_an_end_it_is_now(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    answer: dict[str, Any] = await figures(hass, entry, start="2026-02-03 00:00:00")
    assert answer["end"] == "2026-02-03T14:30:00+00:00"


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({}, "period_or_start"),
        ({"end": "2026-02-03 00:00:00"}, "period_or_start"),
        ({"period": "today", "start": "2026-02-03 00:00:00"}, "period_or_start"),
        ({"period": "today", "end": "2026-02-03 00:00:00"}, "period_or_start"),
        (
            {"start": "2026-02-03 00:00:00", "end": "2026-02-02 00:00:00"},
            "end_before_start",
        ),
        (
            {"start": "2026-02-04 00:00:00", "end": "2026-02-05 00:00:00"},
            "end_before_start",
        ),
    ],
)
async def test_what_is_not_clear_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry, data: dict[str, str], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await figures(hass, entry, **data)
    assert refused.value.translation_key == key
    assert str(refused.value)


async def test_what_no_form_offers_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    for data in ({"period": "century"}, {"start": "soon"}, {"device_id": 5, "x": 1}):
        with pytest.raises(probatio.Invalid):
            await figures(hass, entry, **data)


async def test_another_device_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    with pytest.raises(ServiceValidationError):
        await figures(hass, entry, device_id="nobody", period="today")


async def test_a_heat_pump_that_is_not_loaded_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    device = device_of(hass, entry)
    coordinator_of(entry)._new.read_to = None
    with pytest.raises(ServiceValidationError) as refused:
        await figures(hass, entry, period="today")
    assert refused.value.translation_key == "not_read"
    assert refused.value.translation_placeholders == {"device": "Cellar"}
    await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(ServiceValidationError):
        await figures(hass, entry, device_id=device, period="today")


async def test_events_of_a_period(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    answer: dict[str, Any] = await events(
        hass, entry, period="yesterday", kinds=["hot_water"], limit=5
    )
    told = answer["events"]
    assert answer["more"] is True
    assert len(told) == 5
    times = [datetime.fromisoformat(event["time"]) for event in told]
    assert times == sorted(times, reverse=True)
    assert {time.date().isoformat() for time in times} == {"2026-02-02"}
    ended = next(event for event in told if event["value"] == 0)
    assert ended["kind"] == "hot_water"
    assert ended["duration_s"] == 1200
    assert ended["heat_kwh"] == pytest.approx(4.5, abs=0.01)
    assert ended["electricity_kwh"] == pytest.approx(1, abs=0.01)
    assert ended["cost"] == pytest.approx(2, abs=0.02)
    assert ended["cop"] == pytest.approx(4.5)
    assert -5 <= ended["outdoor"] <= 5


async def test_events_of_no_kind_but_one(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    answer: dict[str, Any] = await events(hass, entry, period="today", kinds="alarm")
    assert answer == {"events": [], "more": False}
    answer = await events(hass, entry, period="today")
    assert {"compressor", "hot_water", "brine_pump"} <= {
        event["kind"] for event in answer["events"]
    }


@pytest.mark.parametrize(
    "data",
    [{"kinds": "valve"}, {"kinds": 5}, {"limit": 0}, {"limit": 501}, {"limit": "a"}],
)
async def test_no_other_events_can_be_asked_for(
    hass: HomeAssistant, entry: MockConfigEntry, data: dict[str, Any]
) -> None:
    with pytest.raises(probatio.Invalid):
        await events(hass, entry, period="today", **data)


async def test_the_verdict_and_the_insights(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    answer: dict[str, Any] = await insights(hass, entry)

    assert answer["time"] == NOW.isoformat()
    verdict = answer["verdict"]
    assert verdict["state"] in ("ok", "watch", "act")
    assert verdict["made"] + len(unknown_of(verdict["checks"])) == verdict["of"]
    # Its water at rest is 30 °C on one side and 29 °C on the other.
    pair = verdict["checks"]["sensor_pair"]
    assert (pair["code"], pair["value"]) == ("offset", pytest.approx(1))
    assert pair["from"] == "2026-01-29T00:00:00+00:00"
    assert pair["to"] == "2026-02-03T00:00:00+00:00"
    assert set(answer["insights"]) >= set(QUESTIONS)
    assert answer["insights"]["house"]["state"] == "learning"
    assert "id" not in answer["insights"]["house"]


async def test_insights_of_a_heat_pump_alone(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    with pytest.raises(probatio.Invalid):
        await insights(hass, entry, period="today")
    with pytest.raises(ServiceValidationError):
        await insights(hass, entry, device_id="nobody")


def unknown_of(checks: dict[str, dict[str, Any]]) -> list[str]:
    states = {name: check["state"] for name, check in checks.items()}
    return [name for name, state in states.items() if state in ("learning", "unknown")]


async def test_actions_are_there_while_no_entry_is_loaded(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    for action in ("get_figures", "get_events", "get_insights", "read_again"):
        assert hass.services.has_service(DOMAIN, action)


async def test_a_period_is_read_again(
    hass: HomeAssistant, entry: MockConfigEntry, source: MemorySource
) -> None:
    """What is in memory as well."""
    before: dict[str, Any] = await figures(hass, entry, period="yesterday")
    source.stored["power_consumption"] *= 2
    data = {"device_id": device_of(hass, entry), "period": "yesterday"}
    await hass.services.async_call(DOMAIN, "read_again", data, blocking=True)
    await settle(hass)

    after: dict[str, Any] = await figures(hass, entry, period="yesterday")
    assert after["totals"]["electricity_kwh"] == pytest.approx(
        2 * before["totals"]["electricity_kwh"], rel=1e-3
    )
    assert after["totals"]["heat_kwh"] == pytest.approx(before["totals"]["heat_kwh"])


def test_the_form_offers_every_period() -> None:
    described = yaml.safe_load(DESCRIPTIONS.read_text("utf-8"))
    del described["get_insights"]
    for action in described.values():
        options = action["fields"]["period"]["selector"]["select"]["options"]
        assert tuple(options) == PERIODS


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
