"""What a house takes in each hour, as Home Assistant's statistics of its meter tell it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import UnitOfEnergy
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import DATA_INSTANCE, get_instance

from ...const import CONF_HOUSE_ENERGY, CONF_PEAK_PRICE, LOGGER

if TYPE_CHECKING:
    import pandas as pd

_UNITS: Final[dict[str, str]] = {"energy": UnitOfEnergy.KILO_WATT_HOUR}


async def async_house_hours(
    hass: HomeAssistant, tariff: Mapping[str, Any], start: datetime
) -> pd.Series | None:
    """Return the kWh of each hour (index UTC) from a moment on, a full hour.

    None where no price of power (`tariff`: the section of the settings) asks for them,
    or none are known. A meter that fails is no end of what is known beside it.
    """
    entity_id = tariff.get(CONF_HOUSE_ENERGY)
    has_price = bool(tariff.get(CONF_PEAK_PRICE))
    if not entity_id or not has_price or DATA_INSTANCE not in hass.data:
        return None
    try:
        return await get_instance(hass).async_add_executor_job(
            _house_hours, hass, entity_id, start
        )
    except Exception:  # noqa: BLE001 - the recorder raises what its database does
        LOGGER.exception("The statistics of %s cannot be read", entity_id)
        return None


def _house_hours(
    hass: HomeAssistant, entity_id: str, start: datetime
) -> pd.Series | None:
    """Return the same; in the recorder. Imports pandas."""
    from homeassistant.components.recorder.statistics import statistics_during_period
    import pandas as pd

    before = start.astimezone(UTC) - timedelta(hours=1)
    found = statistics_during_period(
        hass, before, None, {entity_id}, "hour", _UNITS, {"change"}
    )
    rows = found.get(entity_id, [])
    index = pd.to_datetime([row["start"] for row in rows], unit="s", utc=True)
    kwh = pd.Series([row.get("change") for row in rows], index, dtype="float64")
    # An hour behind a hole holds all that was counted meanwhile, and the first of all
    # what a meter had counted in its life; one that was set back tells no hour.
    follows = index.to_series().diff() == pd.Timedelta(hours=1)
    kwh = kwh.where(follows & (kwh >= 0)).loc[pd.Timestamp(start) :]
    return kwh if kwh.notna().any() else None
