"""Where readings come from: the protocol all sources share, and how they fail."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import pandas as pd


# Start and stop of a span of time.
type Times = tuple[datetime, datetime]

# The longest span that is asked for at once: a server holds all of it in memory, a day
# is a few megabytes, a month was two gigabytes. With some hours more than a day, whoever
# needs what came before it asks one question.
PIECE: Final = timedelta(hours=26)


# What is stamped earlier is no reading: a computer without a clock begins in 1970, and
# writes until it has been told the time.
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)


def pieces(
    start: datetime, stop: datetime, longest: timedelta = PIECE
) -> Iterator[Times]:
    """Yield the spans, none longer than `longest`, that make up a longer one."""
    # In UTC, where a day always has 24 hours.
    begin, end = start.astimezone(UTC), stop.astimezone(UTC)
    while begin < end:
        yield begin, min(begin + longest, end)
        begin += longest


class Run(Protocol):
    """Runs what would block the event loop elsewhere, as the executor does."""

    def __call__[*Ts, T](self, func: Callable[[*Ts], T], /, *args: *Ts) -> Awaitable[T]:
        """Return what `func(*args)` returns, once it has."""


class SourceError(Exception):
    """A source could not do what was asked; the text says what to do about it.

    `key` names the cause (it is also a translation key), `placeholders` are the
    words the translated text needs. Neither ever holds a secret. `retry_after` is how
    many seconds the server wants to be left alone, None where it said nothing of it.
    """

    def __init__(
        self,
        message: str,
        *,
        key: str,
        placeholders: dict[str, str] | None = None,
        retry_after: float | None = None,
    ) -> None:
        """Keep the cause beside the text."""
        super().__init__(message)
        self.key = key
        self.placeholders = placeholders or {}
        self.retry_after = retry_after


class CannotConnect(SourceError):
    """The server does not answer, or not as a working database.

    Keys: refused, dns, tls, timeout, redirect, not_influxdb, cut_off, starting,
    server_error.
    """


class InvalidAuth(SourceError):
    """The server does not accept the token. Keys: invalid_auth, forbidden."""


class NotFound(SourceError):
    """What was named is not there. Keys: bucket_not_found, organization_not_found."""


class QueryFailed(SourceError):
    """The server is there but could not answer this question.

    Keys: query_failed, too_large.
    """


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """One named stream of values and the last of them, as stored; NaN if no number.

    `title` and `device_class`: what its entity is called and of which kind it is, where
    that is stored. `words`: what it has told in words, the last of them first; each of
    them, after its name and "=", is a series that is 1 while that is so and 0 while not.
    `is_silent`: it is known to tell nothing now (`unavailable`, `unknown`). `key`: what
    its integration calls it in no language, as `vicare.supply_temperature`.
    """

    name: str
    unit: str | None
    last_time: datetime
    last_value: float
    title: str | None = None
    device_class: str | None = None
    words: tuple[str, ...] = ()
    is_silent: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket the token may read, and whether a heat pump writes to it."""

    name: str
    has_readings: bool


class Source(Protocol):
    """A database of readings. Every method raises one of the errors above."""

    async def check(self) -> None:
        """Return if the source answers and lets us in."""

    async def buckets(self) -> list[Bucket]:
        """Return the readable buckets: those with readings first, then by name."""

    async def bucket_name(self, bucket: str) -> str:
        """Return what a bucket is listed as, that may be written in other ways, too."""
        return bucket

    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        """Return the series of the last 30 days, by name."""

    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        """Return the stored values of all the spans, one row per moment.

        A span is start ≤ time < stop. Spans may overlap and come in any order; short
        ones are read in one question.

        The index is UTC, named "time" (datetime64[ns, UTC]), ascending and unique.
        Columns are float64: those of the wanted series that have a value in the
        spans, in the order they were asked for. Nothing stored gives an empty frame.

        A row has what was stored at its moment; NaN says nothing of a series. Rows need
        not have all of them: values that belong together are put together later. An
        infinity says that the series has no value from that moment on (`unavailable`,
        `unknown`), where the source knows it.

        Of a series in which equal values are left out (on change: Home Assistant's
        export and its recorder) the answer has beside these rows the value in force at
        the start of each span, stamped with the time at which it was written, at or
        before the start. It is how a reader tells that a series is on change, and
        what it was all the time until its first change: without it, that is not known.
        Sources of polled series give no row from before a span. Who knows what came
        before the spans needs no values in force, and spares the source the search for
        them: with `in_force` off they may be left out.

        `units`: in which unit the values of a series are wanted. Home Assistant's
        entities may be told in another one from some day on: each value is converted
        from the unit it was stored with. In one that is of something else it is none,
        and told as an infinity.
        """

    async def hours(
        self,
        bucket: str,
        series: Sequence[str],
        span: Times,
        *,
        units: Mapping[str, str],
    ) -> pd.DataFrame | None:
        """Return what is kept of a span when its readings are gone, None if nothing is.

        One row per hour (index "time", UTC) of which anything is known, ascending. Of
        those of the series whose `units` are wanted, in these: `{series}|mean`, `|min`
        and `|max`; of what counts, `|change`, by how much it grew in the hour.
        """
        return None

    async def has_nothing(
        self, bucket: str, series: Sequence[str], span: Times
    ) -> bool:
        """Return whether surely nothing is stored of a span, told without reading it.

        False where there is something, and where that cannot be told for next to
        nothing.

        What was told before the span and only changes are told of may be in force in it:
        as long as the heat pump is alive, which nothing says of a span without a change
        but for some minutes. Who asks reads these.
        """
        return False

    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        """Return the time of the oldest reading, None if there is none.

        `series`: a heat pump's; what else a house has written may be years older. A
        source of which all that is written is of one heat pump need not look at them.
        """

    async def close(self) -> None:
        """Let go of what the source itself holds."""
