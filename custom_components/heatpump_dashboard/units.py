"""Units of measurement, and what a number in one of them is in another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Linear:
    """How a number becomes another: times `scale`, plus `offset`."""

    scale: float = 1.0
    offset: float = 0.0


def _scales(**units: float) -> Mapping[str, Linear]:
    return {unit: Linear(scale) for unit, scale in units.items()}


_GALLON: Final = 3.785411784
_CUBIC_FOOT: Final = 28.316846592
TEMPERATURES: Final[Mapping[str, Linear]] = {
    "°C": Linear(),
    "°F": Linear(5 / 9, -160 / 9),
    "K": Linear(offset=-273.15),
}
POWERS: Final[Mapping[str, Linear]] = {
    **_scales(mW=1e-3, W=1.0, kW=1e3, MW=1e6),
    "BTU/h": Linear(0.29307107),
}
ENERGIES: Final = _scales(
    Wh=1e-3,
    kWh=1.0,
    MWh=1e3,
    GWh=1e6,
    J=1 / 3.6e6,
    kJ=1 / 3600,
    MJ=1 / 3.6,
    GJ=1e3 / 3.6,
    kcal=1.163e-3,
    Mcal=1.163,
    Gcal=1163.0,
)
FLOWS: Final[Mapping[str, Linear]] = {
    "l/s": Linear(1.0),
    "l/min": Linear(1 / 60),
    "l/m": Linear(1 / 60),
    "l/h": Linear(1 / 3600),
    "ml/s": Linear(1e-3),
    "m³/s": Linear(1e3),
    "m³/min": Linear(1e3 / 60),
    "m³/h": Linear(1 / 3.6),
    "gal/min": Linear(_GALLON / 60),
    "gpm": Linear(_GALLON / 60),
    "gal/h": Linear(_GALLON / 3600),
    "ft³/min": Linear(_CUBIC_FOOT / 60),
}
# What can become one another, each told in the first of its kind.
_KINDS: Final = (TEMPERATURES, POWERS, ENERGIES, FLOWS, _scales(**{"%": 1.0}))
# Units of what no metric has: an entity that has one now is no metric any more.
_OTHERS: Final = frozenset(
    (
        *("V", "mV", "A", "mA", "VA", "var", "Hz", "rpm", "1/min", "r/min"),
        *("bar", "mbar", "Pa", "kPa", "hPa", "psi", "s", "min", "h", "d"),
        *("m³", "l", "gal", "ft³", "mm", "cm", "m", "km", "g", "kg", "ppm", "µg/m³"),
        *("lx", "lm", "dB", "dBm", "m/s", "km/h", "mph", "W/m²", "GB", "MB", "B"),
    )
)


# What some integrations write for others.
_SPELLINGS: Final = {
    "°K": "K",
    "℃": "°C",
    "ºC": "°C",
    "℉": "°F",
    "ºF": "°F",
    "R/min": "r/min",
    "RPM": "rpm",
    "Rpm": "rpm",
}


def spelled(unit: str | None) -> str:
    """Return a unit in the one spelling that is known here; empty for none."""
    told = (unit or "").strip()
    told = _SPELLINGS.get(told, told)
    return told.replace("L", "l").replace("m3", "m³").replace("ft3", "ft³")


def is_unit(text: str) -> bool:
    """Return whether a text is a unit, and no other name."""
    unit = spelled(text)
    return unit in _OTHERS or any(unit in kind for kind in _KINDS)


def between(unit: str | None, wanted: str) -> Linear | None:
    """Return how numbers of a unit become those of another, None where they cannot."""
    unit, wanted = spelled(unit), spelled(wanted)
    if unit == wanted:
        return Linear()
    for kind in _KINDS:
        if unit in kind and wanted in kind:
            own, other = kind[unit], kind[wanted]
            return Linear(
                own.scale / other.scale, (own.offset - other.offset) / other.scale
            )
    return None
