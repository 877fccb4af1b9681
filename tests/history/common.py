"""A spring of readings, of which the last days are in memory and the rest is on disk."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)
# A spring in which the clock is put forward, on the 29th of March.
FIRST = datetime(2026, 2, 20, 6, tzinfo=UTC)
NOW = datetime(2026, 4, 9, 12, 0, 10, tzinfo=UTC)
# Before this day the hours are on disk, from it on in memory.
JOINT = date(2026, 4, 7)
HEAT_OF_AN_HOUR = 6.75
