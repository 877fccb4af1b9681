"""Makes the source an entry asks for, on Home Assistant's own session.

Each kind is imported when the first entry asks for it: most homes have one.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from homeassistant.const import (
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.importlib import async_import_module
from homeassistant.util.ssl import get_default_context, get_default_no_verify_context

from ..const import (
    CONF_ORGANIZATION,
    CONF_SOURCE,
    SOURCE_DEMO,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
)
from ..worker import async_compute
from . import Run, Source, SourceError

if TYPE_CHECKING:
    from .demo import DemoSource
    from .influx.flux import FluxSource
    from .influx.influxql import InfluxqlSource
    from .recorder import RecorderSource


async def async_create_source(hass: HomeAssistant, data: Mapping[str, Any]) -> Source:
    """Return the source of an entry's data; the caller closes it."""
    if data[CONF_SOURCE] == SOURCE_DEMO:
        return await _demo_source(hass)
    if data[CONF_SOURCE] == SOURCE_RECORDER:
        return await _recorder_source(hass)
    if data[CONF_SOURCE] == SOURCE_INFLUXQL:
        return await _influxql_source(hass, data)
    if data[CONF_SOURCE] == SOURCE_INFLUXDB:
        return await _flux_source(hass, data)
    raise ValueError(f"No kind of source is called {data[CONF_SOURCE]!r}")


async def async_organization_id(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> str | None:
    """Return the ID of an InfluxDB's organisation, None where it does not tell it."""
    source = await _flux_source(hass, data)
    try:
        return await source.organization_id()
    except SourceError:
        return None
    finally:
        await source.close()


async def _demo_source(hass: HomeAssistant) -> DemoSource:
    """Return the demo."""
    demo = await async_import_module(hass, f"{__package__}.demo")
    source: DemoSource = demo.DemoSource(run_of(hass))
    return source


async def _recorder_source(hass: HomeAssistant) -> RecorderSource:
    """Return Home Assistant's recorder."""
    recorder = await async_import_module(hass, f"{__package__}.recorder")
    source: RecorderSource = recorder.RecorderSource(hass, run_of(hass))
    return source


async def _flux_source(hass: HomeAssistant, data: Mapping[str, Any]) -> FluxSource:
    """Return the InfluxDB 2 of an entry's data."""
    flux = await async_import_module(hass, f"{__package__}.influx.flux")
    server = flux.FluxServer(
        **_http(hass, data),
        token=data[CONF_TOKEN],
        organization=data[CONF_ORGANIZATION],
    )
    source: FluxSource = flux.FluxSource(server)
    return source


async def _influxql_source(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> InfluxqlSource:
    """Return the InfluxDB 1 of an entry's data."""
    influxql = await async_import_module(hass, f"{__package__}.influx.influxql")
    source: InfluxqlSource = influxql.InfluxqlSource(
        **_http(hass, data),
        username=data[CONF_USERNAME],
        password=data[CONF_PASSWORD],
    )
    return source


def _http(hass: HomeAssistant, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what both need to ask over HTTP."""
    verify_ssl: bool = data[CONF_VERIFY_SSL]
    return {
        "session": async_get_clientsession(hass, verify_ssl),
        "ssl_context": (
            get_default_context() if verify_ssl else get_default_no_verify_context()
        ),
        "url": data[CONF_URL],
        "run": run_of(hass),
    }


def run_of(hass: HomeAssistant) -> Run:
    """Return what a source runs its jobs with."""

    async def run[*Ts, T](job: Callable[[*Ts], T], *args: *Ts) -> T:
        return await async_compute(hass, job, *args)

    return run
