"""InfluxDB 1 as the source: set up, another login, another address."""

from typing import Any
from unittest.mock import AsyncMock

from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import (
    CONF_SOURCE,
    DOMAIN,
    SOURCE_INFLUXQL,
)
from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    SourceError,
)
from tests.support.fake_source import FakeSource

from .common import CONNECTION, DATA, UNIQUE_ID, options, start, submit, suggested

TYPED = {
    CONF_URL: "http://influx.local:8086",
    CONF_USERNAME: "reader",
    CONF_PASSWORD: " secret ",
    CONF_VERIFY_SSL: True,
}
STORED = {CONF_SOURCE: SOURCE_INFLUXQL, **TYPED}
UNIQUE_ID_1 = "http://influx.local:8086 influxql"
SHOWN = {k: v for k, v in TYPED.items() if k != CONF_PASSWORD}


@pytest.fixture
def entry1(hass: HomeAssistant) -> MockConfigEntry:
    """Return an InfluxDB 1 that is set up already."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=STORED,
        title="InfluxDB 1 influx.local",
        unique_id=UNIQUE_ID_1,
    )
    entry.add_to_hass(hass)
    return entry


async def test_user_sets_up_influxdb_1_and_first_pump(
    hass: HomeAssistant, source: FakeSource, setup_entry: AsyncMock
) -> None:
    result = await start(hass, "influxql")
    assert result["step_id"] == "influxql"
    assert not result["errors"]
    result = await submit(hass, result, {**TYPED, CONF_USERNAME: " reader "})
    assert result["step_id"] == "heat_pump"
    assert options(result, "bucket")[0] == {"value": "thermia", "label": "thermia ✓"}
    result = await submit(hass, result, {"bucket": "thermia"})
    assert suggested(result)["brand"] == "thermia"
    result = await submit(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "InfluxDB 1 influx.local"
    assert result["data"] == STORED
    assert result["result"].unique_id == UNIQUE_ID_1
    (pump,) = result["result"].subentries.values()
    assert pump.unique_id == "thermia"
    assert len(setup_entry.mock_calls) == 1
    assert all(asked == STORED for asked in source.asked_with)


async def test_a_server_may_ask_for_no_login(
    hass: HomeAssistant, source: FakeSource
) -> None:
    result = await start(hass, "influxql")
    result = await submit(hass, result, {CONF_URL: TYPED[CONF_URL]})
    result = await submit(hass, result, {"bucket": "thermia"})
    result = await submit(hass, result, {})
    assert result["data"] == {**STORED, CONF_USERNAME: "", CONF_PASSWORD: ""}


@pytest.mark.parametrize(
    ("error", "key"),
    [(InvalidAuth, "invalid_auth"), (CannotConnect, "refused"), (CannotConnect, "tls")],
)
async def test_what_is_wrong_is_told_and_mended(
    hass: HomeAssistant, source: FakeSource, error: type[SourceError], key: str
) -> None:
    """What was typed is shown again, but not the password."""
    source.fail(key, error, host="influx.local:8086")
    result = await submit(hass, await start(hass, "influxql"), TYPED)
    assert result["step_id"] == "influxql"
    assert result["errors"] == {"base": key}
    assert suggested(result) == SHOWN
    source.failure = None
    result = await submit(hass, result, TYPED)
    assert result["step_id"] == "heat_pump"


async def test_what_is_no_address_is_told(
    hass: HomeAssistant, source: FakeSource
) -> None:
    typed = {**TYPED, CONF_URL: "http://reader:secret@influx.local"}
    result = await submit(hass, await start(hass, "influxql"), typed)
    assert result["errors"] == {CONF_URL: "invalid_url"}
    assert not source.asked_with


async def test_a_page_of_influxdb_is_cut_off_its_address(
    hass: HomeAssistant, source: FakeSource
) -> None:
    source.elsewhere = {"http://influx.local:8086/query"}
    typed = {**TYPED, CONF_URL: "http://influx.local:8086/query?db=a"}
    result = await submit(hass, await start(hass, "influxql"), typed)
    assert result["step_id"] == "heat_pump"
    assert source.asked_with[-1][CONF_URL] == TYPED[CONF_URL]


@pytest.mark.parametrize("user", ["reader", "somebody else", ""])
async def test_a_server_is_set_up_once_whoever_asks_it(
    hass: HomeAssistant, source: FakeSource, entry1: MockConfigEntry, user: str
) -> None:
    typed = {**TYPED, CONF_URL: "INFLUX.local:8086/", CONF_USERNAME: user}
    result = await submit(hass, await start(hass, "influxql"), typed)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


async def test_one_server_may_be_asked_in_both_languages(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    """As the buckets of one need not be the databases of the other."""
    result = await submit(hass, await start(hass, "influxql"), TYPED)
    assert result["step_id"] == "heat_pump"
    assert entry.unique_id == UNIQUE_ID != UNIQUE_ID_1


async def test_new_login_after_the_old_was_refused(
    hass: HomeAssistant, source: FakeSource, entry1: MockConfigEntry
) -> None:
    result = await entry1.start_reauth_flow(hass)
    assert result["step_id"] == "reauth_influxql"
    assert result["description_placeholders"] is not None
    assert result["description_placeholders"]["url"] == TYPED[CONF_URL]
    assert suggested(result) == {CONF_USERNAME: "reader"}

    source.fail("invalid_auth", InvalidAuth, host="influx.local:8086")
    typed = {CONF_USERNAME: "other", CONF_PASSWORD: "wrong"}
    result = await submit(hass, result, typed)
    assert result["errors"] == {"base": "invalid_auth"}
    assert suggested(result) == {CONF_USERNAME: "other"}
    assert result["description_placeholders"]["host"] == "influx.local:8086"
    assert entry1.data == STORED

    source.failure = None
    typed = {CONF_USERNAME: "other", CONF_PASSWORD: "right"}
    result = await submit(hass, result, typed)
    assert result["reason"] == "reauth_successful"
    assert entry1.data == {**STORED, **typed}
    assert entry1.unique_id == UNIQUE_ID_1


async def test_connection_is_changed(
    hass: HomeAssistant, source: FakeSource, entry1: MockConfigEntry
) -> None:
    """The password is not shown, left out it stays; the name follows the address."""
    result = await entry1.start_reconfigure_flow(hass)
    assert result["step_id"] == "reconfigure_influxql"
    assert suggested(result) == SHOWN

    moved = {**SHOWN, CONF_URL: "https://new.local:8086", CONF_VERIFY_SSL: False}
    source.fail("tls", CannotConnect, host="new.local:8086", reason="self-signed")
    result = await submit(hass, result, moved)
    assert result["errors"] == {"base": "tls"}
    assert result["step_id"] == "reconfigure_influxql"

    source.failure = None
    result = await submit(hass, result, moved)
    assert result["reason"] == "reconfigure_successful"
    assert entry1.data == {**STORED, **moved}
    assert entry1.unique_id == "https://new.local:8086 influxql"
    assert entry1.title == "InfluxDB 1 new.local"


@pytest.mark.parametrize(
    ("stored", "typed", "login"),
    [
        (("reader", "old"), ("reader", None), ("reader", "old")),
        (("reader", "old"), ("other", "new"), ("other", "new")),
        (("reader", "old"), (None, None), ("", "")),
        (("", "a.token"), (None, None), ("", "a.token")),
        (("", "a.token"), (None, "another"), ("", "another")),
        (("", ""), ("reader", "new"), ("reader", "new")),
    ],
)
async def test_a_login_is_changed(
    hass: HomeAssistant,
    source: FakeSource,
    entry1: MockConfigEntry,
    stored: tuple[str, str],
    typed: tuple[str | None, str | None],
    login: tuple[str, str],
) -> None:
    """A user that is emptied takes the password along."""
    before = dict(zip((CONF_USERNAME, CONF_PASSWORD), stored, strict=True))
    hass.config_entries.async_update_entry(entry1, data={**STORED, **before})
    changed: dict[str, Any] = {
        key: value
        for key, value in zip((CONF_USERNAME, CONF_PASSWORD), typed, strict=True)
        if value is not None
    }
    result = await entry1.start_reconfigure_flow(hass)
    connection = {CONF_URL: TYPED[CONF_URL], CONF_VERIFY_SSL: True}
    result = await submit(hass, result, {**connection, **changed})
    assert result["reason"] == "reconfigure_successful"
    assert (entry1.data[CONF_USERNAME], entry1.data[CONF_PASSWORD]) == login


@pytest.mark.parametrize(
    ("key", "kept"), [("refused", "typed"), ("invalid_auth", " secret ")]
)
async def test_a_password_is_kept_while_something_else_is_corrected(
    hass: HomeAssistant,
    source: FakeSource,
    entry1: MockConfigEntry,
    key: str,
    kept: str,
) -> None:
    """Left empty it is the one typed before, unless just that was refused."""
    result = await entry1.start_reconfigure_flow(hass)
    source.fail(key, CannotConnect, host="influx.local:8086")
    result = await submit(hass, result, {**TYPED, CONF_PASSWORD: "typed"})
    assert "typed" not in str(suggested(result).values())
    source.failure = None
    await submit(hass, result, SHOWN)
    assert entry1.data[CONF_PASSWORD] == kept


async def test_change_to_another_entrys_server_is_refused(
    hass: HomeAssistant, source: FakeSource, entry1: MockConfigEntry
) -> None:
    other = {**STORED, CONF_URL: "http://other:8086"}
    MockConfigEntry(domain=DOMAIN, data=other, unique_id="old").add_to_hass(hass)
    result = await entry1.start_reconfigure_flow(hass)
    result = await submit(hass, result, {**SHOWN, CONF_URL: "http://other:8086"})
    assert result["reason"] == "already_configured"
    assert entry1.data == STORED


async def test_the_other_version_is_another_source(
    hass: HomeAssistant, source: FakeSource, entry1: MockConfigEntry
) -> None:
    result = await submit(hass, await start(hass, "influxdb"), CONNECTION)
    assert result["step_id"] == "heat_pump"
    assert entry1.data[CONF_URL] == DATA[CONF_URL]
