"""The words that the name of a series is made of."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
import re
from typing import Final, Self
import unicodedata

from ..sources import SeriesInfo
from .words import APPLIANCE, EITHER_WAY, NEGATIONS, OFF_AT_LAST, ONE_WAY, SAID

# What is set, counted, computed or allowed is not what is measured.
_NOT_MEASURED: Final = frozenset(
    {
        *("setpoint", "target", "set", "desired", "requested", "demand", "limit"),
        *("stop", "start", "starts", "max", "min", "maximum", "minimum", "rated"),
        *("calc", "calculated", "average", "avg", "mean", "ext", "external"),
        *("offset", "curve", "difference", "diff", "delta", "hysteresis", "influence"),
        *("runtime", "hours", "count", "yesterday", "last"),
        *("begard", "begart", "onskad", "angefordert", "antal", "anzahl"),
        *("grans", "soll", "letzte", "letzter", "senaste", "gestern", "igar"),
        *("consigne", "gewenst", "gewenste", "onsket", "ønsket"),
    }
)
# Nor what is measured of cold.
_OF_COLD: Final = frozenset(("cool", "cooling", "kyla", "kuhlung", "kuehlung"))
_NOT_MEASURED_BEGINS: Final = (
    *("setpoint", "medel", "berakn", "genomsnitt", "mittel", "mittler", "sollt"),
    *("durchschnitt", "gemiddeld", "gennemsnit", "gjennomsnitt", "moyen", "keskia"),
    *("keskila", "berech", "bereken", "beregn", "calcul", "laskett", "asetus"),
    *("instel", "indstil", "innstill"),
)
# In Swedish and German these are part of a word: "kompressorstarter".
_NOT_MEASURED_WITHIN: Final = re.compile(
    "starts|starter|schaltspiel|drifttid|gangtid|drifttimm|betriebsstund|betriebszeit"
    "|laufzeit|runtime|borvarde|sollwert|solltemp"
)
# Counters that begin anew, from the rarest to the most frequent.
PERIODS: Final = (
    frozenset(("year", "yearly", "currentyear", "jahr", "ar", "jaar", "vuosi")),
    frozenset(
        (
            *("month", "monthly", "currentmonth", "monat", "manad", "maand", "maned"),
            *("mois", "kuukausi"),
        )
    ),
    frozenset(
        ("week", "weekly", "lastsevendays", "woche", "vecka", "uge", "uke", "viikko")
    ),
    frozenset(
        (
            *("today", "day", "daily", "currentday", "idag", "dygn", "heute", "dag"),
            *("daglig", "dagliga", "dagligt", "taglich", "tagliche", "taglicher"),
            *("tagliches", "vandaag", "dagelijks", "dagelijkse", "jour", "tanaan"),
        )
    ),
    frozenset(("hour", "hourly")),
)
# So an appliance is called, and not what it does.
_APPLIANCE: Final = re.compile(
    r"\bheat ?pump\b|\bvarmepump\w*|\bwarmepumpe\w*|\bwarmtepomp\w*"
    r"|\blampopump\w*|\bpompe a chaleur\b|\b[vwh]p\b"
)
# A controller may be called so as a whole; else it is what burns something.
_BOILERS: Final = re.compile(r"^(boiler|kessel|panna) ")
# So a counter of everything is called.
_TOTAL: Final = ("total", "gesamt", "insgesamt", "totaal", "yhteensa")
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
        texts = (name, info.title or "")
        return cls(frozenset(chain(*(_parts(text, info.unit or "") for text in texts))))

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
    def is_heat_pumps(self) -> bool:
        """Return whether it is named after a heat pump."""
        return APPLIANCE in self.parts

    @property
    def is_total(self) -> bool:
        """Return whether it says that it is of all."""
        return any(part.startswith(_TOTAL) for part in self.parts)

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


def may_be_exchanged(name: str, other: str) -> bool:
    """Return whether supply and return of water may be called the wrong way round.

    Who has exchanged two has called them alike but for that. "In" and "out" depend on
    where one stands.
    """
    both = [_parts(text.partition(".")[2] or text) for text in (name, other)]
    if not any(has_word(parts, word) for parts in both for word in ONE_WAY):
        return True
    ways = (*ONE_WAY, *EITHER_WAY)
    one, two = (
        {part for part in parts if not any(has_word((part,), word) for word in ways)}
        for parts in both
    )
    return one == two


def has_word(parts: Collection[str], word: str) -> bool:
    """Return whether the word is there; a longer one may go on ("temp…")."""
    if len(word) <= _SHORT:
        return word in parts
    if len(word) >= _LONG:
        return any(word in part for part in parts)
    return any(part.startswith(word) for part in parts)


def _parts(text: str, unit: str = "") -> list[str]:
    """Return the words of a text, without accents, and without its unit at the end."""
    words = _BOILERS.sub("", _plain(text))
    if ending := _plain(unit):
        words = words.removesuffix(f" {ending}")
    return _APPLIANCE.sub(f" {APPLIANCE} ", words).split()


def _plain(text: str) -> str:
    """Return the words of a text as plain letters, with blanks between them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip()
