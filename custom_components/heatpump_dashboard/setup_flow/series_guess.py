"""Guesses which series is which metric where no brand says it."""

from collections.abc import Mapping, Sequence
import re

from ..profiles import METRICS, Profile
from ..sources import SeriesInfo

# Words that all have to be in a series' name; several ways to say the same. Entities
# exported by Home Assistant are named in the owner's language: English or Swedish.
_WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "alarm_code": (("alarm", "code"), ("larmkod",)),
    "alarm": (("alarm",), ("larm",)),
    "compressor_speed": (("compressor", "speed"), ("kompressor", "varvtal")),
    "compressor": (("compressor",), ("kompressor",)),
    "brine_pump": (("brine", "pump"), ("köldbärarpump",), ("kb", "pump")),
    "circulation_pump": (
        ("circulation", "pump"),
        ("radiator", "pump"),
        ("heating", "pump"),
        ("cirkulationspump",),
    ),
    "hot_water_valve": (("valve",), ("växelventil",)),
    "auxiliary_step_1": (("aux", "1"), ("add", "1"), ("tillsats", "1")),
    "auxiliary_step_2": (("aux", "2"), ("add", "2"), ("tillsats", "2")),
    "auxiliary_percent": (("aux",), ("additional",), ("tillsats",)),
    "auxiliary_power": (("aux",), ("additional",), ("tillsats",)),
    "hot_gas_temp": (("hot", "gas"), ("hetgas",), ("discharge",), ("pressure", "tube")),
    "hot_water_temp": (
        ("hot", "water"),
        ("warm", "water"),
        ("dhw",),
        ("tank",),
        ("varmvatten",),
    ),
    "brine_in_temp": (("brine", "in"), ("köldbärare", "in"), ("kb", "in")),
    "brine_out_temp": (("brine", "out"), ("köldbärare", "ut"), ("kb", "ut")),
    "supply_temp": (("supply",), ("forward",), ("flow", "temp"), ("framledning",)),
    "return_temp": (("return",), ("retur",)),
    "outdoor_temp": (("outdoor",), ("outside",), ("utomhus",), ("utetemp",), ("ute",)),
    "indoor_temp": (("indoor",), ("room",), ("inomhus",), ("rumstemp",), ("inne",)),
    "degree_minutes": (("degree", "minute"), ("gradminut",)),
    "operating_mode": (("operating", "mode"), ("driftläge",)),
    "heat_energy": (("heat", "energy"), ("värmeenergi",)),
    "energy": (("energy",), ("energi",), ("consumption",), ("förbrukning",)),
    "power": (("power",), ("effekt",), ("eleffekt",)),
    "flow": (("flow",), ("flöde",)),
}
# What is set, counted or allowed is not what is measured.
_NOT_MEASURED = frozenset(
    {
        *(
            "setpoint",
            "target",
            "set",
            "stop",
            "start",
            "starts",
            "max",
            "min",
            "limit",
        ),
        *("offset", "curve", "difference", "influence", "runtime", "hours", "count"),
        *("börvärde", "gräns", "drifttid"),
    }
)
_SHORT = 3


def guess_series(
    series: Sequence[SeriesInfo], profiles: Mapping[str, Profile]
) -> dict[str, str]:
    """Return the likely series of each metric: metric to series name.

    Names a brand's collector uses are certain and come first; the rest goes by
    words in the name and by the unit. No series is given to two metrics.
    """
    guessed: dict[str, str] = {}
    known = {metric: _known_names(metric, profiles) for metric in METRICS}
    for metric, names in known.items():
        _take(guessed, metric, [info.name for info in series if info.name in names])
    for metric, ways in _WORDS.items():
        named = (info.name for info in series if _unit_fits(metric, info.unit))
        _take(guessed, metric, [name for name in named if _is_named(name, ways)])
    return {metric: guessed[metric] for metric in METRICS if metric in guessed}


def _take(guessed: dict[str, str], metric: str, names: Sequence[str]) -> None:
    """Give a metric the first of the names that no other metric has."""
    free = (name for name in names if name not in guessed.values())
    if metric not in guessed and (name := next(free, None)) is not None:
        guessed[metric] = name


def _known_names(metric: str, profiles: Mapping[str, Profile]) -> set[str]:
    """Return what brands call a metric's normal sensor."""
    rules = (p.metrics[metric] for p in profiles.values() if metric in p.metrics)
    return {name for rule in rules for name in rule.candidates[0].names}


def _unit_fits(metric: str, unit: str | None) -> bool:
    """Return whether a series of this unit can be the metric; codes have none."""
    return not unit or unit == METRICS[metric].unit


def _is_named(name: str, ways: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether the name has all words of one of the ways."""
    parts = re.split(r"[\W_]+", name.casefold())
    if _NOT_MEASURED.intersection(parts):
        return False
    return any(all(_has_word(parts, word) for word in words) for words in ways)


def _has_word(parts: Sequence[str], word: str) -> bool:
    """Return whether the word is there; a long one may go on ("temp…")."""
    if len(word) <= _SHORT:
        return word in parts
    return any(part.startswith(word) for part in parts)
