"""An energy that grows for ever: what is settled, and the windows that follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
import math
from typing import TYPE_CHECKING, Any, Final, Self

from ..analysis.times import WINDOW_S
from .limits import EARLY

if TYPE_CHECKING:
    import pandas as pd

# Points that come later than this change the figures of their day, but no total.
_OPEN: Final = timedelta(hours=24)
# A clock that is behind at the start of a computer is put right within this.
_DOUBT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A growing total, kWh.

    `settled`: all of the windows before the edge `until`, which change it no more.
    `until`: the edge up to which it is settled.
    `reported`: the total that was told last.
    `seen`: the last reading that was in it.
    `made_with`: the fingerprint of what the windows were computed with.
    `made_of`: the series (by metric) and the sources that they were computed from.
    `begun`: when it began at 0; None where an older version did not say.
    `doubted`: the last reading when it first was of a time to come; it is not stored.
    """

    settled: float
    until: datetime
    reported: float
    seen: datetime
    made_with: str
    made_of: Mapping[str, str | None] = field(default_factory=dict)
    begun: datetime | None = None
    doubted: datetime | None = None

    @classmethod
    def beginning(
        cls,
        seen: datetime,
        made_with: str,
        made_of: Mapping[str, str | None] | None = None,
        holes: Sequence[tuple[datetime, datetime]] = (),
    ) -> Self:
        """Return a total that begins at 0 with the first window after a reading."""
        return cls(0.0, _edge_after(seen), 0.0, seen, made_with, made_of or {}, seen)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self | None:
        """Return the total that was stored, None if that is not one."""
        try:
            begun = stored.get("begun")
            total = cls(
                settled=float(stored["settled"]),
                until=_moment(stored["until"]),
                reported=float(stored["reported"]),
                seen=_moment(stored["seen"]),
                made_with=str(stored["made_with"]),
                made_of=dict(stored.get("made_of", {})),
                begun=None if begun is None else _moment(begun),
            )
        except AttributeError, KeyError, TypeError, ValueError:
            return None
        sums = (total.settled, total.reported)
        return total if all(math.isfinite(kwh) for kwh in sums) else None

    def as_dict(self) -> dict[str, Any]:
        """Return what is to be stored."""
        return {
            "settled": self.settled,
            "until": self.until.isoformat(),
            "reported": self.reported,
            "seen": self.seen.isoformat(),
            "made_with": self.made_with,
            "made_of": dict(self.made_of),
            "begun": None if self.begun is None else self.begun.isoformat(),
        }

    def advance(
        self,
        windows: pd.Series,
        *,
        since: datetime,
        last: datetime,
        now: datetime,
        whole: bool,
        made_with: str,
        made_of: Mapping[str, str | None] | None = None,
        holes: Sequence[tuple[datetime, datetime]] = (),
    ) -> Self:
        """Return the total with what is known now.

        `windows`: kWh by window, all that are known from `since` on; `last`: the last
        reading; `whole`: no more of the past is going to be read; `holes`: spans of it
        that cannot be read, whose windows say nothing of what was told before. While
        the past has not been read back to where the total is settled, it stays as it
        is. What is corrected in its open windows corrects it, downwards too, and so
        does negative heat; but not what its source has forgotten since.
        """
        total = self
        if total.seen - max(now, last) > EARLY:
            total = _doubt(total, last)
            if total.doubted is not None:
                return total
        elif total.doubted is not None:
            total = replace(total, doubted=None)
        if made_with != total.made_with or _differ(total.made_of, made_of or {}):
            # What changed counts from now on, not for what was told already.
            total = _go_on(total, _edge_after(total.seen))
        total = replace(
            total, made_with=made_with, made_of={**total.made_of, **(made_of or {})}
        )
        known_from = max(since, _first(windows, last))
        if known_from > total.until:
            if not whole:
                return total
            total = _go_on(total, max(known_from, _edge_after(total.seen)))
        ends = [_edge(stop) for start, stop in holes if start < total.seen]
        if ends and max(ends) > total.until:
            # Behind the hole, too: else it would be met again with every reading.
            total = _go_on(total, max(_edge_after(total.seen), *ends))
        total = _settle(total, windows, _edge(last - _OPEN))
        known = round(total.settled + _sum(windows, total.until, None), 3)
        return replace(total, reported=known, seen=max(total.seen, last))


def _differ(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> bool:
    """Return whether something that both know is made of something else."""
    return any(before[name] != now[name] for name in before.keys() & now.keys())


def _doubt[T: RunningTotal](total: T, last: datetime) -> T:
    """Return a total that was told in a time to come: a clock was ahead, or is behind.

    One that is behind is put right soon after the start. Where it is not, the other
    was ahead, and all counts that came since.
    """
    doubted = total.doubted or last
    if last - doubted < _DOUBT:
        return replace(total, doubted=doubted)
    until = _edge_after(doubted)
    return replace(total, settled=total.reported, until=until, seen=last, doubted=None)


def _go_on[T: RunningTotal](total: T, until: datetime) -> T:
    """Return a total settled as it was told, to be added to from an edge on."""
    return replace(total, settled=total.reported, until=max(until, total.until))


def _settle[T: RunningTotal](total: T, windows: pd.Series, until: datetime) -> T:
    """Return a total with the windows before an edge settled."""
    if until <= total.until:
        return total
    settled = total.settled + _sum(windows, total.until, until)
    return replace(total, settled=settled, until=until)


def _sum(windows: pd.Series, start: datetime, stop: datetime | None) -> float:
    """Return what the windows from an edge on hold, up to another edge."""
    first = int(windows.index.searchsorted(start))
    last = None if stop is None else int(windows.index.searchsorted(stop))
    return float(windows.iloc[first:last].sum())


def _first(windows: pd.Series, last: datetime) -> datetime:
    """Return where the first window begins; that of the last reading, without any.

    Nothing is known before it: the source had nothing yet, or has forgotten it.
    """
    return windows.index[0].to_pydatetime() if len(windows) else _edge(last)


def _edge(moment: datetime) -> datetime:
    """Return the beginning of the window that a moment lies in."""
    return moment - timedelta(seconds=moment.timestamp() % WINDOW_S)


def _edge_after(moment: datetime) -> datetime:
    """Return the beginning of the window after that which a moment lies in."""
    return _edge(moment) + timedelta(seconds=WINDOW_S)


def _moment(stored: str) -> datetime:
    """Return a moment that was stored; ValueError where it is not of any time zone."""
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone")
    return moment
