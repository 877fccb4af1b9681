"""The languages that are spoken here, with what no file of translations can hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is said where Home Assistant's translations are not at hand.

    `alarm`: an alarm without a text. `replaced`: in place of a page whose files an update
    has taken away. `decimal` and `thousands`: the marks in a number.
    """

    alarm: str
    replaced: str
    decimal: str
    thousands: str


# By the names of the files in `translations`.
LANGUAGES: Final[Mapping[str, Language]] = {
    ENGLISH: Language(
        alarm="Alarm",
        replaced=(
            "The integration was updated. Restart Home Assistant, then reload this page."
        ),
        decimal=".",
        thousands=",",
    ),
    "sv": Language(
        alarm="Larm",
        replaced=(
            "Integrationen uppdaterades. Starta om Home Assistant och ladda sedan om"
            " sidan."
        ),
        decimal=",",
        thousands="\N{NARROW NO-BREAK SPACE}",
    ),
}


def spoken(language: str) -> str:
    """Return the language in which we say it: English where we do not speak theirs."""
    own = language.partition("-")[0]
    return own if own in LANGUAGES else ENGLISH
