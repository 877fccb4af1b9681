"""What the auxiliary heater took: how much of it counts, and how bad that is."""

from datetime import timedelta

import pytest

from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.heater import heater
from custom_components.heatpump_dashboard.insights.subject import Subject

from .factory import FIRST, run, subject, winter
from .test_episodes import DAY, heats, runs
from .test_heater import TODAY, heated


@pytest.mark.parametrize(
    ("hours", "ago", "state"),
    [(7.0, 1, "act"), (5.0, 1, "watch"), (7.0, 9, "watch")],
)
def test_a_heater_that_carries_the_house_for_long(
    hours: float, ago: int, state: str
) -> None:
    days = heated()
    events = tuple(sorted([*runs(1, 9), *heats(12, 12 + hours), *runs(23, 24)]))
    later = DAY + timedelta(days=ago)
    count = (later - FIRST).days
    found = heater(
        subject({name: each[:count] for name, each in days.items()}, events=events)
    )
    assert (found.state, found.params["compressor_off_kwh"]) == (state, 3.0)


def test_of_an_episode_at_the_edge_of_the_month_only_its_part_counts() -> None:
    """Six of its nine hours, and 18 of 27 kWh, were before the first day."""
    first = TODAY - timedelta(days=30)
    days = winter((TODAY - FIRST).days)
    days["auxiliary_kwh"][-31:-29] = (18.0, 9.0)
    end = run(Kind.AUXILIARY, first - timedelta(days=1), 18, 27, kwh=27.0, value=33.0)
    before = run(Kind.COMPRESSOR, first - timedelta(days=1), 2, 12)
    found = heater(subject(days, events=tuple(sorted([*before, *end]))))

    assert found.value == 9.0
    assert found.params["compressor_off_kwh"] == pytest.approx(9.0)
    assert "unknown_kwh" not in found.params


def test_of_an_episode_that_ended_today_the_part_of_yesterday_counts() -> None:
    last = TODAY - timedelta(days=1)
    days = winter((TODAY - FIRST).days)
    days["auxiliary_kwh"][-1] = 6.0
    events = run(Kind.AUXILIARY, last, 18, 27, kwh=9.0, value=33.0)
    events = sorted([*run(Kind.COMPRESSOR, last, 2, 12), *events])
    found = heater(subject(days, events=tuple(events)))
    assert found.params["compressor_off_kwh"] == pytest.approx(6.0)
    assert "unknown_kwh" not in found.params


def test_causes_never_have_more_than_the_ledger() -> None:
    days = heated()
    days["auxiliary_kwh"][-8] = 2.0
    events = tuple(sorted([*runs(1, 11), *heats(12, 13)]))
    found = heater(subject(days, events=events)).params
    assert found["compressor_off_kwh"] == pytest.approx(2.0)
    assert "unknown_kwh" not in found


def weekly(hottest: float) -> Subject:
    """Return a summer in which the heater ends a charge of each week."""
    days = winter(60, outdoor=18.0)
    events = []
    for day in range(31, 60, 7):
        days["auxiliary_kwh"][day] = 5.0
        at_day = FIRST + timedelta(days=day)
        events += [
            *run(Kind.HOT_WATER, at_day, 2, 5, celsius=(45.0, hottest)),
            *run(Kind.COMPRESSOR, at_day, 2, 4),
            *run(Kind.AUXILIARY, at_day, 4, 5, kwh=5.0, value=33.0),
        ]
    return subject(days, events=tuple(sorted(events)))


def test_water_that_is_made_hot_against_legionella_is_no_fault() -> None:
    """A sixth of the little heat of a summer, and by design: nothing to save."""
    found = heater(weekly(61.0))
    assert (found.state, found.code, found.value) == ("ok", "hygiene", 25.0)
    assert found.params["share"] == 0
    assert found.params["avoidable_kwh"] == 0
    # The same energy for water that the compressor could have heated is one.
    found = heater(weekly(52.0))
    assert (found.state, found.code) == ("act", "hot_water")
