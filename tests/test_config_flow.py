"""The config flow of an entry: source, first heat pump, new token, new address."""

from dataclasses import replace
from typing import Any
from unittest.mock import AsyncMock, patch

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult
from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.config_flow import normalise_url
from custom_components.heatpump_dashboard.const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    DOMAIN,
    SOURCE_DEMO,
    SOURCE_INFLUXDB,
)
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    InvalidAuth,
    NotFound,
    QueryFailed,
    SourceError,
)
from tests.support.fake_source import FakeSource

CONNECTION = {
    CONF_URL: "http://influx.local:8086",
    CONF_TOKEN: "token",
    CONF_ORGANIZATION: "thermia",
    CONF_VERIFY_SSL: True,
}
DATA = {CONF_SOURCE: SOURCE_INFLUXDB, **CONNECTION}
UNIQUE_ID = "http://influx.local:8086 thermia"

CAUSES: list[tuple[type[SourceError], str]] = [
    *((CannotConnect, key) for key in ("refused", "dns", "tls", "timeout")),
    *((CannotConnect, key) for key in ("not_influxdb", "cut_off", "starting")),
    (CannotConnect, "server_error"),
    (InvalidAuth, "invalid_auth"),
    (InvalidAuth, "forbidden"),
    (NotFound, "bucket_not_found"),
    (NotFound, "organization_not_found"),
    (QueryFailed, "query_failed"),
]


@pytest.fixture(autouse=True)
def _setup(setup_entry: AsyncMock) -> None:
    """Set up nothing for real: these tests end where an entry begins."""


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an InfluxDB that is set up already."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=DATA,
        title="InfluxDB influx.local (thermia)",
        unique_id=UNIQUE_ID,
    )
    entry.add_to_hass(hass)
    return entry


def suggested(result: ConfigFlowResult) -> dict[str, Any]:
    """Return the values a form shows: suggested ones, else defaults."""
    assert result["data_schema"] is not None
    values = {}
    for key in result["data_schema"].schema:
        if key.description and "suggested_value" in key.description:
            values[str(key)] = key.description["suggested_value"]
        elif callable(key.default):
            values[str(key)] = key.default()
    return values


def options(result: ConfigFlowResult, field: str) -> list[dict[str, str]]:
    """Return the options of a select in a form."""
    assert result["data_schema"] is not None
    return result["data_schema"].schema[field].config["options"]


