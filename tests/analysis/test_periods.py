"""Periods: the local calendar, also where a day is shorter or longer than others."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_dashboard.analysis.periods import beginning, calendar

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def spans(text: str, zone: ZoneInfo = STOCKHOLM) -> dict[str, tuple[str, str]]:
    """Return the periods around a moment in local time, as local times."""
    now = datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    return {
        name: (
            f"{period.start.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{period.end.astimezone(zone):%Y-%m-%d %H:%M}",
        )
        for name, period in calendar(now, zone).items()
    }


def test_periods_of_a_thursday() -> None:
    assert spans("2026-01-22 15:30") == {
        "today": ("2026-01-22 00:00", "2026-01-23 00:00"),
        "yesterday": ("2026-01-21 00:00", "2026-01-22 00:00"),
        "this_week": ("2026-01-19 00:00", "2026-01-26 00:00"),
        "last_week": ("2026-01-12 00:00", "2026-01-19 00:00"),
        "this_month": ("2026-01-01 00:00", "2026-02-01 00:00"),
        "last_month": ("2025-12-01 00:00", "2026-01-01 00:00"),
    }


@pytest.mark.parametrize(
    ("now", "week"),
    [("2026-01-19 00:00", "2026-01-19"), ("2026-01-25 23:59", "2026-01-19")],
)
def test_weeks_begin_on_monday(now: str, week: str) -> None:
    assert spans(now)["this_week"][0] == f"{week} 00:00"


def test_last_month_of_a_leap_year() -> None:
    assert spans("2028-03-31 12:00")["last_month"] == (
        "2028-02-01 00:00",
        "2028-03-01 00:00",
    )


@pytest.mark.parametrize(
    ("now", "hours"),
    [("2026-03-29 12:00", 23), ("2026-10-25 12:00", 25), ("2026-10-26 12:00", 24)],
)
def test_a_day_lasts_until_the_next_midnight(now: str, hours: int) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=STOCKHOLM).astimezone(UTC)
    today = calendar(moment, STOCKHOLM)["today"]
    tomorrow = calendar(moment + timedelta(days=1), STOCKHOLM)
    assert today.end - today.start == timedelta(hours=hours)
    assert tomorrow["yesterday"] == today


def test_week_and_month_of_a_changed_clock() -> None:
    moment = datetime(2026, 10, 26, 12, tzinfo=UTC)
    periods = calendar(moment, STOCKHOLM)
    last_week, this_month = periods["last_week"], periods["this_month"]
    assert last_week.end - last_week.start == timedelta(days=7, hours=1)
    assert this_month.end - this_month.start == timedelta(days=31, hours=1)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns", "Asia/Beirut"])
def test_every_midnight_is_the_edge_of_a_window(zone: str) -> None:
    """Also where the offset is odd, or the clock is changed at midnight itself."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for day in range(366):
        for period in calendar(now + timedelta(days=day), ZoneInfo(zone)).values():
            assert period.start.timestamp() % 300 == 0
            assert period.start < period.end


def test_no_period_begins_before_62_days_ago() -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for day in range(800):
        moment = now + timedelta(days=day)
        assert moment - beginning(moment, STOCKHOLM) < timedelta(days=62, hours=1)
