"""A real Home Assistant exports to the real InfluxDB; its states are read back."""

from datetime import UTC, datetime, timedelta
import math
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
import pytest

from .conftest import Store
from .exporting import export

HOUR = timedelta(hours=1)


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
    exported_to: Store,
    yaml: dict[str, Any],
) -> None:
    """Whatever its owner has set; an outage is silence, and what it was after it."""
    source, bucket, connection = exported_to
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
