"""The settings of a heat pump: those in force, and what is wrong with new ones."""

from collections.abc import Mapping
from typing import Any

from homeassistant.components.sensor import ATTR_STATE_CLASS, SensorStateClass
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_COMPRESSOR_POWER,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_HEAT_OUTPUT,
    CONF_HOUSE_ENERGY,
    CONF_PEAK_FROM,
    CONF_PEAK_PRICE,
    CONF_PEAK_TO,
    CONF_POWER_METERED,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_STATISTICS,
    CONF_TARIFF,
    DEFAULT_FLOW_FACTOR,
)
from ..price.unit import per_kwh
from ..profiles import Profile
from .forms import HOUSE, Proposal
from .presets import is_mapped

# Of these Home Assistant's statistics know what each hour added.
_COUNTS = (SensorStateClass.TOTAL, SensorStateClass.TOTAL_INCREASING)


def in_force(
    name: str, stored: Mapping[str, Any], profile: Profile, *, asks: bool
) -> Proposal:
    """Return the settings of a heat pump that exists. `asks`: for the compressor's kW."""
    compressor_power = stored.get(CONF_COMPRESSOR_POWER)
    return Proposal(
        brand=profile.key,
        name=name,
        heat_output=stored.get(CONF_HEAT_OUTPUT),
        flow_factor=typed_flow_factor(stored),
        flow_measured=stored.get(CONF_FLOW_MEASURED, False),
        auxiliary_power=stored.get(CONF_AUXILIARY_POWER, profile.auxiliary.max_kw),
        compressor_power=compressor_power,
        price=stored.get(CONF_PRICE),
        price_entity=stored.get(CONF_PRICE_ENTITY),
        asks_compressor_power=asks or compressor_power is not None,
        is_mapped=is_mapped(profile),
        power_metered=stored.get(CONF_POWER_METERED, False),
        past_statistics=stored.get(CONF_STATISTICS, False),
        house={key: stored.get(key) for key in HOUSE},
        tariff=stored.get(CONF_TARIFF, {}),
    )


def typed_flow_factor(stored: Mapping[str, Any]) -> float | None:
    """Return the flow factor that somebody typed, None where it is only the usual one.

    Which the form used to propose, so that it is stored without anybody's having
    meant it; left empty it stays in force until there is a better one.
    """
    factor: float | None = stored.get(CONF_FLOW_FACTOR)
    meant = stored.get(CONF_FLOW_MEASURED) or factor != DEFAULT_FLOW_FACTOR
    return factor if meant else None


def setting_errors(
    hass: HomeAssistant, user_input: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with the settings of a heat pump.

    An entity that is `stored` already is not looked at again: while its integration is
    away, all other settings can be changed.
    """
    errors = _price_errors(hass, user_input, stored)
    errors |= _tariff_errors(hass, user_input, stored)
    if user_input[CONF_FLOW_MEASURED] and not user_input.get(CONF_FLOW_FACTOR):
        errors[CONF_FLOW_FACTOR] = "flow_factor_missing"
    return errors


def _price_errors(
    hass: HomeAssistant, user_input: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with the price: two of them, or an entity that is none."""
    entity_id = user_input.get(CONF_PRICE_ENTITY)
    if entity_id is None:
        return {}
    if user_input.get(CONF_PRICE) is not None:
        return {CONF_PRICE_ENTITY: "two_prices"}
    if entity_id == stored.get(CONF_PRICE_ENTITY):
        return {}
    if hass.states.get(entity_id) is None:
        return {CONF_PRICE_ENTITY: "price_missing"}
    unit = price_unit(hass, user_input)
    if per_kwh(unit, hass.config.currency) is None:
        return {CONF_PRICE_ENTITY: "price_unit"}
    return {}


def _tariff_errors(
    hass: HomeAssistant, user_input: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with a price of power; a section has no errors of fields."""
    told = tariff_in(user_input)
    entity_id = told.get(CONF_HOUSE_ENERGY)
    if told and (not entity_id or not told.get(CONF_PEAK_PRICE)):
        return {"base": "tariff_half"}
    first, end = told.get(CONF_PEAK_FROM), told.get(CONF_PEAK_TO)
    if (first is None) is not (end is None) or (end is not None and first >= end):
        return {"base": "tariff_hours"}
    if not entity_id or entity_id == tariff_in(stored).get(CONF_HOUSE_ENERGY):
        return {}
    if (state := hass.states.get(entity_id)) is None:
        return {"base": "house_energy_missing"}
    if state.attributes.get(ATTR_STATE_CLASS) not in _COUNTS:
        return {"base": "house_energy_uncounted"}
    return {}


def tariff_in(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return the price of power that a form tells; nothing where there is none."""
    told = user_input.get(CONF_TARIFF) or {}
    if not told.get(CONF_HOUSE_ENERGY) and not told.get(CONF_PEAK_PRICE):
        return {}
    return dict(told)


def price_unit(hass: HomeAssistant, user_input: Mapping[str, Any]) -> str:
    """Return the unit of the typed entity, a dash where it has none."""
    state = hass.states.get(user_input.get(CONF_PRICE_ENTITY) or "")
    unit = state and state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    return unit or "–"
