"""The quality scale: all its rules, each as it is told, and the code is as they say."""

import ast
from collections.abc import Callable, Iterator
import json
from pathlib import Path
import re
import tomllib
from typing import Any

from homeassistant.util.yaml import load_yaml_dict
import pytest

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.config_flow import HeatPumpConfigFlow
from custom_components.heatpump_dashboard.const import DOMAIN, POLL_INTERVAL
from custom_components.heatpump_dashboard.entity import HeatPumpEntity

from .test_hassfest import DISCOVERY, MANIFEST, TEXTS, modules, registered_actions

ROOT = Path(__file__).parents[1]
COMPONENT = ROOT / "custom_components" / DOMAIN
TIERS = {
    "Bronze": (
        "action-setup appropriate-polling brands common-modules"
        " config-flow-test-coverage config-flow dependency-transparency docs-actions"
        " docs-conditions docs-high-level-description docs-installation-instructions"
        " docs-removal-instructions docs-triggers entity-event-setup entity-unique-id"
        " has-entity-name runtime-data test-before-configure test-before-setup"
        " unique-config-entry"
    ),
    "Silver": (
        "action-exceptions config-entry-unloading docs-configuration-parameters"
        " docs-installation-parameters entity-unavailable integration-owner"
        " log-when-unavailable parallel-updates reauthentication-flow test-coverage"
    ),
    "Gold": (
        "devices diagnostics discovery-update-info discovery docs-data-update"
        " docs-examples docs-known-limitations docs-supported-devices"
        " docs-supported-functions docs-troubleshooting docs-use-cases dynamic-devices"
        " entity-category entity-device-class entity-disabled-by-default"
        " entity-translations exception-translations icon-translations"
        " reconfiguration-flow repair-issues stale-devices"
    ),
    "Platinum": "async-dependency inject-websession strict-typing",
}
RULES = load_yaml_dict(COMPONENT / "quality_scale.yaml")["rules"]


def status(rule: str) -> str:
    told = RULES[rule]
    return str(told["status"]) if isinstance(told, dict) else str(told)


def test_every_rule_is_told_once_in_the_order_of_the_tiers() -> None:
    wanted = [rule for rules in TIERS.values() for rule in rules.split()]
    assert len(wanted) == 54
    assert list(RULES) == wanted


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_that_is_not_done_says_why(rule: str) -> None:
    told = RULES[rule]
    assert status(rule) in {"done", "exempt", "todo"}
    if isinstance(told, dict):
        assert told.keys() == {"status", "comment"}
        assert told["comment"].strip()
    else:
        assert told == "done"


# What a rule claims, as far as a program can see it.


def source(*names: str) -> str:
    """Return the text of modules, of all where none is named."""
    paths = [COMPONENT / name for name in names] or sorted(COMPONENT.rglob("*.py"))
    return "\n".join(path.read_text("utf-8") for path in paths)


def has(pattern: str, *names: str) -> bool:
    return re.search(pattern, source(*names), re.MULTILINE) is not None


def platform(name: str) -> Path:
    """Return the module of a platform, which may be a package."""
    module = COMPONENT / f"{name}.py"
    return module if module.exists() else COMPONENT / name / "__init__.py"


def headings() -> set[str]:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    found = (
        re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
        for page in pages
    )
    return {heading for page in found for heading in page}


def untranslated() -> Iterator[str]:
    """Yield where Home Assistant's errors are raised without the key of a text."""
    for path, module in modules():
        for node in ast.walk(module):
            if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)):
                continue
            name = ast.unparse(node.exc.func)
            if re.fullmatch(
                r"UpdateFailed|ConfigEntry\w+|HomeAssistantError|Service\w+Error", name
            ):
                told = {word.arg for word in node.exc.keywords}
                # None stands for what is unpacked.
                if not told & {"translation_key", None}:
                    yield f"{path}:{node.lineno}"


def strictly_typed() -> bool:
    project: dict[str, Any] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text("utf-8")
    )
    mypy = project["tool"]["mypy"]
    return mypy["strict"] is True and f"custom_components/{DOMAIN}" in mypy["files"]


def described_fields() -> bool:
    """Return whether every field has a description, but for the series to be chosen."""
    flows = (TEXTS["en"]["config"], *TEXTS["en"]["config_subentries"].values())
    steps = {name: step for flow in flows for name, step in flow["step"].items()}
    return all(
        step.get("data", {}).keys() == step.get("data_description", {}).keys()
        for name, step in steps.items()
        if name not in {"series", "entities"}
    )


def parallel_updates() -> bool:
    return all(
        re.search(
            r"^PARALLEL_UPDATES = \d", platform(name).read_text("utf-8"), re.MULTILINE
        )
        for name in PLATFORMS
    )


def hacs_and_github_know_the_owner() -> bool:
    return bool(MANIFEST["codeowners"]) and (ROOT / "LICENSE").exists()


