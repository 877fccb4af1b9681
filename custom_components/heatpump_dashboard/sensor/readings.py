"""The sensors that show what the heat pump reports."""

from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    MAX_LENGTH_STATE_STATE,
    EntityCategory,
    UnitOfPower,
    UnitOfRatio,
    UnitOfTemperature,
)
from homeassistant.helpers.typing import StateType

from ..analysis.limits import MOST_BRINE_DELTA_T_K, MOST_DELTA_T_K
from ..analysis.words import MODES
from ..profiles import Profile
from ..pump.present import Present
from .description import HeatPumpSensorDescription, Value, has

_NO_ALARM: Final = "none"


def _latest(metric: str) -> Value:
    """Return what gives the latest value of a metric."""
    return lambda present: present.metrics.get(metric)


def _difference(warm: str, cold: str, most_k: float) -> Value:
    """Return what gives the difference of two temperatures, in K.

    None where it cannot be while the compressor runs; at rest any may.
    """

    def difference(present: Present) -> StateType:
        metrics = present.metrics
        if warm not in metrics or cold not in metrics:
            return None
        kelvin = round(metrics[warm] - metrics[cold], 2)
        return None if metrics.get("compressor") and abs(kelvin) > most_k else kelvin

    return difference


def _operating_modes(profile: Profile) -> list[str]:
    return sorted(set(profile.operating_modes.values()))


def _operating_mode(present: Present, profile: Profile, _: str) -> str | None:
    """Return the name of the mode; a number the profile does not know has none."""
    value = present.metrics.get("operating_mode")
    return None if value is None else profile.operating_modes.get(int(value))


def _alarm_text(present: Present, _: Profile, language: str) -> str | None:
    """Return the alarm in the language of the home, None where it is not known."""
    if present.alarm.active is False:
        return _NO_ALARM
    return _cut(present.alarm.text(language))


def _cut(text: str | None) -> str | None:
    """Return as many alarms as a state has room for, and a sign that there are more."""
    if text is None or len(text) <= MAX_LENGTH_STATE_STATE:
        return text
    return text[: MAX_LENGTH_STATE_STATE - 2].rpartition(", ")[0] + ", …"


def _temperature(metric: str, *, enabled: bool = True) -> HeatPumpSensorDescription:
    return HeatPumpSensorDescription(
        key=metric,
        translation_key=metric,
        device_class=SensorDeviceClass.TEMPERATURE,
        entity_registry_enabled_default=enabled,
        has_fn=has(metric),
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_latest(metric),
    )


def _temperature_difference(
    key: str, warm: str, cold: str, most_k: float
) -> HeatPumpSensorDescription:
    return HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.TEMPERATURE_DELTA,
        # Follows from two others and changes as often as both together.
        entity_registry_enabled_default=False,
        has_fn=has(warm, cold),
        native_unit_of_measurement=UnitOfTemperature.KELVIN,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=_difference(warm, cold, most_k),
    )


READINGS: Final[tuple[HeatPumpSensorDescription, ...]] = (
    HeatPumpSensorDescription(
        key="power",
        translation_key="power",
        device_class=SensorDeviceClass.POWER,
        has_fn=lambda pump: pump.power,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda present: present.power,
    ),
    _temperature("outdoor_temp"),
    _temperature("indoor_temp"),
    _temperature("supply_temp"),
    _temperature("return_temp"),
    _temperature("hot_water_temp"),
    _temperature("brine_in_temp"),
    _temperature("brine_out_temp"),
    _temperature("hot_gas_temp", enabled=False),
    _temperature_difference(
        "supply_return_difference", "supply_temp", "return_temp", MOST_DELTA_T_K
    ),
    _temperature_difference(
        "brine_difference", "brine_in_temp", "brine_out_temp", MOST_BRINE_DELTA_T_K
    ),
    HeatPumpSensorDescription(
        key="auxiliary_percent",
        translation_key="auxiliary_percent",
        has_fn=has("auxiliary_percent"),
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_latest("auxiliary_percent"),
    ),
    HeatPumpSensorDescription(
        key="compressor_speed",
        translation_key="compressor_speed",
        entity_registry_enabled_default=False,
        has_fn=has("compressor_speed"),
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_latest("compressor_speed"),
    ),
    HeatPumpSensorDescription(
        key="degree_minutes",
        translation_key="degree_minutes",
        entity_category=EntityCategory.DIAGNOSTIC,
        has_fn=has("degree_minutes"),
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_latest("degree_minutes"),
    ),
    HeatPumpSensorDescription(
        key="mode",
        translation_key="mode",
        device_class=SensorDeviceClass.ENUM,
        has_fn=has("compressor"),
        options=sorted(MODES),
        value_fn=lambda present: present.mode,
    ),
    HeatPumpSensorDescription(
        key="operating_mode",
        translation_key="operating_mode",
        device_class=SensorDeviceClass.ENUM,
        has_fn=has("operating_mode"),
        options_fn=_operating_modes,
        word_fn=_operating_mode,
    ),
    HeatPumpSensorDescription(
        key="alarm_text",
        translation_key="alarm_text",
        has_fn=has("alarm_code"),
        word_fn=_alarm_text,
    ),
    HeatPumpSensorDescription(
        key="alarm_code",
        translation_key="alarm_code",
        entity_category=EntityCategory.DIAGNOSTIC,
        has_fn=has("alarm_code"),
        suggested_display_precision=0,
        value_fn=lambda present: present.alarm.code,
    ),
)
