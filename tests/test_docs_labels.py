"""The documents call what is pressed as Home Assistant and the panel call it."""

from collections.abc import Iterator
from functools import cache
import json
from pathlib import Path
import re
from typing import Any

import hass_frontend
from homeassistant.components import notify
import pytest

ROOT = Path(__file__).parents[1]
COMPONENT = ROOT / "custom_components/heatpump_dashboard"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# Of other programs, which nothing here can be compared with.
_HACS = {"Custom repositories"}
_INFLUXDB = {"Load Data", "API Tokens", "Generate", "Custom API Token"}
# Home Assistant's frontend has it in its code, in English alone.
_UNTRANSLATED = {"Custom element doesn't exist"}
# Nothing to press: emphasis, a spoken sentence, a name, a chapter, a date.
_NO_LABELS = {
    *("Cellar", "How is the heat pump?", "Work on it", "1–28 Jan 2026"),
    *("Polled", "On change", "Scatter", "Scale"),
}


def texts(content: Any) -> Iterator[str]:
    """Yield every text of a file of translations."""
    if isinstance(content, dict):
        for value in content.values():
            yield from texts(value)
    elif isinstance(content, str):
        yield content


def plain(text: str) -> str:
    return text.strip().rstrip(" .…").replace("’", "'").lower()


@cache
def labels(language: str) -> set[str]:
    """Return all that Home Assistant's frontend and we show in a language."""
    shown = hass_frontend.where() / "static" / "translations"
    files = [
        *shown.rglob(f"{language}-*.json"),
        Path(notify.__file__).parent / "translations" / f"{language}.json",
        COMPONENT / "translations" / f"{language}.json",
        *(ROOT / "frontend/src/i18n").glob(f"{language}.*json"),
    ]
    found = {
        plain(text)
        for path in files
        if path.exists()
        for text in texts(json.loads(path.read_text("utf-8")))
    }
    manifest = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))
    blueprints = "".join(
        path.read_text("utf-8") for path in (ROOT / "blueprints").rglob("*.yaml")
    )
    named = re.findall(r"^\s*name: (.+)$", blueprints, re.MULTILINE)
    return {*found, *map(plain, named), plain(manifest["name"]), "⋮"}


def pressed(page: Path) -> Iterator[str]:
    """Yield what a document has in italics with a capital, the way to it in parts."""
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "]", " ".join(text.split()))
    for mark in ("*", "_"):
        inside = re.escape(mark)
        italic = (
            rf"(?<![\w*\[]){inside}([^\s{inside}\[][^{inside}\[]*){inside}(?![\w*])"
        )
        for words in re.findall(italic, text):
            yield from (part.strip() for part in words.split("→"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_label_is_one_that_is_seen(page: Path) -> None:
    language = "sv" if page.name.endswith(".sv.md") else "en"
    said = {part for part in pressed(page) if not part[0].islower()}
    elsewhere = {*_HACS, *_INFLUXDB, *_UNTRANSLATED, *_NO_LABELS}
    unseen = {part for part in said - elsewhere if plain(part) not in labels(language)}
    assert unseen == set()


def test_nothing_is_excused_that_no_document_says() -> None:
    said = {part for page in PAGES for part in pressed(page)}
    assert {*_HACS, *_INFLUXDB, *_UNTRANSLATED, *_NO_LABELS} <= said
