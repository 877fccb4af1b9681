"""What is told of the heat pumps before any data."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.identity import identity
from tests.support.memory_source import thermia
from tests.support.pump_entry import NOW, PUMP, coordinator_of, pump, settle
from tests.support.receiver import subscribe

from .common import SetUpWith, info_of, ms


def source_start() -> datetime:
    return datetime(2026, 1, 20, 12, 30, 30, tzinfo=UTC)


async def test_info_describes_the_pumps(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)

    assert (info["id"], info["name"], info["brand"]) == (PUMP, "Cellar pump", "thermia")
    assert info["metrics"]["supply_temp"] == {
        "unit": "°C",
        "series": "radiator_forward",
    }
    assert info["metrics"]["compressor"]["unit"] is None
    assert info["views"] == {
        view: {"available": True}
        for view in (
            "sankey",
            "cop",
            "runtime",
            "temperature",
            "performance",
            "power",
            "valve",
        )
    }
    assert info["first_reading"] == ms(source_start())
    assert info["last_reading"] == ms(NOW - timedelta(seconds=10))
    assert info["settings"] == {
        "currency": "EUR",
        "price": None,
        "flow_factor": 2.7,
        "auxiliary_power": 9.0,
        "auxiliary_step_kw": [],
        "compressor_power": None,
        "digits": dict.fromkeys(info["metrics"], 0),
        "heat_pump_type": "ground",
        "boundary": "H4",
        "count_kwh": 0.0,
        "heat_count_kwh": 0.0,
        "brand_name": "Thermia",
    }


async def test_info_says_why_a_view_is_missing(
    set_up_with: SetUpWith, hass_ws_client: WebSocketGenerator
) -> None:
    stored = thermia(NOW - timedelta(hours=3), NOW).drop(
        columns=["power_consumption", "radiator_return", "switch_valve_status"]
    )
    await set_up_with(stored)
    (info,) = await info_of(await hass_ws_client())

    missing = {view: state.get("reason") for view, state in info["views"].items()}
    assert missing == {
        "sankey": "no_heat",
        "cop": "no_heat",
        "runtime": None,
        "temperature": None,
        "performance": None,
        "power": "no_power",
        "valve": None,
    }


async def test_info_names_the_enabled_entities(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    registry = er.async_get(hass)
    for key, disabled_by, subentry in (
        ("outdoor_temp", None, PUMP),
        ("supply_temp", er.RegistryEntryDisabler.USER, PUMP),
        ("outdoor_temp_2", None, None),
    ):
        registry.async_get_or_create(
            "sensor",
            DOMAIN,
            f"{identity(entry, entry.subentries[PUMP])}_{key}",
            config_entry=entry,
            config_subentry_id=subentry,
            disabled_by=disabled_by,
            suggested_object_id="frost",
        )
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)

    # Neither one that is switched off, nor one of another pump.
    assert info["entities"] == {"outdoor_temp": "sensor.frost"}


async def test_info_says_how_far_back_the_past_is_known(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    pump = coordinator_of(entry).pump
    holes = (
        (NOW - timedelta(hours=30), NOW - timedelta(hours=29)),
        (NOW - timedelta(hours=5), NOW - timedelta(hours=4)),
    )
    pump.history = replace(pump.history, holes=holes)
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)
    assert pump.history.since is not None
    assert info["history"] == {
        "from": ms(pump.history.since),
        "complete": True,
        "progress": 1.0,
        "revision": ms(NOW),
        "holes": [[ms(start), ms(end)] for start, end in holes],
    }
    await hass.config_entries.async_unload(entry.entry_id)
    (info,) = await info_of(client)
    assert info["history"] == {
        "from": None,
        "complete": False,
        "progress": 0.0,
        "revision": None,
        "holes": [],
    }


async def test_another_past_has_another_revision(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """What was read again, and what is loaded with other settings or a newer version."""
    client = await hass_ws_client(hass)

    async def revision() -> int:
        (info,) = await info_of(client)
        receiver = await subscribe(await hass_ws_client(hass), PUMP, range="1h")
        found: int = info["history"]["revision"]
        assert receiver.snapshot["status"]["history"]["revision"] == found
        return found

    first = await revision()
    assert await revision() == first
    store = await coordinator_of(entry).years.async_open()
    day = (NOW - timedelta(days=60)).date()
    store.put(day, pd.DataFrame(index=pd.DatetimeIndex([], tz=UTC)), "other", [])
    second = await revision()
    assert second > first

    freezer.tick(1)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert await revision() > second


@pytest.mark.parametrize(
    ("measured", "meter", "calibration"),
    [
        (False, False, "unchecked"),
        (True, False, "measured"),
        (False, True, "meter"),
        (True, True, "meter"),
    ],
)
async def test_info_says_what_the_heat_rests_on(
    hass: HomeAssistant,
    set_up_with: SetUpWith,
    hass_ws_client: WebSocketGenerator,
    measured: bool,
    meter: bool,
    calibration: str,
) -> None:
    settings: dict[str, Any] = {"brand": "generic", "flow_factor": 2.5}
    settings["flow_factor_measured"] = measured
    series = {
        "supply_temp": "radiator_forward",
        "return_temp": "radiator_return",
        "compressor": "compressor_status",
    }
    if meter:
        series["heat_energy"] = "heat_meter"
    rows = thermia(NOW - timedelta(hours=50), NOW)
    # 6 kW, all the time.
    rows["heat_meter"] = np.arange(len(rows)) * 0.05
    coordinator = await set_up_with(rows, pump(series=series, **settings))
    of_entry = coordinator.pump
    of_entry.equipment = replace(of_entry.equipment, heat_meter=meter)
    client = await hass_ws_client(hass)
    (info,) = await info_of(client)
    assert info["calibration"] == calibration
    await hass.config_entries.async_unload(coordinator.config_entry.entry_id)
    (info,) = await info_of(client)
    assert info["calibration"] == ("measured" if measured else "unchecked")
