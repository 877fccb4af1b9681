"""The actions: what they answer, and what they refuse."""

from datetime import datetime
from functools import partial
from pathlib import Path
import re
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
import yaml

from custom_components.heatpump_dashboard.analysis.periods import PERIODS
from custom_components.heatpump_dashboard.analysis.words import EVENT_KINDS
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS
from custom_components.heatpump_dashboard.pump.limits import MOST_EVENTS, USUAL_EVENTS
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import coordinator_of, settle

from .common import FIRST, NOW, device_of, events, figures, insights

ROOT = Path(__file__).parents[2]
DESCRIPTIONS = ROOT / "custom_components" / DOMAIN / "services.yaml"
HEAT_OF_A_DAY = 162.0


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
    "data",
    [
        {"start": "0001-01-01 00:00:00"},
        {"start": "0001-01-01 00:00:00+14:00", "end": "9999-12-31 23:59:59.999999"},
        {"start": "2026-01-30 00:00:00", "end": "9999-12-31 23:30:00"},
        {"start": "2026-01-30 00:00:00", "end": "9999-12-31 23:59:59-12:00"},
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Stockholm", "America/Santiago"])
async def test_the_first_and_the_last_year_there_can_be(
    hass: HomeAssistant, entry: MockConfigEntry, data: dict[str, str], zone: str
) -> None:
    """Where UTC is in another year than there is, too."""
    await hass.config.async_set_time_zone(zone)
    answer: dict[str, Any] = await figures(hass, entry, **data)
    last: datetime = dt_util.as_utc(datetime.fromisoformat(answer["end"]))
    assert last == NOW.replace(second=0)
    assert answer["totals"]["heat_kwh"] > 4 * HEAT_OF_A_DAY
    assert (await events(hass, entry, **data))["events"]
    asked = {"device_id": device_of(hass, entry), **data}
    await hass.services.async_call(DOMAIN, "read_again", asked, blocking=True)
    await settle(hass)


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


async def test_only_who_manages_the_home_has_it_read_again(
    hass: HomeAssistant, entry: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    """An automation has no user, and may."""
    data = {"device_id": device_of(hass, entry), "period": "yesterday"}
    read_again = partial(hass.services.async_call, DOMAIN, "read_again", data)
    with pytest.raises(Unauthorized):
        await read_again(blocking=True, context=Context(user_id=hass_read_only_user.id))
    await read_again(blocking=True, context=Context())
    await settle(hass)


def test_the_form_offers_what_is_taken() -> None:
    described = yaml.safe_load(DESCRIPTIONS.read_text("utf-8"))
    del described["get_insights"]
    for action in described.values():
        options = action["fields"]["period"]["selector"]["select"]["options"]
        assert tuple(options) == PERIODS
    fields = described["get_events"]["fields"]
    assert tuple(fields["kinds"]["selector"]["select"]["options"]) == EVENT_KINDS
    assert set(fields["kinds"]["example"]) <= set(EVENT_KINDS)
    assert fields["limit"]["default"] == USUAL_EVENTS
    number = fields["limit"]["selector"]["number"]
    assert (number["min"], number["max"]) == (1, MOST_EVENTS)


def test_the_document_tells_what_is_taken() -> None:
    rows = (ROOT / "docs" / "actions.md").read_text("utf-8")

    def words(field: str) -> list[str]:
        (row,) = re.findall(rf"^\| `{field}` \| (.+) \|$", rows, re.MULTILINE)
        return re.findall(r"`(\w+)`", row)

    assert tuple(words("period")) == PERIODS
    assert tuple(words("kinds")) == EVENT_KINDS
    limit = f"| how many at most, 1 to {MOST_EVENTS}; {USUAL_EVENTS} without it |"
    assert limit in rows
