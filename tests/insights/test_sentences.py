"""Every code that an insight or a check can have, is a sentence in every language."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from custom_components.heatpump_dashboard.analysis import steady
from custom_components.heatpump_dashboard.analysis.flow_factor import Calibration
from custom_components.heatpump_dashboard.insights import episodes
from custom_components.heatpump_dashboard.insights.calibration import Method
from custom_components.heatpump_dashboard.insights.faults import Fault
from custom_components.heatpump_dashboard.insights.guard import FAILED
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from custom_components.heatpump_dashboard.insights.result import SETTING_CHANGED
from tests.insights.factory import subject

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "custom_components" / "heatpump_dashboard" / "insights"
TEXTS = ROOT / "frontend" / "src" / "i18n"
LANGUAGES = sorted(path.stem for path in TEXTS.glob("??.json"))

# Where an insight is, if not in a module of its name.
_MODULES = {"calibration": "methods"}
# What is told where a code is no plain word in the source.
_CALCULATED = {
    ("cop", "index.kind"): ("cop", "capacity"),
    ("cop", "f'{index.kind}_low'"): ("cop_low", "capacity_low"),
    ("change", "used.code"): ("less", "more", "no_difference"),
    ("calibration", "heat.source"): ("meter", "flow", "counter"),
    ("calibration", "heat.kind"): ("unchecked",),
    ("calibration", "code"): (
        "differ",
        "off",
        "agrees",
        *get_args(Calibration.__value__),
    ),
    ("checks", "known"): ("hot", "not_seen"),
    ("heater", "main"): (*get_args(episodes.Cause.__value__), "none"),
}
# In these a code is only handed on.
_HANDED_ON = {
    ("result", "code"),
    ("checks", "code"),
    ("verdict", "insight.code"),
    ("change", "code"),
}


def codes_of(module: str) -> Iterator[str]:
    """Yield the codes in a module: of results, of what is unknown or being learned."""
    source = SOURCES / f"{_MODULES.get(module, module)}.py"
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        name = node.func.id
        if name in ("unknown", "_unknown", "_cannot"):
            yield from _codes(module, node.args[1])
        elif name == "learning":
            yield "days"
        else:
            yield from _of(node, "Insight", module)
            yield from _of(node, "Check", module)


def _codes(module: str, code: ast.expr) -> Iterator[str]:
    if isinstance(code, ast.IfExp):
        yield from _codes(module, code.body)
        yield from _codes(module, code.orelse)
    elif isinstance(code, ast.Constant):
        yield code.value
    elif (source := (module, ast.unparse(code))) not in _HANDED_ON:
        yield from _CALCULATED[source]


def _of(node: ast.AST, made: str, module: str) -> Iterator[str]:
    """Yield the codes with which something of that class is made here."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == made:
        (code,) = (word.value for word in node.keywords if word.arg == "code")
        yield from _codes(module, code)


def checks_and_codes() -> dict[str, set[str]]:
    """Return the codes of each check: its own function's, or its insight's."""
    ids = [check.id for check in answers(subject()).verdict.checks]
    own = {
        node.name: node
        for module in ("checks", "standstill")
        for node in ast.parse(
            (SOURCES / f"{module}.py").read_text(encoding="utf-8")
        ).body
        if isinstance(node, ast.FunctionDef)
    }
    found = {}
    for check in ids:
        if check not in own:
            found[check] = set(codes_of(check))
            continue
        source = ast.unparse(own[check])
        helpers = ("_low", "_short_charges", "_beside_plate")
        nodes = [
            own[check],
            *(own[name] for name in helpers if f"{name}(" in source),
        ]
        found[check] = {code for node in nodes for code in _of_function(node)}
    return found


def _of_function(node: ast.FunctionDef) -> Iterator[str]:
    for call in ast.walk(node):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id == "_unknown":
            yield from _codes("checks", call.args[1])
        yield from _of(call, "Check", "checks")


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what page Insights says: its own file, and the verdict's on Now."""
    found: dict[str, Any] = {}
    for name in (request.param, f"{request.param}.insights"):
        path = TEXTS / f"{name}.json"
        found |= json.loads(path.read_text(encoding="utf-8"))["insights"]
    return found


def test_codes_are_found() -> None:
    assert set(codes_of("money")) >= {"no_price", "timing", "fixed_price", "no_ratio"}
    assert set(codes_of("cycling")) >= {"no_metric", "days", "runs", "short_runs"}
    assert set(codes_of("heater")) >= {"alarm", "compressor_off", "none"}
    found = checks_and_codes()
    assert found["room"] == {"no_metric", "coverage", "warm", "cold"}
    assert found["ground"] >= {"flow", "flow_low"}


def test_every_answer_has_a_sentence(texts: dict[str, Any]) -> None:
    assert set(texts["question"]) == set(texts["open"]) == set(QUESTIONS)
    assert SETTING_CHANGED in texts["answer"]["any"]
    assert SETTING_CHANGED in texts["check"]["any"]
    for name in QUESTIONS:
        known = {*texts["answer"].get(name, {}), *texts["answer"]["any"]}
        assert {*codes_of(name), FAILED} <= known, name
        assert texts["not"][name]


def test_what_a_fallen_cop_looks_like_has_a_sentence(texts: dict[str, Any]) -> None:
    told = texts["answer"]["cop"]
    assert {f"cop_low_{fault}" for fault in get_args(Fault.__value__)} <= set(told)
    # Without a meter only this one is told.
    assert "capacity_low_refrigerant" in told


def test_every_method_has_a_name_and_what_it_wants(texts: dict[str, Any]) -> None:
    told = texts["calibration"]
    methods = set(get_args(Method.__value__))
    assert set(told["method"]) == set(told["of"]) == set(told["wants"]) == methods
    tree = ast.parse((SOURCES / "methods.py").read_text(encoding="utf-8"))
    rows = [code for node in ast.walk(tree) for code in _of(node, "Row", "methods")]
    assert {*told["why"], "ok"} == set(rows)


def test_every_check_has_a_name_and_a_word(texts: dict[str, Any]) -> None:
    for check, codes in checks_and_codes().items():
        own = texts["check"][check]
        assert own["name"]
        told = codes - {*own, *texts["check"]["any"]}
        # One that was made has a word for all that has none of its own.
        assert not told or own.get("other"), (check, told)


def test_what_is_not_known_has_a_help(texts: dict[str, Any]) -> None:
    reasons = {"no_metric", "not_heating", "coverage", "no_measured_power", "no_price"}
    reasons |= {FAILED, SETTING_CHANGED}
    assert reasons <= set(texts["help"])


def test_what_is_to_be_done_is_said(texts: dict[str, Any]) -> None:
    for check in checks_and_codes():
        assert texts["todo"][check], check


def test_a_short_run_is_as_short_as_it_is_counted(texts: dict[str, Any]) -> None:
    told = texts["row"]["cycling"]["short_share"]
    assert f" {steady._SHORT_S / 60:.0f} min" in told
