"""What the highest hours of a house cost, where the grid asks for a price of power."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Flags
from ..const import USUAL_PEAK_COUNT
from .holidays import is_swedish_holiday

# What tariffs have in common that know of days and nights, of weekdays, of winter.
_NIGHT_FROM_H: Final = 22
_NIGHT_TO_H: Final = 6
_WORKING_HOURS: Final = (7, 20)
_WEEKEND: Final = 5
_WINTER: Final = (11, 12, 1, 2, 3)
_MIDWINTER: Final = (12, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """How a month's fee follows from its hours.

    `price`: of a kW and month, in money. `count`: of so many hours the mean counts.
    `one_a_day`: each of another day. `night_half`: from 22 to 6 they count half.
    `hours`: none but those from the first to before the second; None = of all day.
    `working_hours`: none but those of Monday to Friday, 7 to 20 where `hours` says
    nothing else. `no_holidays`: none of Swedish public holidays. `winter`: none but those
    of November to March. `midwinter`: of December to February.
    """

    price: float
    count: int = USUAL_PEAK_COUNT
    one_a_day: bool = False
    night_half: bool = False
    hours: tuple[int, int] | None = None
    working_hours: bool = False
    no_holidays: bool = False
    winter: bool = False
    midwinter: bool = False

    def highest(self, kw: pd.Series) -> pd.Series:
        """Return the hours of a month that count, the highest first, as they count.

        `kw`: mean power of each hour that is known, NaN where it is not; index: their
        local times. None where there are fewer than asked for: what nobody knows is no
        low hour.
        """
        known = kw.dropna()
        counted = known[self._do_count(pd.DatetimeIndex(known.index))]
        at = pd.DatetimeIndex(counted.index)
        if self.night_half:
            night = (at.hour >= _NIGHT_FROM_H) | (at.hour < _NIGHT_TO_H)
            counted = counted.where(~night, counted / 2)
        counted = counted.sort_values(ascending=False, kind="stable")
        if self.one_a_day:
            # Not by their midnights: where summer time begins then, there is none.
            days = pd.Index(pd.DatetimeIndex(counted.index).date)
            counted = counted[~days.duplicated()]
        highest = counted.iloc[: self.count]
        return highest if len(highest) == self.count else highest.iloc[:0]

    def _do_count(self, at: pd.DatetimeIndex) -> Flags:
        """Return which hours count at all."""
        counts = np.ones(len(at), bool)
        for is_asked, months in ((self.winter, _WINTER), (self.midwinter, _MIDWINTER)):
            if is_asked:
                counts &= at.month.isin(months)
        if self.working_hours:
            counts &= np.asarray(at.dayofweek < _WEEKEND)
        if self.no_holidays:
            counts &= ~is_swedish_holiday(at)
        if hours := self.hours or (_WORKING_HOURS if self.working_hours else None):
            counts &= np.asarray((at.hour >= hours[0]) & (at.hour < hours[1]))
        return counts

    def fee(self, kw: pd.Series) -> float:
        """Return what these hours cost: the mean of the highest, times the price."""
        return self.price * float(self.highest(kw).mean())
