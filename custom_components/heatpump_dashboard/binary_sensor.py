"""Binary sensors of a heat pump."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .analysis.capabilities import AUXILIARY_METRICS
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from .entity import HeatPumpEntity, async_add_to_each_pump
from .pump.present import Present

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class HeatPumpBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor; a pump has it that reports any of its metrics, where it has any.

    `of_days`: it is not of the last minutes, and stays true while no reading comes.
    """

    metrics: tuple[str, ...] = ()
    of_days: bool = False
    is_on_fn: Callable[[Present], bool | None]


def _on(metric: str) -> Callable[[Present], bool | None]:
    """Return what tells whether a state is on, None where it is not known."""

    def is_on(data: Present) -> bool | None:
        value = data.metrics.get(metric)
        return None if value is None else value > 0

    return is_on


def _needs_action(data: Present) -> bool | None:
    """Return whether a check asks for an action, None where none could be made."""
    state = data.insights.get("verdict", {}).get("state")
    return None if state in (None, "learning", "unknown") else state == "act"


DESCRIPTIONS: tuple[HeatPumpBinarySensorDescription, ...] = (
    HeatPumpBinarySensorDescription(
        key="compressor",
        translation_key="compressor",
        device_class=BinarySensorDeviceClass.RUNNING,
        metrics=("compressor",),
        is_on_fn=_on("compressor"),
    ),
    HeatPumpBinarySensorDescription(
        key="brine_pump",
        translation_key="brine_pump",
        device_class=BinarySensorDeviceClass.RUNNING,
        metrics=("brine_pump",),
        is_on_fn=_on("brine_pump"),
    ),
    HeatPumpBinarySensorDescription(
        key="circulation_pump",
        translation_key="circulation_pump",
        device_class=BinarySensorDeviceClass.RUNNING,
        metrics=("circulation_pump",),
        is_on_fn=_on("circulation_pump"),
    ),
    HeatPumpBinarySensorDescription(
        key="hot_water_charging",
        translation_key="hot_water_charging",
        metrics=("hot_water_valve",),
        is_on_fn=lambda data: data.hot_water,
    ),
    HeatPumpBinarySensorDescription(
        key="auxiliary_heater",
        translation_key="auxiliary_heater",
        metrics=AUXILIARY_METRICS,
        is_on_fn=lambda data: data.auxiliary,
    ),
    HeatPumpBinarySensorDescription(
        key="alarm",
        translation_key="alarm",
        device_class=BinarySensorDeviceClass.PROBLEM,
        metrics=("alarm", "alarm_code"),
        is_on_fn=lambda data: data.alarm.active,
    ),
    HeatPumpBinarySensorDescription(
        key="attention",
        translation_key="attention",
        device_class=BinarySensorDeviceClass.PROBLEM,
        is_on_fn=_needs_action,
        of_days=True,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors each heat pump of the entry has."""
    async_add_to_each_pump(entry, async_add_entities, _binary_sensors)


def _binary_sensors(
    entry: HeatPumpConfigEntry, coordinator: HeatPumpCoordinator
) -> Iterator[HeatPumpBinarySensor]:
    """Yield the binary sensors a heat pump has."""
    for description in DESCRIPTIONS:
        metrics = description.metrics
        if not metrics or coordinator.pump.capabilities.reports_any(metrics):
            kind = InsightBinarySensor if description.of_days else HeatPumpBinarySensor
            yield kind(entry=entry, coordinator=coordinator, description=description)


class HeatPumpBinarySensor(HeatPumpEntity, BinarySensorEntity):
    """A binary sensor of a heat pump."""

    entity_description: HeatPumpBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is on, None where it is not known."""
        return self.entity_description.is_on_fn(self.coordinator.data)


class InsightBinarySensor(HeatPumpBinarySensor):
    """A binary sensor of what days say, that stays true while no reading comes."""

    _needs_fresh = False
