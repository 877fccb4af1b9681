"""How far back the past of a heat pump has been read."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class History:
    """How far back the past has been read.

    `since`: from when on it can be looked at, None before the first readings.
    `complete`: all that can be looked at has been read.
    `whole`: also what only the sums of the last month are made of.
    """

    since: datetime | None = None
    complete: bool = False
    whole: bool = False
