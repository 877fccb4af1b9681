"""The flow of a heat pump: one more in an entry, or other settings of one."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.sources import CannotConnect
from tests.support.fake_source import FakeSource

from .common import DATA, suggested
from .subentry import (
    MAPPING,
    SETTINGS,
    add,
    changed,
    pump,
    pumps_entry,
    reconfigure,
    submit,
)

STORED: dict[str, dict[str, Any]] = {
    "metered": {"brand": "thermia", "power_metered": True, "price": -0.2},
    "plate": {"brand": "thermia", "heat_output": 8.0, "compressor_power": 2.1},
    "silent": {"brand": "nibe", "compressor_power": 2.4, "price_entity": "sensor.spot"},
    "doubly": {"brand": "nibe", "power_metered": True},
    "by_hand": {
        "brand": "generic",
        "series": {**MAPPING, "metric_of_tomorrow": "framtid"},
        "power_metered": True,
        "compressor_power": 2.0,
        "anything": {"of": ["a", "newer", "version"]},
    },
    "short": {"brand": "ivt"},
    "exported": {
        "brand": "weheat",
        "series": {"power": "sensor.a", "compressor": "sensor.b=Running"},
        "units": {"power": "kW"},
    },
    "usual": {"brand": "ivt", "flow_factor": 2.7, "flow_factor_measured": False},
    "found": {"brand": "ivt", "rated_delta_t": 6.9, "flow_factor_checked": 2.5},
}


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    return pumps_entry(hass)


async def test_a_second_pump_is_added(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    """Only buckets without a heat pump are offered."""
    result = await add(hass, entry)
    assert result["step_id"] == "heat_pump"
    assert result["data_schema"] is not None
    offered = result["data_schema"].schema["bucket"].config["options"]
    assert [option["value"] for option in offered] == ["ivt", "scratch"]

    result = await submit(hass, result, {"bucket": "ivt"})
    assert result["step_id"] == "brand"
    result = await submit(hass, result, {"name": "Cottage"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    added = next(p for p in entry.subentries.values() if p.unique_id == "ivt")
    assert added.title == "Cottage"
    assert dict(added.data) == {
        "bucket": "ivt",
        "brand": "ivt",
        "flow_factor_measured": False,
        "auxiliary_power": 9.0,
    }
    assert all(asked == DATA for asked in source.asked_with)
    assert source.closed == len(source.asked_with)


async def test_a_bucket_has_one_pump(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await submit(hass, await add(hass, entry), {"bucket": "thermia"})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(entry.subentries) == 3


async def test_source_that_is_down_is_asked_again(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    source.fail("refused", CannotConnect, host="influx.local:8086")
    result = await add(hass, entry)
    assert result["errors"] == {"base": "refused"}
    result = await submit(hass, result, {"bucket": "ivt"})
    assert result["errors"] == {"base": "refused"}
    assert result["description_placeholders"] == {"host": "influx.local:8086"}

    source.failure = None
    result = await submit(hass, result, {"bucket": "ivt"})
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_settings_are_changed(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result) == {
        "brand": "thermia",
        "co2_per_kwh": None,
        "name": "My thermia",
        "design_temp": None,
        "heat_output": None,
        "in_operation_since": None,
        "normal_degree_days": None,
        "past_statistics": False,
        "power_metered": False,
        "price": None,
        "price_entity": None,
        **SETTINGS,
    }

    settings = {"flow_factor": 3.1, "flow_factor_measured": True, "auxiliary_power": 4}
    result = await submit(hass, result, {"name": "Cellar", **settings})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    assert changed(entry, "thermia").title == "Cellar"
    assert changed(entry, "thermia").unique_id == "thermia"
    assert dict(changed(entry, "thermia").data) == {
        "bucket": "thermia",
        "brand": "thermia",
        **settings,
    }


async def test_an_emptied_heater_is_the_brands_own(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    await submit(hass, result, {})
    assert changed(entry, "thermia").data["auxiliary_power"] == 9.0
    assert changed(entry, "thermia").title == "My thermia"


async def test_mapping_is_changed(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    """The stored mapping is shown, no guesses; a series that is silent stays."""
    result = await submit(hass, await reconfigure(hass, entry, "other"), {})
    assert result["step_id"] == "entities"
    assert {k: v for k, v in suggested(result).items() if v} == MAPPING
    result = await submit(hass, result, {**MAPPING, "power": "eleffekt"})
    assert result["reason"] == "reconfigure_successful"
    assert changed(entry, "other").data["series"] == {**MAPPING, "power": "eleffekt"}


async def test_brand_is_corrected_from_generic(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "other")
    await submit(hass, result, {"brand": "ivt"})
    assert changed(entry, "other").data["brand"] == "ivt"
    assert "series" not in changed(entry, "other").data


async def test_settings_are_changed_while_the_source_is_down(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    source.fail("refused", CannotConnect, host="influx.local:8086")
    result = await reconfigure(hass, entry, "thermia")
    assert not result["errors"]
    result = await submit(hass, result, {"flow_factor": 3.0})
    assert result["reason"] == "reconfigure_successful"
    assert changed(entry, "thermia").data["flow_factor"] == 3.0


async def test_another_brand_has_the_difference_found_anew(
    hass: HomeAssistant, source: FakeSource
) -> None:
    stored = pump("thermia", "thermia", heat_output=6.0, rated_delta_t=7.0)
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[stored])
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "thermia")
    await submit(hass, result, {"brand": "ivt", "heat_output": 6.0})

    assert "rated_delta_t" not in changed(entry, "thermia").data


@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("name", list(STORED))
async def test_a_form_that_is_sent_as_it_is_shown_changes_nothing(
    hass: HomeAssistant, source: FakeSource, name: str, down: bool
) -> None:
    hass.config.currency = "SEK"
    hass.states.async_set("sensor.spot", "1", {"unit_of_measurement": "SEK/kWh"})
    settings = pump("thermia", **STORED[name])
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[settings])
    entry.add_to_hass(hass)
    if down:
        source.fail("refused", CannotConnect, host="influx.local:8086")
    result = await reconfigure(hass, entry, "thermia")
    while result["type"] is FlowResultType.FORM:
        shown = {k: v for k, v in suggested(result).items() if v is not None}
        result = await submit(hass, result, shown)
    assert result["reason"] == "reconfigure_successful"
    assert dict(changed(entry, "thermia").data) == settings["data"]
    assert changed(entry, "thermia").title == settings["title"]


async def test_what_is_missing_in_the_settings_is_proposed(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """As for a heat pump that another version has made."""
    settings = pump("thermia", "thermia")
    settings["data"] = {"bucket": "thermia", "brand": "thermia"}
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[settings])
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["flow_factor"] is None
    assert suggested(result)["auxiliary_power"] == 9.0


async def test_a_brand_this_version_does_not_know_is_chosen_anew(
    hass: HomeAssistant, source: FakeSource
) -> None:
    settings = pump("thermia", "brand_of_tomorrow", price=1.5)
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[settings])
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["brand"] == "thermia"
    result = await submit(hass, result, {"brand": "thermia", "price": 1.5})
    assert result["reason"] == "reconfigure_successful"
    data = changed(entry, "thermia").data
    assert (data["brand"], data["price"]) == ("thermia", 1.5)


async def test_what_was_changed_meanwhile_is_kept(
    hass: HomeAssistant, entry: MockConfigEntry, source: FakeSource
) -> None:
    """What the form does not show is what is stored when it is sent."""
    result = await reconfigure(hass, entry, "thermia")
    stored = changed(entry, "thermia")
    hass.config_entries.async_update_subentry(
        entry, stored, data={**stored.data, "anything": 8.0}
    )
    await submit(hass, result, {"price": 1.0})
    assert changed(entry, "thermia").data["anything"] == 8.0


async def test_what_was_emptied_stays_so_after_an_error(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "nibe")
    await submit(hass, result, {"compressor_power": 3.0, "price": 2.0})
    hass.states.async_set("sensor.bare", "1")
    result = await submit(
        hass, await reconfigure(hass, entry, "nibe"), {"price_entity": "sensor.bare"}
    )
    assert result["errors"] == {"price_entity": "price_unit"}
    assert suggested(result)["price"] is None
    assert suggested(result)["compressor_power"] is None
