"""What insights are asked of: a heat pump's days, events and what its figures rest on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from typing import Literal

import pandas as pd

from ..analysis.events import Event
from .days import last_days
from .limits import SEASON_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A heat pump as insights see it; nothing in it is ever changed.

    `days`: see `day_table`, without today. `today`: the local day of now.
    `metrics`: what it has reported. `electricity`: what says what it takes, None where
    nothing does: a `meter` alone follows the temperatures, typed-in watts do not.
    `heat_scale`: how far off the heat may be as a whole, a share; None = unchecked.
    `whole_degrees`: the metrics that its sensors tell in whole degrees.
    `events`: of the last month, ascending. `alarm`: the code of one that is active
    now, 0 = none. `coverage`: the share of the last 24 hours that is known.
    `silent_s`: for how long there has been no reading, where that is not usual.
    """

    days: pd.DataFrame
    today: date
    metrics: Collection[str] = ()
    electricity: Literal["meter", "gateway", "configured"] | None = "meter"
    heat_scale: float | None = None
    whole_degrees: Collection[str] = ()
    events: tuple[Event, ...] = ()
    alarm: float = 0.0
    coverage: float | None = None
    silent_s: float = 0.0
    zone: tzinfo = UTC

    def reports(self, *metrics: str) -> bool:
        """Return whether it reports all of these metrics."""
        return all(metric in self.metrics for metric in metrics)

    @property
    def is_out_of_season(self) -> bool:
        """Return whether it is known that it has not heated the house for two weeks."""
        days = last_days(self.whole_days, self.today, SEASON_DAYS)
        seen = days["heating_s"].dropna()
        return len(seen) >= SEASON_DAYS // 2 and not (seen > 0).any()

    @property
    def whole_days(self) -> pd.DataFrame:
        """Return the days of which enough is known."""
        return self.days[self.days["whole"].astype(bool)]
