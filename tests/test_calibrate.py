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
    """Return what is stored of a heat pump that counts its heat: some whole days."""
    rows = thermia(NOW - timedelta(days=5), NOW, step_s=60, cycle_min=80)
    on = rows["compressor_status"] == 1
    rows["radiator_return"] = np.where(on, 35.0, 30.0 - rest_k)
    rows["heat_counter"] = np.cumsum(np.where(on, RUNNING_KW * 60 / 3600, 0.0))
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


def fields(result: dict[str, Any]) -> list[str]:
    return list(map(str, result["data_schema"].schema))


def options(result: dict[str, Any]) -> list[str]:
    found: list[str] = result["data_schema"].schema["method"].config["options"]
    return found


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
        assert fields(result) == ["method", "brine_flow", "heat_metered"]
        assert options(result) == ["together", "heat_counter", "keep"]
        told = result["description_placeholders"]
        assert told["methods"].count("\n") == 1
        assert "1.66 ±" in told["together"]
        result = await submit(hass, result, {"method": "together"})
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
        await submit(hass, result, {"method": "keep"})
        assert dict(entry.subentries[PUMP].data) == before
        await unload(hass, entry)


async def test_what_the_form_does_not_show_stays_as_it_is(hass: HomeAssistant) -> None:
    """Nothing measures a tank here, and what is shown is taken back when emptied."""
    entry = add_entry(hass, counting(**BOTH, tank_volume=180, brine_flow=0.4))
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        result = await ask(hass, entry)
        assert "tank_volume" not in fields(result)
        assert "brine_flow" in fields(result)
        await submit(hass, result, {"method": "keep", "heat_metered": False})
        data = entry.subentries[PUMP].data
        assert data["tank_volume"] == 180
        assert "brine_flow" not in data
        await unload(hass, entry)


async def test_the_sensors_are_made_to_agree(hass: HomeAssistant) -> None:
    """Half a kelvin at rest: 10 % of all heat."""
    entry = add_entry(hass, counting())
    with served_by(MemorySource(stored(rest_k=0.5))):
        await set_up(hass, entry)
        result = await reconfigure(hass, entry)
        result = await submit(hass, result, {"next_step_id": "calibrate"})
        assert "use_offset" in fields(result)
        assert result["description_placeholders"]["offset"] == "0.50"
        await submit(hass, result, {"method": "keep", "use_offset": True})
        await settle(hass)

        assert coordinator_of(entry).pump.equipment.delta_t_offset_k == 0.5
        assert "use_offset" not in fields(await ask(hass, entry))
        await unload(hass, entry)


async def test_what_was_measured_is_not_asked_for(hass: HomeAssistant) -> None:
    settings = {**BOTH, "flow_factor": 1.7, "flow_factor_measured": True}
    entry = add_entry(hass, counting(**settings))
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        result = await reconfigure(hass, entry)
        assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "brand")
        await unload(hass, entry)


async def ask(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    """Return the form of the methods."""
    result = await reconfigure(hass, entry)
    return await submit(hass, result, {"next_step_id": "calibrate"})


async def test_one_method_is_taken_over_with_its_own_doubt(hass: HomeAssistant) -> None:
    """Where two differ, the owner says which; none is proposed."""
    entry = add_entry(hass, counting(heat_output=20.0, rated_delta_t=4.608))
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        result = await ask(hass, entry)
        assert options(result) == ["heat_counter", "keep"]
        assert result["data_schema"]({})["method"] == "keep"
        await submit(hass, result, {"method": "heat_counter"})
        await settle(hass)

        pump = coordinator_of(entry).pump
        assert pump.equipment.calibration == "checked"
        assert pump.equipment.flow_factor == pytest.approx(1.66, rel=5e-3)
        # 2 % and the 5 % of a pump's own counter.
        assert pump.basis.heat_scale == pytest.approx(0.054, abs=1e-3)
        await unload(hass, entry)


async def test_a_cop_that_no_heat_pump_has_is_refused(hass: HomeAssistant) -> None:
    """A plate of 40 kW: 8.7 kW/K, and a COP of 14."""
    entry = add_entry(
        hass, counting(heat_output=40.0, rated_delta_t=4.608, flow_factor=2.7)
    )
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        before = dict(entry.subentries[PUMP].data)
        result = await ask(hass, entry)
        result = await submit(hass, result, {"method": "plate"})

        assert result["errors"] == {"method": "impossible_cop"}
        assert float(result["description_placeholders"]["cop"]) > 6
        assert dict(entry.subentries[PUMP].data) == before
        await submit(hass, result, {"method": "keep"})
        await unload(hass, entry)


async def test_what_methods_want_to_be_told_is_kept(hass: HomeAssistant) -> None:
    """And a meter counts instead of the factor, until it is taken back."""
    entry = add_entry(hass, counting())
    with served_by(MemorySource(stored())):
        await set_up(hass, entry)
        result = await ask(hass, entry)
        typed = {"method": "keep", "brine_flow": 0.4, "heat_metered": True}
        await submit(hass, result, typed)
        await settle(hass)
        data = entry.subentries[PUMP].data
        assert (data["brine_flow"], data["heat_metered"]) == (0.4, True)
        assert coordinator_of(entry).pump.basis.calibration == "meter"

        result = await ask(hass, entry)
        assert fields(result) == ["heat_metered"]
        await submit(hass, result, {"heat_metered": False})
        await settle(hass)
        assert coordinator_of(entry).pump.basis.calibration == "unchecked"
        await unload(hass, entry)
