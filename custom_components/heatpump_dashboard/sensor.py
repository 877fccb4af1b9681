"""Sensors of a heat pump."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity
from homeassistant.helpers.typing import StateType

from .const import CONF_BUCKET
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from .entity import HeatPumpEntity, async_add_to_each_pump
from .running_total import RunningTotal
from .sensor_description import HeatPumpSensorDescription
from .sensor_figures import ENERGIES, FIGURES, UNRECORDED
from .sensor_readings import READINGS

PARALLEL_UPDATES = 0

# Where a stored total says what it was added up from.
_BUCKET: Final = "bucket"

DESCRIPTIONS: Final = (
    *FIGURES,
    *(description for _, description in ENERGIES),
    *READINGS,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HeatPumpConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors each heat pump of the entry has."""
    async_add_to_each_pump(entry, async_add_entities, _sensors)


def _sensors(
    entry: HeatPumpConfigEntry, coordinator: HeatPumpCoordinator
) -> Iterator[HeatPumpSensor]:
    """Yield the sensors a heat pump has."""
    for description in (*FIGURES, *READINGS):
        if description.has_fn(coordinator):
            yield HeatPumpSensor(
                entry=entry, coordinator=coordinator, description=description
            )
    for column, description in ENERGIES:
        if description.has_fn(coordinator):
            yield EnergySensor(
                entry=entry,
                coordinator=coordinator,
                description=description,
                column=column,
            )


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
            sensors = coordinator.profile.metrics[description.key].candidates
            self._attr_suggested_display_precision = sensors[0].digits
        if description.options_fn is not None:
            self._attr_options = description.options_fn(coordinator.profile)
        if description.currency:
            self._attr_native_unit_of_measurement = coordinator.hass.config.currency

    @property
    @override
    def native_value(self) -> StateType:
        """Return the value, None where there is no valid one."""
        return self.entity_description.value_fn(self.coordinator)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return the midnight since which it is added up."""
        daily = self.entity_description.daily
        return self.coordinator.data.midnight if daily else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Return what a figure rests on."""
        attributes = self.entity_description.attributes_fn
        return None if attributes is None else attributes(self.coordinator)


class StoredTotal(ExtraStoredData):
    """What has to outlive a restart of a growing total.

    With the bucket it was added up from: an entity's name may be that of a heat pump
    that was removed.
    """

    def __init__(self, total: RunningTotal, bucket: str) -> None:
        """Keep the total."""
        self._total = total
        self._bucket = bucket

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return the total."""
        return {**self._total.as_dict(), _BUCKET: self._bucket}


class EnergySensor(HeatPumpSensor, RestoreEntity):
    """An energy that grows for ever, for the Energy dashboard."""

    def __init__(
        self,
        *,
        entry: HeatPumpConfigEntry,
        coordinator: HeatPumpCoordinator,
        description: HeatPumpSensorDescription,
        column: str,
    ) -> None:
        """Add up this column of the ledger."""
        super().__init__(entry=entry, coordinator=coordinator, description=description)
        self._column = column
        self._bucket: str = coordinator.subentry.data[CONF_BUCKET]
        self._total: RunningTotal | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Go on from where it was."""
        await super().async_added_to_hass()
        if (extra := await self.async_get_last_extra_data()) is not None:
            stored = extra.as_dict()
            if stored.get(_BUCKET, self._bucket) == self._bucket:
                self._total = RunningTotal.from_dict(stored)
        self._advance()

    @property
    @override
    def native_value(self) -> StateType:
        """Return the total, None before the first reading."""
        return None if self._total is None else self._total.reported

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData | None:
        """Return what is stored."""
        return None if self._total is None else StoredTotal(self._total, self._bucket)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._advance()
        super()._handle_coordinator_update()

    def _advance(self) -> None:
        """Add what is new."""
        known, settings = self.coordinator.known, repr(self.coordinator.equipment)
        if known.last is None or known.since is None:
            return
        last = known.last.to_pydatetime()
        if self._total is None:
            self._total = RunningTotal.beginning(last, settings)
        self._total = self._total.advance(
            known.ledger[self._column],
            since=known.since.to_pydatetime(),
            last=last,
            whole=self.coordinator.history.whole,
            made_with=settings,
        )
