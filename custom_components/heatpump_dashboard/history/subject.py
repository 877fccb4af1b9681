"""What insights are asked of: a heat pump's days, from disk and from memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ..analysis.align import ENDED
from ..analysis.basis import FigureBasis
from ..analysis.events import Event
from ..analysis.instant import newest
from ..analysis.periods import Period
from ..analysis.prices import Prices, with_cost
from ..analysis.samples import SECOND, nanoseconds
from ..analysis.states import SETTINGS, UNKNOWN_CODE, Kind, heater_state, latest_states
from ..analysis.times import WINDOW_S, milliseconds
from ..analysis.words import MODE_SECONDS
from ..const import (
    CONF_BRINE_FLOW,
    CONF_CO2,
    CONF_DESIGN_TEMP,
    CONF_HEAT_OUTPUT,
    CONF_NORMAL_DEGREE_DAYS,
    CONF_RATED_DELTA_T,
    CONF_TANK_VOLUME,
)
from ..insights.days import day_table
from ..insights.gaps import Gap, defrosts_of, gaps_of
from ..insights.limits import BLOCKED_WARM_C, MOVE_H
from ..insights.standstill import absent_series, asked_for_s, stuck_series
from ..insights.subject import HeatBasis, House, Rest, Subject
from ..pump.hours import HOUR_S
from ..pump.tables import rows_from
from .causes import heater_only_modes
from .events import known_events
from .hours import first_known, known_hours

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from ..pump.memory import Records
    from ..pump.present import AlarmState
    from .house_meter import HouseMeter
    from .store import HourStore

# Three winters, and the year that they are compared with.
_MOST: Final = timedelta(days=4 * 366)
# Hours of years are many: they become days a quarter at a time.
_PIECE: Final = timedelta(days=92)
# What a day is depends on hours near it, too: on when electricity was cheap.
_NEAR: Final = timedelta(hours=MOVE_H)
_DAY: Final = timedelta(days=1)
_ALWAYS: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOW: Final = f"{WINDOW_S}s"
_HOUSE: Final = ("electricity_kwh", "auxiliary_kwh")
_WHOLE: Final = 0.95
_SPEED: Final = "compressor_speed|max"
# Of charges the last weeks are asked about, and so many months stay in memory.
_CHARGES: Final = timedelta(days=395)
# The month of events that is in memory, and what was before the first of them.
_GAPS: Final = timedelta(days=32)


def subject_of(
    pump: HeatPump,
    store: HourStore | None,
    now: datetime,
    zone: tzinfo,
    alarm: AlarmState,
    silent_s: float = 0.0,
    latitude: float | None = None,
    meter: HouseMeter | None = None,
) -> Subject:
    """Return a heat pump as insights see it: its local days before today. Slow.

    `silent_s`: for how long there has been no reading, where that is not usual.
    `meter`: of the house, where its highest hours have a price.
    """
    records, basis = pump.records, pump.figures().basis
    today = now.astimezone(zone).date()
    days, changes = _days(pump, store, now, zone)
    return Subject(
        days=days,
        today=today,
        metrics=frozenset(records.metrics),
        electricity=basis.electricity,
        heat_scale=basis.heat_scale,
        heat=_heat_basis(pump, basis),
        offset_k=pump.equipment.delta_t_offset_k,
        whole_degrees=frozenset(
            metric for metric, rule in records.rules.items() if not rule.digits
        ),
        changes=changes,
        charges=_charges(pump, store, now, zone),
        stuck=_stuck(records, now),
        heater_only=heater_only_modes(pump.profile),
        design_temp=pump.settings.get(CONF_DESIGN_TEMP),
        normal_degree_days=pump.settings.get(CONF_NORMAL_DEGREE_DAYS),
        co2_per_kwh=pump.settings.get(CONF_CO2),
        latitude=latitude,
        house=_house(pump, store, meter, zone),
        zone=zone,
        **_of_now(pump, now, zone, alarm, silent_s),
    )


def _house(
    pump: HeatPump, store: HourStore | None, meter: HouseMeter | None, zone: tzinfo
) -> House | None:
    """Return the hours of the house with those of the heat pump beside them."""
    if meter is None:
        return None
    kwh = meter.kwh
    end = kwh.index[-1] + pd.Timedelta(hours=1)
    own = known_hours(pump, store, kwh.index[0].to_pydatetime(), end.to_pydatetime())
    # What is half known would be told as little.
    own = own[own["energy_s"] >= _WHOLE * HOUR_S] if "energy_s" in own else own
    hours = own.reindex(columns=list(_HOUSE), index=kwh.index).assign(house=kwh)
    return House(hours=hours.tz_convert(zone), tariff=meter.tariff)


def _charges(
    pump: HeatPump, store: HourStore | None, now: datetime, zone: tzinfo
) -> tuple[Event, ...]:
    """Return the charges of hot water of a year and a bit, ascending."""
    span = Period(max(now - _CHARGES, _own_since(pump, zone)), now + _DAY)
    found = [*known_events(pump, store, span, {Kind.HOT_WATER})]
    return tuple(one for one in reversed(found) if not one.value)


def _settings(states: Mapping[Kind, float]) -> dict[str, float]:
    """Return what is set now, by metric, of what is so now."""
    return {SETTINGS[kind]: states[kind] for kind in states if kind in SETTINGS}


def _rest_of(pump: HeatPump, settings: Mapping[str, float]) -> Rest | None:
    """Return how the compressor stands still at the last reading; None = not known."""
    records = pump.records
    if records.operation is None or records.last is None:
        return None
    states = records.states
    rows = states[states["kind"].to_numpy() == Kind.COMPRESSOR]
    read = newest(records.operation.samples)
    if not len(rows) or not np.isfinite(read.get("compressor")[-1]):
        return None
    off = rows["value"].iloc[-1] == 0
    starts = pd.DatetimeIndex(rows.index[rows["value"].to_numpy() > 0])
    mode = settings.get("operating_mode")
    degree_minutes, outdoor = (
        float(read.get(metric)[-1]) for metric in ("degree_minutes", "outdoor_temp")
    )
    lows = records.extremes.get("degree_minutes|max", pd.Series(dtype=float))
    return Rest(
        off_s=(records.last - rows.index[-1]).total_seconds() if off else 0.0,
        degree_minutes=degree_minutes if np.isfinite(degree_minutes) else None,
        asked_s=asked_for_s(lows, starts, records.last) if off else 0.0,
        heater=bool(heater_state(records.operation)[-1] == 1),
        is_warm=outdoor >= settings.get("heating_stop", BLOCKED_WARM_C),
        mode=None if mode is None else pump.profile.operating_modes.get(int(mode)),
    )


def _stuck(records: Records, now: datetime) -> tuple[str, ...]:
    """Return the temperatures that do not change any more."""
    whole = {metric for metric, rule in records.rules.items() if not rule.digits}
    moment = pd.Timestamp(now)
    return stuck_series(records.extremes, records.ledger, whole, moment)


def _gaps(records: Records, now: datetime) -> tuple[Gap, ...]:
    """Return when nothing was read of the month of events, and just before."""
    end = pd.Timestamp(now)
    return gaps_of(records.ledger, (end - _GAPS).floor(_WINDOW), end)


def _heat_basis(pump: HeatPump, basis: FigureBasis) -> HeatBasis:
    """Return what the heat rests on, and what the settings say beside the readings."""
    settings, equipment, rules = pump.settings, pump.equipment, pump.records.rules
    supply = rules.get("supply_temp")
    return HeatBasis(
        source=basis.heat,
        kind=basis.calibration,
        factor=equipment.flow_factor,
        plate_kw=settings.get(CONF_HEAT_OUTPUT),
        rated_k=settings.get(CONF_RATED_DELTA_T),
        tank_l=settings.get(CONF_TANK_VOLUME),
        brine_l_s=settings.get(CONF_BRINE_FLOW),
        digits=1 if supply is None else supply.digits,
        shows_heater=equipment.auxiliary_heats_supply,
        sees_tank=not equipment.hot_water_estimated,
        counted=basis.heat_counter,
        varies="compressor_speed" in rules and speeds_vary(pump.records.extremes),
    )


def speeds_vary(extremes: pd.DataFrame) -> bool:
    """Return whether a compressor runs at more speeds than one, as far as is known.

    One that only ever runs at full speed may report that too. `extremes`: what the
    readings of windows were.
    """
    if _SPEED not in extremes:
        return True
    speeds = extremes[_SPEED].round()
    return speeds[speeds > 0].nunique() != 1


def subject_now(
    before: Subject, pump: HeatPump, now: datetime, alarm: AlarmState, silent_s: float
) -> Subject:
    """Return a heat pump of the same days, with what is so now. Quick."""
    return replace(before, **_of_now(pump, now, before.zone, alarm, silent_s))


def _of_now(
    pump: HeatPump, now: datetime, zone: tzinfo, alarm: AlarmState, silent_s: float
) -> dict[str, Any]:
    """Return what is no matter of days."""
    states = latest_states(pump.records.states)
    settings, since = _settings(states), _own_since(pump, zone)
    first = milliseconds(since)
    return {
        "events": tuple(one for one in pump.records.events if one.time >= first),
        "states": states,
        # Of the time that the events are of: more of it may have been read meanwhile.
        "gaps": _gaps(pump.records, now),
        "defrosts": defrosts_of(pump.records.states),
        "alarm": float(alarm.code or UNKNOWN_CODE) if alarm.active else 0.0,
        "coverage": _coverage(pump.records, now),
        "absent": _absent(pump.records, now, since),
        "silent_s": silent_s,
        "settings": settings,
        "rest": _rest_of(pump, settings),
    }


def _days(
    pump: HeatPump, store: HourStore | None, now: datetime, zone: tzinfo
) -> tuple[pd.DataFrame, tuple[Event, ...]]:
    """Return the table of all local days that are over, of the last years.

    And the changes of settings of the same time up to now, ascending: a day of years
    ago that is asked about ends with the next of them. Their months are in memory while
    the hours of them are read.
    """
    end = _midnight(now, zone)
    first = first_known(pump, () if store is None else store.days) or end
    longest = max(_midnight(end - _MOST, zone), _own_since(pump, zone))
    begin = start = max(_midnight(first, zone), longest)
    tables, changes = [], list[Event]()
    while start < end:
        stop = min(_midnight(start + _PIECE, zone), end)
        near = max(start - _NEAR, begin), min(stop + _NEAR, end)
        hours = known_hours(pump, store, *(_full_hour(edge) for edge in near))
        if len(hours):
            table = day_table(_priced(hours, pump.prices), zone)
            # Labels have both ends.
            last = stop - _DAY
            tables.append(table[_naive(start) : _naive(last)])
        changes += _changes(pump, store, Period(start, stop))
        start = stop
    changes += _changes(pump, store, Period(end, now + _DAY))
    if not tables:
        tables = [day_table(known_hours(pump, None, end, end), zone)]
    return pd.concat(tables), tuple(changes)


def _own_since(pump: HeatPump, zone: tzinfo) -> datetime:
    """Return from when on the readings are its own: it may have taken another's place."""
    day = pump.in_operation_since
    return _ALWAYS if day is None else datetime.combine(day, time(), zone)


