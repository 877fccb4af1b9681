"""docs/insights.md: it names functions that exist, every insight and every check."""

from importlib import import_module
from pathlib import Path
import re

import pytest

from custom_components.heatpump_dashboard import insights
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from tests.insights.factory import subject

TEXT = (Path(__file__).parents[1] / "docs" / "insights.md").read_text(encoding="utf-8")
FUNCTIONS = sorted(
    set(re.findall(r"`([a-z_]+)\.([a-z_]+)`", TEXT)) - {("limits", "py")}
)


@pytest.mark.parametrize(("module", "function"), FUNCTIONS)
def test_function_exists_and_says_what_it_does(module: str, function: str) -> None:
    found = getattr(import_module(f"{insights.__name__}.{module}"), function)
    assert found.__doc__


def test_every_insight_and_every_check_is_told() -> None:
    checks = {check.id for check in answers(subject()).verdict.checks}
    assert {name for name in (*QUESTIONS, *checks) if f"`{name}`" not in TEXT} == set()
    assert len(FUNCTIONS) > 10
