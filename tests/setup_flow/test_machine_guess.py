"""Guesses of the compressor, the valve and the power, in three languages."""

from datetime import UTC, datetime

import pytest

from custom_components.heatpump_dashboard.profiles import Profile
from custom_components.heatpump_dashboard.setup_flow.series_guess import guess_series
from custom_components.heatpump_dashboard.sources import SeriesInfo

from .told import PAIR, entities, said


@pytest.mark.parametrize(
    ("others", "compressor"),
    [
        (
            {"antal_kompressorstarter": None, "kompressorfrekvens": "Hz"},
            "sensor.hp_kompressorfrekvens",
        ),
        (
            {"verdichterstarts": None, "verdichterfrequenz": "Hz"},
            "sensor.hp_verdichterfrequenz",
        ),
        ({"kompressor_drifttid": None, "verdichter_betriebsstunden": None}, None),
        ({"verdichter_schaltspiele": None, "kompressordrifttid": None}, None),
        ({"kompressorstarter_antal": None, "verdichterlaufzeit": None}, None),
        ({"verdichterleistung": "W", "kompressoreffekt": "kW"}, None),
        ({"begard_kompressorfrekvens": "Hz"}, None),
    ],
)
def test_what_counts_or_asks_of_a_compressor_is_not_whether_it_runs(
    profiles: dict[str, Profile],
    others: dict[str, str | None],
    compressor: str | None,
) -> None:
    time = datetime(2026, 11, 24, tzinfo=UTC)
    told = [
        SeriesInfo(f"sensor.hp_{name}", unit, time, 3456.0, title="Bergström")
        for name, unit in others.items()
    ]
    found = guess_series([*told, *entities(**PAIR)], profiles)
    assert found.get("compressor") == compressor


@pytest.mark.parametrize(
    ("powers", "power"),
    [
        (("compressor_power", "total_unit_power", "fan_power"), "total_unit_power"),
        (("compressor_power", "power"), "power"),
        (("pump_power",), "pump_power"),
        (("compressor_power", "loop_pump_power", "aux_power"), "compressor_power"),
    ],
)
def test_the_power_of_all_comes_before_that_of_a_part(
    profiles: dict[str, Profile], powers: tuple[str, ...], power: str
) -> None:
    told = entities(**PAIR, **{f"hp_{name}": "W" for name in powers})
    assert guess_series(told, profiles)["power"] == f"sensor.hp_{power}"


@pytest.mark.parametrize(
    ("name", "words", "metric", "word"),
    [
        ("status_kompressor", ("Av", "Kör", "Startar"), "compressor", "Kör"),
        ("kompressorstatus", ("Aus", "Läuft"), "compressor", "Läuft"),
        ("prioritat", ("Heizung", "Brauchwasser"), "hot_water_valve", "Brauchwasser"),
    ],
)
def test_swedish_and_german_words_say_that_it_is_on(
    profiles: dict[str, Profile],
    name: str,
    words: tuple[str, ...],
    metric: str,
    word: str,
) -> None:
    series = [said(f"sensor.hp_{name}", *words), *entities(**PAIR)]
    assert guess_series(series, profiles)[metric] == f"sensor.hp_{name}={word}"
