"""Integrations that are known by the names of their entities."""

from datetime import UTC, datetime
import json
import math
from pathlib import Path

from homeassistant import components
from homeassistant.util import slugify
import pytest

from custom_components.heatpump_dashboard.profiles import (
    METRICS,
    Profile,
    brands,
    load,
    presets,
)
from custom_components.heatpump_dashboard.setup_flow.presets import (
    preset_series,
    recognise_preset,
)
from custom_components.heatpump_dashboard.setup_flow.series_guess import guess_series
from custom_components.heatpump_dashboard.sources import SeriesInfo

CORE = ("hr_energy_qube", "vicare", "weheat")
TIME = datetime(2026, 11, 24, tzinfo=UTC)

# What integrations call their entities, with a unit, and the metric that each is. None
# is no metric: a setpoint, or a counter of one use. A text is told in these words.
DOCUMENTED: dict[str, dict[str, tuple[str | None, str | None]]] = {
    "nibe_heatpump": {
        "bt1_outdoor_temperature_40004": ("°C", "outdoor_temp"),
        "bt2_supply_temp_s1_40008": ("°C", None),
        "eb100_ep14_bt3_return_temp_40012": ("°C", "return_temp"),
        "eb100_ep14_bt12_condensor_out_40017": ("°C", "supply_temp"),
        "eb100_ep14_bt10_brine_in_temp_40015": ("°C", "brine_in_temp"),
        "eb100_ep14_bt11_brine_out_temp_40016": ("°C", "brine_out_temp"),
        "eb100_ep14_bt14_hot_gas_temp_40018": ("°C", "hot_gas_temp"),
        "bt7_hw_top_40013": ("°C", "hot_water_temp"),
        "bt50_room_temp_s1_40033": ("°C", "indoor_temp"),
        "bf1_ep14_flow_40072": ("l/min", "flow"),
        "compressor_state_ep14_43427": ("Stopped|Running", "compressor"),
        "prio_43086": ("Heat|Hot Water|Off", "hot_water_valve"),
        "int_el_add_power_43084": ("kW", "auxiliary_power"),
        "degree_minutes_16_bit_43005": ("DM", "degree_minutes"),
        "calc_supply_s1_43009": ("°C", None),
        "alarm_45001": (None, "alarm_code"),
    },
    "myuplink": {
        "f1255_utomhustemperatur_bt1": ("°C", "outdoor_temp"),
        "f1255_framledning_bt2": ("°C", "supply_temp"),
        "f1255_returledning_bt3": ("°C", "return_temp"),
        "f1255_varmvatten_topp_bt7": ("°C", "hot_water_temp"),
        "f1255_koldbarare_in_bt10": ("°C", "brine_in_temp"),
        "f1255_koldbarare_ut_bt11": ("°C", "brine_out_temp"),
        "f1255_beraknad_framledning": ("°C", None),
    },
    "vicare": {
        "vitocal_outside_temperature": ("°C", "outdoor_temp"),
        "vitocal_secondary_circuit_supply_temperature": ("°C", "supply_temp"),
        "vitocal_secondary_circuit_return_temperature": ("°C", "return_temp"),
        "vitocal_primary_circuit_supply_temperature": ("°C", "brine_in_temp"),
        "vitocal_primary_circuit_return_temperature": ("°C", "brine_out_temp"),
        "vitocal_dhw_storage_temperature": ("°C", "hot_water_temp"),
        "vitocal_compressor": (None, "compressor"),
        "vitocal_compressor_modulation": ("%", "compressor_speed"),
        "vitocal_compressor_power": ("kW", None),
        "vitocal_volumetric_flow": ("m³/h", "flow"),
        "vitocal_electricity_consumption_today": ("kWh", "energy"),
        "vitocal_electricity_consumption_this_year": ("kWh", None),
    },
    "weheat": {
        "weheat_outside_temperature": ("°C", "outdoor_temp"),
        "weheat_water_outlet_temperature": ("°C", "supply_temp"),
        "weheat_water_inlet_temperature": ("°C", "return_temp"),
        "weheat_central_heating_inlet_temperature": ("°C", None),
        "weheat_dhw_top_temperature": ("°C", "hot_water_temp"),
        "weheat_dhw_target_temperature": ("°C", None),
        "weheat_compressor_speed": ("rpm", "compressor"),
        "weheat_compressor_usage": ("%", "compressor_speed"),
        "weheat_input_power": ("W", "power"),
        "weheat_output_power": ("W", None),
        "weheat_electricity_used": ("kWh", "energy"),
        "weheat_electricity_used_dhw": ("kWh", None),
        "weheat_total_energy_output": ("kWh", "heat_energy"),
        "weheat_central_heating_pump_flow": ("m³/h", "flow"),
    },
    "luxtronik2": {
        "luxtronik_outdoor_temperature": ("°C", "outdoor_temp"),
        "luxtronik_outdoor_temperature_average": ("°C", None),
        "luxtronik_flow_out_temperature": ("°C", "supply_temp"),
        "luxtronik_flow_in_temperature": ("°C", "return_temp"),
        "luxtronik_flow_in_temperature_target": ("°C", None),
        "luxtronik_dhw_temperature": ("°C", "hot_water_temp"),
        "luxtronik_heat_source_input_temperature": ("°C", "brine_in_temp"),
        "luxtronik_heat_source_output_temperature": ("°C", "brine_out_temp"),
        "luxtronik_compressor": (None, "compressor"),
        "luxtronik_current_power_consumption": ("W", "power"),
        "luxtronik_heat_amount_heating": ("kWh", None),
        "luxtronik_heat_amount_flow_rate": ("l/h", "flow"),
    },
    "heishamon": {
        "aquarea_outdoor_ambient": ("°C", "outdoor_temp"),
        "aquarea_outlet_temperature": ("°C", "supply_temp"),
        "aquarea_outlet_target_temperature": ("°C", None),
        "aquarea_eva_outlet_temperature": ("°C", None),
        "aquarea_inlet_temperature": ("°C", "return_temp"),
        "aquarea_tank_actual_tank_temperature": ("°C", "hot_water_temp"),
        "aquarea_discharge_temperature": ("°C", "hot_gas_temp"),
        "aquarea_compressor_frequency": ("Hz", "compressor"),
        "aquarea_heat_power_consumed": ("W", None),
        "aquarea_3_way_valve": ("Room|Tank", "hot_water_valve"),
        "aquarea_pump_flow": ("l/min", "flow"),
    },
    "stiebel_eltron_isg": {
        "isg_outdoor_temperature": ("°C", "outdoor_temp"),
        "isg_flow_temperature": ("°C", "supply_temp"),
        "isg_return_temperature": ("°C", "return_temp"),
        "isg_actual_temperature_water": ("°C", "hot_water_temp"),
        "isg_target_temperature_water": ("°C", None),
        "isg_source_temperature": ("°C", "brine_in_temp"),
        "isg_hot_gas_temperature": ("°C", "hot_gas_temp"),
        "isg_compressor_on": (None, "compressor"),
        "isg_current_power_consumption": ("W", "power"),
        "isg_consumed_heating_total": ("kWh", None),
        "isg_volume_stream": ("l/min", "flow"),
    },
    "thermia_online": {
        "diplomat_outdoor_temperature": ("°C", "outdoor_temp"),
        "diplomat_supply_line_temperature": ("°C", "supply_temp"),
        "diplomat_desired_supply_line_temperature": ("°C", None),
        "diplomat_return_line_temperature": ("°C", "return_temp"),
        "diplomat_hot_water_temperature": ("°C", "hot_water_temp"),
        "diplomat_brine_in_temperature": ("°C", "brine_in_temp"),
        "diplomat_brine_out_temperature": ("°C", "brine_out_temp"),
        "diplomat_compressor_operational_time": ("h", None),
        "diplomat_auxiliary_heater_3kw": (None, "auxiliary_step_1"),
        "diplomat_integral": (None, "degree_minutes"),
    },
    "hr_energy_qube": {
        "qube_outside_temperature": ("°C", "outdoor_temp"),
        "qube_room_temperature": ("°C", "indoor_temp"),
        "qube_supply_temperature_ch": ("°C", "supply_temp"),
        "qube_return_temperature": ("°C", "return_temp"),
        "qube_dhw_temperature": ("°C", "hot_water_temp"),
        "qube_source_temperature_in": ("°C", "brine_in_temp"),
        "qube_source_temperature_out": ("°C", "brine_out_temp"),
        "qube_compressor_speed": ("rpm", "compressor"),
        "qube_source_pump": (None, "brine_pump"),
        "qube_three_way_valve": (None, "hot_water_valve"),
        "qube_four_way_valve": (None, None),
        "qube_heater_step_1": (None, "auxiliary_step_1"),
        "qube_electric_power": ("W", "power"),
        "qube_thermal_power": ("W", None),
        "qube_total_electric_consumption": ("kWh", "energy"),
        "qube_total_thermal_yield": ("kWh", "heat_energy"),
        "qube_measured_pvt_flow": ("l/min", None),
        "qube_room_setpoint_heating_day": ("°C", None),
    },
}


