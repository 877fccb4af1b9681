"""When the auxiliary heater ran, and why: from the events around each time."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

from ..analysis.events import Event
from ..analysis.states import SETTINGS, Kind
from ..const import TANK_SAFE_C
from .gaps import WINDOW_MS, Gap, within
from .limits import (
    CURVE_DEGREES_C,
    CURVE_NUMBER_K,
    HEATER_COVERAGE,
    HEATER_JOIN_S,
    SETPOINT_STEP_K,
)

type Cause = Literal[
    "alarm",
    "mode",
    "hygiene",
    "hot_water",
    "compressor_off",
    "catch_up",
    "setting",
    "defrost",
    "capacity",
    "unknown",
]

# By these the heat would have come from the compressor all the same, but for them.
AVOIDABLE: Final = frozenset(("hot_water", "catch_up", "setting", "compressor_off"))

_MS: Final = 1000
_HOUR_MS: Final = 3600 * _MS
_OFF_SHARE: Final = 0.2
_VALVE_SHARE: Final = 0.5
_FULL_SHARE: Final = 0.95
_AFTER_CHARGE_MS: Final = 15 * 60 * _MS
_ALARM_BEFORE_MS: Final = 30 * 60 * _MS
_SETPOINT_K: Final = 3.0
_SETPOINT_MS: Final = 2 * _HOUR_MS
# A setting is told once it has been so for ten minutes: the heater may be quicker.
_SETTLED_MS: Final = 10 * 60 * _MS
_MODE_SHARE: Final = 0.5
# A heat pump that takes heat out of the air thaws for a few minutes.
_DEFROST_MS: Final = 15 * 60 * _MS
_REST_H: Final = 2.0
_REST_AGO_H: Final = 6.0
# A reading of 59.5 °C may be one of 60 whole degrees.
_HYGIENE_C: Final = TANK_SAFE_C - 0.5
_BEFORE_MS: Final = 3 * _HOUR_MS
_RESTS_MS: Final = 12 * _HOUR_MS
# An episode is told by what was from so long before it to so long after it.
TOLD_AFTER_MS: Final = 15 * 60 * _MS
_TOLD_BY_MS: Final = (6 * _HOUR_MS, TOLD_AFTER_MS)
# What the house's water follows, whatever the weather.
_SETPOINTS: Final = frozenset(
    (Kind.HEAT_CURVE, Kind.HEAT_CURVE_OFFSET, Kind.ROOM_SETPOINT)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What an episode is told by: shares of its time, and what was before it.

    `compressor`, `compressor_before` (3 h): the share that it ran; `valve`: the share
    of hot water. `rest_h`: the longest stop of the 12 h before, `rest_ended_h`: how
    long before the episode that ended. `hottest`: the hot water, °C. `setpoint_rise`:
    K in the 2 h before. `defrost`: it helped for the minutes of one. `heater_only`: the
    operating mode says so. `coverage`: the share of the time from 6 h before to 15 min
    after that is known.
    """

    compressor: float = 1.0
    compressor_before: float = 1.0
    valve: float = 0.0
    after_charge: bool = False
    alarm: bool = False
    heater_only: bool = False
    hottest: float | None = None
    rest_h: float = 0.0
    rest_ended_h: float | None = None
    setpoint_rise: float = 0.0
    defrost: bool = False
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class Episode:
    """A time of the auxiliary heater (ms since 1970), its kWh (None = not known)."""

    start: int
    end: int
    kwh: float | None
    cause: Cause


