"""What hassfest asks of an integration, as far as Home Assistant's own check is not here.

The real one runs in .github/workflows/validate.yml; its rules are told in our words.
"""

import ast
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
import json
from pathlib import Path
import re
import string
from typing import Any
from urllib.parse import urlsplit

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
from homeassistant import components
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.loader import Manifest, async_get_integration
import pytest
import voluptuous as vol

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.const import DOMAIN

ROOT = Path(__file__).parents[1]
COMPONENT = ROOT / "custom_components" / DOMAIN
BUILT_IN = Path(components.__path__[0])
LANGUAGES = ("en", "sv")
# Parts of Home Assistant that may be used without being named.
ALWAYS_THERE = {
    *Platform,
    "frontend",
    "homeassistant",
    "panel_custom",
    "persistent_notification",
    "system_health",
    "system_log",
    "webhook",
    "websocket_api",
}
IOT_CLASSES = {
    "assumed_state",
    "calculated",
    "cloud_polling",
    "cloud_push",
    "local_polling",
    "local_push",
}
DISCOVERY = {"bluetooth", "dhcp", "homekit", "mqtt", "ssdp", "usb", "zeroconf"}


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((COMPONENT / name).read_text("utf-8"))
    return content


MANIFEST = read("manifest.json")
ICONS = read("icons.json")
TEXTS = {language: read(f"translations/{language}.json") for language in LANGUAGES}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Yield each module's path in the component, and what is in it."""
    for path in sorted(COMPONENT.rglob("*.py")):
        yield path.relative_to(COMPONENT), ast.parse(path.read_text("utf-8"))


# The manifest, and what it says of the code.


async def test_home_assistant_finds_the_integration_and_all_it_needs(
    hass: HomeAssistant,
) -> None:
    integration = await async_get_integration(hass, DOMAIN)
    assert integration.config_flow
    assert integration.disabled is None
    assert await integration.resolve_dependencies()
    found = integration.platforms_exists((*PLATFORMS, "config_flow", "diagnostics"))
    assert set(found) == {*PLATFORMS, "config_flow", "diagnostics"}


def test_manifest_has_only_keys_that_home_assistant_knows() -> None:
    assert MANIFEST.keys() <= Manifest.__annotations__.keys()
    # Nobody rates a custom integration.
    assert "quality_scale" not in MANIFEST


def test_manifest_says_what_kind_of_integration_this_is() -> None:
    assert MANIFEST["iot_class"] in IOT_CLASSES
    assert MANIFEST["integration_type"] == "hub"
    assert MANIFEST["config_flow"] == (COMPONENT / "config_flow.py").exists()
    assert not DISCOVERY & MANIFEST.keys()
    strategies = [AwesomeVersionStrategy.CALVER, AwesomeVersionStrategy.SEMVER]
    assert AwesomeVersion(MANIFEST["version"], ensure_strategy=strategies)


@pytest.mark.parametrize("key", ["documentation", "issue_tracker"])
def test_addresses_of_the_manifest_are_ours(key: str) -> None:
    address = urlsplit(MANIFEST[key])
    assert address.scheme == "https"
    assert not (address.hostname or "").endswith("home-assistant.io")


def test_dependencies_exist_and_are_named_once() -> None:
    named = MANIFEST["dependencies"] + MANIFEST["after_dependencies"]
    assert len(named) == len(set(named))
    assert [name for name in named if not (BUILT_IN / name).is_dir()] == []


def imports() -> Iterator[tuple[Path, str]]:
    """Yield the parts of Home Assistant that a module imports."""
    for path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                if name.startswith("homeassistant.components."):
                    yield path, name.split(".")[2]


def test_what_is_imported_of_home_assistant_is_a_dependency() -> None:
    named = {*MANIFEST["dependencies"], *MANIFEST["after_dependencies"], *ALWAYS_THERE}
    # A module called like a part of Home Assistant is loaded by that part.
    found = {(p, part) for p, part in imports() if part not in {*named, p.parts[0]}}
    assert {(p, part) for p, part in found if p.stem != part} == set()


