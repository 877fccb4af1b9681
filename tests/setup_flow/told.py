"""Series as Home Assistant's entities tell of them."""

from datetime import UTC, datetime
import math

from custom_components.heatpump_dashboard.sources import SeriesInfo

PAIR = {"hp_supply_temperature": "°C", "hp_return_temperature": "°C"}


def entities(**units: str | None) -> list[SeriesInfo]:
    """Return exported sensors of these names and units, binary where they have none."""
    time = datetime(2026, 11, 24, tzinfo=UTC)
    return [
        SeriesInfo(f"{'sensor' if unit else 'binary_sensor'}.{name}", unit, time, 1.0)
        for name, unit in units.items()
    ]


def said(name: str, *words: str, title: str | None = None) -> SeriesInfo:
    """Return an exported series that has told these words."""
    time = datetime(2026, 11, 24, tzinfo=UTC)
    return SeriesInfo(name, None, time, math.nan, title=title, words=words)
