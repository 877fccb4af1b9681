"""Pumps that are not there, go, or come back."""

from dataclasses import replace
import gc
from types import MappingProxyType
from typing import Any
from unittest.mock import patch
import weakref

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import (
    ConfigEntryDisabler,
    ConfigSubentry,
    ConfigSubentryDataWithId,
)
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    NotFound,
    SourceError,
)
from custom_components.heatpump_dashboard.sources.influx.errors import Asked, error
from custom_components.heatpump_dashboard.websocket import subscriptions
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import (
    DOWN,
    PUMP,
    add_entry,
    coordinator_of,
    one_hour,
    pass_time,
    pump,
    served_by,
    settle,
)
from tests.support.receiver import subscribe

from .common import info_of, write_minutes


def without_id(subentry: ConfigSubentryDataWithId) -> dict[str, Any]:
    return {**subentry, "data": MappingProxyType(dict(subentry["data"]))}


def failure(kind: type[SourceError], key: str) -> SourceError:
    return kind("text", key=key, placeholders={"host": "localhost:8086"})


async def test_an_unknown_pump_is_not_found(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "heatpump_dashboard/subscribe", "pump": "nobody", "range": "1h"}
    )
    reply = await client.receive_json()
    assert reply["error"] == {
        "code": "not_found",
        "message": "There is no such heat pump",
    }


@pytest.mark.parametrize(
    "failure",
    [DOWN, error("redirect", Asked("localhost:8086", "home"), "http://localhost:1/x")],
    ids=["down", "redirect"],
)
async def test_a_pump_whose_source_is_down_is_named(
    hass: HomeAssistant,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    failure: SourceError,
) -> None:
    source.failure = failure
    entry = add_entry(hass)
    with served_by(source):
        assert not await hass.config_entries.async_setup(entry.entry_id)
        client = await hass_ws_client(hass)
        (info,) = await info_of(client)
        assert info["name"] == "Cellar pump"
        assert info["last_reading"] is None

        await client.send_json_auto_id(
            {"type": "heatpump_dashboard/subscribe", "pump": PUMP, "range": "1h"}
        )
        reply = await client.receive_json()
        assert reply["error"]["code"] == "not_found"
        assert reply["error"]["translation_key"] == failure.key
        # Why, but no address: anyone may read it.
        assert reply["error"]["message"] == "Cellar pump is not loaded"
        assert info["error"].items() <= reply["error"].items()
        assert "localhost" not in str(reply) + str(info)
        await hass.config_entries.async_unload(entry.entry_id)


