"""Sensors of a heat pump."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    EntityCategory,
    UnitOfPower,
    UnitOfRatio,
    UnitOfTemperature,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType

from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from .entity import HeatPumpEntity
from .profiles import Profile

PARALLEL_UPDATES = 0

_MODES = ["auxiliary", "heating", "hot_water", "idle"]
_NO_ALARM = "none"


@dataclass(frozen=True, kw_only=True)
class HeatPumpSensorDescription(SensorEntityDescription):
    """A sensor, the pumps that have it and where its value is."""

    has_fn: Callable[[HeatPumpCoordinator], bool] = lambda _: True
    options_fn: Callable[[Profile], list[str]] | None = None
    value_fn: Callable[[HeatPumpCoordinator], StateType]


def _has(*metrics: str) -> Callable[[HeatPumpCoordinator], bool]:
    """Return what tells whether a pump reports all of the metrics."""
    return lambda coordinator: coordinator.profile.metrics.keys() >= set(metrics)


def _has_power(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether the electric power is reported, or configured."""
    return (
        "power" in coordinator.profile.metrics
        or coordinator.equipment.compressor_kw is not None
    )


def _has_cop(coordinator: HeatPumpCoordinator) -> bool:
    return _has("supply_temp", "return_temp")(coordinator) and _has_power(coordinator)


def _has_auxiliary(coordinator: HeatPumpCoordinator) -> bool:
    metrics = coordinator.profile.metrics
    return any(metric.startswith("auxiliary_") for metric in metrics)


def _latest(metric: str) -> Callable[[HeatPumpCoordinator], StateType]:
    """Return what gives the latest value of a metric."""
    return lambda coordinator: coordinator.data.metrics.get(metric)


def _today(figure: str, digits: int) -> Callable[[HeatPumpCoordinator], StateType]:
    """Return what gives a figure of the day so far, without digits that mean nothing."""

    def today(coordinator: HeatPumpCoordinator) -> StateType:
        value: float | None = coordinator.data.today.get(figure)
        if value is None:
            return None
        return round(value, digits) if digits else round(value)

    return today


def _difference(warm: str, cold: str) -> Callable[[HeatPumpCoordinator], StateType]:
    """Return what gives the difference of two temperatures, in K."""

    def difference(coordinator: HeatPumpCoordinator) -> StateType:
        metrics = coordinator.data.metrics
        if warm not in metrics or cold not in metrics:
            return None
        return round(metrics[warm] - metrics[cold], 2)

    return difference


def _auxiliary_share(coordinator: HeatPumpCoordinator) -> StateType:
    """Return the share of the day so far that the auxiliary heater was on, in %."""
    covered: float | None = coordinator.data.today.get("covered_s")
    auxiliary: float | None = coordinator.data.today.get("auxiliary_on_s")
    if not covered or auxiliary is None:
        return None
    return round(100 * auxiliary / covered, 2)


def _operating_modes(profile: Profile) -> list[str]:
    return sorted(set(profile.operating_modes.values()))


def _operating_mode(coordinator: HeatPumpCoordinator) -> StateType:
    """Return the name of the mode; a number the profile does not know has none."""
    value = coordinator.data.metrics.get("operating_mode")
    return (
        None if value is None else coordinator.profile.operating_modes.get(int(value))
    )


def _alarm_code(coordinator: HeatPumpCoordinator) -> StateType:
    return coordinator.data.alarm.code


def _alarm_text(coordinator: HeatPumpCoordinator) -> StateType:
    """Return the alarm in the language of the home."""
    alarm = coordinator.data.alarm
    return alarm.text(coordinator.hass.config.language) if alarm.active else _NO_ALARM


def _temperature(metric: str, *, enabled: bool = True) -> HeatPumpSensorDescription:
    return HeatPumpSensorDescription(
        key=metric,
        translation_key=metric,
        device_class=SensorDeviceClass.TEMPERATURE,
        entity_registry_enabled_default=enabled,
        has_fn=_has(metric),
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_latest(metric),
    )


def _temperature_difference(
    key: str, warm: str, cold: str
) -> HeatPumpSensorDescription:
    return HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.TEMPERATURE_DELTA,
        # Follows from two others and changes as often as both together.
        entity_registry_enabled_default=False,
        has_fn=_has(warm, cold),
        native_unit_of_measurement=UnitOfTemperature.KELVIN,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=_difference(warm, cold),
    )


def _cop(
    key: str,
    value_fn: Callable[[HeatPumpCoordinator], StateType],
    *,
    enabled: bool = True,
) -> HeatPumpSensorDescription:
    return HeatPumpSensorDescription(
        key=key,
        translation_key=key,
        entity_registry_enabled_default=enabled,
        has_fn=_has_cop,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        value_fn=value_fn,
    )


