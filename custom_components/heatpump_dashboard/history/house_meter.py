"""What a house takes in each hour, and what the highest of them cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import HomeAssistant

from ..const import (
    CONF_BUCKET,
    CONF_PEAK_COUNT,
    CONF_PEAK_FROM,
    CONF_PEAK_PRICE,
    CONF_PEAK_RULES,
    CONF_PEAK_TO,
    CONF_SOURCE,
    CONF_TARIFF,
    PEAK_RULES,
    SOURCE_DEMO,
    USUAL_PEAK_COUNT,
)
from .statistics.house import async_house_hours

if TYPE_CHECKING:
    from homeassistant.config_entries import ConfigEntry, ConfigSubentry
    import pandas as pd

    from ..insights.tariff import Tariff

# The one house of the demo whose grid asks for a price of power, of kronor a kW.
_OF_DEMO: Final = "thermia"
_DEMO_PRICE: Final = 45.0
_DEMO_RULES: Final = ("one_a_day", "night_half")


@dataclass(frozen=True, slots=True, eq=False)
class HouseMeter:
    """What a house takes, and what its highest hours cost.

    `kwh`: of each hour of this month and the one before (index UTC), NaN = not known.
    """

    kwh: pd.Series
    tariff: Tariff


async def async_house_meter(
    hass: HomeAssistant, entry: ConfigEntry, pump: ConfigSubentry, now: datetime
) -> HouseMeter | None:
    """Return the meter of the house of a heat pump; None where nothing asks for it.

    `now`: local. What the demo's costs it always knows, unless somebody has said it.
    """
    told: Mapping[str, Any] = pump.data.get(CONF_TARIFF) or {}
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since = (first - timedelta(days=1)).replace(day=1)
    if told:
        kwh = await async_house_hours(hass, told, since)
        return None if kwh is None else HouseMeter(kwh, _tariff(told))
    is_demo = entry.data[CONF_SOURCE] == SOURCE_DEMO
    if is_demo and pump.data[CONF_BUCKET] == _OF_DEMO:
        return await hass.async_add_executor_job(
            _of_demo, since.astimezone(UTC), now.astimezone(UTC), hass.config.currency
        )
    return None


def _tariff(told: Mapping[str, Any]) -> Tariff:
    """Return the price of the highest hours of the settings."""
    from ..insights.tariff import Tariff

    rules = dict.fromkeys(told.get(CONF_PEAK_RULES, ()), True)
    first, end = told.get(CONF_PEAK_FROM), told.get(CONF_PEAK_TO)
    return Tariff(
        price=told[CONF_PEAK_PRICE],
        count=int(told.get(CONF_PEAK_COUNT) or USUAL_PEAK_COUNT),
        hours=None if first is None or end is None else (int(first), int(end)),
        **{name: rules.get(name, False) for name in PEAK_RULES},
    )


def _of_demo(start: datetime, now: datetime, currency: str) -> HouseMeter | None:
    """Return the meter of the demo's house. Takes a while: a day of it is 6 ms."""
    from ..sources.demo.meter import house_kwh
    from ..sources.demo.prices import kronor_in

    kwh = house_kwh(_OF_DEMO, start, now.replace(minute=0, second=0, microsecond=0))
    if kwh.empty:
        return None
    price = _DEMO_PRICE / kronor_in(currency)
    told = {CONF_PEAK_PRICE: price, CONF_PEAK_RULES: _DEMO_RULES}
    return HouseMeter(kwh, _tariff(told))
