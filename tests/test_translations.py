"""Every text that is asked for exists, and every one that exists is asked for."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

import pytest

from custom_components.heatpump_dashboard import binary_sensor, event, sensor
from custom_components.heatpump_dashboard.analysis.states import SETTINGS
from custom_components.heatpump_dashboard.profiles import (
    METRICS,
    SEVERITIES,
    brands,
    load,
)
from custom_components.heatpump_dashboard.sources.influx.errors import KEYS

COMPONENT = Path(binary_sensor.__file__).parent
FOLDER = COMPONENT / "translations"
SCREEN = COMPONENT.parents[1] / "frontend" / "src" / "i18n"
ENGLISH: dict[str, Any] = json.loads((FOLDER / "en.json").read_text("utf-8"))
OTHERS = sorted(set(FOLDER.glob("*.json")) - {FOLDER / "en.json"})
ICONS: dict[str, Any] = json.loads((COMPONENT / "icons.json").read_text("utf-8"))
DESCRIPTIONS = {
    "sensor": sensor.DESCRIPTIONS,
    "binary_sensor": binary_sensor.DESCRIPTIONS,
    "event": event.DESCRIPTIONS,
}
# What Home Assistant's own core says in the browser: its texts are not ours.
CORE_ABORTS = {"already_in_progress", "reauth_successful", "reconfigure_successful"}


def translation_keys() -> Iterator[str]:
    """Yield the literal keys that our exceptions are raised with."""
    for path in COMPONENT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.search(
                r"Failed|NotReady|Error", ast.unparse(node.func)
            ):
                for word in node.keywords:
                    if word.arg == "translation_key" and isinstance(
                        word.value, ast.Constant
                    ):
                        yield str(word.value.value)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def texts(content: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of every text, and the text."""
    for key, value in content.items():
        if isinstance(value, dict):
            yield from texts(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def test_there_is_swedish() -> None:
    assert FOLDER / "sv.json" in OTHERS


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_every_language_has_the_same_texts_and_placeholders(path: Path) -> None:
    told = dict(texts(json.loads(path.read_text("utf-8"))))
    english = dict(texts(ENGLISH))
    assert told.keys() == english.keys()
    assert {key: placeholders(text) for key, text in told.items()} == {
        key: placeholders(text) for key, text in english.items()
    }
    assert all(text.strip() for text in told.values())


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_no_language_is_english_in_disguise(path: Path) -> None:
    """A few words are the same; a sentence never is."""
    told = dict(texts(json.loads(path.read_text("utf-8"))))
    sentences = {key: text for key, text in texts(ENGLISH) if text.count(" ") > 2}
    assert [key for key, text in sentences.items() if told[key] == text] == []


@pytest.mark.parametrize("platform", DESCRIPTIONS)
def test_every_entity_has_a_name_and_no_name_is_left_over(platform: str) -> None:
    keys = {description.translation_key for description in DESCRIPTIONS[platform]}
    assert set(ENGLISH["entity"][platform]) == keys


@pytest.mark.parametrize("platform", DESCRIPTIONS)
def test_every_entity_has_an_icon(platform: str) -> None:
    """Its own or that of its device class."""
    for description in DESCRIPTIONS[platform]:
        own = description.key in ICONS["entity"][platform]
        assert own or description.device_class is not None, description.key
    keys = {description.key for description in DESCRIPTIONS[platform]}
    assert set(ICONS["entity"][platform]) <= keys


def test_units_are_given_once() -> None:
    for description in sensor.DESCRIPTIONS:
        told = ENGLISH["entity"]["sensor"][description.key]
        assert not (
            description.native_unit_of_measurement and "unit_of_measurement" in told
        )


def test_every_state_of_an_enum_has_a_name() -> None:
    modes = {m for brand in brands() for m in load(brand).operating_modes.values()}
    names = ENGLISH["entity"]["sensor"]
    assert set(names["operating_mode"]["state"]) == modes
    for key in ("mode", "verdict"):
        (told,) = (d for d in sensor.DESCRIPTIONS if d.key == key)
        assert set(names[key]["state"]) == set(told.options or ())


@pytest.mark.parametrize("path", sorted(SCREEN.glob("??.json")), ids=lambda p: p.stem)
def test_every_operating_mode_has_a_name_in_the_panel(path: Path) -> None:
    modes = {m for brand in brands() for m in load(brand).operating_modes.values()}
    names = json.loads(path.read_text("utf-8"))["events"]["setting"]["mode"]
    assert set(names) == modes


def test_every_type_of_an_event_has_a_name_and_an_icon() -> None:
    for description in event.DESCRIPTIONS:
        told = ENGLISH["entity"]["event"][description.key]["state_attributes"]
        types = set(description.event_types or ())
        assert set(told["event_type"]["state"]) == types
        icons = ICONS["entity"]["event"][description.key]["state_attributes"]
        assert set(icons["event_type"]["state"]) < types
        assert icons["event_type"]["default"]
    alarms = ENGLISH["entity"]["event"]["alarm_event"]["state_attributes"]
    assert set(alarms["severity"]["state"]) == set(SEVERITIES)


def test_every_cause_has_a_text_everywhere() -> None:
    """In the form of an entry, in that of a heat pump and in the log."""
    assert len(KEYS) > 10
    flow, pump = ENGLISH["config"], ENGLISH["config_subentries"]["heat_pump"]
    for key in KEYS:
        text = ENGLISH["exceptions"][key]["message"]
        assert flow["error"][key] == pump["error"][key] == text
        assert placeholders(text) <= {"host", "organization", "bucket", "reason"}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_cause_has_a_text_on_the_screen(language: str) -> None:
    texts = json.loads((SCREEN / f"{language}.json").read_text("utf-8"))["error"]
    assert set(KEYS) <= set(texts)


@pytest.mark.parametrize(
    "path", sorted(SCREEN.glob("??.json")), ids=lambda path: path.stem
)
def test_every_setting_that_changes_has_a_text(path: Path) -> None:
    """Of one without, an event would show its key."""
    told = json.loads(path.read_text("utf-8"))["events"]["setting"]
    assert set(told) == {*SETTINGS.values(), "unknown", "mode"}


def test_every_exception_has_a_text() -> None:
    assert set(translation_keys()) <= set(ENGLISH["exceptions"])


def test_every_metric_can_be_mapped_by_name() -> None:
    for flow in (ENGLISH["config"], ENGLISH["config_subentries"]["heat_pump"]):
        assert set(flow["step"]["entities"]["data"]) == set(METRICS)


def test_shared_steps_say_the_same_in_both_flows() -> None:
    pump = ENGLISH["config_subentries"]["heat_pump"]["step"]
    # A new heat pump has no readings yet that say anything to accept.
    shared = {key: pump[key] for key in pump.keys() - {"calibrate", "reconfigure"}}
    assert {key: ENGLISH["config"]["step"][key] for key in shared} == shared


@pytest.mark.parametrize("flow", ["config", "config_subentries"])
def test_every_abort_and_error_of_the_flow_has_a_text(flow: str) -> None:
    texts = ENGLISH[flow] if flow == "config" else ENGLISH[flow]["heat_pump"]
    names = [
        "setup_flow/heat_pump.py",
        "setup_flow/settings.py",
        "setup_flow/entities.py",
        *(["config_flow.py"] if flow == "config" else []),
    ]
    source = "".join((COMPONENT / name).read_text("utf-8") for name in names)
    aborts = set(re.findall(r'reason="(\w+)"', source)) | {"already_configured"}
    assert aborts - CORE_ABORTS <= set(texts["abort"])
    errors = set(re.findall(r'errors[^\n]* = \{[\w"]+: "(\w+)"\}', source))
    errors |= set(re.findall(r'"((?:not|same)_\w+)"', source))
    assert errors >= {"no_series", "not_power", "not_words", "same_series"}
    # A new entry has no other heat pump.
    errors |= {"already_added"} if flow != "config" else set()
    assert errors <= set(texts["error"])


@pytest.mark.parametrize("key", ["price_missing", "price_unit"])
def test_issues_of_the_price_have_their_texts(key: str) -> None:
    text = ENGLISH["issues"][key]
    told = {"currency", "entity", "name", "unit"}
    assert placeholders(text["description"]) <= told
    assert placeholders(text["title"]) == {"name"}


def test_errors_of_the_price_are_the_same_in_both_flows() -> None:
    source = (COMPONENT / "setup_flow" / "settings.py").read_text("utf-8")
    keys = re.findall(r"CONF_PRICE_ENTITY: \"(\w+)\"", source)
    assert len(keys) == 3
    flow, pump = ENGLISH["config"], ENGLISH["config_subentries"]["heat_pump"]
    for key in keys:
        assert flow["error"][key] == pump["error"][key]


def test_issue_has_its_texts() -> None:
    text = ENGLISH["issues"]["bundle_missing"]
    assert placeholders(text["description"]) == {"command"}
    assert text["title"]


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem
)
@pytest.mark.parametrize("key", ["refused", "timeout", "not_influxdb"])
def test_who_left_out_the_port_is_told_of_it(path: Path, key: str) -> None:
    """An address without a port is that of a web server, or of nobody."""
    assert ":8086" in json.loads(path.read_text("utf-8"))["config"]["error"][key]
