"""The sensors of energies that grow for ever."""

from typing import Any, Final, override

from homeassistant.core import callback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity
from homeassistant.helpers.typing import StateType

from ..const import CONF_BUCKET
from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..pump.running_total import RunningTotal
from .description import HeatPumpSensorDescription
from .entity import HeatPumpSensor

# Where a stored total says what it was added up from.
_BUCKET: Final = "bucket"


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
        pump = self.coordinator.pump
        known, settings = pump.records, repr(pump.equipment)
        if known.last is None or known.since is None:
            return
        last = known.last.to_pydatetime()
        if self._total is None:
            self._total = RunningTotal.beginning(last, settings)
        self._total = self._total.advance(
            known.ledger[self._column],
            since=known.since.to_pydatetime(),
            last=last,
            whole=pump.history.whole,
            made_with=settings,
        )
