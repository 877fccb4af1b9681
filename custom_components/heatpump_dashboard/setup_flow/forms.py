"""The forms of the config flow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homeassistant.const import (
    CONF_NAME,
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfTemperature,
)
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_BRAND,
    CONF_BRANDS,
    CONF_BUCKET,
    CONF_CO2,
    CONF_COMPRESSOR_POWER,
    CONF_DESIGN_TEMP,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_HEAT_OUTPUT,
    CONF_HOUSE_ENERGY,
    CONF_IN_OPERATION_SINCE,
    CONF_NORMAL_DEGREE_DAYS,
    CONF_ORGANIZATION,
    CONF_PEAK_COUNT,
    CONF_PEAK_FROM,
    CONF_PEAK_PRICE,
    CONF_PEAK_RULES,
    CONF_PEAK_TO,
    CONF_POWER_METERED,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_STATISTICS,
    CONF_TARIFF,
    DEFAULT_URL,
    MOST_PRICE,
    PEAK_RULES,
    USUAL_PEAK_COUNT,
)
from ..profiles import Profile
from ..sources import Bucket

UNIT_FLOW_FACTOR = "kW/K"
# A sign rather than words: it needs no translation, the form explains it.
MARK_READINGS = "✓"

_SECRET = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)
_URL = TextSelector(TextSelectorConfig(type=TextSelectorType.URL, autocomplete="url"))


def number_field(least: float, most: float, unit: str) -> NumberSelector:
    """Return a field for any number between two."""
    return NumberSelector(
        NumberSelectorConfig(
            min=least,
            max=most,
            step="any",
            unit_of_measurement=unit,
            mode=NumberSelectorMode.BOX,
        )
    )


_KILOWATTS = number_field(0, 100, UnitOfPower.KILO_WATT)
HEAT_OUTPUT = number_field(1, 100, UnitOfPower.KILO_WATT)
_FLOW_FACTOR = number_field(0.1, 50, UNIT_FLOW_FACTOR)
_DESIGN_TEMP = number_field(-50, 15, UnitOfTemperature.CELSIUS)
_DEGREE_DAYS = number_field(500, 12_000, "K·d")

_GRAMS = number_field(0, 2000, "g/kWh")

# What insights are told of the house, of its electricity and of the heat pump.
HOUSE = {
    CONF_DESIGN_TEMP: _DESIGN_TEMP,
    CONF_NORMAL_DEGREE_DAYS: _DEGREE_DAYS,
    CONF_CO2: _GRAMS,
    CONF_IN_OPERATION_SINCE: DateSelector(),
}

_HOUSE_ENERGY = EntitySelector(
    EntitySelectorConfig(filter={"domain": "sensor", "device_class": "energy"})
)
_PEAK_COUNT = NumberSelector(
    NumberSelectorConfig(min=1, max=10, step=1, mode=NumberSelectorMode.BOX)
)
_HOUR = NumberSelector(
    NumberSelectorConfig(min=0, max=24, step=1, mode=NumberSelectorMode.BOX)
)
_PEAK_RULES = SelectSelector(
    SelectSelectorConfig(
        options=list(PEAK_RULES),
        multiple=True,
        mode=SelectSelectorMode.LIST,
        translation_key="peak_rules",
    )
)
# What most grids ask for.
_USUAL_TARIFF: Mapping[str, Any] = {
    CONF_PEAK_COUNT: USUAL_PEAK_COUNT,
    CONF_PEAK_RULES: ["one_a_day"],
}

_PRICE_ENTITY = EntitySelector(
    EntitySelectorConfig(filter={"domain": ["sensor", "number", "input_number"]})
)

# The forms of the connection by their steps. A secret is not sent to the browser again:
# where a connection is changed it stays as it is when left empty. InfluxDB 1 may ask
# for no login at all.
_LOGIN: dict[Any, Any] = {
    vol.Optional(CONF_USERNAME): TextSelector(TextSelectorConfig(autocomplete="off")),
    vol.Optional(CONF_PASSWORD): _SECRET,
}
_NEW_URL: dict[Any, Any] = {vol.Required(CONF_URL, default=DEFAULT_URL): _URL}
_NEW_VERIFY_SSL: dict[Any, Any] = {
    vol.Required(CONF_VERIFY_SSL, default=True): BooleanSelector()
}
_VERIFY_SSL: dict[Any, Any] = {vol.Required(CONF_VERIFY_SSL): BooleanSelector()}
_ORGANIZATION: dict[Any, Any] = {vol.Required(CONF_ORGANIZATION): TextSelector()}
CONNECTION_SCHEMAS = {
    "influxdb": vol.Schema(
        _NEW_URL | {vol.Required(CONF_TOKEN): _SECRET} | _ORGANIZATION | _NEW_VERIFY_SSL
    ),
    "influxql": vol.Schema(_NEW_URL | _LOGIN | _NEW_VERIFY_SSL),
    "reconfigure": vol.Schema(
        {vol.Required(CONF_URL): _URL, vol.Optional(CONF_TOKEN): _SECRET}
        | _ORGANIZATION
        | _VERIFY_SSL
    ),
    "reconfigure_influxql": vol.Schema(
        {vol.Required(CONF_URL): _URL} | _LOGIN | _VERIFY_SSL
    ),
    "reauth_confirm": vol.Schema({vol.Required(CONF_TOKEN): _SECRET}),
    "reauth_influxql": vol.Schema(_LOGIN),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What the form of a heat pump starts with; powers in kW, factor in kW/K.

    `is_mapped`: a later step asks what its readings are, and so whether it has a power.
    `past_statistics` is not asked of a new one, which has no statistics: None. Nor are
    `house`, what the insights are told of the house, by key, and `tariff`, what its
    highest hours cost.
    """

    brand: str
    name: str
    heat_output: float | None = None
    flow_factor: float | None = None
    flow_measured: bool = False
    auxiliary_power: float
    compressor_power: float | None = None
    price: float | None = None
    price_entity: str | None = None
    asks_compressor_power: bool
    is_mapped: bool = False
    power_metered: bool = False
    past_statistics: bool | None = None
    house: Mapping[str, float | None] = field(default_factory=dict)
    tariff: Mapping[str, Any] | None = None


