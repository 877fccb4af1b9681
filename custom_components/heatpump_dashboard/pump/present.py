"""What is now of a heat pump, as entities and viewers are shown it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmState:
    """The alarm of now; the texts are None while none is active."""

    active: bool = False
    code: int | None = None
    text_en: str | None = None
    text_sv: str | None = None

    def text(self, language: str) -> str | None:
        """Return the text in the language, English where there is no such text."""
        return self.text_sv if language.startswith("sv") else self.text_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The present of one heat pump.

    `time`: of the last reading, None before the first.
    `metrics`: the newest valid value of each metric, none older than `limits.LATEST`
    before the last reading.
    `mode`: heating, hot_water, auxiliary or idle; None where it is not known.
    `cop`: of the last 15 min.
    `power`: W, measured or by the configured compressor power.
    `heat`: kW, of the same moment.
    `alarm`: the alarm of now.
    `midnight`: when the local day began.
    `today`, `yesterday`, `this_month`: totals of the local calendar, empty while the
    past has not been read that far.
    `since`: when what is now began (ms since 1970), by what the screen calls it.
    `stale`: the last reading was older than `limits.STALE` at the poll.
    `revision`: that of the records, so that data which differ only in the past are not
    equal.
    """

    time: datetime | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    mode: str | None = None
    cop: float | None = None
    power: float | None = None
    heat: float | None = None
    alarm: AlarmState = field(default_factory=AlarmState)
    midnight: datetime | None = None
    today: Mapping[str, Any] = field(default_factory=dict)
    yesterday: Mapping[str, Any] = field(default_factory=dict)
    this_month: Mapping[str, Any] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)
    stale: bool = True
    revision: int = 0
