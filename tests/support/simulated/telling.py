"""What is told of a heat pump day by day, as the integration tells it: what lasts."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from custom_components.heatpump_dashboard.insights.lasting import Lasting
from custom_components.heatpump_dashboard.insights.registry import Answers, answers
from custom_components.heatpump_dashboard.insights.result import Check
from custom_components.heatpump_dashboard.insights.subject import Subject

_DAY: Final = timedelta(days=1)


def told_by_day(
    subject_of: Callable[[date], Subject], first: date, last: date
) -> Iterator[tuple[date, Answers]]:
    """Yield what is told on each morning of some days, the last one included.

    Each remembers the ones before it, as the integration does over a restart.
    """
    lasting: dict[str, Lasting] = {}
    today = first
    while today <= last:
        told, found = answers(subject_of(today)).settled(lasting)
        lasting = dict(found)
        yield today, told
        today += _DAY


def check_of(told: Answers, name: str) -> Check:
    """Return one check of the verdict that is told. Raises StopIteration without it."""
    return next(check for check in told.verdict.checks if check.id == name)
