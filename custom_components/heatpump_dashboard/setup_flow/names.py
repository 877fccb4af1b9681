"""The words that the name of a series is made of."""

from collections.abc import Collection
from dataclasses import dataclass
import re
from typing import Final, Self
import unicodedata

from ..sources import SeriesInfo
from .words import NEGATIONS, OFF_AT_LAST, SAID

# What is set, counted, computed or allowed is not what is measured.
_NOT_MEASURED: Final = frozenset(
    {
        *("setpoint", "target", "set", "desired", "requested", "demand", "limit"),
        *("stop", "start", "starts", "max", "min", "maximum", "minimum", "rated"),
        *("calc", "calculated", "average", "avg", "mean", "ext", "external"),
        *("offset", "curve", "difference", "diff", "delta", "hysteresis", "influence"),
        *("runtime", "hours", "count", "yesterday", "last"),
        *("begard", "begart", "onskad", "angefordert", "antal", "anzahl"),
        *("grans", "soll"),
    }
)
# Nor what is measured of cold.
_OF_COLD: Final = frozenset(("cool", "cooling", "kyla", "kuhlung", "kuehlung"))
_NOT_MEASURED_BEGINS: Final = (
    *("setpoint", "medel", "berakn", "genomsnitt", "mittelwert", "sollt"),
)
# In Swedish and German these are part of a word: "kompressorstarter".
_NOT_MEASURED_WITHIN: Final = re.compile(
    "starts|starter|schaltspiel|drifttid|gangtid|drifttimm|betriebsstund|betriebszeit"
    "|laufzeit|runtime|borvarde|sollwert|solltemp"
)
# Counters that begin anew, from the rarest to the most frequent.
PERIODS: Final = (
    frozenset(("year", "yearly", "currentyear")),
    frozenset(("month", "monthly", "currentmonth")),
    frozenset(("week", "weekly", "lastsevendays")),
    frozenset(("today", "day", "daily", "currentday", "idag", "dygn", "heute")),
    frozenset(("hour", "hourly")),
)
# So an appliance is called, and not what it does.
_APPLIANCE: Final = re.compile(r"\bheat ?pump\b|\bvarmepump\w*|\bwarmepumpe\w*")
# Up to so many letters a word is the whole word; from so many on it may be any part.
_SHORT: Final = 3
_LONG: Final = 7


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a series' name and of its entity's title, folded to plain letters.

    `period`: 0 where it is no counter of a period, else the higher the shorter.
    """

    parts: frozenset[str]

    @classmethod
    def of(cls, info: SeriesInfo) -> Self:
        """Return the words of a series."""
        name = info.name.partition(".")[2] or info.name
        return cls(frozenset(_parts(name)) | frozenset(_parts(info.title or "")))

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return the words of a text."""
        return cls(frozenset(_parts(text)))

    def is_measured(self, metric: str) -> bool:
        """Return whether it is called like something that is measured, of a metric."""
        begins = any(part.startswith(_NOT_MEASURED_BEGINS) for part in self.parts)
        within = _NOT_MEASURED_WITHIN.search(" ".join(self.parts))
        of_cold = metric not in SAID and _OF_COLD & self.parts
        return not (begins or within or of_cold or _NOT_MEASURED & self.parts)

    @property
    def period(self) -> int:
        """Return in how short a time it begins anew, as a rank."""
        ranks = (rank for rank, words in enumerate(PERIODS, 1) if words & self.parts)
        return max(ranks, default=0)

    @staticmethod
    def says(text: str, word: str) -> bool:
        """Return whether a text has a word."""
        return has_word(_parts(text), word)

    @staticmethod
    def denies(text: str) -> bool:
        """Return whether a text says that something is not so: "Not running"."""
        parts = _parts(text)
        return not NEGATIONS.isdisjoint(parts) or not OFF_AT_LAST.isdisjoint(parts[-1:])


def has_word(parts: Collection[str], word: str) -> bool:
    """Return whether the word is there; a longer one may go on ("temp…")."""
    if len(word) <= _SHORT:
        return word in parts
    if len(word) >= _LONG:
        return any(word in part for part in parts)
    return any(part.startswith(word) for part in parts)


def _parts(text: str) -> list[str]:
    """Return the words of a text, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return _APPLIANCE.sub(" ", re.sub(r"[\W_]+", " ", letters)).split()
