"""The heat pumps of the demo as the config flow makes them."""

from typing import Any, Final

from homeassistant.config_entries import ConfigSubentryData

from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_BRAND,
    CONF_BUCKET,
    CONF_COMPRESSOR_POWER,
    CONF_FLOW_CHECKED,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_HEAT_OUTPUT,
    CONF_RATED_DELTA_T,
    DEMO_COMPRESSOR_POWER,
    SUBENTRY_HEAT_PUMP,
)
from ..profiles import Profile

# Its physics has a flow factor of 2.7 kW/K, each owner another way to know of it: that
# of the IVT has not been asked yet.
_KNOWN: Final[dict[str, dict[str, Any]]] = {
    "thermia": {CONF_HEAT_OUTPUT: 11.2, CONF_RATED_DELTA_T: 11.2 / 2.7},
    "nibe": {
        CONF_HEAT_OUTPUT: 13.9,
        CONF_FLOW_FACTOR: 2.7,
        CONF_FLOW_CHECKED: 2.7,
    },
}


def demo_pump(profile: Profile) -> ConfigSubentryData:
    """Return the subentry of a demo heat pump; its bucket is named as its brand."""
    settings: dict[str, Any] = {
        CONF_BUCKET: profile.key,
        CONF_BRAND: profile.key,
        CONF_FLOW_MEASURED: False,
        CONF_AUXILIARY_POWER: profile.auxiliary.max_kw,
        **_KNOWN.get(profile.key, {}),
    }
    if "power" not in profile.metrics:
        settings[CONF_COMPRESSOR_POWER] = DEMO_COMPRESSOR_POWER
    return ConfigSubentryData(
        data=settings,
        subentry_type=SUBENTRY_HEAT_PUMP,
        title=f"Demo {profile.name}",
        unique_id=profile.key,
    )
