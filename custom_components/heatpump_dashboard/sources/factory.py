"""Makes the source an entry asks for, on Home Assistant's own session."""

from collections.abc import Mapping
from typing import Any

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
    SOURCE_INFLUXQL,
    SOURCE_RECORDER,
)
from . import Source, SourceError
from .demo import DemoSource
from .influx.flux import FluxSource
from .influx.influxql import InfluxqlSource


async def async_create_source(hass: HomeAssistant, data: Mapping[str, Any]) -> Source:
    """Return the source of an entry's data; the caller closes it."""
    if data[CONF_SOURCE] == SOURCE_DEMO:
        return DemoSource(hass.async_add_executor_job)
    if data[CONF_SOURCE] == SOURCE_RECORDER:
        return await _recorder_source(hass)
    if data[CONF_SOURCE] == SOURCE_INFLUXQL:
        return _influxql_source(hass, data)
    return _flux_source(hass, data)


async def async_organization_id(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> str | None:
    """Return the ID of an InfluxDB's organisation, None where it does not tell it."""
    source = _flux_source(hass, data)
    try:
        return await source.organization_id()
    except SourceError:
        return None
    finally:
        await source.close()


async def _recorder_source(hass: HomeAssistant) -> Source:
    """Return Home Assistant's recorder; who has none need not import it."""
    recorder = await async_import_module(hass, f"{__package__}.recorder")
    source: Source = recorder.RecorderSource(hass, hass.async_add_executor_job)
    return source


def _flux_source(hass: HomeAssistant, data: Mapping[str, Any]) -> FluxSource:
    """Return the InfluxDB 2 of an entry's data."""
    return FluxSource(
        **_http(hass, data),
        token=data[CONF_TOKEN],
        organization=data[CONF_ORGANIZATION],
    )


def _influxql_source(hass: HomeAssistant, data: Mapping[str, Any]) -> InfluxqlSource:
    """Return the InfluxDB 1 of an entry's data."""
    return InfluxqlSource(
        **_http(hass, data),
        username=data[CONF_USERNAME],
        password=data[CONF_PASSWORD],
    )


def _http(hass: HomeAssistant, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what both need to ask over HTTP."""
    verify_ssl: bool = data[CONF_VERIFY_SSL]
    return {
        "session": async_get_clientsession(hass, verify_ssl),
        "ssl_context": (
            get_default_context() if verify_ssl else get_default_no_verify_context()
        ),
        "url": data[CONF_URL],
        "run": hass.async_add_executor_job,
    }