async def test_anyone_who_is_logged_in_may_look(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    client = await hass_ws_client(hass, hass_read_only_access_token)
    receiver = await subscribe(client, PUMP, range="1h")
    assert "token" not in str(receiver.snapshot)


async def test_a_viewer_lives_on_over_a_reload(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    before = receiver.snapshot

    assert await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)

    away, *events = await receiver.receive()
    assert away["status"]["source"] == "not_loaded"
    assert away["readings"]["time"] == []
    assert events[0]["type"] == "snapshot"
    assert receiver.snapshot == before

    write_minutes(source, 0.5)
    await pass_time(hass, freezer)
    (event,) = await receiver.receive()
    assert event["type"] == "update"


@pytest.mark.parametrize("whole_entry", [True, False])
async def test_a_viewer_is_told_when_the_pump_is_gone(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    whole_entry: bool,
) -> None:
    client = await hass_ws_client(hass)
    receiver = await subscribe(client, PUMP, range="24h")
    if whole_entry:
        await hass.config_entries.async_remove(entry.entry_id)
    else:
        hass.config_entries.async_remove_subentry(entry, PUMP)
    await settle(hass)

    away, gone = await receiver.receive()
    assert away["status"]["source"] == "not_loaded"
    assert gone["status"]["source"] == "not_found"
    await receiver.unsubscribe()
    assert await info_of(client) == []


async def test_nothing_is_kept_of_a_pump_that_is_gone(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await subscribe(client, PUMP, range="24h")
    kept = (
        weakref.ref(coordinator_of(entry)),
        weakref.ref(hass.data[subscriptions.DATA_SUBSCRIPTIONS][PUMP]),
    )
    hass.config_entries.async_remove_subentry(entry, PUMP)
    await settle(hass)

    assert hass.data[subscriptions.DATA_SUBSCRIPTIONS] == {}
    gc.collect()
    assert [ref() for ref in kept] == [None, None]


async def test_subscriptions_of_a_disabled_entry_wait_for_it(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    other = MockConfigEntry(domain=entry.domain, data=dict(entry.data))
    other.add_to_hass(hass)
    disable = hass.config_entries.async_set_disabled_by
    await disable(entry.entry_id, ConfigEntryDisabler.USER)
    assert await hass.config_entries.async_setup(other.entry_id)
    await settle(hass)
    (away,) = await receiver.receive()
    assert away["status"]["source"] == "not_loaded"

    await disable(entry.entry_id, None)
    await settle(hass)
    (back, *_) = await receiver.receive()
    assert back["type"] == "snapshot"
    await hass.config_entries.async_unload(other.entry_id)


async def test_viewers_are_told_whenever_the_reason_changes(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """From one failing set-up to the next, by Home Assistant's own retries."""
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    source.failure = failure(CannotConnect, "server_error")
    assert not await hass.config_entries.async_reload(entry.entry_id)
    told = [event["status"]["source"] for event in await receiver.receive()]
    assert told == ["not_loaded", "server_error"]

    newcomer = await hass_ws_client(hass)
    for kind, key in (
        (CannotConnect, "refused"),
        (NotFound, "bucket_not_found"),
        (InvalidAuth, "invalid_auth"),
    ):
        source.failure = failure(kind, key)
        await pass_time(hass, freezer, 900)
        (event,) = await receiver.receive()
        assert event["status"]["source"] == key
        assert event["readings"]["time"] == []
        (info,) = await info_of(newcomer)
        assert info["error"]["translation_key"] == key

    # The same once more is no news; what is right again is.
    assert not await hass.config_entries.async_reload(entry.entry_id)
    assert await receiver.receive() == []
    source.failure = None
    assert await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    back, *_ = await receiver.receive()
    assert (back["type"], back["status"]["source"]) == ("snapshot", "stale")


async def test_viewers_are_told_whenever_the_reason_of_failing_polls_changes(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    for kind, key in (
        (CannotConnect, "server_error"),
        (NotFound, "bucket_not_found"),
        (CannotConnect, "refused"),
        (InvalidAuth, "invalid_auth"),
    ):
        source.failure = failure(kind, key)
        # The same once more is no news.
        for _ in range(3):
            await pass_time(hass, freezer)
        (event,) = await receiver.receive()
        assert event["status"]["source"] == key


async def test_viewers_of_one_that_is_not_read_are_told_why_of_all_causes(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    source: MemorySource,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """One of two heat pumps cannot be read after a reload, for one cause and another."""
    hass.config_entries.async_add_subentry(
        entry, ConfigSubentry(**without_id(pump("pump_2", "second")))
    )
    await settle(hass)
    receiver = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    readings = source.readings

    async def some(bucket: str, *more: Any, **how: Any) -> Any:
        if bucket == "pump":
            raise cause
        return await readings(bucket, *more, **how)

    cause = failure(NotFound, "bucket_not_found")
    with patch.object(source, "readings", some):
        await hass.config_entries.async_reload(entry.entry_id)
        await settle(hass)
        told = [event["status"]["source"] for event in await receiver.receive()]
        # As of one that is not loaded: the code is ours, the key says why.
        client = await hass_ws_client(hass)
        infos = {one["id"]: one.get("error") for one in await info_of(client)}
        assert [one for one in infos.values() if one is None] == [None]
        for command in ("periods", "insights"):
            await client.send_json_auto_id(
                {"type": f"heatpump_dashboard/{command}", "pump": PUMP}
            )
            error = (await client.receive_json())["error"]
            assert infos[PUMP].items() <= error.items()
            assert error["code"] == "not_found"
            assert error["translation_key"] == "bucket_not_found"
        assert told == ["not_loaded", "bucket_not_found"]
        cause = failure(CannotConnect, "server_error")
        await pass_time(hass, freezer)
        (event,) = await receiver.receive()
        assert event["status"]["source"] == "server_error"
    await pass_time(hass, freezer)
    back, *_ = await receiver.receive()
    assert back["type"] == "snapshot"


async def test_a_disabled_heat_pump_is_called_so(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    disable = hass.config_entries.async_set_disabled_by
    await disable(entry.entry_id, ConfigEntryDisabler.USER)
    await client.send_json_auto_id(
        {"type": "heatpump_dashboard/subscribe", "pump": PUMP, "range": "1h"}
    )
    error = (await client.receive_json())["error"]
    assert (error["code"], error["translation_key"]) == ("not_found", "disabled")
    assert error["message"] == "Cellar pump is disabled"


async def test_nothing_is_shown_of_a_pump_that_goes_while_it_is_computed(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    viewer = await subscribe(await hass_ws_client(hass), PUMP, range="24h")
    coordinator, compute = coordinator_of(entry), subscriptions.async_compute

    async def compute_until_unloaded(*asked: Any) -> Any:
        made = await compute(*asked)
        assert await hass.config_entries.async_unload(entry.entry_id)
        return made

    coordinator.pump.history = replace(coordinator.pump.history, complete=False)
    newcomer = await hass_ws_client(hass)
    with patch.object(subscriptions, "async_compute", compute_until_unloaded):
        await newcomer.send_json_auto_id(
            {"type": "heatpump_dashboard/subscribe", "pump": PUMP, "range": "24h"}
        )
        reply = await newcomer.receive_json()

    assert reply["error"]["code"] == "not_found"
    (event,) = await viewer.receive()
    assert event["status"]["source"] == "not_loaded"


# All of it is read before the entry is loaded: a past that still comes after the
# reload has the heat pump computed again whenever there is more of it.
@pytest.mark.parametrize("source", [one_hour()], ids=["without a past"])
async def test_a_pump_that_is_reloaded_while_it_is_computed_is_shown(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    old, compute = coordinator_of(entry), subscriptions.async_compute
    made_of = []

    async def compute_until_reloaded(hass: HomeAssistant, *asked: Any) -> Any:
        _, coordinator, *_ = asked
        made_of.append(coordinator)
        made = await compute(hass, *asked)
        if coordinator is old:
            assert await hass.config_entries.async_reload(entry.entry_id)
        return made

    with patch.object(subscriptions, "async_compute", compute_until_reloaded):
        viewer = await subscribe(await hass_ws_client(hass), PUMP, range="24h")

    assert made_of == [old, coordinator_of(entry)]
    assert viewer.snapshot["status"]["source"] == "ok"
