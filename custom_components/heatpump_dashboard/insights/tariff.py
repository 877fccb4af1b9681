"""What the highest hours of a house cost, where the grid asks for a price of power."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from ..const import USUAL_PEAK_COUNT

# What tariffs have in common that know of days and nights, of weekdays, of winter.
_NIGHT_FROM_H: Final = 22
_NIGHT_TO_H: Final = 6
_WORK_FROM_H: Final = 7
_WORK_TO_H: Final = 20
_WEEKEND: Final = 5
_WINTER: Final = (11, 12, 1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """How a month's fee follows from its hours.

    `price`: of a kW and month, in money. `count`: of so many hours the mean counts.
    `one_a_day`: each of another day. `night_half`: from 22 to 6 they count half.
    `working_hours`: none but those of Monday to Friday, 7 to 20. `winter`: none but
    those of November to March. Holidays are days like others.
    """

    price: float
    count: int = USUAL_PEAK_COUNT
    one_a_day: bool = False
    night_half: bool = False
    working_hours: bool = False
    winter: bool = False

    def highest(self, kw: pd.Series) -> pd.Series:
        """Return the hours of a month that count, the highest first, as they count.

        `kw`: mean power of each hour that is known, NaN where it is not; index: their
        local times. None where there are fewer than asked for: what nobody knows is no
        low hour.
        """
        counted = kw.dropna()
        at = pd.DatetimeIndex(counted.index)
        if self.winter:
            counted = counted[at.month.isin(_WINTER)]
        at = pd.DatetimeIndex(counted.index)
        if self.working_hours:
            hours = (at.hour >= _WORK_FROM_H) & (at.hour < _WORK_TO_H)
            counted = counted[hours & (at.dayofweek < _WEEKEND)]
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

    def fee(self, kw: pd.Series) -> float:
        """Return what these hours cost: the mean of the highest, times the price."""
        return self.price * float(self.highest(kw).mean())
