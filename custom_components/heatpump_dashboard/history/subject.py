"""What insights are asked of: a heat pump's days, from disk and from memory."""

from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ..analysis.flow_factor import HEAT_SCALE
from ..analysis.prices import Prices, with_cost
from ..analysis.samples import SECOND, nanoseconds
from ..analysis.states import UNKNOWN_CODE
from ..analysis.words import MODE_SECONDS
from ..insights.days import day_table
from ..insights.subject import Subject
from ..pump.hours import HOUR_S
from ..pump.tables import rows_from
from .hours import first_known, known_hours

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from ..pump.present import AlarmState
    from .store import HourStore

# Three winters, and the year that they are compared with.
_MOST: Final = timedelta(days=4 * 366)
# Hours of years are many: they become days a quarter at a time.
_PIECE: Final = timedelta(days=92)
_DAY: Final = timedelta(days=1)


def subject_of(
    pump: HeatPump,
    store: HourStore | None,
    now: datetime,
    zone: tzinfo,
    alarm: AlarmState,
    silent_s: float = 0.0,
) -> Subject:
    """Return a heat pump as insights see it: its local days before today. Slow.

    `silent_s`: for how long there has been no reading, where that is not usual.
    """
    records, basis = pump.records, pump.figures().basis
    today = now.astimezone(zone).date()
    return Subject(
        days=_days(pump, store, now, zone),
        today=today,
        metrics=frozenset(records.metrics),
        electricity=basis.electricity,
        heat_scale=HEAT_SCALE.get(basis.calibration),
        whole_degrees=frozenset(
            metric for metric, rule in records.rules.items() if not rule.digits
        ),
        zone=zone,
        **_of_now(pump, now, alarm, silent_s),
    )


def subject_now(
    before: Subject, pump: HeatPump, now: datetime, alarm: AlarmState, silent_s: float
) -> Subject:
    """Return a heat pump of the same days, with what is so now. Quick."""
    return replace(before, **_of_now(pump, now, alarm, silent_s))


def _of_now(
    pump: HeatPump, now: datetime, alarm: AlarmState, silent_s: float
) -> dict[str, Any]:
    """Return what is no matter of days."""
    return {
        "events": pump.records.events,
        "alarm": float(alarm.code or UNKNOWN_CODE) if alarm.active else 0.0,
        "coverage": _coverage(pump.records.ledger, now),
        "silent_s": silent_s,
    }


def _days(
    pump: HeatPump, store: HourStore | None, now: datetime, zone: tzinfo
) -> pd.DataFrame:
    """Return the table of all local days that are over, of the last years."""
    end = _midnight(now, zone)
    first = first_known(pump, () if store is None else store.days) or end
    start = max(_midnight(first, zone), _midnight(end - _MOST, zone))
    tables = []
    while start < end:
        stop = min(_midnight(start + _PIECE, zone), end)
        hours = known_hours(pump, store, _full_hour(start), _full_hour(stop))
        if len(hours):
            tables.append(day_table(_priced(hours, pump.prices), zone))
        start = stop
    if not tables:
        return day_table(known_hours(pump, None, end, end), zone)
    return pd.concat(tables)


def _priced(hours: pd.DataFrame, prices: Prices | None) -> pd.DataFrame:
    """Return hours with their cost, and with the price that was in force."""
    if prices is None:
        return hours
    price = prices.means(nanoseconds(hours.index) / SECOND, HOUR_S)
    known = np.isfinite(price)
    return with_cost(hours, prices, HOUR_S).assign(
        price_sum=np.where(known, price, 0.0), price_hours=known.astype(float)
    )


def _midnight(moment: datetime, zone: tzinfo) -> datetime:
    """Return when the local day of a moment begins."""
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def _full_hour(moment: datetime) -> datetime:
    """Return the full hour (UTC) from a moment on: an hour is of the day it begins in."""
    return pd.Timestamp(moment).tz_convert("UTC").ceil("h").to_pydatetime()


def _coverage(ledger: pd.DataFrame, now: datetime) -> float | None:
    """Return the share of the last 24 hours that is known; None before the first."""
    if ledger.empty:
        return None
    last = rows_from(ledger, pd.Timestamp(now - _DAY))
    return min(float(last[list(MODE_SECONDS)].sum().sum()) / _DAY.total_seconds(), 1.0)
