"""The mean outdoor temperature and the degree days of a span."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.weather import UNKNOWN, weather_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MIDNIGHT = datetime(2026, 1, 10, tzinfo=STOCKHOLM)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def windows(
    start: datetime, end: datetime, celsius: float = 5.0, step_s: int = 300
) -> pd.DataFrame:
    """Return windows of which the outdoor temperature is known all the time."""
    index = pd.date_range(
        start.astimezone(UTC), end.astimezone(UTC), freq=f"{step_s}s", inclusive="left"
    )
    seconds = np.full(len(index), float(step_s))
    return pd.DataFrame(
        {"outdoor_temp|sum": celsius * seconds, "outdoor_temp|s": seconds}, index
    )


@pytest.mark.parametrize("step_s", [300, 3600])
def test_whole_days_are_those_of_the_calendar(step_s: int) -> None:
    rows = pd.concat(
        [
            windows(MIDNIGHT, MIDNIGHT + DAY, 5.0, step_s),
            windows(MIDNIGHT + DAY, MIDNIGHT + 2 * DAY, -3.0, step_s),
        ]
    )

    found = weather_of(rows, MIDNIGHT, MIDNIGHT + 2 * DAY, STOCKHOLM)

    assert found == pytest.approx({"outdoor_mean": 1.0, "degree_days": 12.0 + 20.0})


def test_a_warm_day_makes_up_for_no_cold_one() -> None:
    rows = pd.concat(
        [
            windows(MIDNIGHT, MIDNIGHT + DAY, 7.0),
            windows(MIDNIGHT + DAY, MIDNIGHT + 2 * DAY, 25.0),
        ]
    )

    found = weather_of(rows, MIDNIGHT, MIDNIGHT + 2 * DAY, STOCKHOLM)

    assert found == pytest.approx({"outdoor_mean": 16.0, "degree_days": 10.0})


@pytest.mark.parametrize("hours", [1, 6, 12, 17, 23])
def test_a_day_that_ends_at_any_hour_is_a_day(hours: int) -> None:
    """Its two parts are known for less than 18 hours each, together for 24."""
    start = MIDNIGHT + hours * HOUR
    rows = windows(start, start + DAY)

    found = weather_of(rows, start, start + DAY, STOCKHOLM)

    assert found == pytest.approx({"outdoor_mean": 5.0, "degree_days": 12.0})


def test_a_week_that_ends_at_noon_has_seven_days() -> None:
    start = MIDNIGHT + 12 * HOUR
    rows = windows(start, start + 7 * DAY)

    found = weather_of(rows, start, start + 7 * DAY, STOCKHOLM)

    assert found == pytest.approx({"outdoor_mean": 5.0, "degree_days": 7 * 12.0})


def test_the_day_that_is_running_does_not_count_before_it_is_known() -> None:
    end = MIDNIGHT + DAY + 6 * HOUR
    found = weather_of(windows(MIDNIGHT, end), MIDNIGHT, end, STOCKHOLM)

    assert found["degree_days"] == pytest.approx(12.0)


def test_an_hour_has_a_mean_and_no_degree_days() -> None:
    start = MIDNIGHT + 12 * HOUR
    found = weather_of(windows(start, start + HOUR), start, start + HOUR, STOCKHOLM)

    assert found == {"outdoor_mean": pytest.approx(5.0), "degree_days": None}


def test_more_than_a_day_in_two_parts_of_days_has_a_mean() -> None:
    start = MIDNIGHT + 7 * HOUR
    found = weather_of(
        windows(start, start + 34 * HOUR), start, start + 34 * HOUR, STOCKHOLM
    )

    assert found == {"outdoor_mean": pytest.approx(5.0), "degree_days": None}


def test_days_with_gaps_are_not_joined_where_the_span_is_of_whole_days() -> None:
    """Of neither day enough is known, as in the calendar."""
    rows = pd.concat(
        [
            windows(MIDNIGHT, MIDNIGHT + 10 * HOUR),
            windows(MIDNIGHT + DAY, MIDNIGHT + DAY + 10 * HOUR),
        ]
    )

    assert weather_of(rows, MIDNIGHT, MIDNIGHT + 2 * DAY, STOCKHOLM) == UNKNOWN


def test_what_is_hardly_known_is_not_said() -> None:
    rows = windows(MIDNIGHT, MIDNIGHT + 17 * HOUR)

    assert weather_of(rows, MIDNIGHT, MIDNIGHT + DAY, STOCKHOLM) == UNKNOWN
    short = MIDNIGHT + 3 * HOUR
    few = windows(MIDNIGHT, MIDNIGHT + 2 * HOUR)
    assert weather_of(few, MIDNIGHT, short, STOCKHOLM) == UNKNOWN


def test_a_span_that_ends_before_it_begins_has_no_weather() -> None:
    """As one that begins after the last reading."""
    rows = windows(MIDNIGHT, MIDNIGHT + HOUR)
    found = weather_of(rows, MIDNIGHT, MIDNIGHT - HOUR, STOCKHOLM)

    assert found["degree_days"] is None


def test_without_an_outdoor_sensor_nothing_is_known() -> None:
    rows = pd.DataFrame({"supply_temp|sum": [1.0]}, pd.DatetimeIndex([MIDNIGHT]))

    assert weather_of(rows, MIDNIGHT, MIDNIGHT + DAY, STOCKHOLM) == UNKNOWN
    assert weather_of(rows[:0], MIDNIGHT, MIDNIGHT + DAY, STOCKHOLM) == UNKNOWN
