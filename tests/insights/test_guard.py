"""A question that raises costs only itself."""

from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.heatpump_dashboard.insights import checks, registry, verdict
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from custom_components.heatpump_dashboard.insights.result import Check, Result
from custom_components.heatpump_dashboard.insights.subject import Subject

from .factory import subject

# Those that are no other insight's, and those that are made with every poll.
CHECKS = ("brine", "hot_water", "sixty", "room", "plausible", "sensor_pair")
OF_NOW = ("alarm", "data", "blocked")


def raises(*_: Any) -> Any:
    raise ZeroDivisionError("an odd day")


def by_id(told: Mapping[str, Result] | tuple[Check, ...]) -> dict[str, Result]:
    results = told.values() if isinstance(told, Mapping) else told
    return {one.id: one for one in results}


def without(told: dict[str, Result], *names: str) -> dict[str, Result]:
    return {name: one for name, one in told.items() if name not in names}


def is_failed(result: Result) -> bool:
    told = (result.state, result.code, result.value)
    return told == ("unknown", "failed", None)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_insight_that_raises_costs_only_itself(name: str) -> None:
    usual = answers(subject())
    with patch.dict(QUESTIONS, {name: raises}):
        found = answers(subject())

    assert is_failed(found.insights[name])
    assert without(dict(found.insights), name) == without(dict(usual.insights), name)
    assert list(found.failures) == [name]
    assert "an odd day" in found.failures[name]
    assert "test_guard.py" in found.failures[name]
    assert found.evidence(name) == {}
    # The check of the same name is that answer; another one is made all the same.
    had, has = by_id(usual.verdict.checks), by_id(found.verdict.checks)
    alike = {name} - {"hot_water"}
    assert without(has, *alike) == without(had, *alike)
    if name in has and name != "hot_water":
        assert is_failed(has[name])
    assert found.verdict.state == "ok"
    assert found.verdict.code == ("ok_as_far" if name == "cop" else "ok")
    assert found.settled({})[0].verdict == found.verdict


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_that_raises_costs_only_itself(name: str) -> None:
    usual = answers(subject())
    with patch.object(checks, name, raises):
        found = answers(subject())

    assert found.insights == usual.insights
    had, has = by_id(usual.verdict.checks), by_id(found.verdict.checks)
    assert is_failed(has[name])
    assert without(has, name) == without(had, name)
    assert list(found.failures) == [f"check_{name}"]
    assert (found.verdict.state, found.verdict.made) == ("ok", usual.verdict.made - 1)


def test_what_the_cop_is_compared_with_costs_the_cop_and_the_flow_guard() -> None:
    with (
        patch.object(verdict, "index_of", raises),
        patch.dict(QUESTIONS, {"cop": raises}),
    ):
        found = answers(subject())
    failed = [one.id for one in found.verdict.checks if is_failed(one)]
    assert failed == ["cop", "flow_guard"]
    assert list(found.failures) == ["cop", "check_flow_guard"]


@pytest.mark.parametrize("name", OF_NOW)
def test_a_check_of_now_that_raises_costs_only_itself(name: str) -> None:
    """With the poll too, and it is over when it can be made again."""
    usual = answers(subject())
    with patch.dict(verdict._OF_NOW, {name: raises}):
        found = usual.at(subject())
    had, has = by_id(usual.verdict.checks), by_id(found.verdict.checks)
    assert is_failed(has[name])
    assert without(has, name) == without(had, name)
    assert list(found.failures) == [f"check_{name}"]

    again = found.at(subject())
    assert (again.verdict, again.failures) == (usual.verdict, {})


@pytest.mark.parametrize("name", OF_NOW)
def test_with_the_days_they_cost_only_themselves_too(name: str) -> None:
    function = "blocked" if name == "blocked" else name
    with patch.object(verdict if name == "blocked" else checks, function, raises):
        found = answers(subject())
    assert [one.id for one in found.verdict.checks if is_failed(one)] == [name]


def test_a_day_that_is_asked_about_costs_no_more_than_its_answer() -> None:
    told: Subject = subject()
    usual = answers(told)
    with patch.dict(registry.QUESTIONS, {"change": raises}):
        found = usual.of_change(told.today)
    assert is_failed(found.insights["change"])
    assert found.verdict == usual.verdict
