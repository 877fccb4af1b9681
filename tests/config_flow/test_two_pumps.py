"""Two heat pumps in one bucket that Home Assistant exports to: told by their entities."""

from typing import Any

from homeassistant.config_entries import ConfigSubentryDataWithId, SubentryFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.sources import Bucket
from tests.support.fake_source import FakeSource

from .common import DATA, suggested
from .subentry import add, pump, submit


def entities(name: str, *metrics: str) -> dict[str, str]:
    """Return what is which in a heat pump of the bucket."""
    known = {
        "supply_temp": f"sensor.{name}_supply",
        "return_temp": f"sensor.{name}_return",
        "compressor": f"binary_sensor.{name}_compressor",
        "power": f"sensor.{name}_power",
    }
    return {metric: known[metric] for metric in metrics or known}


# As an earlier version made it: told by the bucket alone.
ATTIC = pump("two", "generic", series=entities("attic"))


def entry_of(hass: HomeAssistant, *pumps: ConfigSubentryDataWithId) -> MockConfigEntry:
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=pumps)
    entry.add_to_hass(hass)
    return entry


async def to_entities(
    hass: HomeAssistant, entry: MockConfigEntry, bucket: str = "two"
) -> SubentryFlowResult:
    """Go to the step that asks which entity is what."""
    result = await submit(hass, await add(hass, entry), {"bucket": bucket})
    result = await submit(hass, result, {"name": "Cellar"})
    assert result["step_id"] == "entities"
    return result


async def test_a_second_one_is_proposed_and_added_beside_the_first(
    hass: HomeAssistant, source: FakeSource
) -> None:
    source.bucket_list = [Bucket("two", has_readings=True), *source.bucket_list]
    entry = entry_of(hass, ATTIC)
    offered = (await add(hass, entry))["data_schema"]
    assert offered is not None
    names = [one["value"] for one in offered.schema["bucket"].config["options"]]
    assert names == ["thermia", "ivt", "nibe", "other", "two", "scratch"]

    result = await to_entities(hass, entry)
    likely = {k: v for k, v in suggested(result).items() if v}
    assert likely == entities("cellar")
    result = await submit(hass, result, likely)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert {p.unique_id: p.data["bucket"] for p in entry.subentries.values()} == {
        "two": "two",
        "two binary_sensor.cellar_compressor": "two",
    }


@pytest.mark.parametrize(
    ("mapping", "told_by"),
    [
        (entities("attic"), "compressor"),
        (entities("attic", "supply_temp", "power"), "supply_temp"),
        (entities("attic", "power") | {"hot_water_temp": "sensor.x"}, "power"),
        # A pipe may be that of both.
        (entities("attic") | {"compressor": "sensor.speed"}, None),
        (entities("cellar") | {"outdoor_temp": "sensor.outdoor"}, None),
        ({"outdoor_temp": "sensor.outdoor"}, None),
    ],
)
async def test_the_same_one_is_refused_with_a_sentence(
    hass: HomeAssistant,
    source: FakeSource,
    mapping: dict[str, str],
    told_by: str | None,
) -> None:
    stored = ATTIC["data"]["series"] | {"outdoor_temp": "sensor.outdoor"}
    entry = entry_of(hass, pump("two", "generic", series=stored))
    result = await submit(hass, await to_entities(hass, entry), mapping)
    if told_by is None:
        assert result["type"] is FlowResultType.CREATE_ENTRY
        return
    assert result["errors"] == {told_by: "already_added"}
    assert (result["description_placeholders"] or {})["other"] == "My two"
    assert suggested(result)[told_by] == mapping[told_by]


