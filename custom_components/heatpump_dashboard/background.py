"""What goes on behind the polls of a heat pump."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, callback

from .const import CONF_STATISTICS
from .history.backfill import Backfill
from .history.folders import hours_folder
from .history.house_meter import async_house_meter
from .history.insights import DailyInsights
from .history.long_periods import LongPeriods
from .history.pump_source import PumpSource
from .history.statistics.joining import JoinedStatistics
from .history.years import Years
from .identity import identity
from .weekly import WeeklyLetter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .pump.present import Present


class _Work(Protocol):
    """One thing that goes on behind the polls."""

    @callback
    def async_is_due(self) -> bool:
        """Return whether to go on with it, after a poll that succeeded."""

    async def async_go_on(self) -> None:
        """Do what is due. Raises nothing that the polls have to know of."""


class Background:
    """Reads the past of one heat pump, keeps it, and finds what follows from it.

    `years`: its hours on disk; `insights`: what these say.
    """

    def __init__(
        self,
        source: PumpSource,
        entry: ConfigEntry[Any],
        subentry: ConfigSubentry,
        made_with: str,
        *,
        present: Callable[[], Present],
        changed: CALLBACK_TYPE,
        insights_found: CALLBACK_TYPE,
        ask_to_join: Callable[[bool], None],
    ) -> None:
        """Begin with nothing read.

        `made_with`: the fingerprint of what the figures are made with. `present`: gives
        what is so now. `changed`: is called when more of the past is known,
        `insights_found` when the insights are. `ask_to_join`: is called with whether
        there is a past that could be joined onto the statistics.
        """
        self._entry = entry
        self._name = source.name
        hass, pump, pump_id = source.hass, source.pump, subentry.subentry_id
        self.years = Years(source, hours_folder(hass, pump_id), made_with)
        self.insights = DailyInsights(
            hass,
            pump,
            self.years,
            pump_id=pump_id,
            name=source.name,
            present=present,
            meter=partial(async_house_meter, hass, entry, subentry),
            changed=insights_found,
        )
        self._long_periods = LongPeriods(hass, pump, self.years)
        statistics = JoinedStatistics(
            hass,
            pump,
            self.years,
            pump_id=pump_id,
            name=source.name,
            identity=identity(entry, subentry),
            wanted=subentry.data.get(CONF_STATISTICS),
            ask=ask_to_join,
        )
        self._hass = hass
        self._works: tuple[_Work, ...] = (
            Backfill(source, changed=changed),
            self.years,
            self._long_periods,
            statistics,
            self.insights,
            WeeklyLetter(hass, entry, subentry, self.insights),
        )

    @property
    def long_periods(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the totals of periods that reach back beyond memory, by name."""
        return self._long_periods.totals

    @callback
    def async_go_on(self) -> None:
        """Go on with all that is due, each in a task of its own."""
        for work in self._works:
            if work.async_is_due():
                self._entry.async_create_background_task(
                    self._hass, work.async_go_on(), f"{self._name} history"
                )