def cause_of(told: Circumstances) -> Cause:
    """Return why the heater ran: the first rule that fits."""
    rests = told.compressor < _OFF_SHARE
    # One that never stops is too small: a charge only hides for a while what it lacks.
    never_stops = told.compressor_before >= _FULL_SHARE
    is_hygiene = (told.hottest or 0.0) >= _HYGIENE_C
    waited = told.after_charge and (is_hygiene or not never_stops)
    ago = told.rest_ended_h
    rules: tuple[tuple[bool, Cause], ...] = (
        (told.coverage < HEATER_COVERAGE, "unknown"),
        (told.alarm and rests, "alarm"),
        (told.heater_only, "mode"),
        (
            told.valve >= _VALVE_SHARE or waited,
            "hygiene" if is_hygiene else "hot_water",
        ),
        (rests, "compressor_off"),
        (
            told.rest_h >= _REST_H and ago is not None and ago <= _REST_AGO_H,
            "catch_up",
        ),
        (told.setpoint_rise >= _SETPOINT_K, "setting"),
        (told.defrost, "defrost"),
        (never_stops, "capacity"),
    )
    return next((cause for fits, cause in rules if fits), "unknown")


def episodes(
    events: Sequence[Event],
    heater_only: Collection[float] = (),
    states: Mapping[Kind, float] = MappingProxyType({}),
    gaps: Sequence[Gap] = (),
    defrosts: Sequence[Gap] = (),
) -> list[Episode]:
    """Return the times of the auxiliary heater that are over, with their causes.

    `events`: ascending. `heater_only`: the operating modes in which nothing else heats.
    `states`: what is so now, and always was where no event says otherwise: a compressor
    that runs all month tells none. `gaps`: when nothing was read, `defrosts`: when it
    thawed, ascending. A stop of less than ten minutes is none. One whose energy is not
    known for 95 % of it has no cause: nobody knows what was then.
    """
    around = _Around(events, heater_only, states, gaps, defrosts)
    found = []
    for start, end, kwh in _joined(_runs(events)):
        cause = "unknown" if kwh is None else cause_of(around.told(start, end))
        found.append(Episode(start, end, kwh, cause))
    return found


def _is_on(value: float) -> bool:
    return value != 0


