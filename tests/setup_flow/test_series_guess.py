"""Guesses for series that no known collector has written."""

from datetime import UTC, datetime
import math

import pytest

from custom_components.heatpump_dashboard.profiles import METRICS, Profile
from custom_components.heatpump_dashboard.setup_flow.entities import entities_schema
from custom_components.heatpump_dashboard.setup_flow.series_guess import guess_series
from custom_components.heatpump_dashboard.sources import SeriesInfo
from tests.support.cases import read_cases

from .told import PAIR, entities, said


def series(**units: str | None) -> list[SeriesInfo]:
    """Return series of these names and units."""
    time = datetime(2026, 11, 24, tzinfo=UTC)
    return [SeriesInfo(name, unit, time, 1.0) for name, unit in units.items()]


def test_collectors_own_names_are_certain(profiles: dict[str, Profile]) -> None:
    found = guess_series(
        series(
            heat_carrier_forward="°C",
            heat_carrier_return="°C",
            radiator_return="°C",
            warm_water_top="°C",
            compressor_status=None,
            load_l1="A",
        ),
        profiles,
    )
    assert found == {
        "supply_temp": "heat_carrier_forward",
        "return_temp": "heat_carrier_return",
        "hot_water_temp": "warm_water_top",
        "compressor": "compressor_status",
    }


def test_english_entities_are_found_by_their_words(
    profiles: dict[str, Profile],
) -> None:
    found = guess_series(
        series(
            vvm_outdoor_temperature="°C",
            vvm_supply_line="°C",
            vvm_return_line="°C",
            vvm_hot_water_setpoint="°C",
            vvm_hot_water_tank="°C",
            vvm_brine_in="°C",
            vvm_brine_out="°C",
            vvm_discharge_gas="°C",
            vvm_compressor_starts=None,
            vvm_compressor=None,
            vvm_compressor_speed="%",
            vvm_additional_heat="kW",
            vvm_alarm_code=None,
            vvm_alarm=None,
            vvm_energy_meter="kWh",
            vvm_power="W",
            vvm_flow="l/s",
            vvm_degree_minutes=None,
        ),
        profiles,
    )
    assert found == {
        "outdoor_temp": "vvm_outdoor_temperature",
        "supply_temp": "vvm_supply_line",
        "return_temp": "vvm_return_line",
        "hot_water_temp": "vvm_hot_water_tank",
        "brine_in_temp": "vvm_brine_in",
        "brine_out_temp": "vvm_brine_out",
        "hot_gas_temp": "vvm_discharge_gas",
        "compressor": "vvm_compressor",
        "compressor_speed": "vvm_compressor_speed",
        "auxiliary_power": "vvm_additional_heat",
        "alarm": "vvm_alarm",
        "alarm_code": "vvm_alarm_code",
        "energy": "vvm_energy_meter",
        "power": "vvm_power",
        "flow": "vvm_flow",
        "degree_minutes": "vvm_degree_minutes",
    }


def test_swedish_entities_are_found_by_their_words(
    profiles: dict[str, Profile],
) -> None:
    found = guess_series(
        series(
            pump_utomhus="°C",
            pump_framledning="°C",
            pump_retur="°C",
            pump_varmvatten="°C",
            pump_köldbärare_in="°C",
            pump_köldbärare_ut="°C",
            pump_kompressor=None,
            pump_växelventil=None,
            pump_tillsats="%",
        ),
        profiles,
    )
    assert found == {
        "outdoor_temp": "pump_utomhus",
        "supply_temp": "pump_framledning",
        "return_temp": "pump_retur",
        "hot_water_temp": "pump_varmvatten",
        "brine_in_temp": "pump_köldbärare_in",
        "brine_out_temp": "pump_köldbärare_ut",
        "compressor": "pump_kompressor",
        "hot_water_valve": "pump_växelventil",
        "auxiliary_percent": "pump_tillsats",
    }


@pytest.mark.parametrize(
    ("name", "unit"),
    [("compressor_power", "kWh/day"), ("indoor_humidity", "%"), ("minutes", None)],
)
def test_a_wrong_unit_or_word_is_no_guess(
    profiles: dict[str, Profile], name: str, unit: str | None
) -> None:
    assert guess_series(series(**{name: unit}), profiles) == {}


