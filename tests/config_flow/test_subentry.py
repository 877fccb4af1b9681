"""The flow of a heat pump: one more in an entry, or other settings of one."""

from typing import Any

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigSubentry,
    ConfigSubentryDataWithId,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.const import DOMAIN, SUBENTRY_HEAT_PUMP
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.sources import CannotConnect
from tests.support.fake_source import FakeSource

from .common import DATA, suggested

SETTINGS: dict[str, Any] = {
    "flow_factor": 2.5,
    "flow_factor_measured": False,
    "auxiliary_power": 6.0,
}
MAPPING = {"compressor": "kompressor", "supply_temp": "gone_silent"}


def pump(bucket: str, brand: str, **more: Any) -> ConfigSubentryDataWithId:
    """Return a heat pump of the entry."""
    return ConfigSubentryDataWithId(
        data={"bucket": bucket, "brand": brand, **SETTINGS, **more},
        subentry_id=bucket,
        subentry_type=SUBENTRY_HEAT_PUMP,
        title=f"My {bucket}",
        unique_id=bucket,
    )


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry with one pump of each kind the forms tell apart."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=DATA,
        subentries_data=[
            pump("thermia", "thermia"),
            pump("nibe", "nibe", compressor_power=2.4),
            pump("other", "generic", series=MAPPING),
        ],
    )
    entry.add_to_hass(hass)
    return entry


