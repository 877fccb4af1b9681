"""The local days, weeks, months and years that figures are asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, Literal

TODAY: Final = "today"
YESTERDAY: Final = "yesterday"
THIS_MONTH: Final = "this_month"

type Unit = Literal["day", "week", "month", "year", "heating_year"]
UNITS: Final[tuple[Unit, ...]] = ("day", "week", "month", "year", "heating_year")

PERIODS: Final = (
    TODAY,
    YESTERDAY,
    "this_week",
    "last_week",
    THIS_MONTH,
    "last_month",
    "this_year",
    "last_year",
    "last_12_months",
    "this_heating_year",
    "last_heating_year",
)

# Entities show these; they are computed once an hour.
LAST_MONTH: Final = "last_month"
LAST_12_MONTHS: Final = "last_12_months"
THIS_YEAR: Final = "this_year"
LONG_PERIODS: Final = (LAST_MONTH, LAST_12_MONTHS, THIS_YEAR)

_JULY: Final = 7
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of the calendar, start ≤ time < end, both in UTC."""

    start: datetime
    end: datetime


def calendar(now: datetime, zone: tzinfo) -> Mapping[str, Period]:
    """Return the periods around `now`, as the calendar of a time zone has them.

    today, yesterday, this_week, last_week, this_month, last_month; weeks begin on
    Monday. A day in which the clock is changed has 23 or 25 hours.
    """
    today = now.astimezone(zone).date()
    monday = today - today.weekday() * _DAY
    first = today.replace(day=1)
    next_first = (first + 31 * _DAY).replace(day=1)
    days = {
        TODAY: (today, today + _DAY),
        YESTERDAY: (today - _DAY, today),
        "this_week": (monday, monday + _WEEK),
        "last_week": (monday - _WEEK, monday),
        THIS_MONTH: (first, next_first),
        "last_month": ((first - _DAY).replace(day=1), first),
    }
    return {
        name: Period(_midnight(start, zone), _midnight(end, zone))
        for name, (start, end) in days.items()
    }


def named_periods(now: datetime, zone: tzinfo) -> Mapping[str, Period]:
    """Return all periods that are asked for by name: also the years around `now`.

    this_year, last_year, this_heating_year and last_heating_year, July to June, and
    last_12_months: the whole ones before this month.
    """
    today = now.astimezone(zone).date()
    month = _first_of("month", today)
    days = {"last_12_months": (month.replace(year=month.year - 1), month)}
    units: tuple[Unit, ...] = ("year", "heating_year")
    for unit in units:
        first = _first_of(unit, today)
        days[f"this_{unit}"] = (first, _next_of(unit, first))
        days[f"last_{unit}"] = (first.replace(year=first.year - 1), first)
    years = {
        name: Period(_midnight(start, zone), _midnight(end, zone))
        for name, (start, end) in days.items()
    }
    return {**calendar(now, zone), **years}


def calendar_between(
    unit: Unit, start: datetime, end: datetime, zone: tzinfo
) -> Iterator[Period]:
    """Yield the whole periods of a unit that start ≤ time < end touches, oldest first.

    Weeks begin on Monday, a heating year in July.
    """
    last = (end - timedelta(microseconds=1)).astimezone(zone).date()
    first = _first_of(unit, start.astimezone(zone).date())
    while first <= last:
        following = _next_of(unit, first)
        yield Period(_midnight(first, zone), _midnight(following, zone))
        first = following


def _first_of(unit: Unit, day: date) -> date:
    """Return the first day of the period that a day lies in."""
    if unit == "day":
        return day
    if unit == "week":
        return day - day.weekday() * _DAY
    if unit == "month":
        return day.replace(day=1)
    if unit == "year":
        return day.replace(month=1, day=1)
    year = day.year if day.month >= _JULY else day.year - 1
    return date(year, _JULY, 1)


def _next_of(unit: Unit, first: date) -> date:
    """Return the first day of the period after that which begins with a day."""
    if unit in ("day", "week"):
        return first + (_DAY if unit == "day" else _WEEK)
    if unit == "month":
        return (first + 31 * _DAY).replace(day=1)
    return first.replace(year=first.year + 1)


def beginning(now: datetime, zone: tzinfo) -> datetime:
    """Return when the earliest of the periods begins, in UTC."""
    return min(period.start for period in calendar(now, zone).values())


def _midnight(day: date, zone: tzinfo) -> datetime:
    """Return when a local day begins, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