def demo_schema(profiles: Sequence[Profile]) -> vol.Schema:
    """Return the form of the demo: which brands, all of them at first."""
    brands = [profile.key for profile in profiles]
    selector = SelectSelector(
        SelectSelectorConfig(
            options=_brand_options(profiles),
            multiple=True,
            mode=SelectSelectorMode.LIST,
        )
    )
    return vol.Schema({vol.Required(CONF_BRANDS, default=brands): selector})


def bucket_schema(buckets: Sequence[Bucket]) -> vol.Schema:
    """Return the form that asks for the bucket; those with readings are marked."""
    options = [
        SelectOptionDict(value=bucket.name, label=_bucket_label(bucket))
        for bucket in buckets
    ]
    default: Any = vol.UNDEFINED
    if buckets and buckets[0].has_readings:
        default = buckets[0].name
    selector = SelectSelector(
        SelectSelectorConfig(
            options=options, custom_value=True, mode=SelectSelectorMode.DROPDOWN
        )
    )
    return vol.Schema({vol.Required(CONF_BUCKET, default=default): selector})


def brand_schema(
    profiles: Sequence[Profile], proposal: Proposal, currency: str
) -> vol.Schema:
    """Return the form of a heat pump's brand, name and settings."""
    selector = SelectSelector(
        SelectSelectorConfig(
            options=_brand_options(profiles),
            mode=SelectSelectorMode.DROPDOWN,
            translation_key="brand",
        )
    )
    fields: dict[Any, Any] = {
        vol.Required(CONF_BRAND, default=proposal.brand): selector,
        vol.Required(CONF_NAME, default=proposal.name): TextSelector(),
        suggest(CONF_HEAT_OUTPUT, proposal.heat_output): HEAT_OUTPUT,
        suggest(CONF_FLOW_FACTOR, proposal.flow_factor): _FLOW_FACTOR,
        vol.Required(
            CONF_FLOW_MEASURED, default=proposal.flow_measured
        ): BooleanSelector(),
    }
    if proposal.asks_compressor_power:
        fields[suggest(CONF_COMPRESSOR_POWER, proposal.compressor_power)] = _KILOWATTS
    if not proposal.asks_compressor_power or proposal.is_mapped:
        metered = vol.Required(CONF_POWER_METERED, default=proposal.power_metered)
        fields[metered] = BooleanSelector()
    fields[suggest(CONF_AUXILIARY_POWER, proposal.auxiliary_power)] = _KILOWATTS
    fields[suggest(CONF_PRICE, proposal.price)] = _price(currency)
    fields[suggest(CONF_PRICE_ENTITY, proposal.price_entity)] = _PRICE_ENTITY
    for key, value in proposal.house.items():
        fields[suggest(key, value)] = HOUSE[key]
    if proposal.tariff is not None:
        fields[vol.Optional(CONF_TARIFF)] = _tariff(proposal.tariff, currency)
    if proposal.past_statistics is not None:
        statistics = vol.Required(CONF_STATISTICS, default=proposal.past_statistics)
        fields[statistics] = BooleanSelector()
    return vol.Schema(fields)


def _tariff(tariff: Mapping[str, Any], currency: str) -> section:
    """Return the fields of a price of power, folded where there is none."""
    told = tariff or _USUAL_TARIFF
    selectors = {
        CONF_HOUSE_ENERGY: _HOUSE_ENERGY,
        CONF_PEAK_PRICE: number_field(0, MOST_PRICE, f"{currency}/kW"),
        CONF_PEAK_COUNT: _PEAK_COUNT,
        CONF_PEAK_RULES: _PEAK_RULES,
        CONF_PEAK_FROM: _HOUR,
        CONF_PEAK_TO: _HOUR,
    }
    fields: dict[Any, Any] = {
        suggest(key, told.get(key)): selector for key, selector in selectors.items()
    }
    return section(vol.Schema(fields), {"collapsed": not tariff})


def as_typed(schema: vol.Schema, user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fields are to show again: what was emptied stays so."""
    return {
        str(key): as_typed(field.schema, user_input.get(key) or {})
        if isinstance(field, section)
        else user_input.get(key)
        for key, field in schema.schema.items()
    }


def suggest(key: str, value: Any) -> vol.Optional:
    """Return an optional field that can be emptied, unlike one with a default."""
    return vol.Optional(key, description={"suggested_value": value})


def _price(currency: str) -> NumberSelector:
    """Return the field of a price per kWh; it may be negative."""
    return NumberSelector(
        NumberSelectorConfig(
            min=-MOST_PRICE,
            max=MOST_PRICE,
            step="any",
            unit_of_measurement=f"{currency}/{UnitOfEnergy.KILO_WATT_HOUR}",
            mode=NumberSelectorMode.BOX,
        )
    )


def _brand_options(profiles: Sequence[Profile]) -> list[SelectOptionDict]:
    return [SelectOptionDict(value=p.key, label=p.label) for p in profiles]


def _bucket_label(bucket: Bucket) -> str:
    return f"{bucket.name} {MARK_READINGS}" if bucket.has_readings else bucket.name
