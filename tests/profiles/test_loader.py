"""Profiles: the form of the files and what the loader makes of them."""

from copy import deepcopy
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
import pytest

from custom_components.heatpump_dashboard import profiles
from custom_components.heatpump_dashboard.profiles import (
    METRICS,
    SeriesRule,
    brands,
    load,
    map_series,
)

FOLDER = Path(profiles.__file__).parent
FILES = sorted(set(FOLDER.glob("*.json")) - {FOLDER / "schema.json"})
REAL = [key for key in brands() if key != "generic"]


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


SCHEMA = _read(FOLDER / "schema.json")


def test_the_schema_is_one_and_knows_every_metric() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["metric"]["enum"] == list(METRICS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_has_the_form_of_a_profile(path: Path) -> None:
    Draft202012Validator(SCHEMA).validate(_read(path))


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        ("metrics", {"supply_temperature": [{"name": "radiator_forward"}]}),
        ("metrics", {"supply_temp": []}),
        ("metrics", {"supply_temp": [{"name": "x", "until": {"2025-12-17": 1}}]}),
        ("alarms", {"0": {"severity": "info", "en": "None", "sv": "Inget"}}),
        ("alarm_rule", "sticky"),
        ("heat_pump_type", "water"),
    ],
)
def test_the_form_refuses_what_the_loader_cannot_use(where: str, wrong: object) -> None:
    data = deepcopy(_read(next(p for p in FILES if p.stem == "thermia")))
    data[where] = wrong
    assert not Draft202012Validator(SCHEMA).is_valid(data)


def test_brands_are_the_files_and_the_one_to_map_by_hand_comes_last() -> None:
    assert sorted(brands()) == [path.stem for path in FILES]
    assert brands()[-1] == "generic"
    assert {"thermia", "ivt", "nibe"} <= set(brands())


@pytest.mark.parametrize("key", brands())
def test_what_the_file_says_reaches_the_profile(key: str) -> None:
    data = _read(next(path for path in FILES if path.stem == key))
    profile = load(key)
    assert (profile.key, profile.name) == (key, data["name"])
    assert profile.models == tuple(data["models"])
    assert set(profile.metrics) == set(data["metrics"])
    assert profile.missing == tuple(data["missing"])
    assert profile.auxiliary.max_kw == data["auxiliary"]["max_kw"]
    assert {str(code) for code in profile.alarms} == set(data["alarms"])
    unsure = {code for code, alarm in data["alarms"].items() if "sure" in alarm}
    assert unsure == {str(a.code) for a in profile.alarms.values() if not a.sure}


def test_an_unknown_brand_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'fridge'"):
        load("fridge")


@pytest.mark.parametrize("key", REAL)
def test_no_two_metrics_share_a_series(key: str) -> None:
    rules = [
        rule for metric in load(key).metrics.values() for rule in metric.candidates
    ]
    names = [name for rule in rules for name in rule.names]
    assert len(names) == len(set(names))
    assert not set(names) & set(load(key).other_series)


@pytest.mark.parametrize("key", REAL)
def test_valid_ranges_leave_out_sensors_that_are_not_there(key: str) -> None:
    for metric in load(key).metrics.values():
        if metric.kind != "temperature":
            continue
        for rule in metric.candidates:
            low, high = rule.minimum, rule.maximum
            assert low is not None
            assert high is not None
            assert not any(low <= v <= high for v in (-48.3, -49.0, 3275.8, -3276.8))
            assert all(low <= v <= high for v in (-35.0, 0.0, 120.0))
            assert rule.signed


@pytest.mark.parametrize(("key", "digits"), [("thermia", 0), ("ivt", 1), ("nibe", 1)])
def test_temperatures_have_the_decimals_the_brand_resolves(
    key: str, digits: int
) -> None:
    rules = load(key).metrics["supply_temp"].candidates
    assert {rule.digits for rule in rules} == {digits}


def _scale_at(rule: SeriesRule, moment: datetime) -> float:
    """Return the scale the contract of SeriesRule gives for a reading."""
    earlier = [scale for until, scale in rule.eras if moment.timestamp() < until]
    return earlier[0] if earlier else rule.scale


@pytest.mark.parametrize(
    ("key", "metric", "mqtt", "api_a", "today"),
    [
        ("thermia", "degree_minutes", 1, 1, 0.1),
        ("thermia", "alarm_code", 1, 0.1, 0.1),
        ("thermia", "supply_temp", 1, 1, 1),
        ("thermia", "power", 1, 1, 1),
        ("ivt", "alarm_code", 1, 0.1, 0.1),
        ("ivt", "auxiliary_percent", 1, 1, 1),
        ("nibe", "degree_minutes", 1, 1, 0.1),
        ("nibe", "heat_energy", 1, 0.1, 0.1),
        ("nibe", "auxiliary_power", 1, 0.1, 0.1),
    ],
)
def test_scales_follow_the_versions_of_the_collector(
    key: str, metric: str, mqtt: float, api_a: float, today: float
) -> None:
    rule = load(key).metrics[metric].candidates[0]
    assert _scale_at(rule, datetime(2025, 11, 30, tzinfo=UTC)) == mqtt
    assert _scale_at(rule, datetime(2025, 12, 17, 16, tzinfo=UTC)) == api_a
    assert _scale_at(rule, datetime(2025, 12, 17, 17, 16, tzinfo=UTC)) == today
    assert _scale_at(rule, datetime(2026, 11, 24, tzinfo=UTC)) == today


@pytest.mark.parametrize("key", ["thermia", "nibe"])
def test_operating_modes_are_known_however_they_were_stored(key: str) -> None:
    profile = load(key)
    rule = profile.metrics["operating_mode"].candidates[0]
    stored = dict(rule.replace)
    for mode in profile.operating_modes:
        for value in (mode, mode * 10, mode / 10):
            assert stored.get(value, value * rule.scale) == mode
    assert not rule.eras


def test_generic_takes_what_is_mapped_by_hand() -> None:
    profile = map_series(load("generic"), {"supply_temp": "bt2", "power": "watts"})
    assert profile.series == ("bt2", "watts")
    rule = profile.metrics["power"]
    assert (rule.kind, rule.unit, rule.candidates[0].scale) == ("power", "W", 1.0)
    assert profile.metrics["supply_temp"].candidates[0].minimum == -47.5
    assert load("generic").series == ()


def test_a_mapping_to_a_metric_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="speed_of_light"):
        map_series(load("generic"), {"speed_of_light": "c"})


def test_metrics_are_those_of_the_design() -> None:
    assert {name: metric.unit for name, metric in METRICS.items() if metric.unit} == {
        **dict.fromkeys([name for name in METRICS if name.endswith("_temp")], "°C"),
        "auxiliary_percent": "%",
        "compressor_speed": "%",
        "power": "W",
        "auxiliary_power": "kW",
        "energy": "kWh",
        "heat_energy": "kWh",
        "flow": "l/s",
        "supply_setpoint": "°C",
        "heat_curve_max": "°C",
        "heating_stop": "°C",
        "hot_water_start": "°C",
        "hot_water_stop": "°C",
        "room_setpoint": "°C",
    }
