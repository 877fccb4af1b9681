"""The issues of checks that ask for an action: one a check, until it is over."""

from collections.abc import AsyncGenerator
from datetime import UTC, timedelta
import json
from pathlib import Path
import re

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from custom_components.heatpump_dashboard.insights.result import Check, Param
from custom_components.heatpump_dashboard.issues import (
    _NUMBERS,
    _OTHER_WORDS,
    SHOWN_BY,
    act_words,
    async_report_insights,
)
from custom_components.heatpump_dashboard.numerals import numeral
from custom_components.heatpump_dashboard.profiles import load
from tests.insights.factory import subject
from tests.support.house import DAY, POLL, House, house_of
from tests.support.pump_entry import PUMP, coordinator_of, settle, unload

TRANSLATIONS = Path(__file__).parents[1] / "custom_components" / DOMAIN / "translations"
CARDS = Path(__file__).parents[1] / "frontend" / "src" / "insights" / "cards.ts"
SIX_MINUTES = timedelta(minutes=6)


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[House]:
    """Return a house of which the first insights are known."""
    with house_of(hass, freezer) as house:
        await house.start()
        await house.passes(POLL)
        yield house


def issue_of(registry: ir.IssueRegistry, check: str) -> ir.IssueEntry | None:
    """Return the issue of a check, None where there is none that is told."""
    found = registry.async_get_issue(DOMAIN, f"act_{check}_{PUMP}")
    return found if found is not None and found.active else None


def said(registry: ir.IssueRegistry) -> set[str]:
    """Return the checks that have an issue."""
    return {
        issue_id.removeprefix("act_").removesuffix(f"_{PUMP}")
        for (domain, issue_id), issue in registry.issues.items()
        if domain == DOMAIN and issue_id.startswith("act_") and issue.active
    }


