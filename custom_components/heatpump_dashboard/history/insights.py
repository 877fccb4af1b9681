"""Finds the insights of a heat pump once a day, of all days that are known."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..worker import async_compute
from .insight_memory import InsightMemory
from .long_periods import GROWS_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..insights.letter import Letter
    from ..insights.registry import Answers, Lastings
    from ..pump.heat_pump import HeatPump
    from ..pump.present import Present
    from .house_meter import HouseMeter
    from .years import Years

# By then the last hour of the day before is known, whatever came late.
_NEW_DAY: Final = timedelta(hours=3, minutes=10)
# After a start other things come first, s after the heat pump was loaded.
FIRST_LOOK_S: Final = 45.0
# What could not be found is tried again, s.
_RETRY_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What answers were found of, and when (s on the loop's clock).

    `version`: of the past, see `Years.version`; `mixed`: some hours were those of other
    settings; `whole`: all of the past had been read.
    """

    day: date
    version: int
    mixed: bool
    whole: bool
    at: float


class DailyInsights:
    """Keeps the answers of a day until there is another one, or another past.

    `told`: the verdict and the answers by id, as viewers are sent them; empty until
    they were found the first time. `present`: gives what is so now, which is no matter
    of days; `changed`: is called when answers were found.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        pump: HeatPump,
        years: Years,
        *,
        pump_id: str,
        name: str,
        present: Callable[[], Present],
        meter: Callable[[datetime], Awaitable[HouseMeter | None]],
        changed: Callable[[], None],
    ) -> None:
        """Begin without answers. `meter`: of the house, as of a local time."""
        self._hass = hass
        self._pump = pump
        self._years = years
        self._name = name
        self._present = present
        self._meter = meter
        self._changed = changed
        self._memory = InsightMemory(hass, pump_id, pump.in_operation_since)
        self._turn = asyncio.Lock()
        self._known: _Known | None = None
        # As they were found, and as they are told: what asks for an action must last.
        self._found: Answers | None = None
        self._settled: Answers | None = None
        self._time = dt_util.utcnow()
        self._next_look = hass.loop.time() + FIRST_LOOK_S
        self._running = False
        self._logged: set[str] = set()
        self.told: Mapping[str, Any] = {}

    @property
    def whole(self) -> bool:
        """Return whether what is told rests on all of the past."""
        return self._known is not None and self._known.whole

    @callback
    def async_end(self) -> None:
        """Remember nothing more, whoever still waits for answers."""
        self._memory.async_close()

    @callback
    def async_is_due(self) -> bool:
        """Return whether there is a new day, or more of the past.

        Not before Home Assistant has started, nor before the last month is known.
        """
        started = self._hass.state is CoreState.running
        if self._running or not started or not self._pump.history.whole:
            return False
        waits = self._hass.loop.time() < self._next_look
        return not waits and self._is_old(self._wanted())

    async def async_go_on(self) -> None:
        """Find the answers without anybody asking."""
        self._running = True
        try:
            await self.async_answers()
        except Exception:  # noqa: BLE001 - an odd day is no end of the insights
            LOGGER.exception("The insights of %s cannot be found", self._name)
            self._next_look = self._hass.loop.time() + _RETRY_S
        finally:
            self._running = False

    async def async_answers(self, *, at_once: bool = False) -> tuple[datetime, Answers]:
        """Return when answers were found, and what they are.

        While the past is being read they are found every five minutes, or `at_once`; and
        when all of it is.
        """
        async with self._turn:
            await self._years.async_open()
            await self._memory.async_load()
            wanted = self._wanted()
            if self._settled is None or self._is_old(wanted, at_once=at_once):
                now, zone = dt_util.utcnow(), dt_util.get_default_time_zone()
                meter = await self._meter(dt_util.as_local(now))
                find = partial(
                    self._find, self._present(), now, zone, meter, wanted.mixed
                )
                await self._async_settle(find, mixed=wanted.mixed)
                self._known, self._time = wanted, now
                self._changed()
            assert self._settled is not None
            return self._time, self._settled

    async def async_follow(self, present: Present) -> None:
        """Make the checks anew that are of now; with every poll, which it never costs."""
        known = self._known
        if self._found is None or known is None or self._turn.locked():
            return
        try:
            async with self._turn:
                follow = partial(self._follow, present, dt_util.utcnow())
                await self._async_settle(follow, mixed=known.mixed)
        except Exception:  # noqa: BLE001 - nor of the poll
            LOGGER.exception("The checks of %s cannot be made", self._name)
            self._found = None
            self._next_look = self._hass.loop.time() + _RETRY_S

    @callback
    def async_is_letter_due(self, day: date) -> bool:
        """Return whether a letter is to be written on a day, by what is known of it."""
        known = self._known
        is_known = known is not None and known.day == day and not known.mixed
        return is_known and self._found is not None and self._memory.asked != day

    async def async_letter(self, day: date) -> Letter | None:
        """Return the letter of the week before a day; None where too little is known."""
        async with self._turn:
            if self._settled is None:
                return None
            # Also if it fails: it would fail with every poll.
            self._memory.asked = day
            letter = await async_compute(self._hass, self._write, self._settled)
            await self._memory.async_remember_letter(day, letter)
            if letter is not None:
                self._settled = self._settled.with_letter(letter)
                self.told = self._settled.by_id()
                self._changed()
            return letter

    def _write(self, told: Answers) -> Letter | None:
        """Return a letter. For an executor."""
        from ..insights.letter import letter

        last = self._memory.letter
        said = {} if last is None else last.said
        return letter(told.subject, told.verdict, told.insights, said)

    async def _async_settle(self, find: Callable[[], Answers], *, mixed: bool) -> None:
        """Find answers, and keep them as they are told."""
        found, told, lasting = await async_compute(self._hass, self._settle, find)
        self._found, self._settled, self.told = found, told, told.by_id()
        self._log(found.failures)
        # Of half of a month false things may be said, and of hours of two settings what
        # needs no heat alone is told: neither is to be remembered.
        if self._pump.history.whole and not mixed:
            await self._memory.async_remember(lasting)

    @callback
    def _log(self, failures: Mapping[str, str]) -> None:
        """Tell the log what could not be asked; once, not with every day or poll."""
        for asked in sorted(failures.keys() - self._logged):
            LOGGER.error(
                "The insight %s of %s cannot be found:\n%s",
                *(asked, self._name, failures[asked]),
            )
        self._logged |= failures.keys()

    def _settle(self, find: Callable[[], Answers]) -> tuple[Answers, Answers, Lastings]:
        """Return answers as they are and as they are told. For an executor."""
        found = find()
        told, lasting = found.settled(self._memory.lasting)
        return found, told.with_letter(self._memory.letter), lasting

    def _find(
        self,
        present: Present,
        now: datetime,
        zone: tzinfo,
        meter: HouseMeter | None,
        mixed: bool,
    ) -> Answers:
        """Return the answers of all days. For an executor."""
        from ..insights.registry import answers
        from .subject import subject_of

        subject = subject_of(
            self._pump,
            self._years.store,
            now,
            zone,
            present.alarm,
            present.silent_s(now),
            self._hass.config.latitude,
            meter,
        )
        return answers(replace(subject, mixed=mixed))

    def _follow(self, present: Present, now: datetime) -> Answers:
        """Return the answers with the checks of now. For an executor."""
        from .subject import subject_now

        assert self._found is not None
        subject = subject_now(
            self._found.subject,
            self._pump,
            now,
            present.alarm,
            present.silent_s(now),
        )
        return self._found.at(subject)

    def _wanted(self) -> _Known:
        """Return what answers would be found of now."""
        return _Known(
            day=(dt_util.now() - _NEW_DAY).date(),
            version=self._years.version,
            mixed=self._years.mixed,
            whole=self._years.history.complete,
            at=self._hass.loop.time(),
        )

    def _is_old(self, wanted: _Known, *, at_once: bool = False) -> bool:
        """Return whether what is known would be answered otherwise now."""
        known = self._known
        if known is None or self._found is None or known.day != wanted.day:
            return True
        same = (known.version, known.mixed) == (wanted.version, wanted.mixed)
        # Nobody is told any more that there is more to come.
        at_once |= wanted.whole and not known.whole
        return not same and (at_once or wanted.at - known.at >= GROWS_S)
