"""The offer to join the past onto statistics: what the answers lead to."""

from collections.abc import AsyncGenerator

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.heatpump_dashboard.const import (
    CONF_SOURCE,
    CONF_STATISTICS,
    DOMAIN,
    SOURCE_DEMO,
)
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.issues import async_ask_to_join
from custom_components.heatpump_dashboard.repairs import (
    StatisticsFlow,
    async_create_fix_flow,
)
from tests.support.pump_entry import (
    PUMP,
    add_entry,
    one_hour,
    served_by,
    set_up,
    settle,
    unload,
)

ISSUE = f"past_statistics_{PUMP}"

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
async def coordinator(hass: HomeAssistant) -> AsyncGenerator[HeatPumpCoordinator]:
    with served_by(one_hour()):
        yield await set_up(hass, add_entry(hass))


async def dialog_of(hass: HomeAssistant) -> StatisticsFlow:
    flow = await async_create_fix_flow(hass, ISSUE, {"pump": PUMP})
    assert isinstance(flow, StatisticsFlow)
    flow.hass, flow.issue_id = hass, ISSUE
    return flow


async def test_who_says_yes_has_it_in_the_settings(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    coordinator: HeatPumpCoordinator,
) -> None:
    entry = coordinator.config_entry
    async_ask_to_join(coordinator, True)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is not None
    dialog = await dialog_of(hass)
    menu = await dialog.async_step_init()
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["join", "ignore"]
    assert menu["description_placeholders"] == {"name": "Cellar pump"}
    done = await dialog.async_step_join()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.subentries[PUMP].data[CONF_STATISTICS] is True
    await settle(hass)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    await unload(hass, entry)


async def test_who_says_no_is_not_asked_again(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    coordinator: HeatPumpCoordinator,
) -> None:
    entry = coordinator.config_entry
    async_ask_to_join(coordinator, True)
    answer = await (await dialog_of(hass)).async_step_ignore()
    assert answer["reason"] == "issue_ignored"
    # There may be nothing to offer for a while.
    async_ask_to_join(coordinator, False)
    async_ask_to_join(coordinator, True)
    issue = issue_registry.async_get_issue(DOMAIN, ISSUE)
    assert issue is not None and issue.dismissed_version is not None
    await unload(hass, entry)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is not None
    hass.config_entries.async_remove_subentry(entry, PUMP)
    await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    await unload(hass, entry)


async def test_an_offer_that_is_no_more_is_taken_back(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    coordinator: HeatPumpCoordinator,
) -> None:
    entry = coordinator.config_entry
    async_ask_to_join(coordinator, True)
    async_ask_to_join(coordinator, False)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    await unload(hass, entry)
    dialog = await dialog_of(hass)
    for answer in (await dialog.async_step_init(), await dialog.async_step_join()):
        assert answer["reason"] == "not_loaded"


async def test_the_demo_asks_nobody(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    coordinator: HeatPumpCoordinator,
) -> None:
    entry = coordinator.config_entry
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_SOURCE: SOURCE_DEMO}
    )
    async_ask_to_join(coordinator, True)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None
    await settle(hass)
    await unload(hass, entry)
