"""The kW on the plate: what follows from them, and the question for them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

from aiohttp.test_utils import TestClient
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.issues import is_ignored
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    NOW,
    PUMP,
    add_entry,
    coordinator_of,
    one_hour,
    pump,
    served_by,
    set_up,
    settle,
    two_days,
    unload,
)

ISSUE = f"unchecked_heat_{PUMP}"
# Brine of 4 °C gives 10 % more than the plate, supply of 40 °C 1.5 % less.
RATED = 5 / 1.085

pytestmark = pytest.mark.usefixtures("frozen")


class Dialog:
    """The dialog of the question, as the browser leads it."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._flow_id = ""

    async def start(self) -> dict[str, Any]:
        asked = {"handler": DOMAIN, "issue_id": ISSUE}
        return await self._post("", asked)

    async def choose(self, step: str) -> dict[str, Any]:
        return await self.submit({"next_step_id": step})

    async def submit(self, typed: dict[str, Any]) -> dict[str, Any]:
        return await self._post(f"/{self._flow_id}", typed)

    async def _post(self, path: str, json: dict[str, Any]) -> dict[str, Any]:
        answer = await self._client.post(f"/api/repairs/issues/fix{path}", json=json)
        assert answer.status == HTTPStatus.OK
        flow: dict[str, Any] = await answer.json()
        self._flow_id = flow["flow_id"]
        return flow


async def set_up_and_poll(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Let the past be read, and then one more poll, and what follows from it."""
    coordinator = await set_up(hass, entry)
    await coordinator.async_refresh()
    await settle(hass)


def data_of(entry: MockConfigEntry) -> dict[str, object]:
    return dict(entry.subentries[PUMP].data)


async def test_the_factor_follows_from_the_plate_and_the_readings(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry
) -> None:
    entry = add_entry(hass, pump(heat_output=8.0))
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        assert data_of(entry)["rated_delta_t"] == pytest.approx(RATED, abs=1e-3)
        equipment = coordinator_of(entry).pump.equipment
        assert equipment.calibration == "plate"
        assert equipment.flow_factor == pytest.approx(8 / RATED, rel=1e-3)
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
        await unload(hass, entry)


async def test_it_waits_for_enough_readings(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry
) -> None:
    entry = add_entry(hass, pump(heat_output=8.0))
    with served_by(one_hour()):
        await set_up_and_poll(hass, entry)
        assert "rated_delta_t" not in data_of(entry)
        assert coordinator_of(entry).pump.equipment.calibration == "unchecked"
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
        await unload(hass, entry)


@pytest.mark.parametrize(("days_ago", "is_known"), [(5, True), (0, False)])
async def test_of_a_heat_pump_that_took_another_s_place_its_own_readings_count(
    hass: HomeAssistant, days_ago: int, is_known: bool
) -> None:
    day = (NOW - timedelta(days=days_ago)).date().isoformat()
    entry = add_entry(hass, pump(heat_output=8.0, in_operation_since=day))
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        assert ("rated_delta_t" in data_of(entry)) is is_known
        await unload(hass, entry)


async def test_what_was_found_is_not_found_anew(hass: HomeAssistant) -> None:
    """All of the heat, and of the past, would be another one."""
    entry = add_entry(hass, pump(heat_output=8.0, rated_delta_t=7.0))
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        assert data_of(entry)["rated_delta_t"] == 7.0
        await unload(hass, entry)


async def test_a_compressor_of_changing_speed_is_not_that_of_its_plate(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry
) -> None:
    rows = thermia(NOW - timedelta(hours=50), NOW)
    rows["speed"] = 60.0
    series = {
        "compressor": "compressor_status",
        "supply_temp": "radiator_forward",
        "return_temp": "radiator_return",
        "compressor_speed": "speed",
    }
    by_hand = pump(brand="generic", series=series, heat_output=8.0)
    entry = add_entry(hass, by_hand)
    with served_by(MemorySource(rows)):
        await set_up_and_poll(hass, entry)
        assert "rated_delta_t" not in data_of(entry)
        await unload(hass, entry)


@pytest.mark.parametrize(
    ("settings", "is_asked"),
    [
        ({}, True),
        ({"flow_factor": 2.7, "flow_factor_measured": False}, True),
        ({"flow_factor": 1.9}, True),
        ({"flow_factor": 1.9, "flow_factor_measured": True}, False),
        ({"flow_factor": 1.9, "flow_factor_checked": 1.9}, False),
        ({"heat_output": 8.0}, False),
    ],
)
async def test_who_is_asked_for_the_plate(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    settings: dict[str, object],
    is_asked: bool,
) -> None:
    entry = add_entry(hass, pump(**settings))
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        issue = issue_registry.async_get_issue(DOMAIN, ISSUE)
        assert (issue is not None) is is_asked
        assert issue is None or (issue.active and issue.is_fixable)
        await unload(hass, entry)
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None


async def test_the_question_is_answered(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, REPAIRS, {})
    entry = add_entry(hass, pump(flow_factor=2.7, flow_factor_measured=False))
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        dialog = Dialog(await hass_client())
        flow = await dialog.start()
        assert flow["menu_options"] == ["plate", "ignore"]
        assert flow["description_placeholders"] == {
            "name": "Cellar pump",
            "flow_factor": "2.70",
            "rated_delta_t": f"{RATED:.2f}",
            "would_be": "12",
        }
        flow = await dialog.choose("plate")
        assert flow["step_id"] == "plate"
        # Of 100 kW a COP of 37 would follow: it is not believed.
        flow = await dialog.submit({"heat_output": 100})
        assert flow["errors"] == {"heat_output": "impossible_cop"}
        flow = await dialog.submit({"heat_output": 8})
        assert flow["step_id"] == "confirm"
        assert flow["description_placeholders"]["found"] == "1.74"
        assert flow["description_placeholders"]["share"] == "64"
        flow = await dialog.submit({})
        assert flow["type"] == FlowResultType.CREATE_ENTRY
        await settle(hass)

        kept = data_of(entry)
        assert "flow_factor" not in kept
        assert kept["heat_output"] == 8
        assert coordinator_of(entry).pump.equipment.calibration == "plate"
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
        await unload(hass, entry)


async def test_the_question_is_not_asked_again(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, REPAIRS, {})
    entry = add_entry(hass)
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        dialog = Dialog(await hass_client())
        flow = await dialog.start()
        flow = await dialog.choose("ignore")
        assert flow["reason"] == "issue_ignored"

        await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
        await coordinator_of(entry).async_refresh()
        issue = issue_registry.async_get_issue(DOMAIN, ISSUE)
        assert issue is not None
        assert issue.dismissed_version is not None
        await unload(hass, entry)
        await hass.config_entries.async_remove(entry.entry_id)
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None


async def test_nothing_is_changed_of_a_heat_pump_that_is_not_loaded(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, REPAIRS, {})
    entry = add_entry(hass)
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        dialog = Dialog(await hass_client())
        await dialog.start()
        before = data_of(entry)
        await unload(hass, entry)
        flow = await dialog.choose("plate")
        assert flow["reason"] == "not_loaded"
        assert data_of(entry) == before


async def answered(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Have the kW on the plate entered in the settings."""
    subentry = entry.subentries[PUMP]
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, "heat_output": 8.0}
    )
    # The first reload stores what follows from them, and is followed by another.
    for _ in range(2):
        await settle(hass)
        await coordinator_of(entry).async_refresh()


