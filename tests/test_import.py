"""Importing the integration is quick: what is slow comes later, in an executor."""

from pathlib import Path
import subprocess
import sys

from custom_components.heatpump_dashboard import PLATFORMS
from custom_components.heatpump_dashboard.const import DOMAIN

ROOT = Path(__file__).parents[1]
# What Home Assistant imports by itself.
MODULES = ("config_flow", "diagnostics", "system_health", *PLATFORMS)
SOURCES = f"custom_components.{DOMAIN}.sources"
# A home needs one kind of source, and no figures before it is set up.
LATER = {
    "numpy",
    "pandas",
    f"{SOURCES}.influx.flux",
    f"{SOURCES}.influx.influxql",
    f"{SOURCES}.recorder",
}


def test_importing_does_not_import_what_is_slow() -> None:
    names = ", ".join(f"custom_components.{DOMAIN}.{module}" for module in MODULES)
    program = f"import sys, {names}; print(*{LATER} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout.split() == []
