"""What is now of a heat pump, as entities and viewers are shown it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..languages import spoken
from .limits import STALE


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmState:
    """The alarm of now.

    `active`: None where it is not known, as its series is silent or not reported.
    `code`: the last one; where it is latched it stays while no alarm is active.
    `texts`: what an active one says, by language: a viewer's can be another than the
    home's.
    """

    active: bool | None = None
    code: int | None = None
    texts: Mapping[str, str | None] = field(default_factory=dict)

    def text(self, language: str) -> str | None:
        """Return the text in the language, English where there is no such text."""
        return self.texts.get(spoken(language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The present of one heat pump.

    `time`: of the last reading, None before the first.
    `metrics`: the newest valid value of each metric, see `instant.newest`.
    `mode`: heating, hot_water, auxiliary or idle; None where it is not known.
    `hot_water`: the compressor heats it; None where it is not known.
    `auxiliary`: the auxiliary heater is on; None where it is not known.
    `cop`: `heat_kw` / `electricity_kw`.
    `cop_reason`: why there is no COP.
    `heat_kw`, `electricity_kw`: of the running compressor, means of the last 15 min.
    `power`: W, all of the last reading, measured or by the configured compressor power.
    `alarm`: the alarm of now.
    `today_from`: since when `today` counts: the local midnight, or the first reading
    that is known, where the source had none before or has forgotten them.
    `today`, `yesterday`, `this_month`: totals of the local calendar, empty while the
    past has not been read that far.
    `periods`: totals of longer periods by name, of which all is known.
    `insights`: the verdict and the insights by id, empty until they were found.
    `since`: when what is now began (ms since 1970), by what the screen calls it.
    `clock_ahead_s`: how much later than now readings are stamped, s: one of the clocks
    is wrong. None where they are not.
    `stale`: the last reading was older at the poll than is usual, see `Records.stale`.
    `stale_after_s`: from which age on it is.
    `revision`: that of the records, so that data which differ only in the past are not
    equal.
    """

    time: datetime | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    mode: str | None = None
    hot_water: bool | None = None
    auxiliary: bool | None = None
    cop: float | None = None
    cop_reason: str | None = None
    heat_kw: float | None = None
    electricity_kw: float | None = None
    power: float | None = None
    alarm: AlarmState = field(default_factory=AlarmState)
    today_from: datetime | None = None
    today: Mapping[str, Any] = field(default_factory=dict)
    yesterday: Mapping[str, Any] = field(default_factory=dict)
    this_month: Mapping[str, Any] = field(default_factory=dict)
    periods: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    insights: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)
    clock_ahead_s: float | None = None
    stale: bool = True
    stale_after_s: float = STALE.total_seconds()
    revision: int = 0

    def silent_s(self, now: datetime) -> float:
        """Return for how long there has been no reading, where that is not usual, s."""
        if self.time is None or not self.stale:
            return 0.0
        return (now - self.time).total_seconds()
