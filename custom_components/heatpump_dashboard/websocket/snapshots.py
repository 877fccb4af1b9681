"""Computes what those who look at a heat pump are sent. Slow, for an executor."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from homeassistant.util import dt as dt_util

from ..analysis.periods import Period
from ..coordinator import HeatPumpCoordinator
from ..view.ranges import Grid, Span, grid
from .info import read_back
from .shared_span import Made

if TYPE_CHECKING:
    import pandas as pd

    from ..analysis.events import Event
    from ..view.message import EncodedSnapshot


def make_all(
    coordinator: HeatPumpCoordinator,
    state: dict[str, Any],
    asked: Sequence[tuple[Span, EncodedSnapshot | None]],
) -> list[Made | Exception]:
    """Return for each span what to publish, and what of it is new.

    `state`: the status of the heat pump. `asked`: the spans, with what was published
    of each before.
    """
    from ..view.message import encode_update, publish
    from ..view.readings import count_between
    from ..view.snapshot import build

    pump, records = coordinator.pump, coordinator.pump.records
    now = dt_util.utcnow().timestamp()
    zone = dt_util.get_default_time_zone()
    last = None if records.last is None else records.last.timestamp()
    fresh_s = records.fresh.total_seconds()
    count = partial(count_between, records.readings)
    grids = {span: grid(span, last, now, fresh_s, zone, count) for span, _ in asked}
    of_hours = [shown for shown in grids.values() if shown.hours]
    hours = _settled(_hours, coordinator, of_hours) if of_hours else None
    # What is shown of the last month does not wait for the years.
    years = coordinator.years
    of_years = state | {"history": read_back(years.history, years.version)}

    def hours_of(shown: Grid) -> pd.DataFrame | None:
        if not shown.hours:
            return None
        if isinstance(hours, Exception):
            raise hours
        return hours

    def make(span: Span, before: EncodedSnapshot | None) -> Made:
        snapshot = build(
            pump=coordinator.pump_id,
            range_=span.range,
            grid=grids[span],
            records=records,
            equipment=pump.equipment,
            prices=pump.prices,
            hours=hours_of(grids[span]),
            events=_events(coordinator, grids[span]) if grids[span].hours else None,
            status=of_years if grids[span].hours else state,
            profile=pump.profile,
            language=coordinator.hass.config.language,
            zone=zone,
        )
        published = publish(snapshot)
        if before is None:
            return published, published.json
        return published, encode_update(before.snapshot, published)

    return [_settled(make, *one) for one in asked]


def _hours(coordinator: HeatPumpCoordinator, grids: Sequence[Grid]) -> pd.DataFrame:
    """Return all known hours of the time that grids are made of."""
    from ..history.hours import known_hours

    start = datetime.fromtimestamp(min(shown.start for shown in grids), UTC)
    stop = datetime.fromtimestamp(max(shown.stop for shown in grids), UTC)
    return known_hours(coordinator.pump, coordinator.years.open(), start, stop)


def _events(coordinator: HeatPumpCoordinator, shown: Grid) -> tuple[Event, ...]:
    """Return the events that are told of a span, ascending."""
    from ..history.events import known_events
    from ..view.snapshot import told_kinds

    start, stop = (datetime.fromtimestamp(at, UTC) for at in (shown.start, shown.stop))
    span, store = Period(start, stop), coordinator.years.open()
    found = known_events(coordinator.pump, store, span, told_kinds(shown))
    return tuple(found)[::-1]


def _settled[*Ts, T](make: Callable[[*Ts], T], *args: *Ts) -> T | Exception:
    """Return what was made or what it raised: one odd span costs no other its news."""
    try:
        return make(*args)
    except Exception as err:  # noqa: BLE001 - it is logged where it is first known
        return err
