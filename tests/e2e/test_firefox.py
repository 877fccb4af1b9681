"""The panel's main path in Firefox, as Debian brings it."""

import json
import os
from pathlib import Path
import shutil
import subprocess
from typing import Any

import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import ARTIFACTS, ROOT
from .watched import PANEL

WALK = Path("frontend", "test", "firefox.mjs")
WALK_S = 800


def missing(what: str) -> None:
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"NOT RUN: {what}")


def walk(home: HomeAssistant) -> dict[str, Any]:
    firefox = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    program = os.environ.get("HEATPUMP_FIREFOX") or firefox
    node = shutil.which("node")
    if program is None or node is None:
        missing("there is no Firefox; script/setup browser says how to get it")
    ARTIFACTS.mkdir(exist_ok=True)
    picture = ARTIFACTS / "firefox-1440.png"
    done = subprocess.run(
        [node, ROOT / WALK, program, f"{home.url}/{PANEL}", picture],
        capture_output=True,
        text=True,
        timeout=WALK_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_main_path_works_in_firefox(home: HomeAssistant) -> None:
    found = walk(home)
    assert all(colours > 3 for colours in found["day"].values()), found
    assert all(colours > 3 for colours in found["hours"].values()), found
    assert "range=6h" in found["href"]
    assert found["hidden"] == "false"
    assert "divided" in found["explanation"]
    assert found["back"]
    assert found["errors"] == []
    assert found["foreign"] == []
