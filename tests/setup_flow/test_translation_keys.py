"""Integrations that are known in every language, by what the registry keeps of them."""

from datetime import UTC, datetime
import json
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

TIME = datetime(2026, 11, 24, tzinfo=UTC)
LANGUAGES = ("en", "de", "sv", "nl", "fr", "fi")


@pytest.fixture(scope="module")
def profiles() -> dict[str, Profile]:
    return {key: load(key) for key in (*presets(), *brands())}


def own_names(integration: str, language: str) -> dict[str, str]:
    """Return what an integration of Home Assistant calls its entities, by key.

    In English where nobody has translated it.
    """
    folder = Path(components.__file__).parent / integration / "translations"
    files = [folder / f"{one}.json" for one in ("en", language)]
    told = [json.loads(file.read_text("utf-8")) for file in files if file.exists()]
    return {
        key: text["name"]
        for texts in told
        for kind in ("sensor", "binary_sensor")
        for key, text in texts["entity"].get(kind, {}).items()
        if "name" in text
    }


def registered(preset: Profile, language: str, end: str = "") -> list[SeriesInfo]:
    """Return the entities that a preset names, called as in a language."""
    names = own_names(preset.key, language)
    tails = {
        tail: metric for metric, tails in preset.entities.items() for tail in tails
    }
    return [
        SeriesInfo(
            f"sensor.house_{slugify(names[key])}{end}",
            METRICS[metric].unit,
            TIME,
            1.0,
            key=f"{preset.platform}.{key}",
        )
        for key, metric in tails.items()
        if key in names
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["vicare", "weheat", "hr_energy_qube"])
def test_entities_are_known_in_every_language(
    key: str, language: str, profiles: dict[str, Profile]
) -> None:
    """Home Assistant makes entity ids of names in its own language."""
    preset = profiles[key]
    series = registered(preset, language)
    assert recognise_preset(series, profiles, {key, "weather"}) == key
    wanted = {metric for metric, tails in preset.entities.items() if tails}
    assert preset_series(preset, series).keys() == wanted
    by_key = {info.name: (info.key or "").partition(".")[2] for info in series}
    for metric, names in preset_series(preset, series).items():
        assert by_key[names[0]] in preset.entities[metric]


def test_a_key_that_goes_on_is_another_one(profiles: dict[str, Profile]) -> None:
    boiler, own = (
        SeriesInfo(f"sensor.a_{name}", "°C", TIME, 1.0, key=f"vicare.{name}")
        for name in ("boiler_supply_temperature", "supply_temperature")
    )
    found = preset_series(profiles["vicare"], [boiler, own])
    assert found == {"supply_temp": [own.name]}


def test_a_second_heat_pump_of_the_same_name_has_a_number(
    profiles: dict[str, Profile],
) -> None:
    """Home Assistant appends it to the id, and there is no key."""
    names = {
        "supply_line_temperature": ("°C", "supply_temp"),
        "return_line_temperature": ("°C", "return_temp"),
        "compr_operational_status": (None, "compressor"),
        "brinepump_operational_status": (None, "brine_pump"),
        "integral": (None, "degree_minutes"),
    }
    one, two = (
        [
            SeriesInfo(f"sensor.diplomat_{name}{end}", unit, TIME, 1.0)
            for name, (unit, _) in names.items()
        ]
        for end in ("", "_2")
    )
    preset = profiles["thermia_online"]
    for series, end in ((one, ""), (two, "_2"), ([*two, *one], "")):
        assert recognise_preset(series, profiles, {"thermia"}) == "thermia_online"
        assert guess_series(series, profiles, preset=preset) == {
            metric: f"sensor.diplomat_{name}{end}"
            for name, (_, metric) in names.items()
        }


def test_of_one_house_the_heat_pumps_own_come_first(
    profiles: dict[str, Profile],
) -> None:
    """A weather station is called after the house as well, and shorter."""
    names = ["diplomat_supply_line", "diplomat_return_line", "diplomat_outdoor"]
    series = [
        SeriesInfo(f"sensor.villa_{name}_temperature", "°C", TIME, 1.0)
        for name in ("outdoor", *names)
    ]
    found = preset_series(profiles["thermia_online"], series)
    assert found["outdoor_temp"][0] == "sensor.villa_diplomat_outdoor_temperature"
