"""Describes a heat pump to the screen: what it is, what can be shown, how it is now."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..analysis.capabilities import Capabilities
from ..analysis.flow_factor import flow_factor
from ..analysis.times import milliseconds
from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_BRAND,
    CONF_COMPRESSOR_POWER,
    CONF_PRICE,
    CONF_PRICE_ENTITY,
)
from ..coordinator import HeatPumpCoordinator
from ..identity import identity
from ..profiles import METRICS
from ..pump.limits import STALE
from ..pump.past import History
from ..pump.present import Present

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump

# A verdict of which nothing was found yet.
_NOT_FOUND: Final = {"state": "unknown", "code": "not_found"}
_VIEWS: Final = (
    "sankey",
    "cop",
    "runtime",
    "temperature",
    "performance",
    "power",
    "valve",
)


def describe(coordinator: HeatPumpCoordinator) -> dict[str, Any]:
    """Return what the screen needs to know of a pump before it shows any data."""
    pump, subentry = coordinator.pump, coordinator.subentry
    rules = pump.records.rules
    rests_on = pump.basis
    return {
        "id": coordinator.pump_id,
        "name": subentry.title,
        "brand": pump.profile.key,
        "metrics": {
            metric: {"unit": METRICS[metric].unit, "series": rules[metric].name}
            for metric in METRICS
            if metric in rules
        },
        "views": views(pump.seen),
        "first_reading": _ms(coordinator.years.first_known),
        "last_reading": _ms(coordinator.last_reading),
        "history": _history(coordinator.years.history, coordinator.years.version),
        "calibration": rests_on.calibration,
        "resolution": _resolution(pump),
        "entities": _entities(coordinator.hass, coordinator.config_entry, subentry),
        "problems": [
            {
                "metric": metric,
                "entity": coordinator.entities.entity(metric),
                "why": why,
            }
            for metric, why in coordinator.entities.problems.items()
        ],
        "settings": _settings(pump, subentry.data, coordinator.hass.config.currency),
    }


def describe_unloaded(pump: ConfigSubentry, currency: str) -> dict[str, Any]:
    """Return what is known of a pump whose entry is not loaded: hardly anything.

    Its views are announced, as nothing speaks against them; a subscription says why
    there are no data.
    """
    factor, calibration = flow_factor(pump.data)
    return {
        "id": pump.subentry_id,
        "name": pump.title,
        "brand": pump.data[CONF_BRAND],
        "metrics": {},
        "views": {view: {"available": True} for view in _VIEWS},
        "first_reading": None,
        "last_reading": None,
        "history": {
            "from": None,
            "complete": False,
            "progress": 0.0,
            "revision": None,
            "holes": [],
        },
        "calibration": calibration,
        "resolution": None,
        "entities": {},
        "problems": [],
        "settings": {
            "currency": currency,
            "price": price(pump.data),
            "flow_factor": factor,
            "auxiliary_power": pump.data.get(CONF_AUXILIARY_POWER),
            "compressor_power": pump.data.get(CONF_COMPRESSOR_POWER),
            "digits": {},
            "heat_pump_type": "ground",
            "boundary": "",
            "count_kwh": 0.0,
            "heat_count_kwh": 0.0,
            "brand_name": pump.data[CONF_BRAND],
        },
    }


def _history(history: History, revision: int) -> dict[str, Any]:
    """Return how far back the past is known, and what of it could not be read."""
    holes = [[_ms(start), _ms(end)] for start, end in history.holes]
    return {**read_back(history, revision), "holes": holes}


def read_back(history: History, revision: int) -> dict[str, Any]:
    """Return how far back the past has been read.

    `revision`: with another one, what a viewer keeps of the past is to be asked anew.
    """
    return {
        "from": _ms(history.since),
        "complete": history.complete,
        "progress": round(history.progress, 3),
        "revision": revision,
    }


def _resolution(pump: HeatPump) -> int | None:
    """Return the seconds between two looks at the compressor, None for every change."""
    seconds = pump.records.rhythm.resolution_s
    return None if seconds is None else round(seconds)


def views(seen: Capabilities) -> dict[str, Any]:
    """Return for each view whether a pump that has been seen so has it, or why not."""
    compressor = seen.reports("compressor")
    figures = _reason(
        no_compressor=not compressor,
        no_heat=not seen.heat_source,
        no_power=not seen.electricity_source,
    )
    reasons = {
        "sankey": figures,
        "cop": figures,
        "runtime": _reason(no_compressor=not compressor),
        "temperature": _reason(no_temperatures=not seen.temperatures),
        "performance": _reason(
            no_temperatures=not seen.heat_source and not seen.brine_delta_t
        ),
        "power": _reason(no_power=not seen.electricity_source),
        "valve": _reason(
            no_hot_water=not seen.reports_any(("hot_water_valve", "hot_water_temp"))
        ),
    }
    return {
        view: {"available": reason is None}
        | ({} if reason is None else {"reason": reason})
        for view, reason in reasons.items()
    }


def _reason(**missing: bool) -> str | None:
    """Return the first reason that holds."""
    return next((reason for reason, holds in missing.items() if holds), None)


def _entities(
    hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
) -> dict[str, str]:
    """Return the enabled entities of a pump by their keys; those of metrics are named so."""
    prefix = f"{identity(entry, subentry)}_"
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return {
        entity.unique_id.removeprefix(prefix): entity.entity_id
        for entity in entities
        if entity.config_subentry_id == subentry.subentry_id and not entity.disabled
    }


def _settings(
    pump: HeatPump, stored: Mapping[str, Any], currency: str
) -> dict[str, Any]:
    """Return the settings the screen explains its figures with."""
    equipment, rests_on = pump.equipment, pump.basis
    rules = pump.records.rules
    return {
        "currency": currency,
        "price": price(stored),
        "flow_factor": equipment.flow_factor,
        "auxiliary_power": equipment.auxiliary_max_kw,
        "auxiliary_step_kw": equipment.step_kw,
        "compressor_power": equipment.compressor_kw,
        "digits": {metric: rule.digits for metric, rule in rules.items()},
        "heat_pump_type": pump.profile.heat_pump_type,
        "boundary": rests_on.boundary or "",
        "count_kwh": rests_on.count_kwh,
        "heat_count_kwh": rests_on.heat_count_kwh,
        "brand_name": pump.profile.name,
    }


def price(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what says the price of electricity: a number, an entity or nothing."""
    if (fixed := data.get(CONF_PRICE)) is not None:
        return {"fixed": fixed}
    entity = data.get(CONF_PRICE_ENTITY)
    return None if entity is None else {"entity": entity}