async def add(hass: HomeAssistant, entry: MockConfigEntry) -> SubentryFlowResult:
    """Start to add a heat pump."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_HEAT_PUMP), context={"source": SOURCE_USER}
    )


async def submit(
    hass: HomeAssistant, result: SubentryFlowResult, user_input: dict[str, Any]
) -> SubentryFlowResult:
    """Submit a form."""
    return await hass.config_entries.subentries.async_configure(
        result["flow_id"], user_input
    )


async def reconfigure(
    hass: HomeAssistant, entry: MockConfigEntry, pump_id: str
) -> SubentryFlowResult:
    """Start to change a heat pump."""
    result = await entry.start_subentry_reconfigure_flow(hass, pump_id)
    assert result["step_id"] == "brand"
    return result


def changed(entry: MockConfigEntry, pump_id: str) -> ConfigSubentry:
    """Return the heat pump as it is now."""
    return entry.subentries[pump_id]


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
        "name": "My thermia",
        "heat_output": None,
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


async def test_a_fixed_price_is_set_and_taken_away(
    hass: HomeAssistant, entry: MockConfigEntry, source: FakeSource
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    assert result["description_placeholders"]["currency"] == hass.config.currency
    await submit(hass, result, {"price": 1.85})
    assert changed(entry, "thermia").data["price"] == 1.85

    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["price"] == 1.85
    await submit(hass, result, {})
    assert not {"price", "price_entity"} & set(changed(entry, "thermia").data)


@pytest.mark.parametrize("price", [1e308, -1e9])
async def test_what_cannot_be_a_price_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry, source: FakeSource, price: float
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    with pytest.raises(InvalidData):
        await submit(hass, result, {"price": price})


async def test_an_entity_tells_the_price(
    hass: HomeAssistant, entry: MockConfigEntry, source: FakeSource
) -> None:
    hass.config.currency = "SEK"
    hass.states.async_set("sensor.spot", "55", {"unit_of_measurement": "öre/kWh"})
    result = await reconfigure(hass, entry, "thermia")
    await submit(hass, result, {"price_entity": "sensor.spot"})
    assert changed(entry, "thermia").data["price_entity"] == "sensor.spot"

    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["price_entity"] == "sensor.spot"


@pytest.mark.parametrize(
    ("chosen", "error", "unit"),
    [
        ({"price": 1.0, "price_entity": "sensor.spot"}, "two_prices", "SEK/kWh"),
        ({"price_entity": "sensor.gone"}, "price_missing", "–"),
        ({"price_entity": "sensor.bare"}, "price_unit", "–"),
        ({"price_entity": "sensor.euro"}, "price_unit", "EUR/kWh"),
    ],
)
async def test_what_is_no_price_is_refused_and_mended(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: FakeSource,
    chosen: dict[str, Any],
    error: str,
    unit: str,
) -> None:
    hass.config.currency = "SEK"
    hass.states.async_set("sensor.spot", "1", {"unit_of_measurement": "SEK/kWh"})
    hass.states.async_set("sensor.euro", "1", {"unit_of_measurement": "EUR/kWh"})
    hass.states.async_set("sensor.bare", "1")
    result = await submit(hass, await reconfigure(hass, entry, "thermia"), chosen)
    assert result["type"] is FlowResultType.FORM
    assert result["errors"] == {"price_entity": error}
    assert result["description_placeholders"]["unit"] == unit
    assert suggested(result)["price_entity"] == chosen["price_entity"]

    await submit(hass, result, {"price_entity": "sensor.spot"})
    assert changed(entry, "thermia").data["price_entity"] == "sensor.spot"


async def test_compressor_power_is_changed_and_taken_away(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "nibe")
    assert suggested(result)["compressor_power"] == 2.4
    await submit(hass, result, {"compressor_power": 3.0})
    assert changed(entry, "nibe").data["compressor_power"] == 3.0

    await submit(hass, await reconfigure(hass, entry, "nibe"), {})
    assert "compressor_power" not in changed(entry, "nibe").data


async def test_the_past_in_the_statistics_is_asked_of_one_that_exists(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    """Left off by who was not asked yet, it is no answer; turned off, it is one."""
    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["past_statistics"] is False
    await submit(hass, result, {"past_statistics": False})
    assert "past_statistics" not in changed(entry, "thermia").data
    for answer in (True, False):
        result = await reconfigure(hass, entry, "thermia")
        await submit(hass, result, {"past_statistics": answer})
        assert changed(entry, "thermia").data["past_statistics"] is answer


async def test_a_meter_is_told_and_taken_away(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    await submit(hass, result, {"power_metered": True})
    data = changed(entry, "thermia").data
    assert data["power_metered"] is True
    assert Equipment.of(load("thermia"), data).power_metered

    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["power_metered"] is True
    await submit(hass, result, {"power_metered": False})
    assert "power_metered" not in changed(entry, "thermia").data


async def test_a_meter_is_asked_for_only_where_power_is_reported(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    asked = {
        bucket: "power_metered" in suggested(await reconfigure(hass, entry, bucket))
        for bucket in ("thermia", "nibe", "other")
    }
    assert asked == {"thermia": True, "nibe": False, "other": True}


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


async def test_the_usual_factor_makes_room_for_the_plate(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """The form once proposed it: it is stored without anybody's having meant it."""
    stored = pump(
        "thermia",
        "thermia",
        flow_factor=2.7,
        flow_factor_measured=False,
        rated_delta_t=7.0,
    )
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[stored])
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["flow_factor"] is None
    result = await submit(hass, result, {"heat_output": 6.0})
    assert result["reason"] == "reconfigure_successful"

    kept = dict(changed(entry, "thermia").data)
    assert "flow_factor" not in kept
    assert (kept["heat_output"], kept["rated_delta_t"]) == (6.0, 7.0)


async def test_a_typed_factor_stays_beside_the_plate(
    hass: HomeAssistant, source: FakeSource
) -> None:
    stored = pump("thermia", "thermia", flow_factor=1.9, heat_output=6.0)
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[stored])
    entry.add_to_hass(hass)
    result = await reconfigure(hass, entry, "thermia")
    assert suggested(result)["flow_factor"] == 1.9
    await submit(hass, result, {"flow_factor": 1.9, "heat_output": 8.0})

    kept = changed(entry, "thermia").data
    assert (kept["flow_factor"], kept["heat_output"]) == (1.9, 8.0)


async def test_what_was_measured_is_to_be_said(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    result = await submit(hass, result, {"flow_factor_measured": True})
    assert result["errors"] == {"flow_factor": "flow_factor_missing"}

    typed = {"flow_factor": 1.2, "flow_factor_measured": True}
    result = await submit(hass, result, typed)
    assert result["reason"] == "reconfigure_successful"
    assert changed(entry, "thermia").data["flow_factor"] == 1.2


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
