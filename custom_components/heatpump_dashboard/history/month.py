"""A month of hours, and the file it is kept in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
import json
from typing import Any, Final, Self, override

import numpy as np
import pandas as pd

from ..analysis.samples import SECOND, Floats, nanoseconds
from ..analysis.times import milliseconds
from ..pump.tables import no_rows
from .event_table import no_events, widened

# 1 had no columns of steady running, 2 no events, 3 neither their causes nor quarters.
_FORMAT: Final = 4
_FIRST_WITH_EVENTS: Final = 3
# Sums of a year are good to a millionth, and what is rounded compresses.
DECIMALS: Final = 6
# Behind the fingerprint of a day that is to be read again.
_AGAIN: Final = "!again"


class NewerFormatError(ValueError):
    """A file that a newer version of this component has written."""

    @override
    def __str__(self) -> str:
        """Say what is the matter."""
        return "a newer version has written it"


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of a month, in UTC.

    `hours`: one row per hour that has any sums, ascending; the columns add up or are
    extremes, and are named as those of windows.
    `days`: the days that have been read, also those without any hour, each with the
    fingerprint of what its hours were computed with.
    `events`: a row per event, ascending, see `event_table`.
    """

    hours: pd.DataFrame
    days: Mapping[date, str] = field(default_factory=dict)
    events: Floats = field(default_factory=no_events)

    @classmethod
    def empty(cls) -> Self:
        """Return a month of which nothing is known."""
        return cls(no_rows())

    def with_day(
        self, day: date, hours: pd.DataFrame, events: Floats, made_with: str
    ) -> Month:
        """Return the month with another day in it, or a day with other contents."""
        start = pd.Timestamp(day, tz=UTC)
        edges = [start, start + timedelta(days=1)]
        first, last = (int(edge) for edge in self.hours.index.searchsorted(edges))
        parts = (self.hours.iloc[:first], hours, self.hours.iloc[last:])
        begin, end = self._places(edges[0], edges[1])
        kept = [self.events[:begin], events, self.events[end:]]
        return Month(
            join_hours(parts), {**self.days, day: made_with}, np.concatenate(kept)
        )

    def outdated(self, days: Collection[date]) -> Month:
        """Return the month with some of its days as ones that are to be read again."""
        again = {day: _outdated(self.days[day]) for day in self.days.keys() & days}
        return replace(self, days={**self.days, **again})

    def restored(self, days: Collection[date]) -> Month:
        """Return the month with some of its days as ones that are not read again."""
        known = self.days.keys() & days
        before = {day: self.days[day].removesuffix(_AGAIN) for day in known}
        return replace(self, days={**self.days, **before})

    def events_between(self, start: datetime, stop: datetime) -> Floats:
        """Return the rows of the events of start ≤ time < stop."""
        return self.events[slice(*self._places(start, stop))]

    def _places(self, start: datetime, stop: datetime) -> tuple[int, int]:
        edges = [milliseconds(start), milliseconds(stop)]
        first, last = np.searchsorted(self.events[:, 0], edges).tolist()
        return first, last

    def encode(self) -> bytes:
        """Return the contents of its file: a compressed numpy archive.

        `start`: seconds since 1970 of each hour.
        `values`: a row of them per hour, NaN = no valid value; `columns`: their names.
        `events`: see `event_table`.
        `meta`: JSON of the format's version and the days with their fingerprints.
        """
        days = {day.isoformat(): made_with for day, made_with in self.days.items()}
        meta = json.dumps({"format": _FORMAT, "days": days}).encode()
        contents = BytesIO()
        np.savez_compressed(
            contents,
            meta=np.frombuffer(meta, dtype=np.uint8),
            columns=np.array([str(name) for name in self.hours.columns], dtype=np.str_),
            start=nanoseconds(self.hours.index) // SECOND,
            values=np.round(self.hours.to_numpy("float64"), DECIMALS),
            events=np.round(self.events, DECIMALS),
        )
        return contents.getvalue()

    @classmethod
    def decode(cls, contents: bytes) -> Self:
        """Return the month of a file.

        What an older version has written stays until it has been read again. Raises
        NewerFormatError where a newer version has written it, and whatever numpy and
        zipfile make of damaged bytes.
        """
        with np.load(BytesIO(contents), allow_pickle=False) as archive:
            meta = _meta(archive)
            has_events = meta["format"] >= _FIRST_WITH_EVENTS
            events = widened(archive["events"]) if has_events else no_events()
            index = pd.to_datetime(archive["start"], unit="s", utc=True)
            hours = pd.DataFrame(
                archive["values"], index=index, columns=archive["columns"].tolist()
            )
        if not (index.is_monotonic_increasing and index.is_unique):
            raise ValueError("its hours are out of order")
        return cls(_named(hours), _days(meta), events)

    @classmethod
    def decode_days(cls, contents: bytes) -> Self:
        """Return the month of a file with its days alone, which takes hardly any time.

        Raises the same, but for damage in what it leaves out.
        """
        with np.load(BytesIO(contents), allow_pickle=False) as archive:
            return cls(no_rows(), _days(_meta(archive)))


def _meta(archive: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says of itself; raise NewerFormatError where nobody knows how."""
    meta: dict[str, Any] = json.loads(archive["meta"].tobytes())
    if meta["format"] > _FORMAT:
        raise NewerFormatError
    return meta


def _is_old(meta: Mapping[str, Any]) -> bool:
    return bool(meta["format"] < _FORMAT)


def _days(meta: Mapping[str, Any]) -> dict[date, str]:
    """Return the days of a file; those of an older version are to be read again."""
    return {
        date.fromisoformat(day): _outdated(str(by)) if _is_old(meta) else str(by)
        for day, by in meta["days"].items()
    }


def _outdated(made_with: str) -> str:
    """Return the fingerprint of a day that is to be made again, of what it was made of.

    A day of readings whose source has forgotten them is never made of statistics.
    """
    return made_with if is_outdated(made_with) else f"{made_with}{_AGAIN}"


def is_outdated(made_with: str) -> bool:
    """Return whether a day of such a fingerprint is to be read again."""
    return made_with.endswith(_AGAIN)


def join_hours(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the hours of parts that follow one another.

    They may have other columns, as a heat pump learned to report more: what a part does
    not have is not known there (NaN).
    """
    filled = [part for part in parts if len(part)]
    if not filled:
        return no_rows()
    return _named(pd.concat(filled)) if len(filled) > 1 else filled[0]


def _named(hours: pd.DataFrame) -> pd.DataFrame:
    """Return hours with an index as all frames of the component have it."""
    hours.index = pd.DatetimeIndex(hours.index, name="time").as_unit("ns")
    return hours


def month_of(moment: datetime | date) -> tuple[int, int]:
    """Return year and month of a moment, in UTC."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return moment.year, moment.month
