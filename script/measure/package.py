"""Measures what is installed: how long it takes to import, and how large it is."""

import json
import subprocess
import sys

from custom_components.heatpump_dashboard.const import DOMAIN
from script.measure.figures import Figures
from script.measure.home import ROOT

IMPORTS = 3
# Home Assistant has its own parts already when it comes to an integration.
IMPORT = f"""
from importlib import import_module
from time import perf_counter
import homeassistant.bootstrap
import homeassistant.components.binary_sensor, homeassistant.components.frontend
import homeassistant.components.http, homeassistant.components.panel_custom
import homeassistant.components.sensor, homeassistant.components.websocket_api
begin = perf_counter()
import_module("custom_components.{DOMAIN}")
import_module("custom_components.{DOMAIN}.binary_sensor")
import_module("custom_components.{DOMAIN}.sensor")
print(perf_counter() - begin)
"""


def measure_package(figures: Figures) -> None:
    """Measure the import in processes of its own, and the panel's bundle."""
    for _ in range(IMPORTS):
        done = subprocess.run(
            [sys.executable, "-c", IMPORT],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        figures.add(import_s=float(done.stdout))
    bundle = ROOT / "custom_components" / DOMAIN / "frontend"
    manifest = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    for load, files in manifest["loads"].items():
        sizes = [(bundle / f"{name}.br").stat().st_size for name in files]
        figures.add(**{f"load_{load}_kb": sum(sizes) / 1e3})
