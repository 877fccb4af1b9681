"""The weekly letter is told on Monday at seven, in the language of the home."""

from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from functools import cache
import json
from pathlib import Path
import re
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.insights.episodes import Cause
from custom_components.heatpump_dashboard.insights.letter import (
    SENTENCES,
    Letter,
    Said,
    Sentence,
    letter,
)
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from custom_components.heatpump_dashboard.issues import SHOWN_BY
from custom_components.heatpump_dashboard.weekly import EVENT_WEEKLY, async_text
from tests.support.house import DAY, POLL, House, house_of
from tests.support.pump_entry import PUMP, coordinator_of, settle, unload
from tests.support.simulated.scenarios import winter

FOLDER = Path(__file__).parents[1] / "custom_components" / DOMAIN / "translations"
STORED = f"heatpump_dashboard/{PUMP}/insights"
# It is Thursday, the 22nd of January, 14:30 in UTC.
TO_MONDAY = timedelta(days=3, hours=16, minutes=20)


@pytest.fixture
def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Generator[House]:
    with house_of(
        hass, freezer, days=10, entities=True, settings={"price": 2.0}
    ) as one:
        yield one


@pytest.fixture
async def letters(hass: HomeAssistant) -> list[Event]:
    await hass.config.async_set_time_zone("UTC")
    return async_capture_events(hass, EVENT_WEEKLY)


def day(event: Event) -> datetime:
    return event.time_fired.astimezone(UTC)


async def test_it_is_told_once_on_monday_at_seven(
    hass: HomeAssistant, house: House, letters: list[Event]
) -> None:
    await house.start()
    await house.passes(POLL)
    await house.passes(TO_MONDAY)
    assert letters == [], "It is ten to seven"
    await house.passes(timedelta(minutes=12))
    await house.passes(timedelta(hours=2))
    (told,) = letters
    assert (day(told).date().isoformat(), day(told).hour) == ("2026-01-26", 7)
    await house.passes(7 * DAY)
    assert [day(one).date().isoformat() for one in letters] == [
        "2026-01-26",
        "2026-02-02",
    ]
    await unload(hass, house.entry)


async def test_it_says_whose_it_is_and_what(
    hass: HomeAssistant,
    house: House,
    letters: list[Event],
    device_registry: dr.DeviceRegistry,
) -> None:
    hass.config.currency = "SEK"
    await house.start()
    await house.passes(POLL)
    await house.passes(TO_MONDAY + timedelta(minutes=12))
    (told,) = letters
    (device,) = dr.async_entries_for_config_entry(device_registry, house.entry.entry_id)
    assert told.data["device_id"] == device.id
    assert told.data["name"] == "Cellar pump"
    assert told.data["title"] == "Cellar pump: the week"
    assert told.data["url"] == f"/heatpump-dashboard/insights/letter?pump={PUMP}"
    assert told.data["sentences"][0]["code"].startswith("verdict_")
    assert told.data["sentences"][1]["code"] == "used_cost"
    assert re.search(r"used 2\d\d kWh in the week, for 5\d\d kr\.", told.data["text"])
    json.dumps(dict(told.data))
    insight = coordinator_of(house.entry).data.insights["letter"]
    assert insight["params"]["sentences"] == told.data["sentences"]
    await unload(hass, house.entry)


async def test_a_restart_does_not_tell_it_again(
    hass: HomeAssistant,
    house: House,
    letters: list[Event],
    hass_storage: dict[str, Any],
) -> None:
    await house.start()
    await house.passes(POLL)
    await house.passes(TO_MONDAY + timedelta(minutes=12))
    assert len(letters) == 1
    assert hass_storage[STORED]["data"]["asked"] == "2026-01-26"
    await hass.config_entries.async_reload(house.entry.entry_id)
    await settle(hass)
    await house.passes(timedelta(hours=1))
    assert len(letters) == 1
    insight = coordinator_of(house.entry).data.insights["letter"]
    assert insight["params"]["sentences"] == letters[0].data["sentences"]
    await unload(hass, house.entry)