async def test_one_is_not_changed_into_the_other(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """But what is the same for long may have its other settings changed."""
    twin: Any = {**ATTIC, "subentry_id": "twin", "unique_id": "twin"}
    entry = entry_of(hass, ATTIC, twin)
    for changed, refused in ((entities("attic"), False), ({"power": "sensor.x"}, True)):
        result = await entry.start_subentry_reconfigure_flow(hass, "two")
        result = await submit(hass, result, {"price": 2.0})
        result = await submit(hass, result, {**entities("attic"), **changed})
        assert bool(result.get("errors")) is refused
    assert entry.subentries["two"].data["price"] == 2.0


async def test_entities_beside_a_collector_are_another_one(
    hass: HomeAssistant, source: FakeSource
) -> None:
    entry = entry_of(hass, pump("mixed", "ivt"))
    result = await to_entities(hass, entry, "mixed")
    result = await submit(hass, result, {"supply_temp": "sensor.supply"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert {p.unique_id for p in entry.subentries.values()} == {
        "mixed",
        "mixed sensor.supply",
    }


async def test_one_that_was_renamed_leaves_its_old_name_to_another(
    hass: HomeAssistant, source: FakeSource
) -> None:
    renamed = pump("two", "generic", series=entities("attic"))
    renamed["unique_id"] = "two binary_sensor.cellar_compressor"
    entry = entry_of(hass, renamed)
    await submit(hass, await to_entities(hass, entry), entities("cellar"))
    assert {p.unique_id for p in entry.subentries.values()} == {
        "two binary_sensor.cellar_compressor",
        "two binary_sensor.cellar_compressor 2",
    }


@pytest.mark.parametrize("attribute", ["hvac_action=heating", "current_temperature"])
async def test_a_climate_entity_is_the_same_heat_pump_by_any_of_its_attributes(
    hass: HomeAssistant, source: FakeSource, attribute: str
) -> None:
    """So one that is removed and added again has its past."""
    metric = "compressor" if "=" in attribute else "supply_temp"
    entry = entry_of(hass, pump("one", "thermia"))
    result = await to_entities(hass, entry)
    await submit(hass, result, {metric: f"climate.hp#{attribute}"})
    assert {p.unique_id for p in entry.subentries.values()} == {
        "one",
        "two climate.hp",
    }


COMPRESSOR = "binary_sensor.cellar_compressor"


def register(registry: er.EntityRegistry) -> None:
    """Let the registry know the compressor of the heat pump in the cellar."""
    registry.async_get_or_create(
        "binary_sensor", "maker", "42", suggested_object_id="cellar_compressor"
    )


async def added(hass: HomeAssistant, entry: MockConfigEntry, compressor: str) -> str:
    """Add the heat pump in the cellar; return what it is told by."""
    mapping = entities("cellar") | {"compressor": compressor}
    await submit(hass, await to_entities(hass, entry), mapping)
    unique_id = list(entry.subentries.values())[-1].unique_id
    assert unique_id is not None
    return unique_id


def remove(
    hass: HomeAssistant, entry: MockConfigEntry, registry: er.EntityRegistry
) -> None:
    """Remove the newest heat pump, which had made its entities."""
    pump = list(entry.subentries.values())[-1]
    verdict = registry.async_get_or_create(
        "sensor",
        DOMAIN,
        f"{entry.entry_id}_{pump.unique_id}_verdict",
        config_entry=entry,
        config_subentry_id=pump.subentry_id,
    )
    hass.config_entries.async_remove_subentry(entry, pump.subentry_id)
    assert registry.async_get(verdict.entity_id) is None


async def test_one_whose_entity_was_renamed_is_the_same_when_it_is_added_again(
    hass: HomeAssistant, source: FakeSource, entity_registry: er.EntityRegistry
) -> None:
    register(entity_registry)
    entry = entry_of(hass, ATTIC)
    before = await added(hass, entry, COMPRESSOR)
    renamed = "binary_sensor.renamed"
    entity_registry.async_update_entity(COMPRESSOR, new_entity_id=renamed)
    remove(hass, entry, entity_registry)
    assert await added(hass, entry, renamed) == before

    # Another one may have its old name, and be added beside it.
    entity_registry.async_get_or_create(
        "binary_sensor", "maker", "43", suggested_object_id="cellar_compressor"
    )
    other = {"compressor": COMPRESSOR, "supply_temp": "sensor.other"}
    await submit(hass, await to_entities(hass, entry), other)
    beside = list(entry.subentries.values())[-1].unique_id
    assert beside not in (None, before, f"{before} 2")


async def test_one_that_was_told_by_its_name_is_the_same_though_it_is_registered_since(
    hass: HomeAssistant, source: FakeSource, entity_registry: er.EntityRegistry
) -> None:
    entry = entry_of(hass, ATTIC)
    before = await added(hass, entry, COMPRESSOR)
    assert before == f"two {COMPRESSOR}"
    remove(hass, entry, entity_registry)
    register(entity_registry)
    assert await added(hass, entry, COMPRESSOR) == before
