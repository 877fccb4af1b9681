"""The public holidays of Sweden: grids take no fee for the hours of theirs."""

from typing import Final

import numpy as np
import pandas as pd
from pandas.tseries.holiday import (
    AbstractHolidayCalendar,
    EasterMonday,
    GoodFriday,
    Holiday,
)
from pandas.tseries.offsets import Day, Easter, Week

from ..analysis.samples import Flags

# The next one, or the day itself.
_FRIDAY: Final = Week(0, weekday=4)
_SATURDAY: Final = Week(0, weekday=5)


class _Sweden(AbstractHolidayCalendar):
    """Those of the law (1989:253), and the eves that nobody works on.

    Sundays are not among them but where they are more than that.
    """

    rules = [
        Holiday("New Year's Day", month=1, day=1),
        Holiday("Epiphany", month=1, day=6),
        GoodFriday,
        Holiday("Easter Sunday", month=1, day=1, offset=[Easter()]),
        EasterMonday,
        Holiday("First of May", month=5, day=1),
        Holiday("Ascension Day", month=1, day=1, offset=[Easter(), Day(39)]),
        Holiday("Whit Sunday", month=1, day=1, offset=[Easter(), Day(49)]),
        Holiday("National Day", month=6, day=6),
        # The Friday from the 19th on, the Saturday from the 20th on.
        Holiday("Midsummer Eve", month=6, day=19, offset=_FRIDAY),
        Holiday("Midsummer Day", month=6, day=20, offset=_SATURDAY),
        Holiday("All Saints' Day", month=10, day=31, offset=_SATURDAY),
        Holiday("Christmas Eve", month=12, day=24),
        Holiday("Christmas Day", month=12, day=25),
        Holiday("Boxing Day", month=12, day=26),
        Holiday("New Year's Eve", month=12, day=31),
    ]


_CALENDAR: Final = _Sweden()


def is_swedish_holiday(at: pd.DatetimeIndex) -> Flags:
    """Return which of local moments are of a public holiday in Sweden."""
    days = at.tz_localize(None).normalize()
    if not len(days):
        return np.zeros(0, bool)
    return np.asarray(days.isin(_CALENDAR.holidays(days.min(), days.max())))
