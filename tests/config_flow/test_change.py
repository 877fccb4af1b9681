"""An entry that exists: a new token, another address."""

from unittest.mock import AsyncMock, patch

from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.sources import CannotConnect, InvalidAuth
from tests.support.fake_source import FakeSource

from .common import CONNECTION, DATA, UNIQUE_ID, start, submit, suggested


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


async def test_a_typed_token_is_not_shown_again(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    """Not in any form, whatever is wrong."""
    forms = [
        await start(hass, "influxdb"),
        await entry.start_reauth_flow(hass),
        await entry.start_reconfigure_flow(hass),
    ]
    source.fail("refused", CannotConnect, host="influx.local:8086")
    typed = {**CONNECTION, CONF_TOKEN: "typed secret"}
    for number, form in enumerate(forms):
        wrong = {**typed, CONF_URL: "ftp://x"}
        typed = {**typed, CONF_URL: f"http://other{number}:8086"}
        only_token = form["step_id"] == "reauth_confirm"
        token = {CONF_TOKEN: "typed secret"}
        for values in (typed, wrong):
            result = await submit(hass, form, token if only_token else values)
            assert result["errors"]
            assert "typed secret" not in str(suggested(result).values())
            assert "typed secret" not in str(result["description_placeholders"])
            if not only_token:
                assert suggested(result)[CONF_URL] == values[CONF_URL]


@pytest.mark.parametrize(
    ("key", "kept"), [("refused", "typed"), ("invalid_auth", "token")]
)
async def test_a_token_is_kept_while_something_else_is_corrected(
    hass: HomeAssistant,
    source: FakeSource,
    entry: MockConfigEntry,
    key: str,
    kept: str,
) -> None:
    """Left empty it is the one typed before, unless just that was refused."""
    result = await entry.start_reconfigure_flow(hass)
    source.fail(key, CannotConnect, host="influx.local:8086")
    result = await submit(hass, result, {**CONNECTION, CONF_TOKEN: "typed"})
    source.failure = None
    known = {k: v for k, v in CONNECTION.items() if k != CONF_TOKEN}
    await submit(hass, result, known)
    assert entry.data[CONF_TOKEN] == kept


async def test_a_change_of_the_connection_changes_nothing_else(
    hass: HomeAssistant, source: FakeSource, entry: MockConfigEntry
) -> None:
    more = {"of_a_newer_version": [1, 2]}
    hass.config_entries.async_update_entry(entry, data={**DATA, **more})
    known = {k: v for k, v in CONNECTION.items() if k != CONF_TOKEN}
    result = await entry.start_reconfigure_flow(hass)
    await submit(hass, result, {**known, CONF_VERIFY_SSL: False})
    assert entry.data == {**DATA, **more, CONF_VERIFY_SSL: False}

    result = await entry.start_reauth_flow(hass)
    newer = {**entry.data, "changed": "meanwhile"}
    hass.config_entries.async_update_entry(entry, data=newer)
    await submit(hass, result, {CONF_TOKEN: "fresh"})
    assert entry.data == {**newer, CONF_TOKEN: "fresh"}
