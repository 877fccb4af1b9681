"""The entity of a sensor."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.helpers.typing import StateType

from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..entity import HeatPumpEntity
from .description import HeatPumpSensorDescription
from .figures import UNRECORDED


class HeatPumpSensor(HeatPumpEntity, SensorEntity):
    """A sensor of a heat pump."""

    _unrecorded_attributes = UNRECORDED
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
            metric = coordinator.pump.profile.metrics.get(description.key)
            if metric is not None:
                digits = metric.candidates[0].digits
                self._attr_suggested_display_precision = digits
        if description.options_fn is not None:
            self._attr_options = description.options_fn(coordinator.pump.profile)
        if description.currency:
            self._attr_native_unit_of_measurement = coordinator.hass.config.currency

    @property
    @override
    def native_value(self) -> StateType:
        """Return the value, None where there is no valid one."""
        coordinator, description = self.coordinator, self.entity_description
        if description.word_fn is None:
            return description.value_fn(coordinator.data)
        language = coordinator.hass.config.language
        return description.word_fn(coordinator.data, coordinator.pump.profile, language)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return the moment since which it is added up: midnight, mostly."""
        daily = self.entity_description.daily
        return self.coordinator.data.today_from if daily else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Return what a figure rests on."""
        attributes = self.entity_description.attributes_fn
        return None if attributes is None else attributes(self.coordinator.data)


class InsightSensor(HeatPumpSensor):
    """A sensor of what days say, that stays true while no reading comes."""

    _needs_fresh = False
