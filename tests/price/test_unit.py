"""Units of prices: read, never guessed."""

import pytest

from custom_components.heatpump_dashboard.price.unit import per_kwh


@pytest.mark.parametrize(
    ("unit", "currency", "factor"),
    [
        ("SEK/kWh", "SEK", 1.0),
        ("kr/kWh", "SEK", 1.0),
        ("kr/kWh", "NOK", 1.0),
        ("öre/kWh", "SEK", 0.01),
        ("Øre/kWh", "DKK", 0.01),
        ("EUR/kWh", "EUR", 1.0),
        ("€/kWh", "EUR", 1.0),
        ("EUR/MWh", "EUR", 0.001),
        ("€ / MWh", "EUR", 0.001),
        ("EUR/Wh", "EUR", 1000.0),
        ("ct/kWh", "EUR", 0.01),
        ("¢/kWh", "USD", 0.01),
        ("$/kWh", "AUD", 1.0),
        ("p/kWh", "GBP", 0.01),
        ("GBP/kWh", "GBP", 1.0),
        ("JPY/kWh", "JPY", 1.0),
    ],
)
def test_units_of_prices(unit: str, currency: str, factor: float) -> None:
    assert per_kwh(unit, currency) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("unit", "currency"),
    [
        (None, "SEK"),
        ("", "SEK"),
        ("SEK", "SEK"),
        ("kWh", "SEK"),
        ("EUR/kWh", "SEK"),
        ("öre/kWh", "EUR"),
        ("SEK/h", "SEK"),
        ("SEK/kW", "SEK"),
        ("/kWh", "SEK"),
        ("cent/kWh", "SEK"),
    ],
)
def test_what_does_not_say_its_price_is_none(unit: str | None, currency: str) -> None:
    assert per_kwh(unit, currency) is None
