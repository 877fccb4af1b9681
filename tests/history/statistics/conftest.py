"""A home beside a recorder, in which the past has been joined."""

from collections.abc import AsyncGenerator, Generator
import logging
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
import pytest

from custom_components.heatpump_dashboard.history.statistics import joining
from tests.support.pump_entry import walking_at_once

from .home import NOW, SETTINGS, STATISTICS, Home, home_of


@pytest.fixture(autouse=True)
def hurry(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> Generator[None]:
    """Take no pauses; few series."""
    # Of every state.
    caplog.set_level(logging.WARNING, "homeassistant.core")
    freezer.move_to(NOW)
    keys = ("electricity", "heat", "cost_today")
    with (
        walking_at_once(),
        patch(f"{STATISTICS}.forgetting.SHORTEST_PAUSE_S", 0.0),
        patch(f"{STATISTICS}.joining.SUMS", {k: joining.SUMS[k] for k in keys}),
        patch(f"{STATISTICS}.joining.MEANS", ("outdoor_temp",)),
    ):
        yield


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[Home]:
    """Return a home in which the past has been joined, two hours after its beginning."""
    async with home_of(hass, freezer, **SETTINGS) as home:
        await home.compile(2)
        await home.compare()
        yield home
