"""What answers and checks say, and with which numbers: what a screen has words for."""

from collections.abc import Mapping
from typing import Final

type Words = Mapping[str, tuple[str, ...]]

_CHANGED: Final = ("setting", "from", "to", "changed", "others")
_EFFECT: Final = ("measure", "least", "method", "days_before", "days_after")
_ROOMS: Final = ("indoor", "indoor_share")
_SIDES: Final = (
    *_CHANGED,
    *_EFFECT,
    *_ROOMS,
    "heat",
    "last_year",
    "sun",
    "blocks",
    "tried",
)
_FACTOR: Final = ("in_use", "kind", "offset")
_FOUND: Final = (*_FACTOR, "method", "too_high")

# By insight: each code with its params, of which those that are not known are left out.
ANSWERS: Final[Mapping[str, Words]] = {
    "change": {
        "less": _SIDES,
        "more": _SIDES,
        "no_difference": _SIDES,
        "days": ("have", "need", "missing", *_CHANGED),
        "no_metric": ("metric",),
        "no_change": (),
        "coverage": _CHANGED,
        "season": _CHANGED,
        "weather": ("apart", *_CHANGED),
        "not_heating": _CHANGED,
    },
    "calibration": {
        "off": _FOUND,
        "differ": _FOUND,
        "agrees": _FOUND,
        "plate": _FOUND,
        "checked": _FOUND,
        "measured": _FOUND,
        "unchecked": _FACTOR,
        "variable_speed": (),
        "meter": (),
        "flow": (),
        "counter": (),
        "no_metric": ("metric",),
    },
}
# Of the rows of methods beside `calibration`.
METHODS: Final = ("ok", "days", "not_told", "not_reported", "not_seen")
# By check, likewise; those of before are not in it.
CHECKS: Final[Mapping[str, Words]] = {
    "blocked": {
        "runs": ("degree_minutes", "heater"),
        "blocked": ("degree_minutes", "heater"),
        "mode": ("mode",),
        "no_metric": ("metric",),
        "coverage": (),
    },
    "data": {"stuck": ("metric", "count"), "absent": ("metric", "count")},
    "hot_water": {"short": ("stop", "count")},
    "plausible": {
        "not_plate": ("plate", "heat"),
        "possible": ("plate", "heat"),
    },
}
