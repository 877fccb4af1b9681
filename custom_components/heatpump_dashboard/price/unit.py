"""What the unit of a price says: currency and energy, and no guess beside it."""

from typing import Final

from homeassistant.const import UnitOfEnergy

# How many kWh.
_ENERGIES: Final = {
    UnitOfEnergy.WATT_HOUR.casefold(): 0.001,
    UnitOfEnergy.KILO_WATT_HOUR.casefold(): 1.0,
    UnitOfEnergy.MEGA_WATT_HOUR.casefold(): 1000.0,
}
# Signs, and hundredths, of the currencies that have them.
_DOLLARS: Final = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD"})
_SIGNS: Final = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "$": _DOLLARS,
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "kč": frozenset({"CZK"}),
    "zł": frozenset({"PLN"}),
    "ft": frozenset({"HUF"}),
    "fr": frozenset({"CHF"}),
}
_CENTS: Final = frozenset({"EUR", *_DOLLARS})
_HUNDREDTHS: Final = {
    "öre": frozenset({"SEK", "NOK", "DKK"}),
    "øre": frozenset({"SEK", "NOK", "DKK"}),
    "ore": frozenset({"SEK", "NOK", "DKK"}),
    "c": _CENTS,
    "ct": _CENTS,
    "cent": _CENTS,
    "cents": _CENTS,
    "¢": _CENTS,
    "p": frozenset({"GBP"}),
    "pence": frozenset({"GBP"}),
    "rp": frozenset({"CHF"}),
    "gr": frozenset({"PLN"}),
}


def per_kwh(unit: str | None, currency: str) -> float | None:
    """Return what a price in this unit is multiplied by to be `currency` per kWh.

    None where the unit does not say that it is a price of energy in this currency:
    nothing is assumed of a number without a unit, or of another currency.
    """
    money, _, energy = (unit or "").partition("/")
    kwh = _ENERGIES.get(energy.strip().casefold())
    scale = _scale(money.strip().casefold(), currency)
    return None if kwh is None or scale is None else scale / kwh


def _scale(money: str, currency: str) -> float | None:
    """Return how many units of the currency an amount of 1 is."""
    if money == currency.casefold() or currency in _SIGNS.get(money, ()):
        return 1.0
    return 0.01 if currency in _HUNDREDTHS.get(money, ()) else None