def status(
    data: Present, history: History, revision: int, source_state: str, language: str
) -> dict[str, Any]:
    """Return the present of a heat pump, as it is sent with every change."""
    alarm = data.alarm
    return {
        "time": _ms(data.time),
        "mode": data.mode,
        "metrics": dict(data.metrics),
        "cop": data.cop,
        "cop_reason": data.cop_reason,
        "electricity_kw": data.electricity_kw,
        "heat_kw": data.heat_kw,
        "alarm": {
            "active": alarm.active,
            "code": alarm.code,
            "text": alarm.text(language),
            # Left out where there is none, as this is sent so often.
            **({"texts": texts} if any((texts := alarm.texts).values()) else {}),
        },
        "since": dict(data.since),
        "source": source_state,
        **_unusual(data),
        **_verdict(data),
        "history": read_back(history, revision),
    }


def _unusual(data: Present) -> dict[str, Any]:
    """Return what is seldom other than usual; left out, as this is sent so often."""
    found: dict[str, Any] = {}
    if data.clock_ahead_s is not None:
        found["clock_ahead_s"] = data.clock_ahead_s
    if data.stale_after_s != STALE.total_seconds():
        found["stale_after_s"] = round(data.stale_after_s)
    return found


def _verdict(data: Present) -> dict[str, Any]:
    """Return whether all is right; until that was asked for the first time, that not."""
    found = data.insights.get("verdict", _NOT_FOUND)
    return {"verdict": {"state": found["state"], "code": found["code"]}}


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else milliseconds(moment)
