"""What the tests of the integration share."""

from collections.abc import Generator, Mapping
import logging
import os
from pathlib import Path
import secrets
from typing import Any
from unittest.mock import AsyncMock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.database import DirectoryBasedExampleDatabase
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from custom_components.heatpump_dashboard.const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DOMAIN,
    SOURCE_DEMO,
)
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from tests.support.fake_source import FakeSource
from tests.support.pump_entry import NOW

COMPONENT = "custom_components.heatpump_dashboard"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
EXAMPLES = CACHE / "heatpump-dashboard" / "hypothesis"

# The test harness has every statement of the recorder's database written down, and of
# a test that looks at the log every task of its thread: what that says between the
# phases of a test, while pytest captures nothing, would stand among the results.
for name in ("sqlalchemy.engine", "homeassistant.components.recorder"):
    logging.getLogger(name).setLevel(logging.WARNING)

# Everywhere the same, also where Hypothesis sees a CI, for which it would choose the
# same examples every time. How long one takes says something of the machine only.
set_hypothesis_home_dir(EXAMPLES)
settings.register_profile(
    "new examples",
    database=DirectoryBasedExampleDatabase(EXAMPLES / "examples"),
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("new examples")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of the examples, where nobody asks for one, before it is read."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(secrets.randbits(32))


def pytest_report_header(config: pytest.Config) -> str:
    """Say how to get the same examples again."""
    return f"examples: the same ones with --hypothesis-seed={config.option.hypothesis_seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it beside what failed, too; the beginning is far up, or not printed at all."""
    if terminalreporter.stats.get("failed"):
        terminalreporter.line(pytest_report_header(terminalreporter.config))


@pytest.fixture(autouse=True, scope="session")
def workers_end_by_themselves() -> Generator[None]:
    """Interrupt no thread of Home Assistant's executor at the end of a test.

    Idle ones end by passing a word on, one after the other. On a busy machine that
    takes longer than they are given, they are interrupted, and one that is interrupted
    passes nothing on: the others wait for ever. A job that hangs still fails its test.
    """
    with patch("homeassistant.util.executor.async_raise"):
        yield


@pytest.fixture
def hass(
    hass_storage: dict[str, Any], hass: HomeAssistant, tmp_path: Path
) -> Generator[HomeAssistant]:
    """Return a Home Assistant that finds the integration, and stores nothing for long.

    Not an autouse fixture: that would start one for every test of a formula, and
    start it before a recorder that has to be there first.
    """
    hass.data.pop(DATA_CUSTOM_COMPONENTS)
    hass.config.config_dir = str(tmp_path)
    # The walk through all years takes pauses, which never end while the clock is
    # stopped: it walks in the tests that are about it. The insights take time, and are
    # found in the tests that are about them.
    with (
        patch(f"{COMPONENT}.history.years.FIRST_LOOK_S", 1e9),
        patch(f"{COMPONENT}.history.insights.FIRST_LOOK_S", 1e9),
    ):
        yield hass


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

    async def organization_id(
        hass: HomeAssistant, data: Mapping[str, Any]
    ) -> str | None:
        return fake.organization_ids.get(data[CONF_ORGANIZATION])

    with (
        patch(f"{COMPONENT}.setup_flow.heat_pump.async_create_source", create),
        patch(f"{COMPONENT}.config_flow.async_organization_id", organization_id),
    ):
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
