"""The day table: what each local day was."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.insights.days import day_table, last_days

from .factory import hours_of_days, winter

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_a_day_is_what_its_hours_are() -> None:
    days = day_table(hours_of_days(3, **winter(3, outdoor=2.0)), ZoneInfo("UTC"))

    assert len(days) == 3
    day = days.iloc[1]
    assert day["whole"]
    assert day["coverage"] == pytest.approx(1)
    assert day["outdoor_temp"] == pytest.approx(2)
    assert day["degree_days"] == pytest.approx(15)
    assert day["space_kw"] == pytest.approx(0.18 * 15)
    assert day["running"] == pytest.approx(0.375)
    assert day["supply"] == pytest.approx(37)
    assert day["brine_in"] == pytest.approx(1.1, abs=0.07)
    assert day["idle_delta_t"] == pytest.approx(0.05)
    assert day["indoor_temp"] == pytest.approx(21)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2025, 10, 26), 25)]
)
def test_a_day_of_another_length_counts_with_its_own(day: date, hours: int) -> None:
    sums = hours_of_days(
        4, date.fromordinal(day.toordinal() - 1), **winter(4, outdoor=2.0)
    )
    days = day_table(sums, STOCKHOLM)

    row = days.loc[pd.Timestamp(day)]
    assert row["seconds"] == hours * 3600
    assert row["coverage"] == pytest.approx(1)
    assert row["space_kw"] == pytest.approx(0.18 * 15)
    assert days["heat_kwh"].sum() == pytest.approx(sums["heat_kwh"].sum())


def test_a_day_with_a_gap_is_not_whole() -> None:
    hours = hours_of_days(2, **winter(2))
    days = day_table(hours.drop(hours.index[3:7]), ZoneInfo("UTC"))

    assert list(days["whole"]) == [False, True]
    assert days["coverage"].iloc[0] == pytest.approx(20 / 24)


def test_what_no_hour_knows_is_not_known() -> None:
    sums = winter(2)
    del sums["outdoor_temp|sum"], sums["outdoor_temp|s"], sums["steady_heating_s"]
    days = day_table(hours_of_days(2, **sums), ZoneInfo("UTC"))

    unknown = ["outdoor_temp", "degree_days", "supply", "steady_heating_s", "cost"]
    assert days[unknown].isna().all(axis=None)
    assert days["whole"].all()


def test_the_temperature_of_half_a_day_is_none_of_the_day() -> None:
    sums = winter(1) | {"outdoor_temp|s": np.array([43_200.0])}
    days = day_table(hours_of_days(1, **sums), ZoneInfo("UTC"))
    assert days["outdoor_temp"].isna().all()


def test_hours_of_lukewarm_water_are_counted_by_day_only() -> None:
    hours = hours_of_days(1, **winter(1))
    hours["hot_water_temp|max"] = [30.0] * 8 + [44.0] * 4 + [39.0] * 2 + [50.0] * 10
    days = day_table(hours, ZoneInfo("UTC"))

    assert days["hot_water_low_h"].iloc[0] == 8
    assert days["hot_water_cold_h"].iloc[0] == 4
    assert days["hot_water_most"].iloc[0] == 50


def test_the_last_days_are_those_before_today() -> None:
    days = day_table(hours_of_days(10, **winter(10)), ZoneInfo("UTC"))
    found = last_days(days, date(2025, 11, 8), 3)
    assert [day.day for day in found.index] == [5, 6, 7]


def test_there_may_be_no_hour_at_all() -> None:
    hours = hours_of_days(1, **winter(1)).iloc[:0]
    assert day_table(hours, STOCKHOLM).empty
