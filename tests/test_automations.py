"""The automations of the documentation, as they are written there."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
import re
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.weekly import EVENT_WEEKLY
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    add_entry,
    pass_time,
    pump,
    served_by,
    set_up,
)

DOCUMENT = Path(__file__).parents[1] / "docs" / "automations.md"
NOW = datetime(2026, 1, 22, 19, 30, 10, tzinfo=UTC)


class Home:
    """A home whose collector writes what the test says."""

    def __init__(
        self, hass: HomeAssistant, source: MemorySource, freezer: FrozenDateTimeFactory
    ) -> None:
        self.hass = hass
        self.source = source
        self.freezer = freezer

    async def passes(self, minutes: int, **values: float) -> None:
        """Let time pass, minute by minute, with some series at other values."""
        for _ in range(minutes):
            now = datetime.now(UTC)
            self.source.write(stored(now, now + timedelta(minutes=1), **values))
            await pass_time(self.hass, self.freezer, 60)

    def messages(self) -> list[str]:
        notifications = _async_get_or_create_notifications(self.hass)
        return [str(n["message"]) for n in notifications.values()]


def stored(start: datetime, stop: datetime, **values: float) -> pd.DataFrame:
    return thermia(start, stop).assign(**values)


def automations() -> list[object]:
    """Return the automations of the document."""
    text = DOCUMENT.read_text("utf-8")
    return [
        parse_yaml(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    ]


@pytest.fixture
async def home(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    request: pytest.FixtureRequest,
) -> AsyncGenerator[Home]:
    """Return a home with a heat pump called Cellar, and all automations."""
    freezer.move_to(NOW)
    await hass.config.async_set_time_zone("UTC")
    hass.config.language = "en"
    source = MemorySource(stored(NOW - timedelta(hours=50), NOW, outdoor_temp=4.0))
    settings: dict[str, Any] = getattr(request, "param", {})
    cellar = {**pump(**settings), "title": "Cellar"}
    entry = add_entry(hass, cellar)
    platforms = [Platform.SENSOR, Platform.BINARY_SENSOR]
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", platforms):
        await set_up(hass, entry)
        assert await async_setup_component(hass, "persistent_notification", {})
        assert await async_setup_component(
            hass, "automation", {"automation": automations()}
        )
        await hass.async_block_till_done()
        assert len(hass.states.async_entity_ids("automation")) == 4
        yield Home(hass, source, freezer)
        await hass.services.async_call(
            "automation", "turn_off", {"entity_id": "all"}, blocking=True
        )
        await hass.config_entries.async_unload(entry.entry_id)


async def test_a_good_day_is_not_worth_a_word(home: Home) -> None:
    state = home.hass.states.get("sensor.cellar_cop_today")
    assert state is not None and float(state.state) > 3
    await home.passes(100, outdoor_temp=4.0)
    assert home.messages() == []


@pytest.mark.parametrize(
    ("home", "said"),
    [
        ({"flow_factor": 2.7, "flow_factor_measured": True}, r"± 0\.\d+"),
        ({}, "not checked"),
    ],
    indirect=["home"],
)
async def test_a_low_cop_of_the_day_is_told_in_the_evening(
    home: Home, said: str
) -> None:
    """The supply hardly warms up from now on, until the day's COP is low."""
    rows = home.source.stored
    low = rows.index >= datetime(2026, 1, 22, tzinfo=UTC)
    rows.loc[low & (rows["compressor_status"] == 1), "radiator_forward"] = 37.0
    await home.hass.config_entries.async_reload("entry")
    await home.passes(85, outdoor_temp=4.0)
    assert home.messages() == []
    await home.passes(10, outdoor_temp=4.0)
    (message,) = home.messages()
    assert re.fullmatch(
        rf"COP of today: 1\.\d+ \({said}\), known for (100|99)\.\d % of the day\.",
        message,
    )


async def test_the_weekly_letter_is_told(home: Home) -> None:
    letter = {"title": "Cellar: the week", "text": "Everything is all right."}
    home.hass.bus.async_fire(EVENT_WEEKLY, letter)
    await home.hass.async_block_till_done()
    assert home.messages() == ["Everything is all right."]


async def test_what_the_verdict_says_that_is_new_is_told_once(home: Home) -> None:
    verdict = {
        "checks": {"sixty": "not_hot"},
        "news": (NOW + timedelta(minutes=1)).isoformat(),
        "news_state": "act",
        "url": "/heatpump-dashboard/insights/verdict?pump=1",
    }
    home.freezer.tick(120)
    for state, told in (("act", verdict), ("unavailable", {}), ("act", verdict)):
        home.hass.states.async_set("sensor.cellar_verdict", state, told)
        await home.hass.async_block_till_done()
    assert home.messages() == [f"sixty [Show why]({verdict['url']})"]


@pytest.mark.parametrize(("outdoor", "told"), [(4.0, 1), (-4.0, 0)])
async def test_auxiliary_heater_is_told_only_when_it_is_mild(
    home: Home, outdoor: float, told: int
) -> None:
    heater = {
        "additional_heat_percent": 33.0,
        "power_consumption": 6000.0,
        "outdoor_temp": outdoor,
    }
    await home.passes(50, **heater)
    off = {"additional_heat_percent": 0.0, "power_consumption": 3000.0}
    await home.passes(2, **{**heater, **off})
    await home.passes(58, **heater)
    # Twice for less than an hour is not for more than an hour.
    assert not [m for m in home.messages() if "outside" in m]
    await home.passes(5, **heater)
    messages = [m for m in home.messages() if "outside" in m]
    assert len(messages) == told
    if told:
        assert messages[0].startswith("For an hour, at 4.0 °C outside.")
        assert re.search(r"Today so far: [45]\.\d+ kWh\.", messages[0])
