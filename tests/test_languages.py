"""One list of languages; whoever adds a file of translations is told what else it needs."""

import json
from pathlib import Path

import pytest

from custom_components.heatpump_dashboard import languages
from custom_components.heatpump_dashboard.languages import LANGUAGES, spoken
from custom_components.heatpump_dashboard.numerals import numeral
from custom_components.heatpump_dashboard.profiles import brands, load

COMPONENT = Path(languages.__file__).parent
SCREEN = COMPONENT.parents[1] / "frontend" / "src" / "i18n"


def test_what_is_spoken_is_what_is_translated() -> None:
    """Home Assistant's texts, the panel's of each page, and what neither can hold."""
    assert {path.stem for path in (COMPONENT / "translations").iterdir()} == {
        *LANGUAGES
    }
    pages = ("", ".history", ".insights")
    assert {path.stem for path in SCREEN.glob("*.json")} == {
        f"{language}{page}" for language in LANGUAGES for page in pages
    }


def test_alarms_are_told_in_every_language() -> None:
    schema = json.loads((COMPONENT / "profiles" / "schema.json").read_text("utf-8"))
    alarm = schema["$defs"]["alarm"]
    assert set(alarm["required"]) == {"severity", *LANGUAGES}
    assert set(alarm["properties"]) == {"severity", "sure", *LANGUAGES}
    for brand in brands():
        for told in load(brand).alarms.values():
            assert set(told.texts) == {*LANGUAGES}


@pytest.mark.parametrize(
    ("language", "own"),
    [("en", "en"), ("en-GB", "en"), ("sv", "sv"), ("sv-SE", "sv"), ("svx", "en")],
)
def test_who_speaks_another_language_is_told_in_english(
    language: str, own: str
) -> None:
    assert spoken(language) == own


def test_nowhere_else_is_a_language_named() -> None:
    """What is spoken only where somebody thought of it stays English in a third."""
    named = {
        path.name
        for path in COMPONENT.rglob("*.py")
        for language in set(LANGUAGES) - {languages.ENGLISH}
        if f'"{language}"' in path.read_text("utf-8")
    }
    assert named == {"languages.py"}


@pytest.mark.parametrize(("language", "told"), [("en", "1,234"), ("sv", "1\u202f234")])
def test_a_number_has_the_marks_of_its_language(language: str, told: str) -> None:
    assert numeral(1234.0, language) == told
    own = LANGUAGES[language]
    assert numeral(-1.5, language) == f"−1{own.decimal}5"
