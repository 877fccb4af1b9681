"""Why a sensor is unknown: each word has a text in every language, and is in a document."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import get_args

import pytest

from custom_components.heatpump_dashboard import insights
from custom_components.heatpump_dashboard.analysis.cop import Reason
from custom_components.heatpump_dashboard.insights.guard import FAILED
from custom_components.heatpump_dashboard.insights.registry import _RESTS_ON_HEAT
from custom_components.heatpump_dashboard.insights.result import SETTING_CHANGED
from custom_components.heatpump_dashboard.sensor.figures import _NOT_READ
from custom_components.heatpump_dashboard.sensor.insights import _NOT_FOUND

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "custom_components/heatpump_dashboard/translations"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
# What each sensor of the insights shows, and what it lacks where that is known.
SHOWN = {
    "cop_deviation": ("cop", {"no_measured_power"}),
    "heat_loss": ("house", {"unchecked"}),
    "full_load_temp": ("house", set()),
    "days_since_60": ("hot_water", {"no_metric"}),
    "avoidable_auxiliary": ("heater", {"unchecked"}),
}


def nodes(insight: str) -> Iterator[ast.AST]:
    source = Path(insights.__file__).parent / f"{insight}.py"
    return ast.walk(ast.parse(source.read_text("utf-8")))


def unknown_codes(insight: str) -> Iterator[str]:
    """Yield why an insight may be unknown, or still learned, as its module says."""
    yield from (_NOT_FOUND, FAILED)
    if insight in _RESTS_ON_HEAT:
        yield SETTING_CHANGED
    for node in nodes(insight):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "learning":
                yield "days"
            elif node.func.id == "unknown":
                assert isinstance(node.args[1], ast.Constant)
                yield str(node.args[1].value)


def no_reserve() -> Iterator[str]:
    """Yield why it is not known when the compressor runs all day."""
    for node in nodes("house"):
        if isinstance(node, ast.FunctionDef) and node.name == "_reserve_of":
            yield from re.findall(r"return \(None, '(\w+)'\)", ast.unparse(node))


def expected() -> dict[str, set[str]]:
    """Return the words of each sensor that can say why it is unknown."""
    of_cop = set(get_args(Reason.__value__))
    periods = ("today", "yesterday", "this_month", "last_month", "this_year")
    keys = [f"cop_{period}" for period in (*periods, "last_12_months")]
    found = {key: {*of_cop, _NOT_READ} for key in (*keys, "compressor_cop_today")}
    found["cop"] = {*of_cop, "just_started"}
    for key, (insight, lacking) in SHOWN.items():
        found[key] = {*unknown_codes(insight), *lacking}
    found["full_load_temp"] |= set(no_reserve())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_text(language: str) -> None:
    sensors = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))["entity"]
    told = {
        key: set(texts["state_attributes"]["reason"]["state"])
        for key, texts in sensors["sensor"].items()
        if "reason" in texts.get("state_attributes", {})
    }
    assert told == expected()


def test_every_reason_is_in_a_document() -> None:
    words = expected()
    of_insights = {word for key in SHOWN for word in words.pop(key)}
    entities = (ROOT / "docs/entities.md").read_text("utf-8")
    chapter = entities[entities.index("## Insights") : entities.index("## Events")]
    assert {word for word in of_insights if f"`{word}`" not in chapter} == set()
    figures = (ROOT / "docs/figures.md").read_text("utf-8")
    rows = "".join(re.findall(r"^\| (`.+?) \|", figures, re.MULTILINE))
    of_cops = {word for each in words.values() for word in each}
    assert {word for word in of_cops if f"`{word}`" not in rows} == set()
