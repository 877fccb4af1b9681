"""What the recorder has of a statistic, and what it is asked to write."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self, override

from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.db_schema import Statistics, StatisticsMeta
from homeassistant.components.recorder.models import StatisticData, StatisticMetaData
from homeassistant.components.recorder.statistics import (
    adjust_statistics,
    get_metadata,
    import_statistics,
)
from homeassistant.components.recorder.tasks import RecorderTask, SynchronizeTask
from homeassistant.components.recorder.util import retryable_database_job, session_scope
from homeassistant.const import UnitOfEnergy, UnitOfTemperature
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.unit_conversion import EnergyConverter, TemperatureConverter
import numpy as np
from sqlalchemy import delete, func, select

from .rows import Rows

# A recorder that is migrated or backed up does not answer for long.
_TIMEOUT_S: Final = 300.0
_MEANS: Final = (Statistics.mean, Statistics.min, Statistics.max)
_SUM: Final = (Statistics.sum,)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A statistic of the recorder.

    Values are `scale` × ours + `offset`: it keeps the unit that it began with.
    """

    row: int
    metadata: StatisticMetaData
    scale: float = 1.0
    offset: float = 0.0

    @classmethod
    def of(cls, found: tuple[int, StatisticMetaData], unit: str) -> Self | None:
        """Return it with the factors from our unit to its own; None where there are none."""
        row, metadata = found
        kept = metadata["unit_of_measurement"]
        if kept == unit:
            return cls(row, metadata)
        if unit == UnitOfEnergy.KILO_WATT_HOUR and kept in EnergyConverter.VALID_UNITS:
            return cls(row, metadata, EnergyConverter.convert(1.0, unit, kept))
        if (
            unit == UnitOfTemperature.CELSIUS
            and kept in TemperatureConverter.VALID_UNITS
        ):
            zero, one = (
                TemperatureConverter.convert(value, unit, kept) for value in (0.0, 1.0)
            )
            return cls(row, metadata, one - zero, zero)
        return None

    @property
    def has_sum(self) -> bool:
        """Return whether it is a growing total, not a mean."""
        return self.metadata["has_sum"]


def metadata_of(
    hass: HomeAssistant, statistic_ids: Collection[str]
) -> dict[str, tuple[int, StatisticMetaData]]:
    """Return what the recorder knows of statistics, by their names. Slow."""
    return get_metadata(hass, statistic_ids=set(statistic_ids))


def metadata_at(hass: HomeAssistant, row: int) -> StatisticMetaData | None:
    """Return what is known now of the statistic of a number, None without one. Slow."""
    query = select(StatisticsMeta.statistic_id).where(StatisticsMeta.id == row)
    with session_scope(hass=hass, read_only=True) as session:
        name: str | None = session.execute(query).scalar()
    found = None if name is None else metadata_of(hass, [name]).get(name)
    return None if found is None or found[0] != row else found[1]


def first_hour(hass: HomeAssistant, row: int) -> int | None:
    """Return when its first hour begins, None where it has none. Slow."""
    query = select(func.min(Statistics.start_ts)).where(Statistics.metadata_id == row)
    with session_scope(hass=hass, read_only=True) as session:
        found: float | None = session.execute(query).scalar()
    return None if found is None else int(found)


def rows_between(
    hass: HomeAssistant, recorded: Recorded, start: float, stop: float
) -> Rows:
    """Return the rows of start ≤ time < stop (s since 1970), in our unit. Slow."""
    columns = _SUM if recorded.has_sum else _MEANS
    query = (
        select(Statistics.start_ts, *columns)
        .where(Statistics.metadata_id == recorded.row)
        .where(Statistics.start_ts >= start, Statistics.start_ts < stop)
        .order_by(Statistics.start_ts)
    )
    with session_scope(hass=hass, read_only=True) as session:
        found = [tuple(row) for row in session.execute(query)]
    table = np.array(found, dtype=np.float64).reshape(len(found), 1 + len(columns))
    return Rows(table[:, 0], (table[:, 1:] - recorded.offset) / recorded.scale)