def test_requirements_are_those_that_are_imported() -> None:
    own = {requirement.partition("==")[0] for requirement in MANIFEST["requirements"]}
    imported = {
        (node.module or "").partition(".")[0]
        for _, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and not node.level
    } | {
        alias.name.partition(".")[0]
        for _, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    for requirement in own:
        assert requirement.replace("-", "_") in imported, requirement
        assert find_spec(requirement.replace("-", "_")), requirement
    for logger in MANIFEST["loggers"]:
        assert logger.partition(".")[0] in imported, logger


def test_yaml_is_refused_as_the_integration_has_none() -> None:
    """An integration that sets itself up has to say what it takes from YAML."""
    source = (COMPONENT / "__init__.py").read_text("utf-8")
    assert "async def async_setup(" in source
    assert "CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)" in source


# Texts.


def key_of_a_text(value: str) -> str:
    """Return a key that translations may have; raise vol.Invalid for any other."""
    if not re.fullmatch(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", value):
        raise vol.Invalid(f"{value!r} is no key of a text")
    return value


def text(value: Any) -> str:
    """Return a text; raise vol.Invalid for one that Home Assistant cannot show."""
    said = cv.string_with_no_html(value)
    if said != said.strip():
        raise vol.Invalid("spaces around it")
    if re.search(r"'\{\w+\}'", said):
        raise vol.Invalid("a placeholder in single quotes")
    if re.search(r"\w://|\bwww\.", said) and not re.search(r"\{\w+\}://", said):
        raise vol.Invalid("an address, which has to be a placeholder")
    if "[%key:" in said:
        raise vol.Invalid("a reference, which only Home Assistant's own texts have")
    for _, name, _, _ in string.Formatter().parse(said):
        if name is not None and not name.isidentifier():
            raise vol.Invalid(f"a placeholder without a name: {{{name}}}")
    return said


SOME_TEXTS = {key_of_a_text: text}
FIELDS = {"data": SOME_TEXTS, "data_description": SOME_TEXTS}
STEP = vol.Schema(
    {
        **FIELDS,
        "title": text,
        "description": text,
        "submit": text,
        "menu_options": SOME_TEXTS,
        "menu_option_descriptions": SOME_TEXTS,
        "sections": {key_of_a_text: {**FIELDS, "name": text, "description": text}},
    }
)
FLOW = {
    vol.Required("step"): {key_of_a_text: STEP},
    "flow_title": text,
    "error": SOME_TEXTS,
    "abort": SOME_TEXTS,
    "progress": SOME_TEXTS,
    "create_entry": {vol.Any("default", key_of_a_text): text},
}
SUBENTRY = {
    **FLOW,
    vol.Required("entry_type"): text,
    vol.Required("initiate_flow"): {vol.Required("user"): text, key_of_a_text: text},
}
ATTRIBUTES = {key_of_a_text: {"name": text, "state": SOME_TEXTS}}
ENTITY = {
    "name": text,
    "state": SOME_TEXTS,
    "state_attributes": ATTRIBUTES,
    "unit_of_measurement": text,
}
ISSUE = vol.Any(
    {vol.Required("title"): text, vol.Required("description"): text},
    {vol.Required("title"): text, vol.Required("fix_flow"): FLOW},
)
NAMED = {vol.Required("name"): text, vol.Required("description"): text}
SERVICE = {**NAMED, "fields": {key_of_a_text: NAMED}, "sections": {str: NAMED}}
ALL_TEXTS = vol.Schema(
    {
        vol.Required("config"): FLOW,
        vol.Required("config_subentries"): {key_of_a_text: SUBENTRY},
        "options": FLOW,
        "entity": {vol.In(list(PLATFORMS)): {key_of_a_text: ENTITY}},
        "exceptions": {key_of_a_text: {vol.Required("message"): text}},
        "issues": {key_of_a_text: ISSUE},
        "selector": {key_of_a_text: {"options": SOME_TEXTS}},
        "services": {key_of_a_text: SERVICE},
        "system_health": {"info": SOME_TEXTS},
        "common": SOME_TEXTS,
        "title": text,
    }
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_the_form_that_home_assistant_reads(language: str) -> None:
    ALL_TEXTS(TEXTS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_that_is_described_is_there(language: str) -> None:
    flows = (TEXTS[language]["config"], *TEXTS[language]["config_subentries"].values())
    for step in (step for flow in flows for step in flow["step"].values()):
        for form in (step, *step.get("sections", {}).values()):
            described = form.get("data_description", {})
            assert described.keys() <= form.get("data", {}).keys()


@pytest.mark.parametrize(
    "wrong",
    [
        {"config": {"step": {}, "steps": {}}},
        {"entity": {"sensor": {"cop": {"label": "COP"}}}},
        {"entity": {"climate": {}}},
        {"issues": {"a": {"title": "Only a title"}}},
        {"exceptions": {"Refused": {"message": "No"}}},
        {"title": " Heat pump"},
        {"title": "<b>Heat pump</b>"},
        {"title": "See https://example.org"},
        {"title": "The '{name}'"},
        {"title": "The {}"},
    ],
    ids=str,
)
def test_texts_of_any_other_form_are_found(wrong: dict[str, Any]) -> None:
    with pytest.raises(vol.Invalid):
        ALL_TEXTS(TEXTS["en"] | wrong)


# Icons and actions.


def icon(value: Any) -> str:
    """Return an icon; raise vol.Invalid for what is none of Material Design's."""
    if not re.fullmatch(r"mdi:[a-z0-9]+(?:-[a-z0-9]+)*", str(value)):
        raise vol.Invalid(f"{value!r} is no icon")
    return str(value)


def telling(icons: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return icons; raise vol.Invalid where a state has that of all the others."""
    if icons.get("default") in icons.get("state", {}).values():
        raise vol.Invalid("a state with the default icon")
    return icons


SOME_ICONS = {key_of_a_text: icon}
STATES = {"default": icon, "state": SOME_ICONS, "range": {str: icon}}
ATTRIBUTE = vol.All(STATES, telling)
ALL_ICONS = vol.Schema(
    {
        "entity": {
            vol.In(list(PLATFORMS)): {
                key_of_a_text: vol.All(
                    {**STATES, "state_attributes": {key_of_a_text: ATTRIBUTE}}, telling
                )
            }
        },
        "services": {key_of_a_text: {vol.Required("service"): icon, "sections": dict}},
    }
)


def test_icons_have_the_form_that_home_assistant_reads() -> None:
    ALL_ICONS(ICONS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"default": "hass:gauge"},
        {"default": "mdi:a", "state": {"off": "mdi:a"}},
        {"icon": "mdi:gauge"},
        {"state_attributes": {"a": {"default": "mdi:a", "state": {"on": "mdi:a"}}}},
    ],
    ids=str,
)
def test_icons_of_any_other_form_are_found(wrong: dict[str, Any]) -> None:
    with pytest.raises(vol.Invalid):
        ALL_ICONS({"entity": {"sensor": {"cop": wrong}}})


def registered_actions() -> set[str]:
    """Return the names of the actions that the code registers."""
    found = set()
    for path, _ in modules():
        source = (COMPONENT / path).read_text("utf-8")
        found |= set(re.findall(r"\.async_register\(\s*DOMAIN,\s*(\S+?),", source))
        found |= set(re.findall(r"async_register_entity_service\(\s*(\S+?),", source))
    return found


def test_every_action_is_described_named_and_has_an_icon() -> None:
    described = COMPONENT / "services.yaml"
    names = set()
    if described.exists():
        # What stands at the beginning of a line is the name of an action.
        names = set(re.findall(r"^(\w+):", described.read_text("utf-8"), re.MULTILINE))
    assert bool(registered_actions()) == bool(names)
    for language in LANGUAGES:
        assert TEXTS[language].get("services", {}).keys() == names
    assert ICONS.get("services", {}).keys() == names
