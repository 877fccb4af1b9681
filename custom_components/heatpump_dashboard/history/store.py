"""The hours and the events of a heat pump on disk: a file a month."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
import re
from threading import Lock, RLock
from typing import Final

from atomicwrites import AtomicWriter  # type: ignore[import-untyped]
import pandas as pd

from ..analysis.events import Event
from ..analysis.states import Kind
from ..const import LOGGER
from ..pump.hours import midnight
from ..pump.tables import rows_before, rows_from
from ..sources import EARLIEST
from .days import DaySums
from .event_table import events_of_table, table_of
from .month import Month, NewerFormatError, is_outdated, join_hours, month_of

# Older ones are read when asked for, which takes 3 ms a month; what a year is made of
# stays in memory as sums by day.
_MONTHS_IN_MEMORY: Final = 3
_FILE: Final = re.compile(r"(\d{4})-(\d{2})\.npz")

type MonthKey = tuple[int, int]


class HourStore:
    """Keeps the hours of whole UTC days, on disk and the last months in memory.

    All but `days` is slow and for an executor, where several may use it at once. What
    cannot be written stays in memory until it can. A damaged file, or one of a newer
    version, is as good as none, and is kept beside the one that takes its place: the
    source may have forgotten what is in it. Where the disk does not hand a file out,
    nothing is known of its month, and nothing is put into it, until it does. All of
    that is said once.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Know where the files are; nothing is read yet. `name`: of the heat pump."""
        self._folder = folder
        self._name = name
        self._lock = RLock()
        self._writing = Lock()
        self._months: OrderedDict[MonthKey, Month] = OrderedDict()
        self._unwritten: set[MonthKey] = set()
        # Months whose files the disk does not hand out, and whether it lists them.
        self._held_back: set[MonthKey] = set()
        self._listed = True
        # Of files that are as good as none: what they are called from the next write on.
        self._useless: dict[MonthKey, str] = {}
        self._days: dict[date, str] = {}
        self._failing = False
        self._revision = 0
        self._by_day: dict[MonthKey, DaySums] = {}
        self._zone: tzinfo | None = None

    @property
    def days(self) -> Mapping[date, str]:
        """Return the days that are known, with the fingerprints of their hours."""
        return self._days

    @property
    def revision(self) -> int:
        """Return a number that grows with every change."""
        return self._revision

    @property
    def readable(self) -> bool:
        """Return whether the disk hands out all that there is."""
        return self._listed and not self._held_back

    def takes(self, day: date) -> bool:
        """Return whether a day can be put: not while its month is held back."""
        return self._hands_out(month_of(day))

    def open(self) -> None:
        """Find out which days are known; the last months are in memory then.

        Whether the hours of older ones are damaged turns out when they are asked for.
        """
        days: dict[date, str] = {}
        with self._lock:
            files = self._without_false(self._files())
            older, recent = files[:-_MONTHS_IN_MEMORY], files[-_MONTHS_IN_MEMORY:]
            for key in older:
                known = self._months.get(key) or self._read(key, days_only=True)
                days |= known.days
            for key in recent:
                days |= self._month(key).days
            self._days = days

    def try_again(self) -> None:
        """Read what the disk has held back, if it hands it out by now."""
        with self._lock:
            if not self._listed:
                self.open()
                self._revision += self._listed
            for key in sorted(self._held_back):
                self._month(key)

    def put(
        self,
        day: date,
        hours: pd.DataFrame,
        made_with: str,
        events: Iterable[Event] = (),
    ) -> None:
        """Keep the hours and the events of a day, in the place of those before.

        `hours`: of that UTC day, at most 24 rows. On disk after the next `write`. Nothing
        happens where it is not taken, see `takes`.
        """
        key = month_of(day)
        with self._lock:
            month = self._month(key)
            if not self.takes(day):
                return
            self._unwritten.add(key)
            self._keep(key, month.with_day(day, hours, table_of(events), made_with))
            self._days = {**self._days, day: made_with}
            self._by_day.pop(key, None)
            self._revision += 1

    def outdate(self, days: Collection[date]) -> None:
        """Have days read again; what is known of them stays until then."""
        self._mark(days, Month.outdated)

    def restore(self, days: Collection[date]) -> None:
        """Have days that cannot be read again be as they were before."""
        again = {d for d in self._days.keys() & days if is_outdated(self._days[d])}
        self._mark(again, Month.restored)

    def hours(self, start: datetime, stop: datetime) -> pd.DataFrame:
        """Return the hours that are known of start ≤ time < stop."""
        return join_hours(self.hours_by_month(start, stop))

    def hours_by_month(self, start: datetime, stop: datetime) -> list[pd.DataFrame]:
        """Return the same a month at a time, in order: nothing of them is copied."""
        with self._lock:
            known = [self._month(key).hours for key in _months_between(start, stop)]
        first, last = pd.Timestamp(start), pd.Timestamp(stop)
        return [rows_before(rows_from(part, first), last) for part in known]

    def events_backwards(
        self, start: datetime, stop: datetime, kinds: Collection[Kind]
    ) -> Iterator[list[Event]]:
        """Yield the events of start ≤ time < stop, a month at a time, the last first.

        Within a month they are ascending.
        """
        for key in reversed(list(_months_between(start, stop))):
            with self._lock:
                month = self._month(key)
            yield events_of_table(month.events_between(start, stop), kinds)

    def by_day(self, start: datetime, stop: datetime, zone: tzinfo) -> list[DaySums]:
        """Return the sums by local day of the months that start ≤ time < stop touches.

        They stay in memory, also of months whose hours do not: they are small.
        """
        with self._lock:
            if zone != self._zone:
                self._by_day, self._zone = {}, zone
            return [
                self._month_by_day(key, zone) for key in _months_between(start, stop)
            ]

    def count(self, day: date) -> int:
        """Return how many hours of a day there are."""
        start = midnight(day)
        return len(self.hours(start, start + timedelta(days=1)))

    def write(self) -> None:
        """Write what is not on disk yet, as far as that is possible."""
        with self._writing:
            # Who computes with what is in memory does not wait for a disk.
            with self._lock:
                months = [(key, self._months[key]) for key in sorted(self._unwritten)]
            for key, month in months:
                if not self._write(key, month):
                    return
            if self._failing:
                self._failing = False
                LOGGER.info("The history of %s can be written again", self._name)

    def _mark(
        self, days: Collection[date], mark: Callable[[Month, Collection[date]], Month]
    ) -> None:
        """Have the months of days be what a mark makes of them."""
        with self._lock:
            for key in {month_of(day) for day in self._days.keys() & days}:
                month = mark(self._month(key), days)
                if key in self._held_back:
                    continue
                self._unwritten.add(key)
                self._keep(key, month)
                self._days = {**self._days, **month.days}
                self._revision += 1

    def _hands_out(self, key: MonthKey) -> bool:
        """Return whether the disk tells what there is of a month."""
        return self._listed and key not in self._held_back

    def _files(self) -> list[MonthKey]:
        """Return the months that there are files of, oldest first."""
        names: list[str] = []
        try:
            names = sorted(path.name for path in self._folder.iterdir())
        except FileNotFoundError, NotADirectoryError:
            self._listed = True
        except (OSError, MemoryError) as err:
            if self._listed:
                self._listed = False
                self._warn_held_back(self._folder, err)
        else:
            self._listed = True
        found = (_FILE.fullmatch(name) for name in names)
        return [(int(name[1]), int(name[2])) for name in found if name is not None]

    def _without_false(self, files: list[MonthKey]) -> list[MonthKey]:
        """Return months without those before any reading can be, and remove these.

        With those after them that have no hours: they were read as a collector without
        a clock had begun in 1970.
        """
        stop = bisect_left(files, month_of(EARLIEST))
        if not stop:
            return files
        for key in files[stop:]:
            month = self._read(key)
            if len(month.hours) or not month.days:
                self._begin_with_hours(key, month)
                break
            stop += 1
        for key in reversed(files[:stop]):
            with suppress(OSError):
                self._path(key).unlink()
        return files[stop:]

    def _begin_with_hours(self, key: MonthKey, month: Month) -> None:
        """Forget the days of a month before the first that has an hour."""
        if len(month.hours):
            first = month.hours.index[0].date()
            days = {day: by for day, by in month.days.items() if day >= first}
            self._unwritten.add(key)
            self._keep(key, replace(month, days=days))

    def _month_by_day(self, key: MonthKey, zone: tzinfo) -> DaySums:
        if (sums := self._by_day.get(key)) is None:
            sums = DaySums.of(self._month(key).hours, zone)
            if self._hands_out(key):
                self._by_day[key] = sums
        return sums

    def _month(self, key: MonthKey) -> Month:
        """Return a month, an empty one where nothing is known of it."""
        if not self._listed:
            return Month.empty()
        if (month := self._months.get(key)) is None:
            month = self._read(key)
            if key in self._held_back:
                return month
        self._keep(key, month)
        return month

    def _keep(self, key: MonthKey, month: Month) -> None:
        """Keep a month in memory, and no more of the others than there may be."""
        self._months[key] = month
        self._months.move_to_end(key)
        written = [old for old in self._months if old not in self._unwritten | {key}]
        for old in written[: max(len(self._months) - _MONTHS_IN_MEMORY, 0)]:
            del self._months[old]

    def _read(self, key: MonthKey, *, days_only: bool = False) -> Month:
        """Return the month of a file, an empty one where it cannot be read."""
        decode = Month.decode_days if days_only else Month.decode
        path, is_told = self._path(key), self._useless.pop(key, None) is not None
        try:
            contents = path.read_bytes()
        except FileNotFoundError, NotADirectoryError:
            contents = None
        except (OSError, MemoryError) as err:
            return self._hold_back(key, err)
        try:
            month = Month.empty() if contents is None else decode(contents)
        except MemoryError as err:
            return self._hold_back(key, err)
        except Exception as err:  # noqa: BLE001 - what damaged bytes raise is not known
            if not is_told:
                LOGGER.warning(
                    "%s of the history of %s cannot be read (%s): that month is read "
                    "from the source again, and the file is kept under another name",
                    path.name,
                    self._name,
                    err,
                )
            is_newer = isinstance(err, NewerFormatError)
            self._useless[key] = "newer" if is_newer else "bad"
            self._forget(key)
            month = Month.empty()
        if key in self._held_back:
            self._held_back.discard(key)
            self._days = {**self._days, **month.days}
            self._by_day.pop(key, None)
            self._revision += 1
        return month

    def _hold_back(self, key: MonthKey, err: Exception) -> Month:
        """Know nothing of a month for now; return an empty one."""
        if key not in self._held_back:
            self._held_back.add(key)
            self._warn_held_back(self._path(key), err)
        self._forget(key)
        return Month.empty()

    def _warn_held_back(self, path: Path, err: Exception) -> None:
        LOGGER.warning(
            "%s of the history of %s cannot be read now (%s): it is left as it is, and "
            "tried again",
            path.name,
            self._name,
            err,
        )

    def _forget(self, key: MonthKey) -> None:
        """Forget which days of a month are known."""
        of_others = {d: made for d, made in self._days.items() if month_of(d) != key}
        if len(of_others) < len(self._days):
            self._days = of_others
            self._by_day.pop(key, None)
            self._revision += 1

    def _write(self, key: MonthKey, month: Month) -> bool:
        """Write a month; return whether that was possible."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._set_aside(key)
            path = str(self._path(key))
            with AtomicWriter(path, mode="wb", overwrite=True).open() as file:
                file.write(month.encode())
        except OSError as err:
            if not self._failing:
                self._failing = True
                LOGGER.warning(
                    "The history of %s cannot be written, and is kept in memory until "
                    "it can: %s",
                    self._name,
                    err,
                )
            return False
        with self._lock:
            # It may have got another day meanwhile.
            if self._months.get(key) is month:
                self._unwritten.discard(key)
        return True

    def _set_aside(self, key: MonthKey) -> None:
        """Give a file that is as good as none another name, one that is free."""
        if (ending := self._useless.get(key)) is None:
            return
        path = self._path(key)
        kept, number = path.with_name(f"{path.name}.{ending}"), 1
        while kept.exists():
            number += 1
            kept = path.with_name(f"{path.name}.{ending}{number}")
        with suppress(FileNotFoundError):
            path.rename(kept)
            LOGGER.info("The old %s of %s is kept as %s", path.name, self._name, kept)
        del self._useless[key]

    def _path(self, key: MonthKey) -> Path:
        year, month = key
        return self._folder / f"{year:04}-{month:02}.npz"


def _months_between(start: datetime, stop: datetime) -> Iterator[MonthKey]:
    """Yield the months that start ≤ time < stop reaches into, in order."""
    year, month = month_of(start)
    last = month_of(stop.astimezone(UTC) - timedelta(microseconds=1))
    while (year, month) <= last:
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