async def test_a_look_is_no_issue_and_an_action_is_one(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    assert said(issue_registry) == set()
    await house.passes(DAY)
    assert said(issue_registry) == set()
    await house.passes(DAY)
    assert said(issue_registry) == {"sensor_pair"}
    await unload(hass, house.entry)


async def test_it_has_the_number_in_its_sentence_and_leads_to_the_insight(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    hass.config.language = "sv"
    await house.passes(DAY, indoor_temp=16.0)
    await house.passes(DAY, indoor_temp=16.0)
    await house.passes(DAY, indoor_temp=16.0)
    issue = issue_of(issue_registry, "room")
    assert issue is not None
    assert issue.translation_key == "act_room"
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["value"] == "16 °C"
    assert issue.translation_placeholders["name"] == "Cellar pump"
    assert issue.learn_more_url == (
        f"homeassistant://heatpump-dashboard/insights/curve?pump={PUMP}"
    )
    assert not issue.is_fixable
    await unload(hass, house.entry)


async def test_it_goes_when_it_is_over(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    await house.passes(SIX_MINUTES, alarm_status=1.0, alarm_code=1.0)
    issue = issue_of(issue_registry, "alarm")
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["alarm"] == "Alarm"
    await house.passes(SIX_MINUTES)
    assert said(issue_registry) == set()
    await unload(hass, house.entry)


async def test_an_alarm_that_comes_back_is_told_in_words(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    """Also while it is not active."""
    for _ in range(3):
        await house.passes(SIX_MINUTES, alarm_code=20.0)
        await house.passes(SIX_MINUTES)
    issue = issue_of(issue_registry, "alarm")
    assert issue is not None
    assert issue.translation_key == "act_alarm_again"
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["count"] == "3"
    assert issue.translation_placeholders["alarm"] == "Low pressure switch tripped (2)"
    await unload(hass, house.entry)


async def test_it_is_told_once_while_it_lasts(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    created: list[str] = []

    def note(event: Event) -> None:
        if event.data["action"] == "create":
            created.append(event.data["issue_id"])

    hass.bus.async_listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, note)
    for _ in range(3):
        await house.passes(SIX_MINUTES, alarm_status=1.0, alarm_code=1.0)
    assert created.count(f"act_alarm_{PUMP}") == 1
    await unload(hass, house.entry)


async def test_who_ignores_it_is_not_told_again_after_a_restart(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    await house.passes(DAY)
    await house.passes(DAY)
    ir.async_ignore_issue(hass, DOMAIN, f"act_sensor_pair_{PUMP}", True)
    await hass.config_entries.async_reload(house.entry.entry_id)
    await settle(hass)
    house.listen()
    await house.passes(POLL)
    issue = issue_of(issue_registry, "sensor_pair")
    assert issue is not None
    assert issue.dismissed_version is not None
    await unload(hass, house.entry)


@pytest.mark.parametrize("is_removed", [False, True])
async def test_it_goes_with_the_heat_pump(
    hass: HomeAssistant,
    house: House,
    issue_registry: ir.IssueRegistry,
    is_removed: bool,
) -> None:
    await house.passes(SIX_MINUTES, alarm_status=1.0, alarm_code=1.0)
    assert said(issue_registry) == {"alarm"}
    if is_removed:
        ir.async_ignore_issue(hass, DOMAIN, f"act_alarm_{PUMP}", True)
        await hass.config_entries.async_remove(house.entry.entry_id)
    else:
        assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert issue_registry.async_get_issue(DOMAIN, f"act_alarm_{PUMP}") is None


@pytest.mark.parametrize(
    ("value", "english", "swedish"),
    [
        (16.54, "16.5", "16,5"),
        (7, "7", "7"),
        (0.449, "0.4", "0,4"),
        (-8.0, "\N{MINUS SIGN}8", "\N{MINUS SIGN}8"),
        (123.4, "123", "123"),
        (1234.5, "1,234", "1\N{NARROW NO-BREAK SPACE}234"),
        (9.96, "10", "10"),
        (-0.04, "0", "0"),
        (123.46, "123", "123"),
    ],
)
def test_numbers_stand_in_a_sentence_as_its_language_writes_them(
    value: float, english: str, swedish: str
) -> None:
    assert numeral(value, "en-GB") == english
    assert numeral(value, "sv") == swedish


def test_every_check_can_be_told_of() -> None:
    made = {check.id for check in answers(subject()).verdict.checks}
    assert made <= set(SHOWN_BY)


def test_an_issue_leads_to_the_card_that_the_panel_leads_to() -> None:
    """Its own, or the one that is named for it; without either, the verdict."""
    text = CARDS.read_text("utf-8")
    told = re.search(r"const CARD_OF[^{]+{(.*?)};", text, re.DOTALL)
    assert told is not None
    card_of = dict(re.findall(r'(\w+): "(\w+)"', told[1]))
    own = {check: check if check in QUESTIONS else "verdict" for check in SHOWN_BY}
    assert dict(SHOWN_BY) == own | card_of


def acting(
    name: str,
    code: str,
    value: float | None,
    limit: float | None,
    unit: str | None,
    **params: Param,
) -> Check:
    """Return a check that asks for an action."""
    return Check(
        id=name,
        state="act",
        code=code,
        value=value,
        limit=limit,
        unit=unit,
        params=params,
    )


# Every check that can ask for an action, with the numbers that it tells then.
ACTING = (
    acting("alarm", "active", None, None, None, alarm=20.0),
    acting("alarm", "again", 3.0, None, None, alarm=20.0, count=3),
    acting("data", "silent", 95.0, 15.0, "min"),
    acting("data", "absent", None, None, None, metric="supply_temp", count=1),
    acting("blocked", "blocked", 240.0, 120.0, "min", heater=True),
    acting("brine", "cold", -8.4, -5.0, "°C"),
    acting("ground", "flow_low", -37.4, -20.0, "%"),
    acting("cop", "cop_low", -8.4, -5.0, "%"),
    acting("cop", "capacity_low", -8.4, -5.0, "%"),
    acting("flow_guard", "less_flow", 24.5, 10.0, "%"),
    acting("heater", "compressor_off", 12.4, 3.0, "%", total=52.4, mild=40.1),
    acting("heater", "capacity_mild", 12.4, 3.0, "%", total=360.0, mild=72.0),
    acting("hot_water", "cold", 4.0, 2.0, "d", cold_days=4),
    acting("hot_water", "short", 44.5, 47.0, "°C", stop=50.0, count=3),
    acting("sixty", "not_hot", 31.0, 14.0, "d"),
    acting("cycling", "short_runs", 8.6, 15.0, "min"),
    acting("room", "cold", 16.4, 19.0, "°C"),
    acting("plausible", "not_plate", -62.4, 20.0, "%", plate=6.0, heat=18.9),
    acting("sensor_pair", "offset", 0.72, 0.3, "K"),
)


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("told", ACTING, ids=lambda one: f"{one.id}, {one.code}")
def test_every_issue_has_a_text_with_what_its_check_tells(
    told: Check, language: str
) -> None:
    texts = json.loads((TRANSLATIONS / f"{language}.json").read_text("utf-8"))
    found = told.as_dict(UTC)
    key = _OTHER_WORDS.get((told.id, told.code), f"act_{told.id}")
    words = act_words(found, _NUMBERS[key], load("thermia"), language, "°C")
    text = texts["issues"][key]
    assert "{name}" in text["title"]
    for part in text.values():
        assert "{" not in part.format(**words, name="Cellar pump")
    used = re.findall(r"\{(\w+)\}", " ".join(text.values()))
    assert set(used) - {"name"} == set(words)


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("told", ACTING, ids=lambda one: f"{one.id}, {one.code}")
def test_no_issue_tells_celsius_where_the_home_has_fahrenheit(
    told: Check, language: str
) -> None:
    texts = json.loads((TRANSLATIONS / f"{language}.json").read_text("utf-8"))
    key = _OTHER_WORDS.get((told.id, told.code), f"act_{told.id}")
    profile, found = load("thermia"), told.as_dict(UTC)
    words = act_words(found, _NUMBERS[key], profile, language, "°F")
    text = " ".join(texts["issues"][key].values()).format(**words, name="Villa")
    assert "°C" not in text
    assert not re.search(r"\d K\b", text)


@pytest.mark.parametrize(
    ("check", "celsius", "fahrenheit"),
    [
        ("brine", "leaves at \N{MINUS SIGN}8.4 °C", "leaves at 16.9 °F"),
        ("sixty", "has not been 60 °C for 31", "has not been 140 °F for 31"),
        ("heater", "above \N{MINUS SIGN}5 °C", "above 23 °F"),
        ("plausible", "At 0 °C of brine and 35 °C", "At 32 °F of brine and 95 °F"),
        ("sensor_pair", "differ by 0.7 K", "differ by 1.3 °F"),
    ],
)
def test_degrees_are_those_of_the_home(
    check: str, celsius: str, fahrenheit: str
) -> None:
    texts = json.loads((TRANSLATIONS / "en.json").read_text("utf-8"))["issues"]
    told, key = {one.id: one for one in ACTING}[check].as_dict(UTC), f"act_{check}"
    for unit, part in (("°C", celsius), ("°F", fahrenheit)):
        words = act_words(told, _NUMBERS[key], load("thermia"), "en", unit)
        said = " ".join(texts[key].values()).format(**words, name="Villa")
        assert part in said


def test_every_text_of_an_action_is_of_a_check() -> None:
    texts = json.loads((TRANSLATIONS / "en.json").read_text("utf-8"))
    asked = {_OTHER_WORDS.get((c.id, c.code), f"act_{c.id}") for c in ACTING}
    assert {key for key in texts["issues"] if key.startswith("act_")} == asked
    assert asked == set(_NUMBERS)


async def test_what_cannot_be_told_for_a_moment_takes_nothing_back(
    hass: HomeAssistant, house: House, issue_registry: ir.IssueRegistry
) -> None:
    await house.passes(SIX_MINUTES, alarm_status=1.0, alarm_code=1.0)
    ir.async_ignore_issue(hass, DOMAIN, f"act_alarm_{PUMP}", True)
    coordinator = coordinator_of(house.entry)
    verdict = coordinator.data.insights["verdict"]
    for code, is_kept in (
        ("coverage", True),
        ("failed", True),
        ("setting_changed", True),
        ("no_metric", False),
    ):
        other = Check(id="alarm", state="unknown", code=code).as_dict(UTC)
        verdict["checks"] = [other]
        async_report_insights(coordinator)
        issue = issue_registry.async_get_issue(DOMAIN, f"act_alarm_{PUMP}")
        assert (issue is not None) is is_kept
    await unload(hass, house.entry)