@pytest.fixture(scope="module")
def profiles() -> dict[str, Profile]:
    return {key: load(key) for key in (*presets(), *brands())}


def told(key: str) -> list[SeriesInfo]:
    """Return the entities of an integration, as they are exported."""
    return [_info(name, unit) for name, (unit, _) in DOCUMENTED[key].items()]


def _info(name: str, unit: str | None) -> SeriesInfo:
    if unit is not None and "|" in unit:
        words = tuple(unit.split("|"))
        return SeriesInfo(f"sensor.{name}", None, TIME, math.nan, words=words)
    return SeriesInfo(f"sensor.{name}", unit, TIME, 1.0)


def test_every_integration_is_documented_here() -> None:
    assert set(DOCUMENTED) == set(presets())
    assert not set(presets()) & set(brands())


@pytest.mark.parametrize("key", DOCUMENTED)
def test_its_entities_are_what_they_are(key: str, profiles: dict[str, Profile]) -> None:
    found = guess_series(told(key), profiles, preset=profiles[key])
    names = {
        metric: name.removeprefix("sensor.").partition("=")[0]
        for metric, name in found.items()
    }
    known = DOCUMENTED[key].items()
    assert names == {metric: name for name, (_, metric) in known if metric}


@pytest.mark.parametrize("key", DOCUMENTED)
@pytest.mark.parametrize("whose", [False, True], ids=["by names", "by integration"])
def test_it_is_recognised(key: str, profiles: dict[str, Profile], whose: bool) -> None:
    platforms = {str(profiles[key].platform), "weather"} if whose else set()
    assert recognise_preset(told(key), profiles, platforms) == key


