"""What the coordinator publishes of one heat pump."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

# What a reading's hold follows from: the intervals of the hour before it, and the
# one that had just begun then. Read beside every piece of the past.
CONTEXT: Final = timedelta(hours=1, minutes=5)
READINGS_KEPT: Final = timedelta(hours=48)
WINDOWS_KEPT: Final = timedelta(days=31, hours=3)
# The energies of this month and of all of the last one.
LEDGER_KEPT: Final = timedelta(days=63)


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
class PumpData:
    """The present of one heat pump, as entities and viewers are shown it.

    `metrics`: the newest valid value of each metric, none older than five minutes
    before the last reading. `cop`: of the last 15 min. `power`: W, measured or by
    the configured compressor power. `heat`: kW, of the same moment. `today`,
    `yesterday`, `this_month`: totals of the local calendar, empty while the past has
    not been read that far; the day began at `midnight`.
    `since`: when what is now began (ms since 1970), by what the screen calls it.
    `stale`: the last reading was older than ten minutes at the poll. `revision`:
    that of the memory, so that data which differ only in the past are not equal.
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


@dataclass(frozen=True, slots=True)
class History:
    """How far back the past has been read.

    `complete`: all that can be looked at; `whole`: also what only the sums of the
    last month are made of.
    """

    since: datetime | None = None
    complete: bool = False
    whole: bool = False
