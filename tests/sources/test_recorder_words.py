"""What Home Assistant's recorder says is told in words, whatever it says now."""

import math

import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import RECORDED

from .recorded import SUPPLY, House

OPTIONS = ["off", "heating", "hot_water"]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("off", ("off", "heating", "hot_water")),
        ("hot_water", ("hot_water", "off", "heating")),
        ("unknown", ("heating", "off", "hot_water")),
        ("unavailable", ("heating", "off", "hot_water")),
    ],
)
@pytest.mark.parametrize("domain", ["sensor", "select"])
async def test_what_may_be_a_word_is_told_in_words_whatever_it_says_now(
    house: House, domain: str, now: str, words: tuple[str, ...]
) -> None:
    await house.becomes(-9, f"{domain}.hp", "heating", options=OPTIONS)
    await house.becomes(0, f"{domain}.hp", now, options=OPTIONS)
    await async_wait_recording_done(house.hass)
    (info, _) = await house.source.list_series(RECORDED)
    assert info.words == words


@pytest.mark.parametrize("options", [["off", "on"], ["0", "1", "2"], []])
async def test_a_choice_of_numbers_is_a_number(
    house: House, options: list[str]
) -> None:
    await house.becomes(0, "sensor.hp", "on" if "on" in options else 1, options=options)
    (info, _) = await house.source.list_series(RECORDED)
    assert (info.last_value, info.words) == (1, ())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("runs", "starts", "off"), ("off", "starts", "runs")),
        (("runs", "starts", "unavailable"), ("starts", "runs")),
        (("off", "on", "off"), ()),
        # It is a number, and told a fault once.
        (("fault", "0"), ()),
        (("fault", "unavailable", "12.5"), ()),
        # None of these comes again.
        ((*(f"{minute} min ago" for minute in range(20)), "off"), ()),
    ],
)
async def test_a_text_without_a_list_is_told_in_the_words_it_has_said(
    house: House, said: tuple[str, ...], words: tuple[str, ...]
) -> None:
    await house.becomes(1, "sensor.hp", "a word of last week")
    await house.becomes(1440, "sensor.hp", said[0])
    for minute, word in enumerate(said):
        await house.becomes(minute + 2 * 1440, "sensor.hp", word)
    await house.becomes(8.5 * 1440, SUPPLY, 34.5)
    await async_wait_recording_done(house.hass)
    found = {one.name: one for one in await house.source.list_series(RECORDED)}
    assert found["sensor.hp"].words == words


@pytest.mark.parametrize("live", [False, True])
async def test_a_word_that_the_entity_cannot_say_any_more_is_not_off(
    house: House, live: bool
) -> None:
    """A cloud account in another language says others: none of them is known."""
    name = "sensor.hp=Running|Starts"
    if live:
        await house.read(name, start=-2, stop=-1)
    await house.becomes(0, "sensor.hp", "Running", options=["Running", "Off"])
    await house.becomes(1, "sensor.hp", "Off", options=["Running", "Off"])
    await house.becomes(2, "sensor.hp", "Läuft", options=["Läuft", "Aus"])
    await house.becomes(3, "sensor.hp", "Aus", options=["Läuft", "Aus"])
    await house.becomes(4, "sensor.hp", "Läuft", options=["Läuft", "Aus"])
    found = await house.read(name, start=-1, stop=5)
    assert found == {
        name: [(0, 1), (1, 0), (2, math.inf), (3, math.inf), (4, math.inf)]
    }
