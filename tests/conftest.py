"""What the tests of the integration share."""

from collections.abc import Generator, Mapping
from typing import Any
from unittest.mock import AsyncMock, patch

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from tests.support.fake_source import FakeSource

COMPONENT = "custom_components.heatpump_dashboard"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let Home Assistant find the integration, in the tests that have one.

    Not an autouse fixture: that would start Home Assistant for every test of a
    formula, and before a recorder that has to be there first.
    """
    names: list[str] = getattr(item, "fixturenames", [])
    if "hass" in names and "enable_custom_integrations" not in names:
        names.append("enable_custom_integrations")


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

    with patch(f"{COMPONENT}.flow_pump.async_create_source", create):
        yield fake


@pytest.fixture
def setup_entry() -> Generator[AsyncMock]:
    """Set up no entry for real; return what counts the set-ups."""
    with (
        patch(f"{COMPONENT}.async_unload_entry", return_value=True),
        patch(f"{COMPONENT}.async_setup_entry", return_value=True) as setup,
    ):
        yield setup
