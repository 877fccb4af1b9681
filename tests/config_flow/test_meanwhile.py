"""What happens while a form is open is not undone when it is sent."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.mapped_entities import async_follow_renames
from custom_components.heatpump_dashboard.setup_flow.calibrate import CalibrationStep
from tests.support.fake_source import FakeSource

from .common import DATA, suggested
from .subentry import add, changed, pump, pumps_entry, reconfigure, submit
from .test_recorder import DEGREES, MAPPING, record

SUPPLY, NEW = MAPPING["supply_temp"], "sensor.flow_line"
HOME = "Home Assistant"


@pytest.fixture
async def entry(recorder_mock: Recorder, hass: HomeAssistant) -> MockConfigEntry:
    """Return a recorder with a heat pump whose entities are registered."""
    for entity_id in MAPPING.values():
        domain, name = entity_id.split(".")
        er.async_get(hass).async_get_or_create(
            domain, "maker", name, suggested_object_id=name
        )
    await record(hass)
    entry = MockConfigEntry(
        domain=DOMAIN,
        data={"source": "recorder"},
        subentries_data=[pump(HOME, "generic", series=MAPPING)],
    )
    entry.add_to_hass(hass)
    async_follow_renames(hass)
    return entry


async def rename(hass: HomeAssistant, old: str, new: str) -> None:
    er.async_get(hass).async_update_entity(old, new_entity_id=new)
    state = hass.states.get(old)
    hass.states.async_remove(old)
    hass.states.async_set(new, "38", DEGREES if state is None else state.attributes)
    await hass.async_block_till_done()


def shown(result: Any) -> dict[str, Any]:
    return {k: v for k, v in suggested(result).items() if v is not None}


@pytest.mark.parametrize("at", ["brand", "entities"])
async def test_a_rename_is_followed_whichever_form_is_open(
    recorder_mock: Recorder, hass: HomeAssistant, entry: MockConfigEntry, at: str
) -> None:
    result = await reconfigure(hass, entry, HOME)
    if at == "brand":
        await rename(hass, SUPPLY, NEW)
    result = await submit(hass, result, shown(result))
    assert result["step_id"] == "entities"
    form = shown(result)
    assert form["supply_temp"] == (NEW if at == "brand" else SUPPLY)
    if at == "entities":
        await rename(hass, SUPPLY, NEW)
    result = await submit(hass, result, form)
    assert result["reason"] == "reconfigure_successful"
    assert changed(entry, HOME).data["series"] == {**MAPPING, "supply_temp": NEW}
    assert changed(entry, HOME).data["former_series"] == {NEW: [SUPPLY]}


async def test_a_rename_is_followed_of_what_was_not_chosen_before(
    recorder_mock: Recorder, hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """What was stored under its old name is read, too."""
    attic = er.async_get(hass).async_get_or_create(
        "sensor", "maker", "attic", suggested_object_id="attic_supply"
    )
    hass.states.async_set(attic.entity_id, "30", DEGREES)
    result = await add(hass, entry)
    result = await submit(hass, result, {"name": "Attic"})
    await rename(hass, attic.entity_id, "sensor.attic_flow")
    result = await submit(hass, result, {"supply_temp": attic.entity_id})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    data = list(entry.subentries.values())[-1].data
    assert data["series"] == {"supply_temp": "sensor.attic_flow"}
    assert data["former_series"] == {"sensor.attic_flow": [attic.entity_id]}


async def test_a_price_that_is_renamed_is_followed(
    recorder_mock: Recorder, hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    hass.config.currency = "SEK"
    price = er.async_get(hass).async_get_or_create(
        "sensor", "maker", "price", suggested_object_id="price"
    )
    hass.states.async_set(price.entity_id, "1", {"unit_of_measurement": "SEK/kWh"})
    result = await reconfigure(hass, entry, HOME)
    form = shown(result) | {"price_entity": price.entity_id}
    await rename(hass, price.entity_id, "sensor.spot")
    result = await submit(hass, result, form)
    assert result["step_id"] == "entities"
    await rename(hass, "sensor.spot", "sensor.hourly")
    await submit(hass, result, shown(result))
    assert changed(entry, HOME).data["price_entity"] == "sensor.hourly"


async def test_what_changes_while_the_entities_are_asked_for_is_kept(
    recorder_mock: Recorder, hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, HOME)
    result = await submit(hass, result, shown(result))
    stored = changed(entry, HOME)
    hass.config_entries.async_update_subentry(
        entry, stored, data={**stored.data, "anything": 8.0}
    )
    await submit(hass, result, shown(result))
    assert changed(entry, HOME).data["anything"] == 8.0


async def test_another_home_assistants_entity_is_not_renamed_by_ours(
    hass: HomeAssistant, source: FakeSource, entity_registry: er.EntityRegistry
) -> None:
    """Without the export of this one the names are those of another one."""
    entity_registry.async_get_or_create(
        "sensor", "maker", "supply", suggested_object_id="supply"
    )
    stored = pump("home", "generic", series={"supply_temp": "sensor.supply"})
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[stored])
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "home")
    result = await submit(hass, result, shown(result))
    await rename(hass, "sensor.supply", NEW)
    await submit(hass, result, shown(result))
    assert changed(entry, "home").data["series"] == {"supply_temp": "sensor.supply"}


async def test_two_forms_add_a_bucket_once(
    hass: HomeAssistant, source: FakeSource
) -> None:
    entry = pumps_entry(hass)
    forms = [await add(hass, entry) for _ in range(2)]
    forms = [await submit(hass, form, {"bucket": "ivt"}) for form in forms]
    first, second = [await submit(hass, form, shown(form)) for form in forms]
    assert first["type"] is FlowResultType.CREATE_ENTRY
    assert (second["type"], second["reason"]) == (
        FlowResultType.ABORT,
        "already_configured",
    )
    buckets = [one.data["bucket"] for one in entry.subentries.values()]
    assert buckets.count("ivt") == 1


async def test_entities_do_not_become_the_collectors_heat_pump_a_second_time(
    hass: HomeAssistant, source: FakeSource
) -> None:
    by_entity = pump("mixed", "generic", series={"supply_temp": "sensor.supply"})
    beside: Any = {**pump("mixed", "ivt"), "subentry_id": "own", "unique_id": "own"}
    entry = MockConfigEntry(
        domain=DOMAIN, data=DATA, subentries_data=[by_entity, beside]
    )
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "mixed")
    result = await submit(hass, result, {"brand": "ivt"})
    assert result["reason"] == "already_configured"


async def test_what_was_added_twice_before_may_have_its_settings_changed(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """An earlier version added a bucket twice; neither is new."""
    twin: Any = {**pump("ivt", "ivt"), "subentry_id": "twin", "unique_id": "twin"}
    entry = MockConfigEntry(
        domain=DOMAIN, data=DATA, subentries_data=[pump("ivt", "ivt"), twin]
    )
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "ivt")
    result = await submit(hass, result, shown(result) | {"price": 2.0})
    assert result["reason"] == "reconfigure_successful"
    assert changed(entry, "ivt").data["price"] == 2.0


@pytest.mark.parametrize("at", ["brand", "entities"])
@pytest.mark.parametrize("gone", ["pump", "entry"])
async def test_a_heat_pump_that_is_deleted_meanwhile_is_said_in_words(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    entry: MockConfigEntry,
    at: str,
    gone: str,
) -> None:
    result = await reconfigure(hass, entry, HOME)
    if at == "entities":
        result = await submit(hass, result, shown(result))
    if gone == "pump":
        hass.config_entries.async_remove_subentry(entry, HOME)
    else:
        await hass.config_entries.async_remove(entry.entry_id)
    result = await submit(hass, result, shown(result))
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "deleted")


@pytest.mark.parametrize(
    "told",
    [{"unit_of_measurement": "°F"}, {}, DEGREES],
)
@pytest.mark.parametrize("stored", [None, "°F"])
async def test_the_unit_of_a_series_that_stays_is_kept(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    entry: MockConfigEntry,
    told: dict[str, str],
    stored: str | None,
) -> None:
    """The source converts each value; another unit would have all years read again."""
    units = {} if stored is None else {"units": {"supply_temp": stored}}
    before = changed(entry, HOME)
    data = {**before.data, **units}
    hass.config_entries.async_update_subentry(entry, before, data=data)
    hass.states.async_set(SUPPLY, "95", told)
    result = await reconfigure(hass, entry, HOME)
    result = await submit(hass, result, shown(result) | {"price": 2.0})
    await submit(hass, result, shown(result))
    assert changed(entry, HOME).data["price"] == 2.0
    assert changed(entry, HOME).data.get("units") == units.get("units")


async def test_an_error_in_what_the_readings_say_leaves_the_settings_open(
    hass: HomeAssistant,
    source: FakeSource,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers = AsyncMock(side_effect=ZeroDivisionError("an odd day"))
    broken = SimpleNamespace(
        has_read=True, insights=SimpleNamespace(async_answers=answers)
    )
    monkeypatch.setattr(CalibrationStep, "_coordinator", lambda *_: broken)
    entry = pumps_entry(hass)
    result = await reconfigure(hass, entry, "thermia")
    assert "an odd day" in caplog.text
    result = await submit(hass, result, {"price": 2.0})
    assert result["reason"] == "reconfigure_successful"