class _Steps:
    """What was so and what was not, by its changes; without any it is as now."""

    def __init__(
        self,
        events: Sequence[Event],
        kind: Kind,
        states: Mapping[Kind, float],
        is_so: Callable[[float], bool] = _is_on,
    ) -> None:
        changes = [one for one in events if one.kind is kind]
        self._times = [one.time for one in changes]
        values = [changes[0].before if changes else states.get(kind, 0.0)]
        values += [one.value for one in changes]
        self._values = [is_so(value) for value in values]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield from when to when it was on or off within a span."""
        inside = self._times[
            bisect_left(self._times, start + 1) : bisect_left(self._times, end)
        ]
        for begin, stop in pairwise([start, *inside, end]):
            place = bisect_left(self._times, begin + 1)
            yield begin, stop, self._values[place]

    def share(self, start: int, end: int) -> float:
        """Return the share of a span that it was on."""
        on = sum(
            stop - begin for begin, stop, is_on in self.pieces(start, end) if is_on
        )
        return on / (end - start) if end > start else 0.0


class _Around:
    """What was on around the episodes, and what somebody had set."""

    def __init__(
        self,
        events: Sequence[Event],
        heater_only: Collection[float],
        states: Mapping[Kind, float],
        gaps: Sequence[Gap],
        defrosts: Sequence[Gap],
    ) -> None:
        self._compressor, self._water, self._alarm = (
            _Steps(events, kind, states)
            for kind in (Kind.COMPRESSOR, Kind.HOT_WATER, Kind.ALARM)
        )
        self._alone = _Steps(
            events, Kind.OPERATING_MODE, states, heater_only.__contains__
        )
        self._charges = [one for one in events if one.kind is Kind.HOT_WATER]
        self._turned = [one for one in events if one.kind in _SETPOINTS]
        # After a power cut the compressor waits; a gateway that was away stops none.
        first = events[0].time if events else 0
        cuts = {gap for gap in gaps if gap[0] > first and self._waits(gap[1])}
        self._cuts = sorted(cuts)
        self._defrosts = defrosts
        self._unread = [gap for gap in gaps if gap not in cuts]

    def told(self, start: int, end: int) -> Circumstances:
        """Return the circumstances of an episode."""
        rests = [(stop - begin, stop) for begin, stop in self._rests(start)]
        longest, ended = max(rests, default=(0, start))
        near = [
            one
            for one in self._charges
            if start - _AFTER_CHARGE_MS <= one.time <= end + _AFTER_CHARGE_MS
        ]
        warm = [
            celsius for one in near for celsius in one.celsius if celsius is not None
        ]
        return Circumstances(
            compressor=self._compressor.share(start, end),
            compressor_before=self._compressor.share(start - _BEFORE_MS, start),
            valve=self._water.share(start, end),
            after_charge=any(
                one.value == 0 and start - _AFTER_CHARGE_MS <= one.time <= start
                for one in near
            ),
            alarm=self._alarm.share(start - _ALARM_BEFORE_MS, end) > 0,
            heater_only=self._alone.share(start, end) >= _MODE_SHARE,
            hottest=max(warm, default=None),
            rest_h=longest / _HOUR_MS,
            rest_ended_h=(start - ended) / _HOUR_MS if longest else None,
            setpoint_rise=sum(
                _supply_k(one)
                for one in self._turned
                if start - _SETPOINT_MS <= one.time <= start + _SETTLED_MS
            ),
            defrost=end - start <= _DEFROST_MS
            and bool(within(self._defrosts, start, end)),
            coverage=self._coverage(start, end),
        )

    def _waits(self, moment: int) -> bool:
        """Return whether the compressor is off in the minutes from a moment on."""
        return self._compressor.share(moment, moment + WINDOW_MS) < _OFF_SHARE

    def _rests(self, end: int) -> list[Gap]:
        """Return when the compressor stood still before a moment, power cuts included."""
        start = end - _RESTS_MS
        off = [
            (begin, stop)
            for begin, stop, is_on in self._compressor.pieces(start, end)
            if not is_on
        ]
        joined: list[Gap] = []
        for begin, stop in sorted([*off, *within(self._cuts, start, end)]):
            if joined and begin <= joined[-1][1]:
                first, until = joined.pop()
                joined.append((first, max(until, stop)))
            else:
                joined.append((begin, stop))
        return joined

    def _coverage(self, start: int, end: int) -> float:
        """Return the share of the time around an episode that is known.

        Of a power cut it is known what was: nothing ran.
        """
        before, after = _TOLD_BY_MS
        first, last = start - before, end + after
        missing = sum(stop - begin for begin, stop in within(self._unread, first, last))
        return 1 - missing / (last - first)


def _supply_k(turned: Event) -> float:
    """Return by how much a setting that was turned moves the supply, K."""
    is_number = max(turned.value, turned.before) <= CURVE_DEGREES_C
    step = SETPOINT_STEP_K.get(SETTINGS[turned.kind], 1.0)
    if turned.kind is Kind.HEAT_CURVE and is_number:
        step = CURVE_NUMBER_K
    return step * (turned.value - turned.before)


def _runs(events: Sequence[Event]) -> Iterator[tuple[int, int, float | None]]:
    """Yield the runs of the heater of which the beginning is known."""
    for one in events:
        if one.kind is Kind.AUXILIARY and one.value == 0 and one.duration_s is not None:
            yield one.time - round(one.duration_s * _MS), one.time, one.kwh


def _joined(
    runs: Iterator[tuple[int, int, float | None]],
) -> list[tuple[int, int, float | None]]:
    """Return runs, those with hardly a gap between them as one."""
    joined: list[tuple[int, int, float | None]] = []
    for start, end, kwh in runs:
        if joined and start - joined[-1][1] < HEATER_JOIN_S * _MS:
            first, _, before = joined.pop()
            both = None if kwh is None or before is None else before + kwh
            joined.append((first, end, both))
        else:
            joined.append((start, end, kwh))
    return joined