CLAIMS: dict[str, Callable[[], bool]] = {
    "appropriate-polling": lambda: POLL_INTERVAL.total_seconds() >= 30,
    "brands": (COMPONENT / "brand" / "icon.png").exists,
    "common-modules": lambda: all(
        (COMPONENT / f"{name}.py").exists() for name in ("coordinator", "entity")
    ),
    "config-flow": lambda: MANIFEST["config_flow"] and described_fields(),
    "config-flow-test-coverage": (ROOT / "tests" / "config_flow").is_dir,
    "docs-installation-instructions": lambda: "Install" in headings(),
    "docs-removal-instructions": lambda: "Remove" in headings(),
    "docs-high-level-description": lambda: "What it is for" in headings(),
    "docs-installation-parameters": lambda: "Set up" in headings(),
    "docs-configuration-parameters": lambda: "Settings of a heat pump" in headings(),
    "docs-data-update": lambda: "How data is updated" in headings(),
    "docs-examples": lambda: "Automations" in headings(),
    "docs-known-limitations": lambda: "Known limitations" in headings(),
    "docs-supported-devices": lambda: "Supported heat pumps" in headings(),
    "docs-supported-functions": lambda: (
        {"Entities", "The panel and its views"} <= headings()
    ),
    "docs-troubleshooting": lambda: "Troubleshooting" in headings(),
    "docs-use-cases": lambda: "What it is for" in headings(),
    "entity-unique-id": lambda: has(r"_attr_unique_id\b", "entity.py"),
    "has-entity-name": lambda: HeatPumpEntity._attr_has_entity_name,
    "runtime-data": lambda: (
        has(r"\.runtime_data\b") and not has(r"hass\.data\[DOMAIN\]")
    ),
    "test-before-setup": lambda: has(
        r"async_config_entry_first_refresh|_first_refresh"
    ),
    "unique-config-entry": lambda: has(r"_abort_if_unique_id_configured\("),
    "config-entry-unloading": lambda: has(
        r"^async def async_unload_entry", "__init__.py"
    ),
    "integration-owner": hacs_and_github_know_the_owner,
    "parallel-updates": parallel_updates,
    "reauthentication-flow": lambda: hasattr(HeatPumpConfigFlow, "async_step_reauth"),
    "reconfiguration-flow": lambda: hasattr(
        HeatPumpConfigFlow, "async_step_reconfigure"
    ),
    "devices": lambda: has(r"DeviceInfo\(", "entity.py"),
    "diagnostics": lambda: has(r"async_get_config_entry_diagnostics", "diagnostics.py"),
    "entity-category": lambda: has(r"EntityCategory\.\w+"),
    "entity-device-class": lambda: has(r"SensorDeviceClass\.\w+"),
    "entity-disabled-by-default": lambda: has(
        r"entity_registry_enabled_default\s*=\s*False"
    ),
    "entity-translations": lambda: bool(TEXTS["en"]["entity"]),
    "exception-translations": lambda: not list(untranslated()),
    "icon-translations": lambda: (
        not has(r"_attr_icon\b|\bicon=\"") and (COMPONENT / "icons.json").exists()
    ),
    "repair-issues": lambda: has(r"async_create_issue\("),
    "inject-websession": lambda: (
        has(r"async_get_clientsession\(") and not has(r"\bClientSession\(")
    ),
    "strict-typing": strictly_typed,
}
EXEMPT_WHILE: dict[str, Callable[[], bool]] = {
    "action-setup": lambda: not registered_actions(),
    "docs-actions": lambda: not registered_actions(),
    "action-exceptions": lambda: not registered_actions(),
    "docs-conditions": lambda: not (COMPONENT / "conditions.yaml").exists(),
    "docs-triggers": lambda: not (COMPONENT / "triggers.yaml").exists(),
    "discovery": lambda: not DISCOVERY & MANIFEST.keys(),
    "discovery-update-info": lambda: not DISCOVERY & MANIFEST.keys(),
}


@pytest.mark.parametrize("rule", list(CLAIMS))
def test_a_rule_that_is_done_is_done(rule: str) -> None:
    assert status(rule) == "done"
    assert CLAIMS[rule]()


@pytest.mark.parametrize("rule", list(EXEMPT_WHILE))
def test_a_rule_is_exempt_only_while_it_asks_for_nothing(rule: str) -> None:
    assert (status(rule) == "exempt") == EXEMPT_WHILE[rule]()


def test_hacs_finds_what_it_shows() -> None:
    """The name, the pictures, the licence and a README that is not a stub."""
    hacs = json.loads((ROOT / "hacs.json").read_text("utf-8"))
    assert hacs["name"] == MANIFEST["name"]
    assert len((ROOT / "README.md").read_text("utf-8").split()) > 300
    assert "MIT License" in (ROOT / "LICENSE").read_text("utf-8")
    assert [path.name for path in (ROOT / "custom_components").iterdir()] == [DOMAIN]
