"""docs/figures.md: it names functions that exist, and every figure there is."""

from importlib import import_module
from pathlib import Path
import re

import pandas as pd
import pytest

from custom_components.heatpump_dashboard import analysis
from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.figures import totals

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
PYTHON = sorted(set(re.findall(r"`([a-z]+)\.([a-z_]+)`", TEXT)))
FRONTEND = sorted(
    {
        (file, name)
        for file, names in re.findall(r"`([a-z/-]+\.ts)`((?:,? `[a-zA-Z]+`)+)", TEXT)
        for name in re.findall(r"`(\w+)`", names)
    }
)
# Told in words, or only the counterpart of one that is named.
IN_WORDS = {
    *("heating_s", "hot_water_s", "auxiliary_s", "idle_s", "starts"),
    *("hot_water_charges", "covered_s", "uncovered_s", "compressor_auxiliary_s"),
    *("energy_s", "electricity_hot_water_kwh", "cop_system_uncertainty"),
    *("cost_per_heat_kwh", "auxiliary_known_s"),
}


@pytest.mark.parametrize(("module", "function"), PYTHON)
def test_function_exists_and_says_what_it_does(module: str, function: str) -> None:
    found = getattr(import_module(f"{analysis.__name__}.{module}"), function)
    assert found.__doc__


@pytest.mark.parametrize(("file", "name"), FRONTEND)
def test_function_of_the_panel_exists(file: str, name: str) -> None:
    source = (ROOT / "frontend" / "src" / file).read_text(encoding="utf-8")
    assert f"export const {name}" in source


def test_every_figure_is_told() -> None:
    assert len(PYTHON) > 20
    assert len(FRONTEND) >= 4
    figures = set(totals(pd.DataFrame(), 300, FigureBasis()))
    assert {f for f in figures - IN_WORDS if f"`{f}`" not in TEXT} == set()