def test_no_series_is_given_twice(profiles: dict[str, Profile]) -> None:
    found = guess_series(series(brine_in_out_pump_temp=None), profiles)
    assert list(found.values()) == ["brine_in_out_pump_temp"]


def test_guesses_are_metrics(profiles: dict[str, Profile]) -> None:
    names = {name: None for profile in profiles.values() for name in profile.series}
    found = guess_series(series(**names), profiles)
    assert set(found) <= set(METRICS)
    assert len(set(found.values())) == len(found)


# What integrations call their entities, by the metric that each of them is; None is no
# metric at all. Names are the ends, behind a device's prefix.
INTEGRATIONS: dict[str, dict[str, list[str | None]]] = read_cases("entity_names")


@pytest.mark.parametrize("integration", INTEGRATIONS)
def test_what_integrations_call_their_entities_is_understood(
    profiles: dict[str, Profile], integration: str
) -> None:
    names = INTEGRATIONS[integration]
    told = entities(**{f"hp_{name}": unit for name, (unit, _) in names.items()})
    found = guess_series(told, profiles)
    wanted = {metric: f"hp_{name}" for name, (_, metric) in names.items() if metric}
    assert {m: name.partition(".")[2] for m, name in found.items()} == wanted


def test_what_a_house_has_beside_its_heat_pump_is_not_taken_for_it(
    profiles: dict[str, Profile],
) -> None:
    """A washing machine has a power, and a weather service an outdoor temperature."""
    house = entities(
        washing_machine_power="W",
        boiler_room_temperature="°C",
        weather_outdoor_temperature="°C",
        grid_energy_consumption="kWh",
        fridge_compressor=None,
        cellar_leak_alarm=None,
        hp_supply_temperature="°C",
        hp_return_temperature="°C",
    )
    assert guess_series(house, profiles) == {
        "supply_temp": "sensor.hp_supply_temperature",
        "return_temp": "sensor.hp_return_temperature",
    }


def test_a_speed_says_whether_a_compressor_runs_and_how_fast(
    profiles: dict[str, Profile],
) -> None:
    found = guess_series(entities(hp_compressor_modulation="%"), profiles)
    assert found == {
        "compressor": "sensor.hp_compressor_modulation",
        "compressor_speed": "sensor.hp_compressor_modulation",
    }


def test_a_word_says_whether_it_is_on(profiles: dict[str, Profile]) -> None:
    time = datetime(2026, 11, 24, tzinfo=UTC)
    told = [
        SeriesInfo("sensor.hp_compressor_state", None, time, math.nan, words=words)
        for words in [("Stopped", "Running", "Starting")]
    ]
    name = "sensor.hp_compressor_state=Running"
    assert guess_series(told, profiles) == {"compressor": name}


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("compressor_state", ("Not running", "Running"), "compressor=Running"),
        ("compressor_state", ("Går ej: till", "Till", "Frånslagen"), "compressor=Till"),
        ("compressor_state", ("Betrieb aus", "Betrieb"), "compressor=Betrieb"),
        # Of words that all say no nobody knows which says yes.
        ("compressor_state", ("Not running", "Off"), None),
        # One that may say more than that it is on.
        ("compressor_state", ("Ready to run", "Run", "Off"), "compressor=Run"),
        (
            "hot_water_valve",
            ("Hot water", "Hot water off", "Heating"),
            "hot_water_valve=Hot water",
        ),
        (
            "hot_water_valve",
            ("Laddning av varmvatten", "Varmvatten av"),
            "hot_water_valve=Laddning av varmvatten",
        ),
    ],
)
def test_a_word_that_denies_it_is_not_what_says_so(
    profiles: dict[str, Profile],
    name: str,
    words: tuple[str, ...],
    found: str | None,
) -> None:
    series = [said(f"sensor.hp_{name}", *words), *entities(**PAIR)]
    told = guess_series(series, profiles)
    metric, _, word = (found or f"{name.removesuffix('_state')}=").partition("=")
    wanted = f"sensor.hp_{name}={word}" if found else None
    assert told.get(metric) == wanted


