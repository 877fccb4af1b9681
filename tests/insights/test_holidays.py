"""Public holidays of Sweden, beside the almanacs of three years."""

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.holidays import is_swedish_holiday

ZONE = ZoneInfo("Europe/Stockholm")
# What is the same in each year, and the rest as the almanacs tell it.
FIXED = ("01-01", "01-06", "05-01", "06-06", "12-24", "12-25", "12-26", "12-31")
MOVING = {
    2025: ("04-18", "04-20", "04-21", "05-29", "06-08", "06-20", "06-21", "11-01"),
    2026: ("04-03", "04-05", "04-06", "05-14", "05-24", "06-19", "06-20", "10-31"),
    2027: ("03-26", "03-28", "03-29", "05-06", "05-16", "06-25", "06-26", "11-06"),
}


@pytest.mark.parametrize("year", MOVING)
def test_the_holidays_of_a_year(year: int) -> None:
    hours = pd.date_range(f"{year}-01-01", f"{year + 1}-01-01", freq="h", tz=ZONE)[:-1]
    days = hours[is_swedish_holiday(hours)].normalize().strftime("%m-%d").value_counts()
    assert set(days.index) == {*FIXED, *MOVING[year]}
    # All of their hours; none of them is 23 or 25 hours long but for Easter Sunday.
    assert days.drop(MOVING[year][1]).eq(24).all()


def test_of_no_hours_none_is_of_a_holiday() -> None:
    assert not len(is_swedish_holiday(pd.DatetimeIndex([], tz=ZONE)))
