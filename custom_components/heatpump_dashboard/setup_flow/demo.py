"""The heat pumps of the demo as the config flow makes them."""

from typing import Any

from homeassistant.config_entries import ConfigSubentryData

from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_BRAND,
    CONF_BUCKET,
    CONF_COMPRESSOR_POWER,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    DEFAULT_FLOW_FACTOR,
    DEMO_COMPRESSOR_POWER,
    SUBENTRY_HEAT_PUMP,
)
from ..profiles import Profile


def demo_pump(profile: Profile) -> ConfigSubentryData:
    """Return the subentry of a demo heat pump; its bucket is named as its brand."""
    settings: dict[str, Any] = {
        CONF_BUCKET: profile.key,
        CONF_BRAND: profile.key,
        CONF_FLOW_FACTOR: DEFAULT_FLOW_FACTOR,
        CONF_FLOW_MEASURED: False,
        CONF_AUXILIARY_POWER: profile.auxiliary.max_kw,
    }
    if "power" not in profile.metrics:
        settings[CONF_COMPRESSOR_POWER] = DEMO_COMPRESSOR_POWER
    return ConfigSubentryData(
        data=settings,
        subentry_type=SUBENTRY_HEAT_PUMP,
        title=f"Demo {profile.name}",
        unique_id=profile.key,
    )
