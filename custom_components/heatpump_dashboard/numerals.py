"""Numbers as they stand in a sentence of a language."""

from typing import Final

from homeassistant.const import UnitOfTemperature
from homeassistant.util.unit_conversion import (
    TemperatureConverter,
    TemperatureDeltaConverter,
)

from .languages import LANGUAGES, spoken

_MINUS: Final = "\N{MINUS SIGN}"
# From here on a decimal is more than anybody knows.
_WHOLE: Final = 20


def numeral(value: float, language: str) -> str:
    """Return a number with as many digits as a sentence has use for.

    A decimal below twenty, where it is not a whole number.
    """
    rounded = round(value, 1)
    whole = abs(rounded) >= _WHOLE or rounded == int(rounded)
    text = f"{value if rounded else 0.0:,.0f}" if whole else f"{value:,.1f}"
    own = LANGUAGES[spoken(language)]
    marks = own.thousands + own.decimal + _MINUS
    return text.translate(str.maketrans(",.-", marks))


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
