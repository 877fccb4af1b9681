"""The sensors of energies that grow for ever."""

from datetime import datetime
from typing import Any, override

from homeassistant.core import callback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from ..analysis.fingerprint import made_of
from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..identity import own_id
from ..pump.running_total import RunningTotal
from ..totals import PUMP, Totals
from .description import HeatPumpSensorDescription
from .entity import HeatPumpSensor


class StoredTotal(ExtraStoredData):
    """What has to outlive a restart of a growing total.

    With the heat pump it is of: an entity's name may be that of one that was removed.
    """

    def __init__(self, total: RunningTotal, pump: str) -> None:
        """Keep the total."""
        self._total = total
        self._pump = pump

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return the total."""
        return {**self._total.as_dict(), PUMP: self._pump}


class EnergySensor(HeatPumpSensor, RestoreEntity):
    """An energy that grows for ever, for the Energy dashboard."""

    def __init__(
        self,
        *,
        entry: HeatPumpConfigEntry,
        coordinator: HeatPumpCoordinator,
        description: HeatPumpSensorDescription,
        column: str,
        totals: Totals,
    ) -> None:
        """Add up this column of the ledger; `totals` keeps what was told of it."""
        super().__init__(entry=entry, coordinator=coordinator, description=description)
        self._column = column
        self._totals = totals
        self._pump = own_id(coordinator.subentry)
        self._total: RunningTotal | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Go on from where it was."""
        await super().async_added_to_hass()
        assert self.unique_id is not None
        found = (self._totals.get(self.unique_id), await self._async_restored())
        self._total = max(
            (total for total in found if total is not None),
            key=lambda total: total.seen,
            default=None,
        )
        self._advance()

    async def _async_restored(self) -> RunningTotal | None:
        """Return what Home Assistant stored: all that older versions had."""
        if (extra := await self.async_get_last_extra_data()) is None:
            return None
        stored = extra.as_dict()
        if stored.get(PUMP, self._pump) != self._pump:
            return None
        return RunningTotal.from_dict(stored)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when it began at 0: one that had to begin again is another."""
        return None if self._total is None else self._total.begun

    @property
    @override
    def native_value(self) -> StateType:
        """Return the total, None before the first reading."""
        return None if self._total is None else self._total.reported

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData | None:
        """Return what is stored."""
        return None if self._total is None else StoredTotal(self._total, self._pump)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._advance()
        super()._handle_coordinator_update()

    def _advance(self) -> None:
        """Add what is new, and have it stored."""
        pump = self.coordinator.pump
        records = pump.records
        if records.last is None or records.since is None:
            return
        last = records.last.to_pydatetime()
        sources = made_of(records.rules, pump.figures().basis)
        if self._total is None:
            self._total = RunningTotal.beginning(
                last, self.coordinator.made_with, sources
            )
        self._total = self._total.advance(
            records.ledger[self._column],
            since=records.since.to_pydatetime(),
            last=last,
            now=dt_util.utcnow(),
            whole=pump.history.whole,
            holes=pump.history.holes,
            made_with=self.coordinator.made_with,
            made_of=sources,
        )
        assert self.unique_id is not None
        self._totals.put(self.unique_id, self._total, self._pump)
