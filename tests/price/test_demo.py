"""What the demo's electricity costs."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from homeassistant.core import HomeAssistant
import numpy as np
import pytest

from custom_components.heatpump_dashboard.price.demo import (
    async_follow_demo_price,
    demo_prices,
)

NOW = datetime(2026, 11, 24, 4, 0, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_it_is_known_from_the_first_reading_to_the_next_day() -> None:
    price = demo_prices(NOW, "SEK")
    starts = [NOW - 456 * 24 * HOUR, NOW, NOW + 24 * HOUR]
    known = price.means(np.array([at.timestamp() for at in starts]), 3600.0)
    assert (abs(known) < 3).all()


def test_it_is_in_the_currency_of_the_home() -> None:
    kronor, euros = (demo_prices(NOW, currency) for currency in ("SEK", "EUR"))
    assert kronor.values == pytest.approx(11 * euros.values)


@pytest.mark.parametrize(
    ("source", "settings", "is_told"),
    [
        ("demo", {}, True),
        ("demo", {"price": 2.0}, False),
        ("demo", {"price_entity": "sensor.price"}, False),
        ("influxdb", {}, False),
    ],
)
async def test_what_somebody_has_said_is_kept(
    hass: HomeAssistant, source: str, settings: dict[str, Any], is_told: bool
) -> None:
    ends: list[Any] = []
    coordinator: Any = SimpleNamespace(
        config_entry=SimpleNamespace(
            data={"source": source}, async_on_unload=ends.append
        ),
        subentry=SimpleNamespace(data=settings),
        pump=SimpleNamespace(prices=None),
    )
    await async_follow_demo_price(hass, coordinator)
    assert (coordinator.pump.prices is not None) is is_told
    for end in ends:
        end()