def test_what_is_told_in_words_is_the_word_that_means_yes(
    profiles: dict[str, Profile],
) -> None:
    found = preset_series(profiles["nibe_heatpump"], told("nibe_heatpump"))
    assert found["compressor"] == ["sensor.compressor_state_ep14_43427=Running"]
    assert found["hot_water_valve"] == ["sensor.prio_43086=Hot Water"]


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["house_supply_temperature", "house_return_temperature"],
        ["a_outdoor_temperature", "a_indoor_temperature", "a_hot_water_temperature"],
    ],
)
def test_too_little_says_nothing(
    names: list[str], profiles: dict[str, Profile]
) -> None:
    series = [_info(name, "°C") for name in names]
    assert recognise_preset(series, profiles) is None


def test_names_that_others_have_too_are_no_integrations(
    profiles: dict[str, Profile],
) -> None:
    """Where it is known who made the entities, names do not count."""
    for platforms in (set(), {"mqtt", "weather"}):
        assert (
            recognise_preset(told("stiebel_eltron_isg")[:4], profiles, platforms)
            is None
        )
    assert recognise_preset(told("weheat"), profiles, {"mqtt"}) is None


def test_what_a_house_has_beside_it_is_not_its_own(
    profiles: dict[str, Profile],
) -> None:
    """A weather service has an outdoor temperature, with a shorter name."""
    house = [_info("a_outdoor_temperature", "°C"), _info("a_integral", None)]
    series = [*house, *told("thermia_online")]
    found = guess_series(series, profiles, preset=profiles["thermia_online"])
    assert found["outdoor_temp"] == "sensor.diplomat_outdoor_temperature"
    assert found["degree_minutes"] == "sensor.diplomat_integral"
    lacking = [info for info in series if "diplomat_outdoor" not in info.name]
    found = guess_series(lacking, profiles, preset=profiles["thermia_online"])
    assert "outdoor_temp" not in found


def test_two_integrations_are_not_told_apart_by_guessing(
    profiles: dict[str, Profile],
) -> None:
    both = dict.fromkeys(("one", "other"), profiles["weheat"])
    assert recognise_preset(told("weheat"), both) is None


@pytest.mark.parametrize("key", DOCUMENTED)
def test_a_preset_has_nothing_of_a_collector(key: str) -> None:
    profile = load(key)
    assert profile.series == profile.other_series == ()
    assert set(profile.entities) <= set(METRICS)
    assert profile.label == f"{profile.name} ({key})"
    tails = [tail for found in profile.entities.values() for tail in found]
    assert all(
        slugify(tail.partition("=")[0]) == tail.partition("=")[0] for tail in tails
    )


@pytest.mark.parametrize("key", CORE)
def test_home_assistants_own_integrations_call_their_entities_so(key: str) -> None:
    """By their name, or by what identifies them."""
    folder = Path(components.__file__).parent / key / "translations"
    texts = json.loads((folder / "en.json").read_text("utf-8"))["entity"]
    entities = [item for kind in texts.values() for item in kind.items()]
    known = {identifier for identifier, _ in entities}
    known |= {slugify(text["name"]) for _, text in entities if text.get("name")}
    tails = {tail for found in load(key).entities.values() for tail in found}
    assert tails <= known