def test_titles_count_as_names_do(profiles: dict[str, Profile]) -> None:
    time = datetime(2026, 11, 24, tzinfo=UTC)
    told = [
        SeriesInfo(f"sensor.a{number}", "°C", time, 1.0, title=title)
        for number, title in enumerate(["Vorlauf", "Rücklauf", "Heat pump hot gas"])
    ]
    assert guess_series(told, profiles) == {
        "supply_temp": "sensor.a0",
        "return_temp": "sensor.a1",
        "hot_gas_temp": "sensor.a2",
    }


def test_what_an_appliance_is_called_is_not_what_it_measures(
    profiles: dict[str, Profile],
) -> None:
    told = entities(
        heat_pump_compressor=None, heat_pump_supply="°C", heat_pump_energy="kWh"
    )
    assert guess_series(told, profiles)["energy"] == "sensor.heat_pump_energy"


DOES = ("standby", "heating", "cooling", "dhw", "defrosting")


@pytest.mark.parametrize(
    ("series", "found"),
    [
        (
            said("sensor.hp", *DOES),
            {"cooling": "sensor.hp=cooling", "defrost": "sensor.hp=defrosting"},
        ),
        (
            said("climate.hp#hvac_action", "idle", "cooling"),
            {"cooling": "climate.hp#hvac_action=cooling"},
        ),
        (
            said("climate.hp#hvac_action", "defrosting", title="Cooling circuit"),
            {"defrost": "climate.hp#hvac_action=defrosting"},
        ),
        (
            said("sensor.hp_drift", "Värme", "Kyla", "Avfrostning"),
            {
                "cooling": "sensor.hp_drift=Kyla",
                "defrost": "sensor.hp_drift=Avfrostning",
            },
        ),
        # It has not said so yet: then it may never,
        (said("climate.hp#hvac_action", "heating", "idle"), {}),
        # this is set by hand, and this says nothing of what it does.
        (said("sensor.hp_operating_mode", "heating", "cooling", "auto"), {}),
        (said("sensor.hp_fault", "none", "defrost sensor"), {}),
        # Another climate's, which belongs to something else.
        (said("climate.bedroom#hvac_action", "cooling"), {}),
    ],
)
def test_what_it_says_of_cooling_and_defrosting_is_found(
    profiles: dict[str, Profile], series: SeriesInfo, found: dict[str, str]
) -> None:
    told = guess_series([series, *entities(**PAIR)], profiles)
    assert {metric: told.get(metric) for metric in ("cooling", "defrost")} == {
        "cooling": None,
        "defrost": None,
    } | found


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("hp_defrost", "defrost"),
        ("hp_defrosting_state", "defrost"),
        ("hp_avfrostning", "defrost"),
        ("hp_abtauung", "defrost"),
        ("hp_is_cooling", "cooling"),
        ("hp_cooling_active", "cooling"),
        ("hp_defrost_count", None),
        ("hp_defrost_alarm", None),
        ("hp_cooling_start_condition_thermostat", None),
        ("hp_cooling_allowed", None),
    ],
)
def test_a_binary_sensor_says_that_it_cools_or_defrosts(
    profiles: dict[str, Profile], name: str, metric: str | None
) -> None:
    told = guess_series(entities(**PAIR, **{name: None}), profiles)
    wanted = {} if metric is None else {metric: f"binary_sensor.{name}"}
    assert {m: told[m] for m in ("cooling", "defrost") if m in told} == wanted


def test_a_climate_entity_offers_what_it_has_not_said_yet() -> None:
    """In winter it has never cooled, and its owner knows that it can."""
    action = said("climate.hp#hvac_action", "heating")
    schema = entities_schema([action], {}, datetime(2026, 11, 24, tzinfo=UTC)).schema
    offered = {
        str(field): [option["value"] for option in selector.config["options"]]
        for field, selector in schema.items()
    }
    heating = "climate.hp#hvac_action=heating"
    assert offered["cooling"] == [heating, "climate.hp#hvac_action=cooling"]
    assert offered["defrost"] == [heating, "climate.hp#hvac_action=defrosting"]
    assert offered["compressor"] == [heating]
