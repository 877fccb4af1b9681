"""How long what is kept, what is asked for beside it, and what is still the present."""

from datetime import timedelta
from typing import Final

# What a reading's hold follows from: the intervals of the hour before it, and the
# one that had just begun then. Read beside every piece of the past.
CONTEXT: Final = timedelta(hours=1, minutes=5)

# All of this can be looked at.
SHOWN: Final = timedelta(days=31)
# A span begins with a full hour, and what a reading before it says holds into it.
SHOWN_FROM: Final = SHOWN + timedelta(hours=2)

# In memory: readings, the windows that charts are made of, and the sums of this month
# and of all of the last one.
READINGS_KEPT: Final = timedelta(hours=48)
WINDOWS_KEPT: Final = SHOWN + timedelta(hours=3)
LEDGER_KEPT: Final = timedelta(days=63)

# What is older than this is final: points that come later change no hour on disk.
FINAL: Final = timedelta(days=1)

# A last reading older than this is not the present: the time since then is a gap. Where
# it is usual that nothing new is read for longer, it is that long.
FRESH: Final = timedelta(minutes=5)
# A last reading older than this makes the heat pump unavailable; likewise.
STALE: Final = timedelta(minutes=10)

# Clocks differ a little. A reading that is stamped later than this after now waits for
# its time, and it is said that one of the clocks is wrong.
EARLY: Final = timedelta(seconds=90)
# So far ahead readings are looked for: with a slice of the last day and what is new it
# is one question (`sources.PIECE`).
FUTURE: Final = timedelta(hours=20)

# So many events are told at once, where it is not said, and at most.
USUAL_EVENTS: Final = 100
MOST_EVENTS: Final = 500
