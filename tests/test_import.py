"""Importing the integration is quick: pandas and numpy come later, in the executor."""

from pathlib import Path
import subprocess
import sys

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.const import DOMAIN

ROOT = Path(__file__).parents[1]
# What Home Assistant imports by itself.
MODULES = ("config_flow", "diagnostics", "system_health", *PLATFORMS)


def test_importing_does_not_import_pandas() -> None:
    names = ", ".join(f"custom_components.{DOMAIN}.{module}" for module in MODULES)
    program = f"import sys, {names}; print(*{{'pandas', 'numpy'}} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout.split() == []
