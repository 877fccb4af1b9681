"""Why the auxiliary heater ran, told beside the events that end its times."""

from bisect import bisect_left
from functools import cached_property

import pandas as pd

from ..analysis.events import Event
from ..analysis.states import Kind, latest_states
from ..analysis.times import WINDOW_S
from ..insights.episodes import TOLD_AFTER_MS, Episode, episodes
from ..insights.gaps import Gap, defrosts_of, gaps_of
from ..insights.standstill import HEATER_ONLY
from ..profiles import Profile
from ..pump.hours import Around


class Causes:
    """Tells why the auxiliary heater ran; it is looked for when it is asked for.

    `around`: what is known of the time before and after the events that are asked for.
    """

    def __init__(self, around: Around, profile: Profile) -> None:
        """Take what is known."""
        self._around = around
        self._profile = profile

    def told(self, event: Event) -> Event:
        """Return an event, one that ends a time of the heater with its cause.

        What follows within a quarter of an hour may be the cause: until that has been
        read there is none.
        """
        if event.kind is not Kind.AUXILIARY or event.step != "end":
            return event
        # A time may be made of several runs with hardly a stop between them.
        ends = self._ends
        place = bisect_left(ends, event.time)
        if place == len(ends):
            return event
        one = self._episodes[place]
        is_over = one.end + TOLD_AFTER_MS <= self._around.known_until
        if event.time < one.start or not is_over:
            return event
        return event._replace(cause=one.cause)

    @cached_property
    def _ends(self) -> list[int]:
        return [one.end for one in self._episodes]

    @cached_property
    def _episodes(self) -> list[Episode]:
        around = self._around
        gaps: tuple[Gap, ...] = ()
        if len(ledger := around.ledger):
            stop = ledger.index[-1] + pd.Timedelta(seconds=WINDOW_S)
            gaps = gaps_of(ledger, ledger.index[0], stop)
        return episodes(
            around.events,
            heater_only_modes(self._profile),
            latest_states(around.states),
            gaps,
            defrosts_of(around.states),
        )


def heater_only_modes(profile: Profile) -> frozenset[float]:
    """Return the operating modes in which nothing but the auxiliary heater heats."""
    modes = profile.operating_modes.items()
    return frozenset(float(number) for number, mode in modes if mode == HEATER_ONLY)