def sum_before(hass: HomeAssistant, recorded: Recorded, moment: float) -> float:
    """Return the last sum before a moment, 0 where there is none. Slow."""
    query = (
        select(Statistics.sum)
        .where(Statistics.metadata_id == recorded.row)
        .where(Statistics.start_ts < moment)
        .order_by(Statistics.start_ts.desc())
        .limit(1)
    )
    with session_scope(hass=hass, read_only=True) as session:
        found: float | None = session.execute(query).scalar()
    return (found or 0.0) / recorded.scale


def data_of(recorded: Recorded, rows: Rows) -> list[StatisticData]:
    """Return rows as the recorder takes them."""
    names = ("sum",) if recorded.has_sum else ("mean", "min", "max")
    values = rows.values * recorded.scale + recorded.offset
    told = []
    for start, row in zip(rows.starts.tolist(), values.tolist(), strict=True):
        one = StatisticData(start=datetime.fromtimestamp(start, UTC))
        for name, value in zip(names, row, strict=True):
            one[name] = value  # type: ignore[literal-required]
        told.append(one)
    return told


@callback
def async_write(
    hass: HomeAssistant, recorded: Recorded, data: Sequence[StatisticData]
) -> None:
    """Have hours written, in the place of those that are there."""
    if data:
        get_instance(hass).queue_task(_WriteHours(recorded, data))


@callback
def async_lift(
    hass: HomeAssistant, recorded: Recorded, start: float, lift: float
) -> None:
    """Have something (in our unit) added to all sums from an hour on."""
    if lift:
        begin = datetime.fromtimestamp(start, UTC)
        get_instance(hass).queue_task(_LiftSums(recorded, begin, lift * recorded.scale))


@callback
def async_remove(
    hass: HomeAssistant, recorded: Recorded, starts: Sequence[float]
) -> None:
    """Have hours removed. What Home Assistant offers would remove all of them."""
    if starts:
        get_instance(hass).queue_task(_RemoveHours(recorded.row, starts))


async def async_done(hass: HomeAssistant) -> None:
    """Return when the recorder has done all that it was asked for."""
    future = hass.loop.create_future()
    get_instance(hass).queue_task(SynchronizeTask(future))
    async with asyncio.timeout(_TIMEOUT_S):
        await future


@dataclass(slots=True)
class _WriteHours(RecorderTask):
    """Writes hours of a statistic, in the recorder's thread."""

    recorded: Recorded
    data: Sequence[StatisticData]

    @override
    def run(self, instance: Recorder) -> None:
        """Write them; another time where the database is busy."""
        metadata = _metadata_now(instance, self.recorded)
        if metadata is not None and not import_statistics(
            instance, metadata, self.data, Statistics
        ):
            instance.queue_task(self)


@dataclass(slots=True)
class _LiftSums(RecorderTask):
    """Adds something to all sums of a statistic from a moment on, in the same thread."""

    recorded: Recorded
    start: datetime
    lift: float

    @override
    def run(self, instance: Recorder) -> None:
        """Add it; another time where the database is busy."""
        metadata = _metadata_now(instance, self.recorded)
        if metadata is not None and not adjust_statistics(
            instance,
            metadata["statistic_id"],
            self.start,
            self.lift,
            metadata["unit_of_measurement"] or "",
        ):
            instance.queue_task(self)


def _metadata_now(instance: Recorder, recorded: Recorded) -> StatisticMetaData | None:
    """Return what a statistic is now, None where it is gone or has another unit.

    What Home Assistant offers takes its name, which may be another one by then, and
    makes a statistic of a name that there is not.
    """
    found = metadata_at(instance.hass, recorded.row)
    unit = recorded.metadata["unit_of_measurement"]
    return found if found and found["unit_of_measurement"] == unit else None


@dataclass(slots=True)
class _RemoveHours(RecorderTask):
    """Removes hours of a statistic, in the recorder's thread."""

    row: int
    starts: Sequence[float]

    @override
    def run(self, instance: Recorder) -> None:
        """Remove them; another time where the database is busy."""
        if not _removed(instance, self.row, self.starts):
            instance.queue_task(_RemoveHours(self.row, self.starts))


@retryable_database_job("remove statistics")
def _removed(instance: Recorder, row: int, starts: Sequence[float]) -> bool:
    query = (
        delete(Statistics)
        .where(Statistics.metadata_id == row)
        .where(Statistics.start_ts.in_(starts))
    )
    with session_scope(session=instance.get_session()) as session:
        session.execute(query, execution_options={"synchronize_session": False})
    return True
