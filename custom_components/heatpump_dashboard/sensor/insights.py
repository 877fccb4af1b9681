"""The sensors that show what the insights say: found once a day, of days."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfEnergy, UnitOfRatio, UnitOfTemperature, UnitOfTime
from homeassistant.helpers.typing import StateType

from ..pump.present import Present
from .description import Attributes, HeatPumpSensorDescription, Value, has
from .figures import REASON, UNCERTAINTY

# What the verdict rests on: the checks that are worth a look or ask for an action, those
# that could not be made, each with why, and how many were made of how many.
CHECKS: Final = "checks"
NOT_CHECKED: Final = "not_checked"
MADE: Final = "made"
OF: Final = "of"

# Before they were found the first time.
_NOT_FOUND: Final = "not_found"

type Answer = Mapping[str, Any]
type Read = Callable[[Answer], float | None]
type Lacking = Callable[[Answer], str | None]


def _verdict(present: Present) -> StateType:
    """Return the verdict; what is not known is Home Assistant's own unknown."""
    state: str | None = present.insights.get("verdict", {}).get("state")
    return None if state == "unknown" else state


def _verdict_rests_on(present: Present) -> dict[str, Any]:
    """Return the checks that are not all right, with their codes."""
    verdict = present.insights.get("verdict", {})
    checks = verdict.get("checks", ())
    return {
        CHECKS: {
            check["id"]: check["code"]
            for check in checks
            if check["state"] in ("act", "watch")
        },
        NOT_CHECKED: {
            check["id"]: check["code"]
            for check in checks
            if check["state"] in ("learning", "unknown")
        },
        MADE: verdict.get(MADE),
        OF: verdict.get(OF),
    }


def _value(answer: Answer) -> float | None:
    value: float | None = answer["value"]
    return value


def _param(name: str) -> Read:
    """Return what reads a parameter of an answer."""
    return lambda answer: answer["params"].get(name)


def _cop_deviation(answer: Answer) -> float | None:
    """Return the deviation of a COP; where only the capacity is known, there is none."""
    return None if answer["code"].startswith("capacity") else _value(answer)


def _heat_loss(answer: Answer) -> float | None:
    """Return kW per kelvin, not of heat that nobody has checked."""
    return None if answer["scale"] is None else _value(answer)


def _avoidable(answer: Answer) -> float | None:
    """Return the electricity that the compressor would have saved, by its true COP."""
    return _param("avoidable_kwh")(answer) if answer["params"].get("checked") else None


def _answer(insight: str, read: Read, digits: int) -> Value:
    """Return what gives a number of an insight, None where it is not known."""

    def value(present: Present) -> StateType:
        answer = present.insights.get(insight)
        found = None if answer is None else read(answer)
        if found is None:
            return None
        return round(found, digits) if digits else round(found)

    return value


def _rests_on(insight: str, read: Read, lacking: Lacking) -> Attributes:
    """Return what tells why there is no number.

    `lacking`: says it where the insight itself is known.
    """

    def attributes(present: Present) -> dict[str, Any]:
        answer = present.insights.get(insight)
        if answer is None:
            return {REASON: _NOT_FOUND}
        if read(answer) is not None:
            return {REASON: None}
        is_known = answer["state"] not in ("learning", "unknown")
        return {REASON: lacking(answer) if is_known else answer["code"]}

    return attributes


def _with_scatter(insight: str, read: Read, lacking: Lacking) -> Attributes:
    """Return the same, with ± of the number, 1 σ."""
    rests = _rests_on(insight, read, lacking)

    def attributes(present: Present) -> dict[str, Any]:
        why = rests(present)
        scatter = present.insights.get(insight, {}).get("scatter")
        if why[REASON] is not None or scatter is None:
            return {UNCERTAINTY: None, **why}
        return {UNCERTAINTY: round(scatter, 3), **why}

    return attributes


def _always(reason: str) -> Lacking:
    return lambda _: reason


INSIGHTS: Final[tuple[HeatPumpSensorDescription, ...]] = (
    HeatPumpSensorDescription(
        key="verdict",
        translation_key="verdict",
        attributes_fn=_verdict_rests_on,
        device_class=SensorDeviceClass.ENUM,
        options=["act", "learning", "ok", "watch"],
        value_fn=_verdict,
    ),
    HeatPumpSensorDescription(
        key="cop_deviation",
        translation_key="cop_deviation",
        attributes_fn=_with_scatter(
            "cop", _cop_deviation, _always("no_measured_power")
        ),
        entity_registry_enabled_default=False,
        has_fn=lambda pump: pump.cop,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=_answer("cop", _cop_deviation, 2),
    ),
    HeatPumpSensorDescription(
        key="heat_loss",
        translation_key="heat_loss",
        attributes_fn=_with_scatter("house", _heat_loss, _always("unchecked")),
        entity_registry_enabled_default=False,
        has_fn=lambda pump: pump.heat and pump.reports("compressor", "outdoor_temp"),
        native_unit_of_measurement="kW/K",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=_answer("house", _heat_loss, 4),
    ),
    HeatPumpSensorDescription(
        key="full_load_temp",
        translation_key="full_load_temp",
        attributes_fn=_rests_on(
            "house", _param("reserve"), lambda answer: answer["params"]["reserve_code"]
        ),
        device_class=SensorDeviceClass.TEMPERATURE,
        entity_registry_enabled_default=False,
        has_fn=has("compressor", "outdoor_temp"),
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_answer("house", _param("reserve"), 1),
    ),
    HeatPumpSensorDescription(
        key="days_since_60",
        translation_key="days_since_60",
        attributes_fn=_rests_on(
            "hot_water", _param("days_since_60"), _always("no_metric")
        ),
        device_class=SensorDeviceClass.DURATION,
        entity_registry_enabled_default=False,
        has_fn=has("hot_water_temp"),
        native_unit_of_measurement=UnitOfTime.DAYS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_answer("hot_water", _param("days_since_60"), 0),
    ),
    HeatPumpSensorDescription(
        key="avoidable_auxiliary",
        translation_key="avoidable_auxiliary",
        attributes_fn=_rests_on("heater", _avoidable, _always("unchecked")),
        device_class=SensorDeviceClass.ENERGY,
        entity_registry_enabled_default=False,
        has_fn=lambda pump: pump.cop and pump.auxiliary,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=0,
        value_fn=_answer("heater", _avoidable, 1),
    ),
)
