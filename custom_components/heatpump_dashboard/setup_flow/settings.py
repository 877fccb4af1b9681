"""The settings of a heat pump: those in force, and what is wrong with new ones."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeassistant.components.sensor import ATTR_STATE_CLASS, SensorStateClass
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_BRAND,
    CONF_BUCKET,
    CONF_COMPRESSOR_POWER,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_FORMER,
    CONF_HEAT_OUTPUT,
    CONF_HOUSE_ENERGY,
    CONF_IN_OPERATION_SINCE,
    CONF_PEAK_FROM,
    CONF_PEAK_PRICE,
    CONF_PEAK_TO,
    CONF_POWER_METERED,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
    CONF_RATED_DELTA_T,
    CONF_SERIES,
    CONF_STATISTICS,
    CONF_TARIFF,
    CONF_UNITS,
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the form of a heat pump's settings was answered with.

    `shown`: the fields that it had; `proposed`: of which brand it was.
    """

    typed: Mapping[str, Any]
    shown: Container[str]
    profile: Profile
    proposed: Profile

    @property
    def _meant(self) -> dict[str, Any]:
        """Return what was typed; what was only proposed for another brand is not."""
        if self.profile.key == self.proposed.key:
            return dict(self.typed)
        usual = {
            CONF_NAME: self.proposed.name,
            CONF_AUXILIARY_POWER: self.proposed.auxiliary.max_kw,
        }
        return {k: v for k, v in self.typed.items() if usual.get(k) != v}

    @property
    def title(self) -> str:
        """Return what the heat pump is called."""
        return self._meant.get(CONF_NAME, "").strip() or self.profile.name

    def settings(self, bucket: str, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the form says, and all that is `stored` and was not asked for."""
        typed = self._meant
        kept = {k: v for k, v in stored.items() if k not in self.shown}
        if typed.get(CONF_IN_OPERATION_SINCE) != stored.get(CONF_IN_OPERATION_SINCE):
            # That of the heat pump before it.
            kept.pop(CONF_RATED_DELTA_T, None)
        if self.profile.key != self.proposed.key:
            kept.pop(CONF_RATED_DELTA_T, None)
            if not is_mapped(self.profile):
                for key in (CONF_SERIES, CONF_UNITS, CONF_FORMER):
                    kept.pop(key, None)
        usual_kw = self.profile.auxiliary.max_kw
        settings = {
            **kept,
            CONF_BUCKET: bucket,
            CONF_BRAND: self.profile.key,
            CONF_FLOW_MEASURED: typed[CONF_FLOW_MEASURED],
            CONF_AUXILIARY_POWER: typed.get(CONF_AUXILIARY_POWER, usual_kw),
        }
        if not typed.get(CONF_HEAT_OUTPUT) and typed_flow_factor(stored) is None:
            typed = {CONF_FLOW_FACTOR: stored.get(CONF_FLOW_FACTOR)} | typed
        for key in (CONF_HEAT_OUTPUT, CONF_FLOW_FACTOR, CONF_COMPRESSOR_POWER):
            if typed.get(key):
                settings[key] = typed[key]
        if typed.get(CONF_POWER_METERED):
            settings[CONF_POWER_METERED] = True
        for key in (CONF_PRICE, CONF_PRICE_ENTITY, *HOUSE):
            if typed.get(key) is not None:
                settings[key] = typed[key]
        if tariff := tariff_in(typed):
            settings[CONF_TARIFF] = tariff
        # Left off by who was not asked yet, it is no answer.
        if typed.get(CONF_STATISTICS) or CONF_STATISTICS in stored:
            settings[CONF_STATISTICS] = typed.get(CONF_STATISTICS, False)
        return settings


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
    since = user_input.get(CONF_IN_OPERATION_SINCE)
    if since is not None and date.fromisoformat(since) > dt_util.now().date():
        errors[CONF_IN_OPERATION_SINCE] = "day_ahead"
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