async def start(hass: HomeAssistant, step: str) -> ConfigFlowResult:
    """Start the flow of a user and choose in its menu."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert result["type"] is FlowResultType.MENU
    assert result["menu_options"] == ["influxdb", "demo"]
    return await submit(hass, result, {"next_step_id": step})


async def submit(
    hass: HomeAssistant, result: ConfigFlowResult, user_input: dict[str, Any]
) -> ConfigFlowResult:
    """Submit a form."""
    return await hass.config_entries.flow.async_configure(result["flow_id"], user_input)


async def to_buckets(hass: HomeAssistant) -> ConfigFlowResult:
    """Go to the step that asks for the bucket."""
    result = await submit(hass, await start(hass, "influxdb"), CONNECTION)
    assert result["step_id"] == "heat_pump"
    return result


async def to_brand(hass: HomeAssistant, bucket: str) -> ConfigFlowResult:
    """Go to the step that asks for brand and settings."""
    result = await submit(hass, await to_buckets(hass), {"bucket": bucket})
    assert result["step_id"] == "brand"
    return result


async def test_user_sets_up_influxdb_and_first_pump(
    hass: HomeAssistant, source: FakeSource, setup_entry: AsyncMock
) -> None:
    """The usual way: all proposals accepted."""
    result = await start(hass, "influxdb")
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "influxdb"
    assert not result["errors"]

    result = await submit(hass, result, CONNECTION)
    assert result["step_id"] == "heat_pump"
    result = await submit(hass, result, {"bucket": "thermia"})
    assert result["step_id"] == "brand"
    assert suggested(result) == {
        "brand": "thermia",
        "name": "Thermia",
        "flow_factor": 2.7,
        "flow_factor_measured": False,
        "power_metered": False,
        "auxiliary_power": 9.0,
        "price": None,
        "price_entity": None,
    }
    result = await submit(hass, result, {})

    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "InfluxDB influx.local (thermia)"
    assert result["data"] == DATA
    assert result["result"].unique_id == UNIQUE_ID
    pump, *others = result["result"].subentries.values()
    assert others == []
    assert (pump.subentry_type, pump.title, pump.unique_id) == (
        "heat_pump",
        "Thermia",
        "thermia",
    )
    assert dict(pump.data) == {
        "bucket": "thermia",
        "brand": "thermia",
        "flow_factor": 2.7,
        "flow_factor_measured": False,
        "auxiliary_power": 9.0,
    }
    assert len(setup_entry.mock_calls) == 1
    assert all(asked == DATA for asked in source.asked_with)
    assert source.closed == len(source.asked_with)


async def test_user_changes_every_setting(
    hass: HomeAssistant, source: FakeSource
) -> None:
    settings = {
        "brand": "nibe",
        "flow_factor": 1.9,
        "flow_factor_measured": True,
        "compressor_power": 2.4,
        "auxiliary_power": 6.5,
    }
    result = await to_brand(hass, "nibe")
    result = await submit(hass, result, {"name": " Cellar ", **settings})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (pump,) = result["result"].subentries.values()
    assert pump.title == "Cellar"
    assert dict(pump.data) == {"bucket": "nibe", **settings}


@pytest.mark.parametrize(("error", "key"), CAUSES)
async def test_connection_fails_and_is_corrected(
    hass: HomeAssistant, source: FakeSource, error: type[SourceError], key: str
) -> None:
    """Every cause has a text of its own, the form keeps what was typed and goes on."""
    source.fail(key, error, host="influx.local:8086")
    typed = {**CONNECTION, CONF_TOKEN: "mistyped"}
    result = await submit(hass, await start(hass, "influxdb"), typed)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "influxdb"
    assert result["errors"] == {"base": key}
    assert result["description_placeholders"] == {"host": "influx.local:8086"}
    assert suggested(result) == typed

    source.failure = None
    result = await submit(hass, result, CONNECTION)
    result = await submit(hass, result, {"bucket": "ivt"})
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"] == DATA


async def test_unexpected_error_is_logged_and_corrected(
    hass: HomeAssistant, source: FakeSource, caplog: pytest.LogCaptureFixture
) -> None:
    source.failure = RuntimeError("never thought of")
    result = await submit(hass, await start(hass, "influxdb"), CONNECTION)
    assert result["errors"] == {"base": "unknown"}
    assert "never thought of" in caplog.text
    assert source.closed == len(source.asked_with) == 1

    source.failure = None
    result = await submit(hass, result, CONNECTION)
    assert result["step_id"] == "heat_pump"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" HTTP://Influx.Local:8086/ ", "http://influx.local:8086"),
        ("192.168.1.20:8086", "http://192.168.1.20:8086"),
        ("influx.local:8086", "http://influx.local:8086"),
        ("http://influx.local:80", "http://influx.local"),
        ("https://home.example/influx/?x=1#y", "https://home.example/influx"),
        ("http://[::1]:8086", "http://[::1]:8086"),
        ("", None),
        ("http://", None),
        ("ftp://influx.local", None),
        ("http://influx.local:port", None),
        ("http://influx.local:99999", None),
        ("http://user:secret@influx.local:8086", None),
    ],
)
def test_address_has_one_spelling(typed: str, normal: str | None) -> None:
    assert normalise_url(typed) == normal


async def test_address_that_is_none_is_corrected(
    hass: HomeAssistant, source: FakeSource
) -> None:
    typed = {**CONNECTION, CONF_URL: "ftp://influx.local"}
    result = await submit(hass, await start(hass, "influxdb"), typed)
    assert result["errors"] == {CONF_URL: "invalid_url"}
    assert suggested(result) == typed
    assert source.asked_with == []

    result = await submit(hass, result, CONNECTION)
    assert result["step_id"] == "heat_pump"


async def test_same_influxdb_spelled_otherwise_is_refused(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    typed = {**CONNECTION, CONF_URL: "Influx.local:8086/"}
    result = await submit(hass, await start(hass, "influxdb"), typed)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


async def test_other_organization_of_the_same_server_is_another_entry(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    typed = {**CONNECTION, CONF_ORGANIZATION: "home"}
    result = await submit(hass, await start(hass, "influxdb"), typed)
    assert result["step_id"] == "heat_pump"


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
    assert {option["value"] for option in options(result, "brand")} == {
        "thermia",
        "ivt",
        "nibe",
        "generic",
    }


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
        "custom_components.heatpump_dashboard.flow_pump.load",
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


async def test_unknown_series_are_mapped_by_hand(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await to_brand(hass, "other")
    assert suggested(result)["brand"] == "generic"
    assert suggested(result)["name"] == "other"
    result = await submit(hass, result, {})
    assert result["step_id"] == "series"
    guesses = {k: v for k, v in suggested(result).items() if v is not None}
    assert guesses == {
        "outdoor_temp": "utetemperatur",
        "supply_temp": "framledning",
        "return_temp": "returledning",
        "compressor": "kompressor",
        "power": "eleffekt",
    }
    assert {"value": "eleffekt", "label": "eleffekt (1.5 W)"} in options(
        result, "power"
    )

    result = await submit(hass, result, {})
    assert result["errors"] == {"base": "no_series"}
    mapping = {"compressor": "kompressor", "supply_temp": "framledning"}
    result = await submit(hass, result, mapping)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (pump,) = result["result"].subentries.values()
    assert pump.data["brand"] == "generic"
    assert pump.data["series"] == mapping


async def test_demo_has_all_brands_by_default(hass: HomeAssistant) -> None:
    result = await start(hass, "demo")
    assert result["step_id"] == "demo"
    assert suggested(result) == {"brands": ["ivt", "nibe", "thermia"]}
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Demo"
    assert result["data"] == {CONF_SOURCE: SOURCE_DEMO}
    pumps = result["result"].subentries.values()
    assert [(pump.title, pump.unique_id) for pump in pumps] == [
        ("Demo IVT", "ivt"),
        ("Demo NIBE", "nibe"),
        ("Demo Thermia", "thermia"),
    ]
    configured = {p.unique_id for p in pumps if "compressor_power" in p.data}
    assert configured == {"nibe"}


async def test_demo_wants_at_least_one_brand(hass: HomeAssistant) -> None:
    result = await submit(hass, await start(hass, "demo"), {"brands": []})
    assert result["errors"] == {"brands": "no_brands"}
    result = await submit(hass, result, {"brands": ["thermia"]})
    (pump,) = result["result"].subentries.values()
    assert pump.data["bucket"] == pump.data["brand"] == "thermia"


async def test_there_is_only_one_demo(hass: HomeAssistant) -> None:
    await submit(hass, await start(hass, "demo"), {})
    result = await start(hass, "demo")
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


async def test_new_token_after_the_old_was_refused(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await entry.start_reauth_flow(hass)
    assert result["step_id"] == "reauth_confirm"
    assert result["description_placeholders"] is not None
    assert result["description_placeholders"]["url"] == CONNECTION[CONF_URL]
    assert suggested(result) == {}

    source.fail("invalid_auth", InvalidAuth, host="influx.local:8086")
    result = await submit(hass, result, {CONF_TOKEN: "wrong"})
    assert result["errors"] == {"base": "invalid_auth"}
    assert entry.data == DATA

    source.failure = None
    result = await submit(hass, result, {CONF_TOKEN: " fresh "})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert entry.data == {**DATA, CONF_TOKEN: "fresh"}


@pytest.mark.parametrize(
    ("token", "listens", "reloads"),
    [("fresh", False, True), ("token", True, True), ("fresh", True, False)],
    ids=["set-up had failed", "old token works again", "listener does it"],
)
async def test_entry_is_loaded_once_with_the_new_token(
    hass: HomeAssistant,
    source: FakeSource,
    entry: MockConfigEntry,
    token: str,
    listens: bool,
    reloads: bool,
) -> None:
    """The flow reloads only where no listener will."""
    heard = AsyncMock()
    if listens:
        entry.add_update_listener(heard)
    result = await entry.start_reauth_flow(hass)
    with patch.object(hass.config_entries, "async_schedule_reload") as reload:
        await submit(hass, result, {CONF_TOKEN: token})
        await hass.async_block_till_done()
    assert reload.called is reloads
    assert heard.called is (listens and not reloads)


async def test_connection_is_changed(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    """The token is not shown, left out it stays; the name follows the address."""
    result = await entry.start_reconfigure_flow(hass)
    assert result["step_id"] == "reconfigure"
    known = {k: v for k, v in CONNECTION.items() if k != CONF_TOKEN}
    assert suggested(result) == known

    moved = {**known, CONF_URL: "https://new.local:8086", CONF_VERIFY_SSL: False}
    source.fail("tls", CannotConnect, host="new.local:8086", reason="self-signed")
    result = await submit(hass, result, moved)
    assert result["errors"] == {"base": "tls"}
    assert suggested(result) == moved
    assert entry.data == DATA

    source.failure = None
    result = await submit(hass, result, moved)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == {**DATA, **moved}
    assert entry.unique_id == "https://new.local:8086 thermia"
    assert entry.title == "InfluxDB new.local (thermia)"


async def test_token_and_a_name_of_ones_own_survive_a_change(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    hass.config_entries.async_update_entry(entry, title="Cellar")
    result = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, result, {**CONNECTION, CONF_TOKEN: "fresh"})
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == {**DATA, CONF_TOKEN: "fresh"}
    assert entry.title == "Cellar"
    assert entry.unique_id == UNIQUE_ID


async def test_change_to_an_address_that_is_none(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    result = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, result, {**CONNECTION, CONF_URL: "ftp://x"})
    assert result["errors"] == {CONF_URL: "invalid_url"}


async def test_change_to_another_entrys_influxdb_is_refused(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    other = MockConfigEntry(domain=DOMAIN, unique_id="http://other:8086 thermia")
    other.add_to_hass(hass)
    result = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, result, {**CONNECTION, CONF_URL: "http://other:8086"})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert entry.data == DATA


async def test_demo_has_no_connection_to_change(hass: HomeAssistant) -> None:
    result = await submit(hass, await start(hass, "demo"), {})
    entry = hass.config_entries.async_entries(DOMAIN)[0]
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": "reconfigure", "entry_id": entry.entry_id}
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "nothing_to_reconfigure"
