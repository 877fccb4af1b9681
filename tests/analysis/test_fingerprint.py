"""What figures depend on, as a text that is the same as long as all of it is."""

from dataclasses import replace
import subprocess
import sys

import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.fingerprint import (
    fingerprint,
    made_of,
)
from custom_components.heatpump_dashboard.profiles import load, map_series

THERMIA = load("thermia")
USUAL = fingerprint(THERMIA, Equipment())


def test_it_is_the_same_in_another_process() -> None:
    code = (
        "from custom_components.heatpump_dashboard.analysis.equipment import Equipment;"
        "from custom_components.heatpump_dashboard.analysis.fingerprint import *;"
        "from custom_components.heatpump_dashboard.profiles import load;"
        "print(fingerprint(load('thermia'), Equipment()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == USUAL


@pytest.mark.parametrize(
    "changed",
    [
        (load("ivt"), Equipment()),
        (map_series(THERMIA, {"power": "meter"}), Equipment()),
        (THERMIA, Equipment(flow_factor=2.8)),
        (THERMIA, Equipment(delta_t_offset_k=0.3)),
        (THERMIA, Equipment(compressor_kw=3.0)),
        (replace(THERMIA, power_includes_auxiliary=False), Equipment()),
        (THERMIA, Equipment(), ("url=http://other",)),
    ],
)
def test_whatever_figures_depend_on_changes_it(changed: tuple) -> None:
    assert fingerprint(*changed) != USUAL


def test_a_text_on_the_screen_does_not_change_it() -> None:
    told = replace(THERMIA, name="Other", models=(), alarms={}, operating_modes={})
    assert fingerprint(told, Equipment()) == USUAL


def test_how_sure_the_heat_is_does_not_change_it() -> None:
    """A check that confirms the factor in use has the past not read again."""
    assert fingerprint(THERMIA, Equipment(calibration="checked")) == USUAL


def test_what_energies_are_made_of_is_told_by_the_series_that_was_seen() -> None:
    rules = {"power": THERMIA.metrics["power"].candidates[0]}
    alarm = {"alarm": THERMIA.metrics["alarm"].candidates[0]}
    of = made_of(rules | alarm, FigureBasis(heat=None))
    assert of == {
        "power": "power_consumption",
        "heat": None,
        "electricity": "gateway",
        "auxiliary": None,
    }