def _changes(pump: HeatPump, store: HourStore | None, span: Period) -> list[Event]:
    """Return the changes of settings of a time, ascending."""
    return [*known_events(pump, store, span, set(SETTINGS))][::-1]


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


def _naive(moment: datetime) -> pd.Timestamp:
    """Return a local midnight as the table's index has it."""
    return pd.Timestamp(moment.date())


def _full_hour(moment: datetime) -> datetime:
    """Return the full hour (UTC) from a moment on: an hour is of the day it begins in."""
    return pd.Timestamp(moment).tz_convert("UTC").ceil("h").to_pydatetime()


def _coverage(records: Records, now: datetime) -> float | None:
    """Return the share of the last 24 hours that is known; None before the first.

    Of the time since the first reading where that is not as long ago; of less than an
    hour nobody can tell. Where no compressor is reported it is known when anything was
    read.
    """
    begin = pd.Timestamp(now - _DAY)
    if records.ledger.empty:
        return None
    if records.ledger.index[0] > begin:
        read = rows_from(records.stored, records.ledger.index[0]).index
        begin = read[0] if len(read) else records.ledger.index[0]
    length_s = (pd.Timestamp(now) - begin).total_seconds()
    if length_s < HOUR_S:
        return None
    if "compressor" in records.metrics:
        known_s = (
            rows_from(records.ledger, begin.floor(_WINDOW))[list(MODE_SECONDS)]
            .sum()
            .sum()
        )
    else:
        read_s = rows_from(records.extremes, begin.floor(_WINDOW)).filter(regex=r"\|s$")
        known_s = read_s.sum().max() if len(read_s.columns) else 0.0
    return min(float(known_s) / length_s, 1.0)


def _absent(records: Records, now: datetime, since: datetime) -> tuple[str, ...]:
    """Return the metrics that had values after a moment and have none any more.

    One on change is silent while nothing changes, and after an outage until something
    does: of it only what the source itself has ended is absent.
    """
    quiet = {
        metric
        for metric in records.rhythm.on_change & frozenset(records.stored.columns)
        if not _has_ended(records.stored[metric])
    }
    own = rows_from(records.extremes, pd.Timestamp(since))
    return absent_series(own, quiet, pd.Timestamp(now))


def _has_ended(column: pd.Series) -> bool:
    """Return whether the last that was said of a metric is that it has no value."""
    said = column.dropna()
    return len(said) > 0 and bool(said.iloc[-1] == ENDED)
