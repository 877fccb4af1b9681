"""What the tests of the integration share."""

from collections.abc import Generator, Mapping
from typing import Any
from unittest.mock import AsyncMock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_dashboard.config_flow import demo_pump
from custom_components.heatpump_dashboard.const import CONF_SOURCE, DOMAIN, SOURCE_DEMO
from custom_components.heatpump_dashboard.profiles import load
from tests.support.fake_source import FakeSource
from tests.support.pump_entry import NOW

COMPONENT = "custom_components.heatpump_dashboard"


@pytest.fixture
def hass(hass: HomeAssistant) -> HomeAssistant:
    """Return a Home Assistant that finds the integration.

    Not an autouse fixture: that would start one for every test of a formula, and
    start it before a recorder that has to be there first.
    """
    hass.data.pop(DATA_CUSTOM_COMPONENTS)
    return hass


@pytest.fixture
def enable_custom_integrations(hass: HomeAssistant) -> None:
    """Do nothing: they always are."""


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return the snapshot that knows Home Assistant's objects."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def source() -> Generator[FakeSource]:
    """Return the source that the config flow asks instead of a server."""
    fake = FakeSource()

    async def create(hass: HomeAssistant, data: Mapping[str, Any]) -> FakeSource:
        fake.asked_with.append(dict(data))
        return fake

    with patch(f"{COMPONENT}.setup_flow.heat_pump.async_create_source", create):
        yield fake


@pytest.fixture
def setup_entry() -> Generator[AsyncMock]:
    """Set up no entry for real; return what counts the set-ups."""
    with (
        patch(f"{COMPONENT}.async_unload_entry", return_value=True),
        patch(f"{COMPONENT}.async_setup_entry", return_value=True) as setup,
    ):
        yield setup


@pytest.fixture
def all_entities_enabled() -> Generator[None]:
    """Enable also the entities that are off until somebody wants them."""
    with patch(
        "homeassistant.helpers.entity.Entity.entity_registry_enabled_default", True
    ):
        yield


@pytest.fixture
def frozen(freezer: FrozenDateTimeFactory) -> Generator[None]:
    """Stop the clock before any token is made, and keep connections over its jumps."""
    freezer.move_to(NOW)
    with patch("aiohttp.web_ws.WebSocketResponse._reset_heartbeat"):
        yield


@pytest.fixture
def demo_entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return the demo with a heat pump of each brand, as the flow makes it."""
    pumps = [
        {**demo_pump(load(brand)), "subentry_id": brand}
        for brand in ("thermia", "ivt", "nibe")
    ]
    entry = MockConfigEntry(
        data={CONF_SOURCE: SOURCE_DEMO},
        domain=DOMAIN,
        entry_id="demo",
        subentries_data=pumps,
        title="Demo",
        unique_id=SOURCE_DEMO,
    )
    entry.add_to_hass(hass)
    return entry
