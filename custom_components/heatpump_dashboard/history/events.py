"""Events of any time since the first reading, the newest first."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, override

import numpy as np
import orjson

from ..analysis.events import Event
from ..analysis.periods import Period
from ..analysis.states import Kind
from ..analysis.times import milliseconds
from ..pump.hours import around_of, events_of
from ..view.events import RunFigures, event_rows, word_of
from .causes import Causes
from .hours import memory_begins

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from .store import HourStore

_HOUR: Final = timedelta(hours=1)


def known_events(
    pump: HeatPump, store: HourStore | None, span: Period, kinds: Collection[Kind]
) -> Iterator[Event]:
    """Yield the events of start ≤ time < end, the newest first.

    Those of days of which memory has all come from there, those before that from disk
    where the day is, see `hours.known_hours`. On disk there are only `KEPT` kinds.
    """
    whole = memory_begins(pump, span.end)
    months: Iterator[list[Event]] = iter(())
    if store is not None:
        months = store.events_backwards(span.start, min(span.end, whole), kinds)
    # First those that memory may know too: what the disk hands out decides which count.
    read = list(islice(months, 2))
    on_disk = {} if store is None else store.days
    edge = milliseconds(whole)
    causes = Causes(around_of(pump.records), pump.profile)
    yield from (
        causes.told(event)
        for event in reversed(events_of(pump.records, span.start, span.end))
        if event.kind in kinds
        and (event.time >= edge or _moment(event.time).date() not in on_disk)
    )
    for month in chain(read, months):
        yield from reversed(month)


def newest_events(
    pump: HeatPump,
    store: HourStore | None,
    span: Period,
    *,
    kinds: Collection[str],
    limit: int,
    language: str,
    told: tuple[int, int] = (-1, 0),
) -> tuple[list[dict[str, Any]], bool]:
    """Return the newest events of a span as viewers get them, and whether there are more.

    `kinds`: some of `EVENT_KINDS`. `told`: a moment (ms), and how many of its events
    are left out, as they were told before. At most `limit`. Slow, for an executor.
    """
    found: list[Event] = []
    more = False
    moment, known = told
    wanted = {kind for kind in Kind if word_of(kind) in kinds}
    for event in known_events(pump, store, span, wanted):
        if event.time == moment and known:
            known -= 1
            continue
        if len(found) >= limit:
            more = True
            break
        found.append(event)
    figures = _Figures(pump, store)
    rows = event_rows(found, figures, pump.profile, language).rows
    return [
        orjson.loads(row) | _cost(pump, event)
        for row, event in zip(rows, found, strict=True)
    ], more


class _Figures(RunFigures):
    """What is said of runs beside their events, also of those of years ago."""

    def __init__(self, pump: HeatPump, store: HourStore | None) -> None:
        """Take what figures rest on, and where hours are kept."""
        super().__init__(pump.figures().basis, pump.records.extremes)
        self._store = store

    @override
    def outdoor(self, event: Event) -> float | None:
        """Return the mean outdoor temperature of the run that ends, °C."""
        known = super().outdoor(event)
        if known is not None or self._store is None or event.duration_s is None:
            return known
        end = _moment(event.time)
        begin = end - timedelta(seconds=event.duration_s)
        hours = self._store.hours(_hour(begin), _hour(end) + _HOUR)
        columns = (f"outdoor_temp|{what}" for what in ("sum", "s"))
        total, seconds = (
            float(hours[name].sum()) if name in hours else 0.0 for name in columns
        )
        return round(total / seconds, 1) if seconds else None


def _cost(pump: HeatPump, event: Event) -> dict[str, float]:
    """Return what the run that ends cost, as far as that can be said."""
    heater = event.kind is Kind.AUXILIARY
    kwh = event.kwh if heater else event.electricity_kwh
    if kwh is None or event.duration_s is None or pump.prices is None:
        return {}
    begin = np.array([event.time / 1000 - event.duration_s])
    (price,) = pump.prices.means(begin, max(event.duration_s, 1.0)).tolist()
    return {"cost": round(kwh * price, 2)} if isfinite(price) else {}


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
