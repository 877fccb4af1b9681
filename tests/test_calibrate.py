"""What the readings say of the calibration is shown, and accepted or not."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import numpy as np
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.support.memory_source import MemorySource, thermia
from tests.support.pump_entry import (
    NOW,
    PUMP,
    add_entry,
    coordinator_of,
    pump,
    served_by,
    set_up,
    settle,
    unload,
)

pytestmark = pytest.mark.usefixtures("frozen")

# Half of the time 5 K: with 1.66 kW/K 8.3 kW, which the pump's own counter counts too.
RUNNING_KW = 8.3


def stored(rest_k: float = 0.0) -> pd.DataFrame:
    """Return what is stored of a heat pump that counts its heat."""
    rows = thermia(NOW - timedelta(hours=50), NOW, cycle_min=80)
    on = rows["compressor_status"] == 1
    rows["radiator_return"] = np.where(on, 35.0, 30.0 - rest_k)
    rows["heat_counter"] = np.cumsum(np.where(on, RUNNING_KW * 30 / 3600, 0.0))
    return rows


def counting(**settings: Any):
    series = {
        "compressor": "compressor_status",
        "circulation_pump": "radiator_pump_status",
        "supply_temp": "radiator_forward",
        "return_temp": "radiator_return",
        "brine_in_temp": "brine_in_evaporator",
        "brine_out_temp": "brine_out_condenser",
        "power": "power_consumption",
        "heat_energy": "heat_counter",
    }
    return pump(brand="generic", series=series, **settings)


async def reconfigure(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    result = await entry.start_subentry_reconfigure_flow(hass, PUMP)
    return dict(result)


async def submit(
    hass: HomeAssistant, result: dict[str, Any], typed: dict[str, Any]
) -> dict[str, Any]:
    subentries = hass.config_entries.subentries
    return dict(await subentries.async_configure(result["flow_id"], typed))


# 7.65 kW at B0/W35 are 8.3 kW at 4 °C and 40 °C.
BOTH = {"heat_output": 7.65, "rated_delta_t": 4.608}


async def test_a_factor_that_two_methods_agree_on_is_accepted(
    hass: HomeAssistant,
) -> None:
    entry = add_entry(hass, counting(**BOTH))
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        result = await reconfigure(hass, entry)
        assert result["menu_options"] == ["brand", "calibrate"]
        result = await submit(hass, result, {"next_step_id": "calibrate"})
        assert list(map(str, result["data_schema"].schema)) == ["use_factor"]
        told = result["description_placeholders"]
        assert told["methods"].count("\n") == 1
        assert "1.66 ±" in told["together"]
        result = await submit(hass, result, {"use_factor": True})
        assert result["reason"] == "reconfigure_successful"
        await settle(hass)

        equipment = coordinator_of(entry).pump.equipment
        assert equipment.calibration == "checked"
        assert equipment.flow_factor == pytest.approx(1.66, rel=5e-3)
        # Then there is nothing more to accept.
        result = await reconfigure(hass, entry)
        assert result["step_id"] == "brand"
        await unload(hass, entry)


async def test_what_is_not_wanted_changes_nothing(hass: HomeAssistant) -> None:
    entry = add_entry(hass, counting(**BOTH))
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        before = dict(entry.subentries[PUMP].data)
        result = await reconfigure(hass, entry)
        result = await submit(hass, result, {"next_step_id": "calibrate"})
        await submit(hass, result, {"use_factor": False})
        assert dict(entry.subentries[PUMP].data) == before
        await unload(hass, entry)


async def test_the_sensors_are_made_to_agree(hass: HomeAssistant) -> None:
    """Half a kelvin at rest: 10 % of all heat."""
    entry = add_entry(hass, counting())
    with served_by(MemorySource(stored(rest_k=0.5))):
        await set_up(hass, entry)
        result = await reconfigure(hass, entry)
        result = await submit(hass, result, {"next_step_id": "calibrate"})
        assert list(map(str, result["data_schema"].schema)) == ["use_offset"]
        assert result["description_placeholders"]["offset"] == "0.50"
        await submit(hass, result, {"use_offset": True})
        await settle(hass)

        assert coordinator_of(entry).pump.equipment.delta_t_offset_k == 0.5
        result = await reconfigure(hass, entry)
        assert result["step_id"] == "brand"
        await unload(hass, entry)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"heat_output": 20.0, "rated_delta_t": 4.608},
        {**BOTH, "flow_factor": 1.7, "flow_factor_measured": True},
    ],
    ids=["one method", "two that differ", "measured"],
)
async def test_there_may_be_nothing_to_accept(
    hass: HomeAssistant, settings: dict[str, Any]
) -> None:
    entry = add_entry(hass, counting(**settings))
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        result = await reconfigure(hass, entry)
        assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "brand")
        await unload(hass, entry)
