"""The source an entry asks for."""

import json
import socket

from homeassistant.components.recorder import Recorder
from homeassistant.const import (
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import pytest

from custom_components.heatpump_dashboard.const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    SOURCE_DEMO,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
)
from custom_components.heatpump_dashboard.setup_flow.connection import title
from custom_components.heatpump_dashboard.sources import CannotConnect
from custom_components.heatpump_dashboard.sources.demo import DemoSource
from custom_components.heatpump_dashboard.sources.factory import (
    async_create_source,
    async_organization_id,
)
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support.misbehaving import answers, misbehaving


async def test_demo(hass: HomeAssistant) -> None:
    source = await async_create_source(hass, {CONF_SOURCE: SOURCE_DEMO})
    assert isinstance(source, DemoSource)
    await source.check()
    assert {bucket.name for bucket in await source.buckets()} == {
        "ivt",
        "nibe",
        "thermia",
    }
    await source.close()


async def test_recorder(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    source = await async_create_source(hass, {CONF_SOURCE: SOURCE_RECORDER})
    await source.check()
    await source.close()


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("verify_ssl", [True, False])
@pytest.mark.parametrize(
    ("of_source", "kind"),
    [
        (
            {
                CONF_SOURCE: SOURCE_INFLUXDB,
                CONF_TOKEN: "token",
                CONF_ORGANIZATION: "thermia",
            },
            FluxSource,
        ),
        (
            {CONF_SOURCE: SOURCE_INFLUXQL, CONF_USERNAME: "me", CONF_PASSWORD: "word"},
            InfluxqlSource,
        ),
    ],
)
async def test_influxdb_is_asked_on_the_session_of_home_assistant(
    hass: HomeAssistant,
    of_source: dict[str, str],
    kind: type[object],
    verify_ssl: bool,
) -> None:
    """The session outlives the source; nothing answers at this port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    source = await async_create_source(
        hass,
        {
            **of_source,
            CONF_URL: f"http://127.0.0.1:{port}",
            CONF_VERIFY_SSL: verify_ssl,
        },
    )
    assert isinstance(source, kind)
    with pytest.raises(CannotConnect) as raised:
        await source.check()
    assert raised.value.key == "refused"
    await source.close()
    assert not async_get_clientsession(hass, verify_ssl).closed


async def test_a_kind_that_nobody_knows_is_no_influxdb(hass: HomeAssistant) -> None:
    data = {CONF_SOURCE: "victoria", CONF_URL: "http://127.0.0.1"}
    with pytest.raises(ValueError, match="'victoria'"):
        await async_create_source(hass, data)
    with pytest.raises(ValueError, match="'victoria'"):
        title(data)


@pytest.mark.usefixtures("socket_enabled")
async def test_an_organizations_id_is_what_its_buckets_say(
    hass: HomeAssistant,
) -> None:
    """By a name somebody is asked, who may not say it; an ID is known."""
    known = "0123456789abcdef"
    data = {
        CONF_SOURCE: SOURCE_INFLUXDB,
        CONF_TOKEN: "token",
        CONF_ORGANIZATION: "home",
        CONF_VERIFY_SSL: True,
    }
    async with misbehaving() as influx:
        data[CONF_URL] = influx.url
        listed = [{"name": "_tasks", "orgID": known}, {"name": "a", "orgID": known}]
        for buckets, told in (
            (listed, known),
            ([], None),
            ([{"name": "a"}], None),
        ):
            influx.answer = answers(json.dumps({"buckets": buckets}))
            assert await async_organization_id(hass, data) == told
        influx.answer = answers(json.dumps({"message": "not found"}), status=404)
        assert await async_organization_id(hass, data) is None
        influx.answer = None
        by_id = {**data, CONF_ORGANIZATION: known.upper()}
        assert await async_organization_id(hass, by_id) == known
