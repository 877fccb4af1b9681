"""A demo heat pump's years as a source that can fail, and what truly happened in them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Self, override

from homeassistant.util import dt as dt_util
import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.sources import Times
from custom_components.heatpump_dashboard.sources.demo.physics import stored, truth
from tests.support.memory_source import MemorySource

_STEP_H = 30 / 3600
_HOLD = timedelta(seconds=90)
_WANTED = ["compressor", "hot_water", "heat_kw", "electricity_kw"]


class PhysicsSource(MemorySource):
    """Has what a demo heat pump has stored since a moment, all but what comes `late`.

    `meanwhile`: is done once, before a question for what begins before a moment is
    answered.
    """

    def __init__(self, brand: str, first: datetime) -> None:
        super().__init__()
        self.brand, self.first = brand, first
        self.late: list[Times] = []
        self.meanwhile: tuple[datetime, Callable[[], Awaitable[None]]] | None = None

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
        if self.meanwhile is not None and spans[0][0] < self.meanwhile[0]:
            (_, others), self.meanwhile = self.meanwhile, None
            await others()
        self._fail(bucket)
        self.asked += spans[:1]
        frame = pd.concat([self._written(span, series) for span in spans]).sort_index()
        frame = frame[~frame.index.duplicated()]
        return frame if len(frame) else frame.iloc[:, :0]

    @override
    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        return False

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        self._fail(bucket)
        return self.first

    def _written(self, span: Times, series: Sequence[str]) -> pd.DataFrame:
        start, stop = max(span[0], self.first), min(span[1], dt_util.utcnow())
        rows = stored(self.brand, start, stop, series)
        for begin, end in self.late:
            rows = rows[(rows.index < begin) | (rows.index >= end)]
        return rows


class Sums(NamedTuple):
    """What there was in a span, kWh and numbers."""

    heat: float
    electricity: float
    starts: float
    charges: float


class Truth:
    """What happened in all the time that the readings of a demo heat pump say.

    A reading says what is so for 90 s, where none comes before. Edges are those that the
    readings show.
    """

    def __init__(self, written: pd.Index, true: pd.DataFrame) -> None:
        """Take the times of the readings, and what happened meanwhile, every 30 s."""
        said = written.searchsorted(true.index, side="right") - 1
        covered = true[(said >= 0) & (true.index - written[said] < _HOLD)]
        read = true.loc[written]
        on = read["compressor"]
        self._kwh = _added(covered[["heat_kw", "electricity_kw"]] * _STEP_H)
        self._edges = _added(
            pd.concat([on, on * read["hot_water"]], axis=1).diff() == 1
        )

    @classmethod
    def of_source(cls, source: PhysicsSource) -> Self:
        """Return what happened from the first reading until now."""
        first, last, month = source.first, dt_util.utcnow(), timedelta(days=30)
        parts = [
            (first + number * month, min(first + (number + 1) * month, last))
            for number in range((last - first) // month + 1)
        ]
        none = list[str]()
        written = pd.concat([stored(source.brand, *part, none) for part in parts])
        true = pd.concat([truth(source.brand, *part)[_WANTED] for part in parts])
        return cls(written.index, true)

    def of(self, start: float, end: float) -> Sums:
        """Return that of start ≤ time < end (ms)."""
        edges = pd.to_datetime([start, end], unit="ms", utc=True)
        return Sums(*_between(self._kwh, edges), *_between(self._edges, edges))


def _added(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of all rows before each."""
    return rows.astype(float).cumsum() - rows


def _between(sums: pd.DataFrame, edges: pd.DatetimeIndex) -> list[float]:
    """Return what comes between two moments, of sums of what was before each row."""
    first, last = np.minimum(sums.index.searchsorted(edges), len(sums) - 1)
    found: list[float] = (sums.iloc[last] - sums.iloc[first]).tolist()
    return found
