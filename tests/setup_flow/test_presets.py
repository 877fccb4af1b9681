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
from tests.support.cases import read_cases

CORE = ("hr_energy_qube", "vicare", "weheat")
TIME = datetime(2026, 11, 24, tzinfo=UTC)

# What integrations call their entities, with a unit, and the metric that each is. None
# is no metric: a setpoint, or a counter of one use. A text is told in these words.
DOCUMENTED: dict[str, dict[str, list[str | None]]] = read_cases("preset_entities")


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
        {
            "diplomat_compressor_status": "compressor",
            "diplomat_brine_pump_status": "brine_pump",
            "diplomat_radiator_pump_status": "circulation_pump",
            "diplomat_hot_water_status": "hot_water_valve",
            "diplomat_cooling_status": "cooling",
            "diplomat_auxiliary_heater_3kw": "auxiliary_step_1",
        },
        {
            "atlas_status_hotwater_operational_status": "hot_water_valve",
            "atlas_status_cool_operational_status": "cooling",
            "atlas_status_defrost_operational_status": "defrost",
            "atlas_status_heat_operational_status": None,
            "atlas_status_passive_cool_operational_status": None,
        },
    ],
    ids=["until 2024", "atlas"],
)
def test_thermias_cloud_has_other_names_by_version_and_by_heat_pump(
    names: dict[str, str | None], profiles: dict[str, Profile]
) -> None:
    """An Atlas does not say when its compressor runs."""
    series = [_info(name, None) for name in names]
    known = {metric: [f"sensor.{name}"] for name, metric in names.items() if metric}
    assert preset_series(profiles["thermia_online"], series) == known


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


def test_beside_its_names_counts_what_the_heat_pump_says_that_it_does(
    profiles: dict[str, Profile],
) -> None:
    """Weheat's sensor of it is called as its owner calls the heat pump."""
    does = ("standby", "heating", "cooling", "dhw", "defrosting")
    state = [
        SeriesInfo(name, None, TIME, math.nan, words=does)
        for name in ("sensor.other_appliance", "sensor.weheat_nest")
    ]
    own = ["sensor.weheat_nest", *(info.name for info in told("weheat"))]
    found = guess_series(
        [*state, *told("weheat")],
        profiles,
        dict.fromkeys(own, "nest"),
        preset=profiles["weheat"],
    )
    assert found["cooling"] == "sensor.weheat_nest=cooling"
    assert found["defrost"] == "sensor.weheat_nest=defrosting"


CLOUD: dict[str, str | None] = {
    "f1255_framledning_bt2": "°C",
    "f1255_returledning_bt3": "°C",
    "f1255_aktuell_utomhustemp_bt1": "°C",
    "f1255_medeltemp_bt1": "°C",
    "f1255_varmvatten_topp_bt7": "°C",
    "f1255_koldbarare_in_bt10": "°C",
    "f1255_begard_kompressorfrekvens": "Hz",
    "f1255_aktuell_kompressorfrekvens": "Hz",
    "f1255_antal_kompressorstarter": None,
    "f1255_prioritet": "Varmvatten|Värme|Av",
    "f1255_gradminuter": "GM",
    "f1255_momentan_eleffekt": "W",
    "f1255_larmnummer": None,
    "tvattmaskin_effekt": "W",
}


def test_what_a_preset_does_not_name_is_found_by_its_words(
    profiles: dict[str, Profile],
) -> None:
    """Names from the cloud are in its owner's language; few have a sensor's number."""
    series = [_info(name, unit) for name, unit in CLOUD.items()]
    found = guess_series(series, profiles, preset=profiles["myuplink"])
    assert {metric: name.partition("f1255_")[2] for metric, name in found.items()} == {
        "outdoor_temp": "aktuell_utomhustemp_bt1",
        "supply_temp": "framledning_bt2",
        "return_temp": "returledning_bt3",
        "hot_water_temp": "varmvatten_topp_bt7",
        "brine_in_temp": "koldbarare_in_bt10",
        "compressor": "aktuell_kompressorfrekvens",
        "hot_water_valve": "prioritet=Varmvatten",
        "degree_minutes": "gradminuter",
        "power": "momentan_eleffekt",
        "alarm_code": "larmnummer",
    }


@pytest.mark.parametrize("key", ["thermia_online", "myuplink"])
def test_a_preset_takes_nothing_that_is_only_set_or_computed(
    key: str, profiles: dict[str, Profile]
) -> None:
    tails = profiles[key].entities
    for begins in ("medel", "beraknad", "target", "desired", "average"):
        series = [_info(f"hp_{begins}_{names[0]}", "°C") for names in tails.values()]
        assert preset_series(profiles[key], series) == {}


def test_of_two_heat_pumps_each_has_its_own_names(
    profiles: dict[str, Profile],
) -> None:
    """They are called otherwise by version: the better name is the other one's."""
    names = {
        "a_supply_line_temperature": "one",
        "a_return_line_temperature": "one",
        "a_compressor_status": "one",
        "b_supply_line_temperature": "other",
        "b_compr_operational_status": "other",
        "b_brine_in_temperature": "other",
    }
    series = [_info(name, "°C" if "temp" in name else None) for name in names]
    groups = {f"sensor.{name}": group for name, group in names.items()}
    groups |= {"sensor.a_integral": "one"}
    series.append(_info("a_integral", None))
    assert preset_series(profiles["thermia_online"], series, groups) == {
        "supply_temp": ["sensor.a_supply_line_temperature"],
        "return_temp": ["sensor.a_return_line_temperature"],
        "compressor": ["sensor.a_compressor_status"],
        "degree_minutes": ["sensor.a_integral"],
    }
