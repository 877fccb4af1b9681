"""A heat pump of forty days, whose years are walked through at once."""

from collections.abc import Generator

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import add_entry, served_by, walking_at_once

from .common import FIRST, NOW


@pytest.fixture(scope="module")
def past() -> pd.DataFrame:
    """Return forty days, every five minutes."""
    return thermia(FIRST, NOW, step_s=300, cycle_min=60)


@pytest.fixture
def source(past: pd.DataFrame) -> MemorySource:
    return MemorySource(past)


@pytest.fixture(autouse=True)
def hurry(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Begin at once, and take no pauses."""
    freezer.move_to(NOW)
    with walking_at_once():
        yield


@pytest.fixture
def entry(hass: HomeAssistant, source: MemorySource) -> Generator[MockConfigEntry]:
    with served_by(source):
        yield add_entry(hass)
