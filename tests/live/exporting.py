"""A real Home Assistant that exports its states to InfluxDB."""

from collections.abc import Iterable, Mapping
from typing import Any
from unittest.mock import patch

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.exported_pump import Said

YAML = "homeassistant.components.influxdb.conf_util.async_hass_config_yaml"


async def export(
    hass: HomeAssistant,
    connection: Mapping[str, Any],
    yaml: Mapping[str, Any],
    states: Iterable[Said],
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
