"""What a heat pump's settings ask: price, power, meter and plate."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.profiles import load, presets
from tests.support.fake_source import FakeSource

from .common import DATA, suggested, to_brand
from .subentry import changed, pump, pumps_entry, reconfigure, submit

# What a meter of the house says of itself.
COUNTS = {"state_class": "total_increasing"}
PRICED = {"house_energy": "sensor.house", "peak_price": 45.0}


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    return pumps_entry(hass)


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


@pytest.mark.parametrize("domain", ["sensor", "number", "input_number"])
async def test_the_price_is_offered_of_all_that_tell_a_number(
    hass: HomeAssistant, entry: MockConfigEntry, source: FakeSource, domain: str
) -> None:
    hass.config.currency = "SEK"
    hass.states.async_set(f"{domain}.spot", "1", {"unit_of_measurement": "SEK/kWh"})
    result = await reconfigure(hass, entry, "thermia")
    assert result["data_schema"] is not None
    (offered,) = result["data_schema"].schema["price_entity"].config["filter"]
    assert domain in offered["domain"]
    await submit(hass, result, {"price_entity": f"{domain}.spot"})
    assert changed(entry, "thermia").data["price_entity"] == f"{domain}.spot"


async def test_other_settings_are_changed_while_an_entity_is_away(
    hass: HomeAssistant, entry: MockConfigEntry, source: FakeSource
) -> None:
    unit = {"unit_of_measurement": f"{hass.config.currency}/kWh"}
    hass.states.async_set("sensor.spot", "1.2", unit)
    hass.states.async_set("sensor.house", "1234.5", COUNTS)
    kept = {
        "price_entity": "sensor.spot",
        "power_tariff": {"house_energy": "sensor.house", "peak_price": 45.0},
    }
    await submit(hass, await reconfigure(hass, entry, "thermia"), kept)
    hass.states.async_remove("sensor.spot")
    hass.states.async_remove("sensor.house")

    result = await reconfigure(hass, entry, "thermia")
    await submit(hass, result, kept | {"design_temp": -16.0})
    data = changed(entry, "thermia").data
    assert dict(data) == {**data, **kept, "design_temp": -16.0}


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


async def test_what_is_known_of_the_house_is_told_and_taken_away(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    told = {
        "design_temp": 0.0,
        "normal_degree_days": 3800.0,
        "co2_per_kwh": 0.0,
        "in_operation_since": "2024-10-01",
    }
    await submit(hass, await reconfigure(hass, entry, "thermia"), told)
    assert told.items() <= changed(entry, "thermia").data.items()
    result = await reconfigure(hass, entry, "thermia")
    assert {key: suggested(result)[key] for key in told} == told

    await submit(hass, result, {})
    assert not told.keys() & changed(entry, "thermia").data.keys()


async def test_a_heat_pump_is_not_in_operation_since_a_day_to_come(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await reconfigure(hass, entry, "thermia")
    today = dt_util.now().date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    result = await submit(hass, result, {"in_operation_since": tomorrow})
    assert result["errors"] == {"in_operation_since": "day_ahead"}
    await submit(hass, result, {"in_operation_since": today.isoformat()})
    data = changed(entry, "thermia").data
    assert data["in_operation_since"] == today.isoformat()


async def test_a_price_of_power_is_told_and_taken_away(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    hass.states.async_set("sensor.house", "1234.5", COUNTS)
    told = {"house_energy": "sensor.house", "peak_price": 45.0}
    rules = {"peak_count": 3.0, "peak_rules": ["one_a_day"]}
    result = await reconfigure(hass, entry, "thermia")
    hours = {"peak_from": 6.0, "peak_to": 20.0}
    empty = dict.fromkeys(told | hours)
    assert tariff_shown(result) == (True, empty | rules)
    await submit(hass, result, {"power_tariff": told | rules | hours})
    assert changed(entry, "thermia").data["power_tariff"] == told | rules | hours

    result = await reconfigure(hass, entry, "thermia")
    assert tariff_shown(result) == (False, told | rules | hours)
    await submit(hass, result, {"power_tariff": rules})
    assert "power_tariff" not in changed(entry, "thermia").data


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"peak_price": 45.0}, "tariff_half"),
        ({"house_energy": "sensor.house"}, "tariff_half"),
        (
            {"peak_price": 45.0, "house_energy": "sensor.gone"},
            "house_energy_missing",
        ),
        (
            {"peak_price": 45.0, "house_energy": "sensor.uncounted"},
            "house_energy_uncounted",
        ),
        (PRICED | {"peak_from": 6.0}, "tariff_hours"),
        (PRICED | {"peak_from": 20.0, "peak_to": 20.0}, "tariff_hours"),
    ],
)
async def test_half_a_price_of_power_is_refused_and_stays_as_it_was_typed(
    hass: HomeAssistant,
    source: FakeSource,
    entry: MockConfigEntry,
    told: dict[str, Any],
    error: str,
) -> None:
    hass.states.async_set("sensor.house", "1234.5", COUNTS)
    hass.states.async_set("sensor.uncounted", "1234.5")
    result = await reconfigure(hass, entry, "thermia")
    result = await submit(hass, result, {"power_tariff": told})
    assert result["errors"] == {"base": error}
    shown = tariff_shown(result)[1]
    assert {key: value for key, value in shown.items() if value is not None} == told
    assert len(shown) == 6


def tariff_shown(result: SubentryFlowResult) -> tuple[bool, dict[str, Any]]:
    """Return whether the price of power is folded, and what stands in its fields."""
    assert result["data_schema"] is not None
    shown = result["data_schema"].schema["power_tariff"]
    fields = SubentryFlowResult(data_schema=shown.schema)
    return shown.options["collapsed"], suggested(fields)


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


async def test_a_meter_is_asked_for_of_every_integration(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """Which of its entities are powers is only chosen after this form."""
    mapping = {"power": "sensor.power", "compressor": "binary_sensor.compressor"}
    for brand in presets():
        stored = pump("home", brand, series=mapping)
        entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[stored])
        entry.add_to_hass(hass)
        result = await reconfigure(hass, entry, "home")
        shown = suggested(result)
        assert (shown["power_metered"], shown["compressor_power"]) == (False, None)
        result = await submit(hass, result, {"power_metered": True})
        await submit(hass, result, mapping)
        assert changed(entry, "home").data["power_metered"] is True


async def test_a_meter_is_asked_for_of_an_integration_that_is_recognised(
    hass: HomeAssistant, source: FakeSource
) -> None:
    steps = "custom_components.heatpump_dashboard.setup_flow.heat_pump"
    with patch(f"{steps}.recognise_preset", return_value="nibe_heatpump"):
        shown = suggested(await to_brand(hass, "home"))
    assert (shown["brand"], shown["power_metered"]) == ("nibe_heatpump", False)


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


async def test_a_heat_pump_that_took_another_s_place_has_a_plate_of_its_own(
    hass: HomeAssistant, source: FakeSource
) -> None:
    stored = pump("thermia", "thermia", heat_output=6.0, rated_delta_t=7.0)
    entry = MockConfigEntry(domain=DOMAIN, data=DATA, subentries_data=[stored])
    entry.add_to_hass(hass)
    for typed, kept in (({}, True), ({"in_operation_since": "2025-06-01"}, False)):
        result = await reconfigure(hass, entry, "thermia")
        result = await submit(hass, result, {"heat_output": 6.0, **typed})
        assert result["reason"] == "reconfigure_successful"
        assert ("rated_delta_t" in changed(entry, "thermia").data) is kept


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
