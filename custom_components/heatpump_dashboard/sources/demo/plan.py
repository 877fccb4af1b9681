"""What the demo's days hold: hot-water charges, the heater, alarms, and their sums.

A day of the demo does not begin at midnight but a little before or after, when a
run of the compressor has just ended: nobody shall see days in the readings. All of
a day follows from its number, so a sum over years needs no reading at all: the
counters begin a day at the sum of the days before, and the day's readings are made
to add up to what the plan says.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from .faults import BLOCKED_HOURS, lasts
from .house import HOT_WATER_STOP, PUMPS, Climate, Pump, climate, pick
from .settings import turned
from .weather import DAY_S, HOUR_S, Floats, chance

type Days = npt.NDArray[np.int64]

FIRST_YEAR = 2020
STEP_S = 30.0

# Hours UTC: the demo stands one hour ahead. Night is the weekly heating of the tank
# above 60 °C that keeps bacteria out, instead of the charge of the next morning.
_NIGHT, _MORNING, _NOON, _EVENING, _LATE = range(5)
_HOURS = (1.3, 5.0, 11.7, 16.9, 20.3)
_SPREAD_H = (0.2, 1.2, 1.0, 1.3, 1.0)
_LEGIONELLA_STOP = 60.0
_ALARM_EVERY = 9  # days
_COLD_MORNING = -3.0
_NEEDS_HEAT = 8.0  # °C outdoors, for the heater to help
_UNMET_HOURS = (2.75, 13.75, 18.75)
# Why the heater is on, by column of its spans: the house waited for a charge, the
# compressor is too small, the tank has to be 60 °C, an alarm, a compressor that is off.
HEATER_CAUSES = (
    *("hot_water",) * 3,
    *("capacity",) * len(_UNMET_HOURS),
    "hygiene",
    "alarm",
    "compressor_off",
)


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of time, one row per day, one column per kind: start = stop where none."""

    start: Floats
    stop: Floats

    @property
    def some(self) -> npt.NDArray[np.bool_]:
        """Say which of them there are."""
        return self.stop > self.start


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of a year and a few around it, one row each.

    `begin` are the days' beginnings, one more than there are days. `heater` spans
    have a level of 1…3 each; in those of `boost` the compressor runs as well,
    whatever its cycle. `alarm` is the number of the alarm's kind. In spans of `blocked`
    the compressor is off, and nobody says why.
    """

    first: int
    begin: Floats
    charges: Spans
    tops: Floats
    bottoms: Floats
    heater: Spans
    level: npt.NDArray[np.int64]
    boost: Spans
    alarms: Spans
    blocked: Spans
    climate: Climate


def alarm_kind(
    days: Days, seed: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Return which days have an alarm, and the kind (0…2) of the last one up to each."""
    slot = days // _ALARM_EVERY
    due = 1 + np.floor(pick(slot, seed + 60, 0, _ALARM_EVERY - 2)).astype(np.int64)
    into = days % _ALARM_EVERY
    kind = np.floor(3.0 * chance(np.where(into < due, slot - 1, slot), seed + 61))
    return into == due, kind.astype(np.int64)


@lru_cache(maxsize=8)
def plan(brand: str, year: int) -> Plan:
    """Return the plan of a year."""
    pump = PUMPS[brand]
    first, last = day_number(year) - 2, day_number(year + 1) + 2
    days = np.arange(first, last, dtype=np.int64)
    hours = climate(pump, (first - 1) * DAY_S, (last + 2) * DAY_S)
    alarm_days, _ = alarm_kind(days, pump.seed)
    blocked_days = _blocked_days(days, pump, hours) & ~alarm_days
    stopped = alarm_days | blocked_days
    cold = lasts(brand, "hygiene", _midday(days))
    wanted = HOT_WATER_STOP + turned(brand, "hot_water_stop", _midday(days))
    charges, tops, bottoms = _charges(days, pump.seed, stopped, cold, wanted)
    alarms = _alarms(days, pump.seed, alarm_days)
    blocked = _blocked(days, blocked_days)
    boost, boost_level = _boosts(days, pump, hours, charges, stopped)
    others, other_level = _other_heater(hours, charges, alarms, cold)
    alone, alone_level = _alone(days, pump, hours, blocked)
    heater = _beside(_beside(boost, others), alone)
    return Plan(
        first=first,
        begin=_begin(np.arange(first, last + 1, dtype=np.int64), pump.seed),
        charges=charges,
        tops=tops,
        bottoms=bottoms,
        heater=heater,
        level=np.hstack([boost_level, other_level, alone_level]),
        boost=boost,
        alarms=alarms,
        blocked=blocked,
        climate=hours,
    )


