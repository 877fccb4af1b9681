"""Numbers as they stand in a sentence of a language."""

from typing import Final

from homeassistant.const import UnitOfTemperature
from homeassistant.util.unit_conversion import (
    TemperatureConverter,
    TemperatureDeltaConverter,
)

from .profiles import spoken

_MINUS: Final = "\N{MINUS SIGN}"
_THIN_SPACE: Final = "\N{NARROW NO-BREAK SPACE}"
# From here on a decimal is more than anybody knows.
_WHOLE: Final = 20


def numeral(value: float, language: str) -> str:
    """Return a number with as many digits as a sentence has use for.

    A decimal below twenty, where it is not a whole number; in Swedish with a comma.
    """
    rounded = round(value, 1)
    whole = abs(rounded) >= _WHOLE or rounded == int(rounded)
    text = f"{value if rounded else 0.0:,.0f}" if whole else f"{value:,.1f}"
    text = text.replace("-", _MINUS)
    if spoken(language) == "sv":
        return text.replace(",", _THIN_SPACE).replace(".", ",")
    return text


def degrees(celsius: float, language: str, unit: str) -> str:
    """Return a temperature in another unit, with that."""
    own = TemperatureConverter.convert(celsius, UnitOfTemperature.CELSIUS, unit)
    return f"{numeral(own, language)} {unit}"


def kelvin(difference: float, language: str, unit: str) -> str:
    """Return how far two temperatures are apart, in °F where these are."""
    if unit == UnitOfTemperature.CELSIUS:
        unit = UnitOfTemperature.KELVIN
    own = TemperatureDeltaConverter.convert(difference, UnitOfTemperature.KELVIN, unit)
    return f"{numeral(own, language)} {unit}"