async def removed(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_remove(entry.entry_id)


@pytest.mark.parametrize("step", ["ignore", "plate", "confirm"])
@pytest.mark.parametrize("go", [unload, removed, answered], ids=lambda go: go.__name__)
async def test_a_dialog_of_a_question_that_is_over_ends(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    hass_client: ClientSessionGenerator,
    go: Callable[[HomeAssistant, MockConfigEntry], Awaitable[None]],
    step: str,
) -> None:
    assert await async_setup_component(hass, REPAIRS, {})
    entry = add_entry(hass)
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        dialog = Dialog(await hass_client())
        await dialog.start()
        if step == "confirm":
            await dialog.choose("plate")
            await dialog.submit({"heat_output": 7.5})
        await go(hass, entry)
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
        if step == "confirm":
            flow = await dialog.submit({})
        else:
            flow = await dialog.choose(step)
        assert (flow["type"], flow["reason"]) == ("abort", "not_loaded")
        if go is answered:
            assert data_of(entry)["heat_output"] == 8.0
            await unload(hass, entry)


async def test_a_dialog_that_begins_when_the_question_is_over_ends(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    """The window before it was open already."""
    assert await async_setup_component(hass, REPAIRS, {})
    entry = add_entry(hass)
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        little = patch(
            "custom_components.heatpump_dashboard.calibration.rated_delta_t_of",
            return_value=None,
        )
        with little:
            flow = await Dialog(await hass_client()).start()
        assert (flow["type"], flow["reason"]) == ("abort", "not_loaded")
        await unload(hass, entry)


async def test_it_is_not_asked_again_after_a_summer(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry
) -> None:
    """Too little heating says nothing of the factor; the answer stands."""
    entry = add_entry(hass)
    with served_by(two_days()):
        await set_up_and_poll(hass, entry)
        ir.async_ignore_issue(hass, DOMAIN, ISSUE, True)
        coordinator = coordinator_of(entry)
        little = patch(
            "custom_components.heatpump_dashboard.calibration.rated_delta_t_of",
            return_value=None,
        )
        with little:
            await coordinator.async_refresh()
            assert is_ignored(issue_registry, ISSUE)
        await coordinator.async_refresh()
        assert is_ignored(issue_registry, ISSUE)
        # Once it is checked there is nothing to ask for.
        subentry = coordinator.subentry
        hass.config_entries.async_update_subentry(
            entry, subentry, data={**subentry.data, "heat_output": 8.0}
        )
        await settle(hass)
        await coordinator_of(entry).async_refresh()
        await settle(hass)
        await coordinator_of(entry).async_refresh()
        assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
        await unload(hass, entry)
