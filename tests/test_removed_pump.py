"""What is left of a heat pump that was removed: nothing, until it is added again."""

from collections.abc import Generator
from types import MappingProxyType
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard import (
    PLATFORMS,
    async_remove_config_entry_device,
)
from custom_components.heatpump_dashboard.const import CONF_PRICE_ENTITY, DOMAIN
from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    COMPONENT,
    NOW,
    add_entry,
    pass_time,
    pump,
    served_by,
    set_up,
    settle,
    two_days,
)

HEAT = "sensor.cellar_heat"
HOUR = 3600


@pytest.fixture(autouse=True)
def source(frozen: None) -> Generator[MemorySource]:
    """Return the source of all entries, with all platforms."""
    source = two_days()
    source.write(thermia(NOW, NOW.replace(hour=20)))
    with served_by(source), patch(f"{COMPONENT}.PLATFORMS", PLATFORMS):
        yield source


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry with two heat pumps, one of them called Cellar."""
    cellar = pump("a", "one", **{CONF_PRICE_ENTITY: "sensor.no_price"})
    return add_entry(hass, {**cellar, "title": "Cellar"}, pump("b", "two"))


async def add_again(hass: HomeAssistant, entry: MockConfigEntry, bucket: str) -> float:
    """Add a heat pump called Cellar; return the heat it has given."""
    data = pump("c", bucket)["data"]
    cellar = ConfigSubentry(
        data=MappingProxyType(data),
        subentry_id="c",
        subentry_type="heat_pump",
        title="Cellar",
        unique_id=bucket,
    )
    hass.config_entries.async_add_subentry(entry, cellar)
    await settle(hass)
    return heat(hass)


def heat(hass: HomeAssistant) -> float:
    state = hass.states.get(HEAT)
    assert state is not None
    return float(state.state)


async def test_registries_and_repairs_forget_it(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
    issue_registry: ir.IssueRegistry,
) -> None:
    await set_up(hass, entry)
    assert issue_registry.async_get_issue(DOMAIN, "price_a") is not None
    hass.config_entries.async_remove_subentry(entry, "a")
    await settle(hass)

    entities = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    devices = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert {entity.config_subentry_id for entity in entities} == {"b"}
    assert [device.name for device in devices] == ["Cellar two"]
    assert hass.states.get(HEAT) is None
    assert issue_registry.async_get_issue(DOMAIN, "price_a") is None
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(
    ("bucket", "goes_on"), [("one", True), ("three", False)], ids=["same", "another"]
)
async def test_totals_go_on_only_with_the_same_bucket(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    bucket: str,
    goes_on: bool,
) -> None:
    await set_up(hass, entry)
    await pass_time(hass, freezer, 2 * HOUR)
    before = heat(hass)
    assert before > 10
    hass.config_entries.async_remove_subentry(entry, "a")
    await settle(hass)

    assert await add_again(hass, entry, bucket) == (before if goes_on else 0)
    await pass_time(hass, freezer, 2 * HOUR)
    given = heat(hass)
    assert given == pytest.approx(before + (before if goes_on else 0), rel=0.15)
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_of_two_in_one_bucket_the_other_stays(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """As an earlier version named it: by its bucket; the second one by its entities."""
    attic = {**pump("b", "one"), "title": "Attic", "unique_id": "one sensor.attic"}
    entry = add_entry(hass, {**pump("a", "one"), "title": "Cellar"}, attic)
    await set_up(hass, entry)
    await pass_time(hass, freezer, 2 * HOUR)
    before = heat(hass)
    assert before > 10
    first = entity_registry.async_get(HEAT)
    second = entity_registry.async_get("sensor.attic_heat")
    assert first is not None
    assert second is not None
    assert first.unique_id.startswith("entry_one_")
    assert second.unique_id.startswith("entry_one sensor.attic_")
    devices = dr.async_entries_for_config_entry(device_registry, "entry")
    for device in devices:
        assert not await async_remove_config_entry_device(hass, entry, device)
    hass.config_entries.async_remove_subentry(entry, "b")
    await settle(hass)

    assert hass.states.get("sensor.attic_heat") is None
    assert heat(hass) == before
    assert await hass.config_entries.async_unload(entry.entry_id)
