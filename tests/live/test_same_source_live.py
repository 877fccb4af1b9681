"""A real InfluxDB is one source, however its address and organisation are given."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web
from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_TOKEN, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest

from custom_components.heatpump_dashboard.const import CONF_ORGANIZATION
from tests.support.influx import Influx
from tests.support.running_collector import RunningCollector

from .home import connection, open_form, settle, submit

ID = "0123456789abcdef"
# Where a browser or a program may have been when the address was copied.
PAGES = [
    f"/orgs/{ID}",
    f"/orgs/{ID}/load-data/buckets?sort=name",
    "/signin",
    "/signin?returnTo=/orgs/1",
    "/onboarding/0",
    "/me/tokens",
    "/api/v2",
    "/api/v2/query?org=home",
    "/api/v2/buckets",
    "/health",
    "/ping",
    "/ready",
    "/metrics",
    "/debug/pprof/",
    "/docs",
    "/query",
    "/write?db=home",
]


@pytest.fixture
async def folder(influx: Influx, socket_enabled: None) -> AsyncIterator[str]:
    """Return the address of a proxy's folder behind which InfluxDB is."""

    async def forward(request: web.Request) -> web.Response:
        url = f"{influx.url}/{request.match_info['path']}"
        async with session.request(
            request.method,
            url,
            params=request.query,
            data=await request.read(),
            headers={"Authorization": request.headers["Authorization"]}
            | {"Content-Type": request.headers.get("Content-Type", "")},
        ) as answer:
            return web.Response(
                status=answer.status,
                body=await answer.read(),
                content_type=answer.content_type,
            )

    app = web.Application()
    app.router.add_route("*", "/debug/influx/{path:.*}", forward)
    runner = web.AppRunner(app)
    async with aiohttp.ClientSession() as session:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/debug/influx"
        await runner.cleanup()


async def typed(
    hass: HomeAssistant, influx: Influx, **values: object
) -> ConfigFlowResult:
    """Return what follows the form of the connection with these values."""
    return await submit(hass, await open_form(hass), connection(influx) | values)


async def made(
    hass: HomeAssistant, form: ConfigFlowResult, bucket: str
) -> dict[str, Any]:
    """Return the data of the entry that is made."""
    form = await submit(hass, form, {"bucket": bucket})
    done = await submit(hass, form, {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    return dict(done["result"].data)


@pytest.mark.parametrize("limited", [False, True], ids=["all", "one_bucket"])
@pytest.mark.parametrize("first", ["name", "id"])
async def test_an_organization_by_name_and_by_id_is_one_source(
    hass: HomeAssistant,
    influx: Influx,
    collector: RunningCollector,
    first: str,
    limited: bool,
) -> None:
    """Also where a token may read a single bucket, and nothing of organisations."""
    token = influx.token
    if limited:
        token = influx.make_token([influx.bucket_id(collector.bucket)])
    by_id = influx.organization_id
    spelled = [influx.organization, by_id, by_id.upper()]
    one, *_ = spelled if first == "name" else spelled[1:]
    form = await typed(hass, influx, **{CONF_ORGANIZATION: one, CONF_TOKEN: token})
    data = await made(hass, form, collector.bucket)
    assert data[CONF_ORGANIZATION] == one
    for other in spelled:
        again = await typed(
            hass, influx, **{CONF_ORGANIZATION: other, CONF_TOKEN: token}
        )
        assert again["type"] is FlowResultType.ABORT
        assert again["reason"] == "already_configured"


def asked_at(hass: HomeAssistant, form: ConfigFlowResult) -> str:
    """Return the address that a flow goes on with."""
    assert form["step_id"] == "heat_pump", form["errors"]
    flow = hass.config_entries.flow._progress[form["flow_id"]]
    address: str = flow.data[CONF_URL]  # type: ignore[attr-defined]
    return address


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_of_influxdb_is_not_part_of_its_address(
    hass: HomeAssistant, influx: Influx, page: str
) -> None:
    form = await typed(hass, influx, **{CONF_URL: f"{influx.url}{page}"})
    assert asked_at(hass, form) == influx.url


@pytest.mark.parametrize("page", ["", "/", "/api/v2/query", f"/orgs/{ID}/alerting"])
async def test_a_folder_called_like_a_page_is_kept(
    hass: HomeAssistant, influx: Influx, folder: str, page: str
) -> None:
    form = await typed(hass, influx, **{CONF_URL: f"{folder}{page}"})
    assert asked_at(hass, form) == folder