DESCRIPTIONS: tuple[HeatPumpSensorDescription, ...] = (
    _cop("cop", lambda coordinator: coordinator.data.cop),
    _cop("cop_today", _today("cop_system", 3)),
    _cop("compressor_cop_today", _today("cop_compressor", 3), enabled=False),
    HeatPumpSensorDescription(
        key="compressor_runtime_today",
        translation_key="compressor_runtime_today",
        device_class=SensorDeviceClass.DURATION,
        has_fn=_has("compressor"),
        native_unit_of_measurement=UnitOfTime.SECONDS,
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=2,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        value_fn=_today("compressor_s", 0),
    ),
    HeatPumpSensorDescription(
        key="compressor_starts_today",
        translation_key="compressor_starts_today",
        has_fn=_has("compressor"),
        state_class=SensorStateClass.TOTAL_INCREASING,
        suggested_display_precision=0,
        value_fn=_today("starts", 0),
    ),
    HeatPumpSensorDescription(
        key="auxiliary_share_today",
        translation_key="auxiliary_share_today",
        has_fn=_has_auxiliary,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=1,
        value_fn=_auxiliary_share,
    ),
    HeatPumpSensorDescription(
        key="power",
        translation_key="power",
        device_class=SensorDeviceClass.POWER,
        has_fn=_has_power,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda coordinator: coordinator.data.power,
    ),
    _temperature("outdoor_temp"),
    _temperature("indoor_temp"),
    _temperature("supply_temp"),
    _temperature("return_temp"),
    _temperature("hot_water_temp"),
    _temperature("brine_in_temp"),
    _temperature("brine_out_temp"),
    _temperature("hot_gas_temp", enabled=False),
    _temperature_difference("supply_return_difference", "supply_temp", "return_temp"),
    _temperature_difference("brine_difference", "brine_in_temp", "brine_out_temp"),
    HeatPumpSensorDescription(
        key="auxiliary_percent",
        translation_key="auxiliary_percent",
        has_fn=_has("auxiliary_percent"),
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_latest("auxiliary_percent"),
    ),
    HeatPumpSensorDescription(
        key="compressor_speed",
        translation_key="compressor_speed",
        entity_registry_enabled_default=False,
        has_fn=_has("compressor_speed"),
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_latest("compressor_speed"),
    ),
    HeatPumpSensorDescription(
        key="degree_minutes",
        translation_key="degree_minutes",
        entity_category=EntityCategory.DIAGNOSTIC,
        has_fn=_has("degree_minutes"),
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=_latest("degree_minutes"),
    ),
    HeatPumpSensorDescription(
        key="mode",
        translation_key="mode",
        device_class=SensorDeviceClass.ENUM,
        has_fn=_has("compressor"),
        options=_MODES,
        value_fn=lambda coordinator: coordinator.data.mode,
    ),
    HeatPumpSensorDescription(
        key="operating_mode",
        translation_key="operating_mode",
        device_class=SensorDeviceClass.ENUM,
        has_fn=lambda coordinator: (
            _has("operating_mode")(coordinator)
            and bool(coordinator.profile.operating_modes)
        ),
        options_fn=_operating_modes,
        value_fn=_operating_mode,
    ),
    HeatPumpSensorDescription(
        key="alarm_text",
        translation_key="alarm_text",
        has_fn=_has("alarm_code"),
        value_fn=_alarm_text,
    ),
    HeatPumpSensorDescription(
        key="alarm_code",
        translation_key="alarm_code",
        entity_category=EntityCategory.DIAGNOSTIC,
        has_fn=_has("alarm_code"),
        suggested_display_precision=0,
        value_fn=_alarm_code,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors each heat pump of the entry has."""
    for pump_id, coordinator in entry.runtime_data.coordinators.items():
        async_add_entities(
            (
                HeatPumpSensor(
                    entry=entry, coordinator=coordinator, description=description
                )
                for description in DESCRIPTIONS
                if description.has_fn(coordinator)
            ),
            config_subentry_id=pump_id,
        )


class HeatPumpSensor(HeatPumpEntity, SensorEntity):
    """A sensor of a heat pump."""

    entity_description: HeatPumpSensorDescription

    def __init__(
        self,
        *,
        entry: HeatPumpConfigEntry,
        coordinator: HeatPumpCoordinator,
        description: HeatPumpSensorDescription,
    ) -> None:
        """Take what depends on the brand from its profile."""
        super().__init__(entry=entry, coordinator=coordinator, description=description)
        if description.device_class is SensorDeviceClass.TEMPERATURE:
            # Some brands resolve whole degrees only: show no decimal that is not there.
            sensors = coordinator.profile.metrics[description.key].candidates
            self._attr_suggested_display_precision = sensors[0].digits
        if description.options_fn is not None:
            self._attr_options = description.options_fn(coordinator.profile)

    @property
    @override
    def native_value(self) -> StateType:
        """Return the value, None where there is no valid one."""
        return self.entity_description.value_fn(self.coordinator)
