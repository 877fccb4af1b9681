"""A source in memory whose past comes when a test lets it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import override

import pandas as pd

from custom_components.heatpump_dashboard.sources import Times
from tests.support.memory_source import MemorySource
from tests.support.pump_entry import NOW

# Before this nothing is read by the first refresh.
_PAST = NOW - timedelta(days=2) + timedelta(hours=1)


class HeldSource(MemorySource):
    """Answers questions about the past only when it is let to."""

    def __init__(self, stored: pd.DataFrame) -> None:
        """Store what there is; nothing of the past is told yet."""
        super().__init__(stored)
        self.past = asyncio.Event()
        self.asked_for_past = asyncio.Event()

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        if spans[0][1] < _PAST:
            self.asked_for_past.set()
            await self.past.wait()
        return await super().readings(
            bucket, series, spans, in_force=in_force, units=units
        )
