"""The entities of a heat pump that tests map."""

from datetime import datetime

from homeassistant.util import dt as dt_util

BEGIN = datetime(2026, 11, 20, 12, tzinfo=dt_util.UTC)
SUPPLY, RETURN, COMPRESSOR = (
    "sensor.hp_supply",
    "sensor.hp_return",
    "binary_sensor.hp_compressor",
)
MAPPING = {"supply_temp": SUPPLY, "return_temp": RETURN, "compressor": COMPRESSOR}
CELSIUS = {"unit_of_measurement": "°C"}
NEW = "sensor.cellar_supply"