async def test_a_week_that_is_hardly_known_has_no_letter(
    hass: HomeAssistant, house: House, letters: list[Event]
) -> None:
    await house.start()
    await house.passes(POLL)
    await house.silence(TO_MONDAY)
    await house.passes(timedelta(minutes=12))
    assert letters == []
    await unload(hass, house.entry)


async def test_a_letter_that_cannot_be_written_is_tried_once(
    hass: HomeAssistant,
    house: House,
    letters: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await house.start()
    await house.passes(POLL)
    with patch(
        "custom_components.heatpump_dashboard.insights.letter.letter",
        side_effect=ValueError("odd"),
    ):
        await house.passes(TO_MONDAY + timedelta(minutes=12))
        await house.passes(timedelta(hours=1))
    assert letters == []
    assert coordinator_of(house.entry).last_update_success
    assert caplog.text.count("The letter of Cellar pump cannot be told") == 1
    await unload(hass, house.entry)


ALL = Letter(
    datetime(2026, 1, 26, tzinfo=UTC).date(),
    tuple(
        Sentence(
            code,
            {
                name: {
                    "checks": ["cop", "sixty"],
                    "cause": "compressor_off",
                    "insight": "house",
                }.get(name, 12.5)
                for name in params
            },
        )
        for code, params in SENTENCES.items()
    ),
    {},
)


@pytest.mark.parametrize(
    ("language", "known"),
    [
        (
            "en",
            [
                "for 12.5 kr, mostly while the compressor was off",
                "Something to do: the COP, hot",
            ],
        ),
        (
            "sv",
            [
                "för 12,5 kr, mest medan kompressorn stod",
                "Något att göra: COP, varmvatten",
            ],
        ),
        ("de", ["for 12.5 kr, mostly while the compressor was off"]),
    ],
)
async def test_every_sentence_has_a_text(
    hass: HomeAssistant, language: str, known: list[str]
) -> None:
    hass.config.language = language
    hass.config.currency = "SEK"
    title, text = await async_text(hass, ALL, "Cellar")
    assert title.startswith("Cellar: ")
    assert not re.search(r"[{}_]", text)
    for words in known:
        assert words in text


async def test_a_home_in_fahrenheit_reads_no_celsius(hass: HomeAssistant) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    _, text = await async_text(hass, ALL, "Cellar")
    assert "has not been 140 °F" in text
    assert "°C" not in text


@cache
def six_letters() -> tuple[Letter, ...]:
    """Return the letters of a winter in which less and less brine flows."""
    house, said, letters = winter("brine_flow"), dict[str, Said](), []
    for week in range(6):
        subject = house.subject(date(2026, 1, 19) + week * DAY * 7)
        found = answers(subject)
        one = letter(subject, found.verdict, found.insights, said)
        assert one is not None
        said = dict(one.said)
        letters.append(one)
    return tuple(letters)


@pytest.mark.parametrize("language", ["en", "sv"])
async def test_letters_of_six_weeks(
    hass: HomeAssistant, snapshot: SnapshotAssertion, language: str
) -> None:
    hass.config.language = language
    hass.config.currency = "SEK"
    letters = await hass.async_add_executor_job(six_letters)
    texts = [(await async_text(hass, one, "Villa"))[1] for one in letters]
    assert texts == snapshot


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_name_in_a_sentence_has_a_text_and_none_is_left_over(
    language: str,
) -> None:
    texts = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))["common"]
    wanted = {f"letter_{code}" for code in SENTENCES} | {"letter_title"}
    wanted |= {f"letter_check_{check}" for check in SHOWN_BY}
    wanted |= {f"letter_cause_{cause}" for cause in Cause.__value__.__args__}
    insights = {*QUESTIONS, "change", "calibration", "letter"}
    wanted |= {f"letter_insight_{insight}" for insight in insights}
    # The name of the panel stands beside the letter.
    assert set(texts) == wanted | {"panel_title"}
    for code, params in SENTENCES.items():
        found = set(re.findall(r"\{(\w+)\}", texts[f"letter_{code}"]))
        assert found - {"currency", "safe"} <= set(params), code
