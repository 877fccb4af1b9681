"""Constants of Heat Pump Dashboard."""

from datetime import timedelta
from logging import Logger, getLogger
from typing import Final

DOMAIN: Final = "heatpump_dashboard"
DOCUMENTATION_URL: Final = "https://github.com/heatpump-dashboard/heatpump-dashboard"
LOGGER: Logger = getLogger(__package__)

POLL_INTERVAL: Final = timedelta(seconds=30)

# The entry is one source. URL, token, username, password and verify_ssl are Home
# Assistant's own keys.
CONF_SOURCE: Final = "source"
CONF_ORGANIZATION: Final = "organization"
SOURCE_INFLUXDB: Final = "influxdb"
SOURCE_INFLUXQL: Final = "influxql"
SOURCE_RECORDER: Final = "recorder"
SOURCE_DEMO: Final = "demo"
# What is in the recorder is in one place; one more heat pump of it is called "… 2".
RECORDED: Final = "Home Assistant"
# Where the recorder's source keeps in which unit attributes tell temperatures.
STORED_UNITS: Final = f"{DOMAIN}.units"
DEFAULT_URL: Final = "http://localhost:8086"
CONF_BRANDS: Final = "brands"
# kW; what the demo's compressors take on average, for the brand that does not say.
DEMO_COMPRESSOR_POWER: Final = 4.4

# A subentry is one heat pump; its name is the subentry's title.
SUBENTRY_HEAT_PUMP: Final = "heat_pump"
CONF_BUCKET: Final = "bucket"
CONF_BRAND: Final = "brand"
CONF_FLOW_FACTOR: Final = "flow_factor"
CONF_FLOW_MEASURED: Final = "flow_factor_measured"
# The flow factor that was taken over from a method, or from several that agree; it counts
# as long as that one is in use.
CONF_FLOW_CHECKED: Final = "flow_factor_checked"
# How far off that one may be by the method it was taken from: 1 σ as a share.
CONF_FLOW_SCALE: Final = "flow_factor_scale"
# kW of heat on the plate, at brine of 0 °C and supply of 35 °C.
CONF_HEAT_OUTPUT: Final = "heat_output"
# K; what its own readings say of supply − return at these conditions.
CONF_RATED_DELTA_T: Final = "rated_delta_t"
# K; what supply − return shows at rest, and is therefore too much.
CONF_DELTA_T_OFFSET: Final = "delta_t_offset"
# What methods of finding the flow factor need to be told: litres, and litres a second.
CONF_TANK_VOLUME: Final = "tank_volume"
CONF_BRINE_FLOW: Final = "brine_flow"
# What a house is planned for: the coldest days that one reckons with, °C, and the degree
# days (base 17 °C) of a year that is usual.
CONF_DESIGN_TEMP: Final = "design_temp"
CONF_NORMAL_DEGREE_DAYS: Final = "normal_degree_days"
# What a kWh of electricity lets out, g of CO2.
CONF_CO2: Final = "co2_per_kwh"
# The first day of a heat pump that took another's place: readings before are not its own.
CONF_IN_OPERATION_SINCE: Final = "in_operation_since"
# A price of the highest hours of the house (section of a form): the counter of all its
# electricity, money of a kW and month, of how many hours, what is special of them, and
# between which hours of the day they are.
CONF_TARIFF: Final = "power_tariff"
CONF_HOUSE_ENERGY: Final = "house_energy"
CONF_PEAK_PRICE: Final = "peak_price"
CONF_PEAK_COUNT: Final = "peak_count"
CONF_PEAK_RULES: Final = "peak_rules"
CONF_PEAK_FROM: Final = "peak_from"
CONF_PEAK_TO: Final = "peak_to"
# Most grids take the mean of so many.
USUAL_PEAK_COUNT: Final = 3
PEAK_RULES: Final = (
    "one_a_day",
    "night_half",
    "working_hours",
    "no_holidays",
    "winter",
    "midwinter",
)
# The counter of heat is a heat meter's, not what the pump reckons.
CONF_HEAT_METERED: Final = "heat_metered"
CONF_COMPRESSOR_POWER: Final = "compressor_power"
CONF_POWER_METERED: Final = "power_metered"
CONF_AUXILIARY_POWER: Final = "auxiliary_power"
# A price per kWh, or the entity that tells it; one of them at most.
CONF_PRICE: Final = "price"
CONF_PRICE_ENTITY: Final = "price_entity"
# Whether the past is joined onto the statistics of its sensors; not there where nobody
# has said it.
CONF_STATISTICS: Final = "past_statistics"
# Per kWh, in the smallest of currencies: what is beyond is a fault of what tells it.
MOST_PRICE: Final = 1e5
# Which series is which metric, and in which unit where that is not the metric's own.
CONF_SERIES: Final = "series"
CONF_UNITS: Final = "units"
# What a series was called before its entity was renamed, the oldest name first.
CONF_FORMER: Final = "former_series"

BRAND_GENERIC: Final = "generic"
# kW/K; 0.65 l/s of 30 °C water carries 2.7 kW per kelvin.
DEFAULT_FLOW_FACTOR: Final = 2.7

# So hot a tank is safe against legionella, °C.
TANK_SAFE_C: Final = 60.0
# SMHI's base of degree days, °C, of every day of the year.
DEGREE_DAY_BASE: Final = 17.0
