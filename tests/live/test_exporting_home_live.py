"""A real Home Assistant exports to the real InfluxDB; its states are read back."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
import math
from typing import Any
from unittest.mock import patch

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.sources import Source
from tests.support.influx import Influx
from tests.support.influx1 import Influx1

YAML = "homeassistant.components.influxdb.conf_util.async_hass_config_yaml"
HOUR = timedelta(hours=1)

type Export = Callable[..., Any]


@pytest.fixture(params=["influxdb", "influxql"])
def store(
    request: pytest.FixtureRequest, influx: Influx, influx1: Influx1
) -> tuple[Source, str, dict[str, Any]]:
    """Return a source, a bucket of it, and the export's connection to that."""
    if request.param == "influxql":
        database = request.getfixturevalue("database")
        connection = {
            "api_version": "1",
            "host": "127.0.0.1",
            "port": influx1.port,
            "username": influx1.user,
            "password": influx1.password,
            "database": database,
            "ssl": False,
            "verify_ssl": False,
        }
        return request.getfixturevalue("influxql"), database, connection
    bucket = request.getfixturevalue("bucket")
    connection = {
        "api_version": "2",
        "url": influx.url,
        "token": influx.token,
        "organization": influx.organization,
        "bucket": bucket,
        "verify_ssl": False,
    }
    return request.getfixturevalue("source"), bucket, connection


async def export(
    hass: HomeAssistant,
    connection: Mapping[str, Any],
    yaml: Mapping[str, Any],
    states: list[tuple[str, str, datetime, dict[str, Any]]],
) -> None:
    """Let states be exported that were so since their times, one after the other."""
    entry = MockConfigEntry(domain="influxdb", data=dict(connection))
    entry.add_to_hass(hass)
    with patch(YAML, return_value={"influxdb": dict(yaml)}):
        assert await hass.config_entries.async_setup(entry.entry_id)
    for entity_id, state, time, attributes in states:
        hass.states.async_set(entity_id, state, attributes, timestamp=time.timestamp())
    await hass.async_block_till_done()
    # What is exported is written when the thread ends.
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(
    "yaml",
    [
        {},
        {"default_measurement": "state"},
        {"override_measurement": "home"},
        {"measurement_attr": "domain__device_class", "tags": {"instance": "cellar"}},
        {"measurement_attr": "entity_id", "tags_attributes": ["friendly_name"]},
        {
            "component_config": {
                "sensor.supply": {"override_measurement": "supply, = of water"}
            }
        },
    ],
    ids=["units", "default", "override", "class", "entity", "one_overridden"],
)
async def test_what_was_exported_is_read_back(
    hass: HomeAssistant,
    store: tuple[Source, str, dict[str, Any]],
    yaml: dict[str, Any],
) -> None:
    """Whatever its owner has set; an outage is silence, and what it was after it."""
    source, bucket, connection = store
    start = datetime.now(UTC).replace(microsecond=250000) - 12 * HOUR
    warm = {
        "unit_of_measurement": "°C",
        "device_class": "temperature",
        "state_class": "measurement",
        "friendly_name": "Heat pump supply",
    }
    room = {"current_temperature": 20.5, "temperature": 21, "hvac_action": "heating"}
    await export(
        hass,
        connection,
        yaml,
        [
            ("sensor.supply", "31.5", start - HOUR, warm),
            ("binary_sensor.compressor", "on", start, {"device_class": "running"}),
            ("sensor.mode", "heating", start, {}),
            ("climate.room", "heat", start, room),
            ("sensor.supply", "33", start + HOUR, warm),
            ("sensor.supply", "33", start + HOUR, warm),
            ("sensor.supply", STATE_UNAVAILABLE, start + 2 * HOUR, {}),
            ("sensor.supply", "33", start + 3 * HOUR, warm),
            ("binary_sensor.compressor", "off", start + 4 * HOUR, {}),
            ("sensor.mode", "hot_water", start + 5 * HOUR, {}),
            ("sensor.supply", "Fehler", start + 6 * HOUR, warm),
        ],
    )
    names = [
        "sensor.supply",
        "binary_sensor.compressor",
        "sensor.mode=heating",
        "climate.room#current_temperature",
        "climate.room#hvac_action=heating",
    ]
    found = await source.readings(bucket, names, [(start, start + 9 * HOUR)])
    assert {
        name: [
            ((time - start) / HOUR, value) for time, value in column.dropna().items()
        ]
        for name, column in found.items()
    } == {
        "sensor.supply": [(-1, 31.5), (1, 33), (3, 33), (6, math.inf)],
        "binary_sensor.compressor": [(0, 1), (4, 0)],
        "sensor.mode=heating": [(0, 1), (5, 0)],
        "climate.room#current_temperature": [(0, 20.5)],
        "climate.room#hvac_action=heating": [(0, 1)],
    }
    listed = {info.name: info for info in await source.list_series(bucket)}
    assert set(listed) >= {name.split("=")[0] for name in names}
    assert listed["sensor.supply"].unit == "°C"
    assert listed["binary_sensor.compressor"].last_value == 0
    assert await source.first_time(bucket) == start - HOUR
