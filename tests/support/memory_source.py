"""A source whose stored values are a frame in memory, that a test adds to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import override

import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    NotFound,
    SeriesInfo,
    Source,
    SourceError,
    Times,
)

EMPTY = pd.DataFrame(index=pd.DatetimeIndex([], tz="UTC", name="time"))


class MemorySource(Source):
    """Has the same in every bucket that is not one of `missing`.

    `failure` is raised by all calls until it is taken away, `unreadable` by questions
    for readings that touch one of these spans. `asked` are the first spans of all
    questions for readings, `asked_also` those beside them, `asked_in_force` whether
    they asked for the values in force, too. `unlooked` is raised by questions whether
    there is anything.
    """

    def __init__(self, stored: pd.DataFrame = EMPTY) -> None:
        """Store what there is at the beginning."""
        self.stored = stored
        self.failure: SourceError | None = None
        self.missing: set[str] = set()
        self.unreadable: dict[Times, Exception] = {}
        self.unlooked: Exception | None = None
        self.asked: list[Times] = []
        self.asked_also: list[Times] = []
        self.asked_in_force: list[bool] = []
        self.closed = False

    def write(self, rows: pd.DataFrame) -> None:
        """Store more; what is there at the same time is replaced."""
        kept = self.stored[~self.stored.index.isin(rows.index)]
        self.stored = pd.concat([kept, rows]).sort_index() if len(kept) else rows

    @override
    async def check(self) -> None:
        self._fail()

    @override
    async def buckets(self) -> list[Bucket]:
        self._fail()
        return [Bucket("pump", has_readings=True)]

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        self._fail()
        last = self.stored.iloc[-1]
        time = self.stored.index[-1].to_pydatetime()
        return [
            SeriesInfo(str(name), None, time, float(value))
            for name, value in last.items()
        ]

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
        self._fail(bucket)
        self.asked += spans[:1]
        self.asked_also += spans[1:]
        self.asked_in_force.append(in_force)
        for (start, stop), failure in self.unreadable.items():
            if any(first < stop and last > start for first, last in spans):
                raise failure
        names = [name for name in series if name in self.stored]
        times = self.stored.index
        wanted = np.zeros(len(times), dtype=np.bool)
        for first, last in spans:
            wanted |= (times >= first) & (times < last)
        rows = self.stored.loc[wanted, names]
        return rows.dropna(axis=1, how="all").dropna(how="all")

    @override
    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        self._fail(bucket)
        if self.unlooked is not None:
            raise self.unlooked
        times = self.stored.index
        return not ((times >= span[0]) & (times < span[1])).any()

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        self._fail(bucket)
        return self.stored.index[0].to_pydatetime() if len(self.stored) else None

    @override
    async def close(self) -> None:
        self.closed = True

    def _fail(self, bucket: str = "") -> None:
        if self.failure is not None:
            raise self.failure
        if bucket in self.missing:
            raise NotFound(
                f"There is no bucket {bucket}",
                key="bucket_not_found",
                placeholders={"bucket": bucket, "organization": "home"},
            )


def thermia(
    start: datetime, stop: datetime, *, step_s: int = 30, cycle_min: float = 40.0
) -> pd.DataFrame:
    """Return what a collector stores of a Thermia in start ≤ time < stop.

    The compressor runs for half of every cycle, every third time for hot water, at
    3000 W and a difference of 5 K: 13.5 kW of heat with a flow factor of 2.7.
    """
    step = f"{step_s}s"
    first = pd.Timestamp(start.astimezone(UTC)).ceil(step)
    index = pd.date_range(
        first, stop.astimezone(UTC), freq=step, inclusive="left"
    ).as_unit("ns")
    minutes = index.to_numpy("datetime64[ns]").astype("int64") / 60e9
    on = (minutes % cycle_min) < cycle_min / 2
    hot_water = on & ((minutes // cycle_min) % 3 == 0)
    data = {
        "outdoor_temp": np.round(5 * np.sin(minutes / 1440 * 2 * np.pi)),
        "indoor_temp": np.full(len(index), 21.0),
        "radiator_forward": np.where(on, 40.0, 30.0),
        "radiator_return": np.where(on, 35.0, 29.0),
        "hot_water_top": np.where(hot_water, 50.0, 47.0),
        "brine_in_evaporator": np.where(on, 4.0, 6.0),
        "brine_out_condenser": np.where(on, 1.0, 6.0),
        "pressure_tube_temp": np.where(on, 70.0, 30.0),
        "compressor_status": on.astype(float),
        "brine_pump_status": on.astype(float),
        "radiator_pump_status": np.ones(len(index)),
        "switch_valve_status": hot_water.astype(float),
        "alarm_status": np.zeros(len(index)),
        "alarm_code": np.zeros(len(index)),
        "additional_heat_percent": np.zeros(len(index)),
        "power_consumption": np.where(on, 3000.0, 100.0),
    }
    index.name = "time"
    return pd.DataFrame(data, index=index)