def day_number(year: int) -> int:
    """Return the number of 1 January, counted from 1 January 1970."""
    return int(np.datetime64(f"{year}-01-01", "D").astype(np.int64))


def year_of(day: int) -> int:
    """Return the year of a day counted from 1 January 1970."""
    return int(np.datetime64(day, "D").astype("datetime64[Y]").astype(np.int64)) + 1970


def day_of(brand: str, time: float) -> int:
    """Return the number of the demo's day that a moment lies in."""
    seed = PUMPS[brand].seed
    day = int(time // DAY_S)
    begins = _begin(np.arange(day, day + 2, dtype=np.int64), seed)
    return day - 1 + int(np.searchsorted(begins, time, side="right"))


def _begin(days: Days, seed: int) -> Floats:
    """Return when the days begin: between 22 and 1 o'clock."""
    return _snap(days * DAY_S + pick(days, seed + 1, -2.0, 1.0) * HOUR_S)


def _snap(time: Floats) -> Floats:
    """Return the time on the grid of the readings."""
    return np.floor(time / STEP_S) * STEP_S


def _beside(one: Spans, other: Spans) -> Spans:
    return Spans(np.hstack([one.start, other.start]), np.hstack([one.stop, other.stop]))


def _spans(start: Floats, minutes: Floats, there: npt.NDArray[np.bool_]) -> Spans:
    begin = _snap(start)
    return Spans(begin, np.where(there, begin + _snap(minutes * 60.0), begin))


def _charges(
    days: Days,
    seed: int,
    stopped: npt.NDArray[np.bool_],
    cold: npt.NDArray[np.bool_],
    wanted: Floats,
) -> tuple[Spans, Floats, Floats]:
    """Return a day's charges and the temperatures (°C) they begin and end at.

    `stopped`: on these days something stops the compressor; `cold`: the weekly charge
    becomes no hotter than the others; `wanted`: what these are to become, °C.
    """
    weekday = (days + 3) % 7
    sunday, weekend = weekday == 6, weekday >= 5
    there = np.empty((days.size, 5), dtype=bool)
    there[:, _NIGHT] = sunday
    there[:, _MORNING] = ~sunday
    there[:, _NOON] = (chance(days, seed + 10) < np.where(weekend, 0.7, 0.4)) & ~stopped
    there[:, _EVENING] = True
    there[:, _LATE] = (chance(days, seed + 11) < 0.55) & ~stopped
    keys = days[:, None] * 5 + np.arange(5)
    wobble = chance(keys.ravel(), seed + 12).reshape(keys.shape) - 0.5
    start = (
        days[:, None] * DAY_S
        + (np.array(_HOURS) + np.array(_SPREAD_H) * wobble) * HOUR_S
    )
    start[:, _MORNING] += np.where(weekend, 1.4 * HOUR_S, 0.0)
    minutes = 21.0 + 15.0 * chance(keys.ravel(), seed + 13).reshape(keys.shape)
    minutes[:, _NIGHT] += 9.0
    spread = chance(keys.ravel(), seed + 14).reshape(keys.shape)
    tops = wanted[:, None] - 0.6 + 1.2 * spread
    hot = _LEGIONELLA_STOP + 0.5 * spread[:, _NIGHT]
    tops[:, _NIGHT] = np.where(cold, tops[:, _NIGHT], hot)
    return _spans(start, minutes, there), tops, 43.2 - 2.2 * spread


def _alarms(days: Days, seed: int, there: npt.NDArray[np.bool_]) -> Spans:
    """Return the alarms: by day or in the evening, away from the charges."""
    evening = chance(days, seed + 62) < 0.4
    hour = np.where(
        evening, pick(days, seed + 63, 18.8, 20.2), pick(days, seed + 63, 8.6, 14.4)
    )
    minutes = pick(days, seed + 64, 20.0, 90.0)
    start = days * DAY_S + hour * HOUR_S
    return _spans(start[:, None], minutes[:, None], there[:, None])


def _boosts(
    days: Days,
    pump: Pump,
    hours: Climate,
    charges: Spans,
    stopped: npt.NDArray[np.bool_],
) -> tuple[Spans, npt.NDArray[np.int64]]:
    """Return when the heater helps the running compressor, and at which level.

    On cold mornings after a charge, for which the house waited, in up to three steps;
    and through the day where the compressor alone is not enough.
    """
    dawn = hours.at("outdoor", days.astype(np.float64) * DAY_S + 5 * HOUR_S)
    waits = charges.some[:, _MORNING] & ~stopped
    cold = np.where(waits, np.clip((_COLD_MORNING - dawn) / 12.0, 0.0, 1.0), 0.0)
    minutes = np.where(
        cold > 0, 14.0 + 50.0 * cold + pick(days, pump.seed + 20, 0, 14), 0.0
    )
    shares = np.stack(
        [0.3 + 0.7 * (cold < 0.4), 0.35 * (cold >= 0.4), 0.35 * (cold >= 0.75)]
    )
    parts = (shares / shares.sum(axis=0) * minutes).T
    after = charges.stop[:, _MORNING] + pick(days, pump.seed + 21, 4.0, 12.0) * 60.0
    starts = [
        after,
        after + _snap(parts[:, 0] * 60),
        after + _snap(parts[:, :2] * 60).sum(axis=1),
    ]
    later = days[:, None] * DAY_S + np.array(_UNMET_HOURS) * HOUR_S
    unmet = hours.at("unmet", later.ravel()).reshape(later.shape) * ~stopped[:, None]
    level = np.hstack(
        [
            np.tile([1, 2, 3], (days.size, 1)),
            1 + np.floor(np.clip(8.0 * unmet, 0, 2)).astype(np.int64),
        ]
    )
    extra = np.where(unmet > 0, np.clip(15.0 + 200.0 * unmet, 0, 40.0), 0.0)
    spans = _beside(
        _spans(np.stack(starts, axis=1), parts, parts > 0),
        _spans(later, extra, extra > 0),
    )
    return spans, level


def _other_heater(
    hours: Climate, charges: Spans, alarms: Spans, cold: npt.NDArray[np.bool_]
) -> tuple[Spans, npt.NDArray[np.int64]]:
    """Return when the heater works without a run for the house.

    It heats the last degrees of the weekly charge, where that becomes hot, and alone
    during a long alarm.
    """
    night = slice(_NIGHT, _NIGHT + 1)
    start, stop = charges.start[:, night], charges.stop[:, night]
    last_part = Spans(
        np.where((stop > start) & ~cold[:, None], stop - 14 * 60.0, stop), stop
    )
    winter = hours.at("outdoor", alarms.start.ravel())[:, None] < 6.0
    after = alarms.start + 15 * 60.0
    needed = winter & (alarms.stop - alarms.start > 30 * 60.0)
    alone = Spans(np.where(needed, after, alarms.stop), alarms.stop)
    spans = _beside(last_part, alone)
    return spans, np.ones(spans.start.shape, dtype=np.int64)


def _blocked_days(days: Days, pump: Pump, hours: Climate) -> npt.NDArray[np.bool_]:
    """Return on which days the compressor is blocked: only where heat is needed."""
    noon = _midday(days)
    return lasts(pump.name, "blocked", noon) & (hours.at("outdoor", noon) < _NEEDS_HEAT)


def _blocked(days: Days, there: npt.NDArray[np.bool_]) -> Spans:
    first, last = BLOCKED_HOURS
    minutes = np.full((days.size, 1), (last - first) * 60.0)
    return _spans(
        (_midday(days) + (first - 12) * HOUR_S)[:, None], minutes, there[:, None]
    )


def _alone(
    days: Days, pump: Pump, hours: Climate, blocked: Spans
) -> tuple[Spans, npt.NDArray[np.int64]]:
    """Return when the heater heats the house, as the compressor is blocked, and how."""
    noon = _midday(days)
    kw = pump.loss * (20.0 - hours.at("outdoor", noon))
    level = np.clip(np.rint(kw / pump.heater_kw[0]), 1, 3).astype(np.int64)
    start = np.where(blocked.some, blocked.start + 40 * 60.0, blocked.stop)
    return Spans(start, blocked.stop), level[:, None]


def _midday(days: Days) -> Floats:
    return days.astype(np.float64) * DAY_S + 12 * HOUR_S
