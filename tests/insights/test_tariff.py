"""What the highest hours cost; the figures of the specification and of two grids."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.money import fees, house_peaks
from custom_components.heatpump_dashboard.insights.subject import House
from custom_components.heatpump_dashboard.insights.tariff import Tariff

from .factory import subject

ZONE = ZoneInfo("Europe/Stockholm")


def hours(*known: tuple[int, int, float]) -> pd.Series:
    """Return hours of January 2026: day, hour, kW."""
    index = [datetime(2026, 1, day, hour, tzinfo=ZONE) for day, hour, _ in known]
    return pd.Series([kw for *_, kw in known], pd.DatetimeIndex(index))


# Two of the first day, a Thursday; then Monday 5 and Friday 9.
MONTH = ((1, 17, 7.2), (1, 18, 6.9), (5, 8, 6.5), (9, 19, 6.1))


def test_the_mean_of_the_highest_hours() -> None:
    month = hours(*MONTH)
    of_any = Tariff(price=45)
    of_days = Tariff(price=45, one_a_day=True)
    assert of_any.highest(month).mean() == pytest.approx(6.867, abs=5e-4)
    assert of_days.highest(month).tolist() == [7.2, 6.5, 6.1]
    assert of_days.fee(month) == pytest.approx(297)


def test_a_night_counts_half() -> None:
    month = hours(*MONTH, (12, 2, 8.0))
    half = Tariff(price=45, one_a_day=True, night_half=True)
    whole = Tariff(price=45, one_a_day=True)
    assert half.fee(month) == pytest.approx(297)
    assert whole.highest(month).mean() == pytest.approx(7.233, abs=5e-4)
    late = hours((1, 21, 4.0), (2, 22, 8.0), (3, 5, 8.0), (4, 6, 4.0))
    assert Tariff(price=1, night_half=True).highest(late).tolist() == [4, 4, 4]


@pytest.mark.parametrize(("price", "fee"), [(55.75, 317.78), (111.50, 635.55)])
def test_a_fee_that_a_grid_has_published(price: float, fee: float) -> None:
    month = hours((7, 8, 5.7), (8, 9, 5.7), (9, 10, 5.7))
    assert Tariff(price=price).fee(month) == pytest.approx(fee, abs=0.01)


def test_hours_that_do_not_count() -> None:
    month = hours(*MONTH, (10, 12, 9.9), (12, 6, 9.8), (12, 20, 9.7), (13, 7, 5.0))
    working = Tariff(price=1, one_a_day=True, working_hours=True)
    assert working.highest(month).tolist() == [7.2, 6.5, 6.1]
    summer = month.copy()
    summer.index = pd.DatetimeIndex(month.index) + pd.DateOffset(months=4)
    winter = Tariff(price=1, one_a_day=True, winter=True)
    assert winter.highest(month).tolist() == [9.9, 9.8, 7.2]
    assert winter.highest(summer).empty


def test_the_hours_of_a_day_that_count() -> None:
    month = hours(
        (12, 5, 9.0), (12, 6, 8.0), (12, 19, 7.0), (12, 20, 6.0), (17, 6, 5.0)
    )
    of_day = Tariff(price=1, count=2, hours=(6, 20))
    assert of_day.highest(month).tolist() == [8.0, 7.0]
    # The 17th is a Saturday.
    working = Tariff(price=1, count=2, hours=(6, 20), working_hours=True)
    assert working.highest(month).tolist() == [8.0, 7.0]
    assert Tariff(price=1, count=3, hours=(6, 20)).highest(month).iloc[-1] == 5.0
    assert Tariff(price=1, count=3, working_hours=True).highest(month).empty


def test_a_public_holiday_does_not_count() -> None:
    # New Year's Day and Epiphany, Thursday and Tuesday.
    month = hours((1, 8, 9.0), (2, 8, 8.0), (6, 8, 7.0), (7, 8, 6.0))
    usual = Tariff(price=1, count=2, working_hours=True)
    assert usual.highest(month).tolist() == [9.0, 8.0]
    free = Tariff(price=1, count=2, working_hours=True, no_holidays=True)
    assert free.highest(month).tolist() == [8.0, 6.0]
    assert Tariff(price=1, no_holidays=True).highest(hours()).empty


def test_the_coldest_months_alone() -> None:
    midwinter = Tariff(price=1, count=1, midwinter=True)
    for months, counts in ((-1, True), (1, True), (2, False), (-2, False)):
        month = hours((15, 8, 5.0))
        month.index = pd.DatetimeIndex(month.index) + pd.DateOffset(months=months)
        assert len(midwinter.highest(month)) == counts


def test_hours_that_nobody_knows_are_no_low_hours() -> None:
    of_days = Tariff(price=1, one_a_day=True)
    assert of_days.highest(hours(*MONTH[:3])).empty
    unknown = hours(*MONTH, (14, 8, float("nan")))
    assert Tariff(price=1, count=5).highest(unknown).empty


def test_summer_time_may_begin_at_midnight() -> None:
    zone = ZoneInfo("Africa/Cairo")
    at = pd.date_range("2026-04-23 20:00", periods=8, freq="h", tz="UTC")
    month = pd.Series(range(8), at.tz_convert(zone), dtype="float64")
    found = Tariff(price=1, count=2, one_a_day=True).highest(month)
    assert found.tolist() == [7, 1]


def house(**hours: list[float]) -> House:
    """Return hours of 7:00 on days of this month (January), from the second on."""
    count = len(hours["house"])
    index = [datetime(2026, 1, 2 + day, 7, tzinfo=ZONE) for day in range(count)]
    return House(
        hours=pd.DataFrame(hours, pd.DatetimeIndex(index)), tariff=Tariff(price=45)
    )


def test_what_the_heat_pump_has_to_do_with_it() -> None:
    of_house = house(
        house=[7.2, 6.9, 6.5, 6.1, 3.0],
        electricity_kwh=[5.0, 2.0, 2.0, 2.0, 1.0],
        auxiliary_kwh=[3.0, 0.0, 0.0, 0.0, 0.0],
    )
    told = fees(subject(house=of_house, today=date(2026, 1, 20)))
    assert told["fee"] == pytest.approx(45 * (7.2 + 6.9 + 6.5) / 3)
    assert told["house_peak"] == pytest.approx((7.2 + 6.9 + 6.5) / 3)
    assert told["house_pump"] == pytest.approx(9 / (7.2 + 6.9 + 6.5))
    assert told["house_without"] == pytest.approx((6.9 + 6.5 + 6.1) / 3)
    assert "fee_before" not in told
    first, *_ = rows = house_peaks(subject(house=of_house, today=date(2026, 1, 20)))
    assert [row["house"] for row in rows] == [7.2, 6.9, 6.5]
    assert first == {
        "time": datetime(2026, 1, 2, 6, tzinfo=UTC).timestamp() * 1000,
        "house": 7.2,
        "pump": 5.0,
        "heater": 3.0,
    }


def test_the_month_before_and_what_is_not_known_of_the_heat_pump() -> None:
    gone = float("nan")
    of_house = house(
        house=[7.2, 6.9, 6.5], electricity_kwh=[gone] * 3, auxiliary_kwh=[gone] * 3
    )
    told = fees(subject(house=of_house, today=date(2026, 1, 20)))
    assert told.keys() == {"fee", "house_peak"}
    assert (
        house_peaks(subject(house=of_house, today=date(2026, 1, 20)))[0]["pump"] is None
    )
    february = date(2026, 2, 1)
    # Of three hours nobody knows what the month was.
    assert fees(subject(house=of_house, today=february)) == {}
    every_hour = pd.date_range("2026-01-01", periods=31 * 24, freq="h", tz=ZONE)
    hours = of_house.hours.reindex(every_hour).fillna({"house": 1.0})
    whole = House(hours=hours, tariff=of_house.tariff)
    before = fees(subject(house=whole, today=february))
    assert before == {"fee_before": told["fee"]}
    assert fees(subject()) == {}
    assert house_peaks(subject()) == []
