"""The source of one heat pump, as those who read its readings ask it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from homeassistant.core import HomeAssistant

from ..sources import Source, Times
from .turns import Turns

if TYPE_CHECKING:
    import pandas as pd

    from ..pump.heat_pump import HeatPump


class RunJob(Protocol):
    """Runs a job in the executor, one at a time with all that change a heat pump."""

    async def __call__[*Ts, T](self, job: Callable[[*Ts], T], *args: *Ts) -> T:
        """Return what the job returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpSource:
    """Asks a source for what it has of one heat pump; raises the errors of a source.

    `bucket`: where its readings are.
    `name`: what the heat pump is called in the log.
    `run`: runs what changes the heat pump.
    `turns`: whose turn it is to ask the source, shared by its heat pumps.
    """

    hass: HomeAssistant
    pump: HeatPump
    source: Source
    bucket: str
    name: str
    run: RunJob
    turns: Turns

    async def async_readings(
        self, *spans: Times, in_force: bool = True
    ) -> pd.DataFrame:
        """Return what is stored of some spans, see `Source.readings`."""
        profile = self.pump.profile
        return await self.source.readings(
            self.bucket,
            profile.series,
            spans,
            in_force=in_force,
            units=profile.units,
        )

    async def async_past(self, span: Times) -> pd.DataFrame:
        """Return what is stored of a day of the past, once it is its turn.

        In pieces where the server is slow, with as long a pause as each took.
        """
        from ..pump.tables import join

        frames: list[pd.DataFrame] = []
        took_s = 0.0
        for piece in self.turns.pieces(span):
            await asyncio.sleep(took_s)
            async with self.turns:
                begun = self.hass.loop.time()
                try:
                    frames.append(await self.async_readings(piece, in_force=not frames))
                finally:
                    took_s = self.hass.loop.time() - begun
                    self.turns.took(piece, took_s)
        return join(frames)

    async def async_hours(self, span: Times) -> pd.DataFrame | None:
        """Return the statistics of a span, see `Source.hours`."""
        profile = self.pump.profile
        return await self.source.hours(
            self.bucket, profile.series, span, units=profile.units
        )

    async def async_has_nothing(self, span: Times) -> bool:
        """Return whether surely nothing is stored, see `Source.has_nothing`."""
        return await self.source.has_nothing(
            self.bucket, self.pump.profile.series, span
        )

    async def async_first_time(self) -> datetime | None:
        """Return when the readings begin, None where there are none."""
        return await self.source.first_time(self.bucket, self.pump.profile.series)
