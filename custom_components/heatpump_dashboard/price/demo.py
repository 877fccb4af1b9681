"""What electricity costs in the demo: an exchange's prices, known to the day after."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import CONF_PRICE, CONF_PRICE_ENTITY, CONF_SOURCE, SOURCE_DEMO
from ..coordinator import HeatPumpCoordinator

if TYPE_CHECKING:
    from ..analysis.prices import Prices

# An exchange tells the prices of a day on the day before.
_AHEAD: Final = timedelta(days=2)
_AGAIN: Final = timedelta(hours=12)


async def async_follow_demo_price(
    hass: HomeAssistant, coordinator: HeatPumpCoordinator
) -> None:
    """Have a demo heat pump's price follow the clock, until the entry is unloaded.

    One of which somebody has said what its electricity costs keeps that.
    """
    is_demo = coordinator.config_entry.data[CONF_SOURCE] == SOURCE_DEMO
    if not is_demo or not {CONF_PRICE, CONF_PRICE_ENTITY}.isdisjoint(
        coordinator.subentry.data
    ):
        return

    async def tell(now: datetime) -> None:
        coordinator.pump.prices = await hass.async_add_executor_job(
            demo_prices, now, hass.config.currency
        )

    await tell(dt_util.utcnow())
    coordinator.config_entry.async_on_unload(
        async_track_time_interval(hass, tell, _AGAIN)
    )


def demo_prices(now: datetime, currency: str) -> Prices:
    """Return the prices of the demo's past and of the next day, in a currency per kWh."""
    from ..analysis.prices import Prices
    from ..sources.demo import HISTORY
    from ..sources.demo.prices import kronor_in, prices

    time, kronor = prices((now - HISTORY).timestamp(), (now + _AHEAD).timestamp())
    return Prices(time, kronor / kronor_in(currency))
