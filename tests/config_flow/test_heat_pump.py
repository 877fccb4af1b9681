"""A new entry from its bucket on: brand, settings, series."""

from dataclasses import replace
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.heatpump_dashboard.profiles import brands, load, presets
from custom_components.heatpump_dashboard.sources import Bucket, InvalidAuth, NotFound
from tests.support.fake_source import FakeSource

from .common import options, submit, suggested, to_brand, to_buckets


async def test_buckets_with_readings_are_marked_and_the_first_is_preselected(
    hass: HomeAssistant, source: FakeSource
) -> None:
    source.bucket_list = [Bucket("heat", True), Bucket("attic", False)]
    result = await to_buckets(hass)
    assert options(result, "bucket") == [
        {"value": "heat", "label": "heat ✓"},
        {"value": "attic", "label": "attic"},
    ]
    assert suggested(result) == {"bucket": "heat"}


async def test_no_bucket_is_preselected_without_readings(
    hass: HomeAssistant, source: FakeSource
) -> None:
    source.bucket_list = [Bucket("attic", False)]
    assert suggested(await to_buckets(hass)) == {}


async def test_bucket_can_be_typed_where_listing_them_fails(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """A token may read a bucket without being allowed to list them."""
    with patch.object(
        source, "buckets", side_effect=InvalidAuth("text", key="forbidden")
    ):
        result = await to_buckets(hass)
    assert result["errors"] == {"base": "forbidden"}
    assert options(result, "bucket") == []

    result = await submit(hass, result, {"bucket": " thermia "})
    assert result["step_id"] == "brand"
    result = await submit(hass, result, {})
    (pump,) = result["result"].subentries.values()
    assert pump.unique_id == "thermia"


async def test_bucket_without_series_is_refused_until_another_is_chosen(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await submit(hass, await to_buckets(hass), {"bucket": "scratch"})
    assert result["step_id"] == "heat_pump"
    assert result["errors"] == {"bucket": "bucket_empty"}
    assert result["description_placeholders"] == {"bucket": "scratch"}
    assert suggested(result) == {"bucket": "scratch"}

    result = await submit(hass, result, {"bucket": "thermia"})
    assert result["step_id"] == "brand"


async def test_a_collectors_series_count_where_home_assistant_exports_too(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await submit(hass, await to_buckets(hass), {"bucket": "mixed"})
    assert result["step_id"] == "brand"
    assert suggested(result)["brand"] == "ivt"
    result = await submit(hass, result, {"brand": "generic"})
    assert result["step_id"] == "entities"
    assert suggested(result)["supply_temp"] == "heat_carrier_forward"
    assert "sensor.supply" in {o["value"] for o in options(result, "supply_temp")}


async def test_bucket_that_cannot_be_read_is_corrected(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await to_buckets(hass)
    source.fail("bucket_not_found", NotFound, bucket="gone", organization="thermia")
    result = await submit(hass, result, {"bucket": "gone"})
    assert result["errors"] == {"base": "bucket_not_found"}
    assert result["description_placeholders"] == {
        "bucket": "gone",
        "organization": "thermia",
    }
    assert len(options(result, "bucket")) == len(source.bucket_list)

    source.failure = None
    result = await submit(hass, result, {"bucket": "thermia"})
    assert result["step_id"] == "brand"


@pytest.mark.parametrize("brand", ["thermia", "ivt", "nibe"])
async def test_brand_is_recognised(
    hass: HomeAssistant, source: FakeSource, brand: str
) -> None:
    result = await to_brand(hass, brand)
    assert suggested(result)["brand"] == brand
    assert {option["value"] for option in options(result, "brand")} == set(brands())


@pytest.mark.parametrize(
    ("bucket", "asked"),
    [("thermia", False), ("ivt", True), ("nibe", True), ("other", True)],
)
async def test_compressor_power_is_asked_where_no_series_has_it(
    hass: HomeAssistant, source: FakeSource, bucket: str, asked: bool
) -> None:
    assert ("compressor_power" in suggested(await to_brand(hass, bucket))) is asked


async def test_another_brand_brings_its_own_name_and_heater(
    hass: HomeAssistant, source: FakeSource
) -> None:
    """What was only proposed for the recognised brand does not stay."""
    small = replace(load("nibe").auxiliary, max_kw=6.5)
    nibe = replace(load("nibe"), auxiliary=small)
    with patch(
        "custom_components.heatpump_dashboard.setup_flow.presets.load",
        lambda brand: nibe if brand == "nibe" else load(brand),
    ):
        result = await to_brand(hass, "ivt")
        shown = suggested(result)
        assert (shown["name"], shown["auxiliary_power"]) == ("IVT", 9.0)
        result = await submit(
            hass, result, {"brand": "nibe", "name": "IVT", "auxiliary_power": 9.0}
        )
    (pump,) = result["result"].subentries.values()
    assert pump.title == "NIBE"
    assert pump.data["auxiliary_power"] == 6.5


async def test_another_brand_keeps_what_was_typed(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await to_brand(hass, "ivt")
    typed = {"brand": "nibe", "name": "Cellar", "auxiliary_power": 6.5}
    result = await submit(hass, result, typed)
    (pump,) = result["result"].subentries.values()
    assert pump.title == "Cellar"
    assert pump.data["auxiliary_power"] == 6.5


async def test_every_brand_that_reads_a_collector_is_offered_only_for_one(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await to_brand(hass, "home")
    assert suggested(result)["brand"] == "generic"
    offered = {option["value"] for option in options(result, "brand")}
    assert offered == {"generic", *presets()}


async def test_unknown_series_are_mapped_by_hand(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await to_brand(hass, "other")
    assert suggested(result)["brand"] == "generic"
    assert suggested(result)["name"] == "other"
    result = await submit(hass, result, {})
    assert result["step_id"] == "entities"
    guesses = {k: v for k, v in suggested(result).items() if v is not None}
    assert guesses == {
        "outdoor_temp": "utetemperatur",
        "supply_temp": "framledning",
        "return_temp": "returledning",
        "compressor": "kompressor",
        "power": "eleffekt",
    }
    (label,) = (
        o["label"] for o in options(result, "power") if o["value"] == "eleffekt"
    )
    assert label.startswith("eleffekt · 1.5 W · ")
    assert "eleffekt" not in {o["value"] for o in options(result, "supply_temp")}

    result = await submit(hass, result, {})
    assert result["errors"] == {"base": "no_series"}
    mapping = {"compressor": "kompressor", "supply_temp": "framledning"}
    result = await submit(hass, result, mapping)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (pump,) = result["result"].subentries.values()
    assert pump.data["brand"] == "generic"
    assert pump.data["series"] == mapping
