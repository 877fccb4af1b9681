"""What asks for an action lasts: the third day begins it, and the third clean one ends it."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from custom_components.heatpump_dashboard.insights.lasting import (
    Lasting,
    as_settled,
    settled,
)
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.result import Check, Insight, State
from custom_components.heatpump_dashboard.insights.verdict import Verdict

from .factory import subject, winter

FIRST = date(2026, 1, 10)
LONGER = ("cop", "ground", "flow_guard", "heater", "cycling", "plausible")
AT_ONCE = ("alarm", "data", "blocked", "room", "brine", "hot_water", "sixty")


def check(name: str, state: State, code: str = "told", value: float = 1.0) -> Check:
    return Check(id=name, state=state, code=code, value=value, start=FIRST, end=FIRST)


def run(
    name: str, states: Iterable[State | None], before: Lasting | None = None
) -> tuple[list[State], Lasting]:
    """Return what is told day after day of what is so; None: nobody looked that day."""
    lasting, told = before or Lasting(), []
    for number, state in enumerate(states):
        if state is None:
            continue
        today = FIRST + timedelta(days=number)
        found, lasting = settled(check(name, state), lasting, today)
        told.append(found.state)
    return told, lasting


def test_what_another_heat_pump_did_in_its_place_is_forgotten() -> None:
    days = [(FIRST + timedelta(days=number)).isoformat() for number in range(4)]
    acting = Lasting(dict.fromkeys(days, True), acting=True, said={"id": "room"})
    assert acting.since(FIRST) == acting
    assert acting.since(FIRST + timedelta(days=2)) == Lasting(
        {days[2]: True, days[3]: True}
    )
    assert acting.since(FIRST + timedelta(days=9)) == Lasting()


@pytest.mark.parametrize("name", LONGER)
def test_two_days_are_a_look_and_three_an_action(name: str) -> None:
    assert run(name, ["act"] * 4)[0] == ["watch", "watch", "act", "act"]


@pytest.mark.parametrize("name", AT_ONCE)
def test_what_cannot_wait_is_an_action_at_once(name: str) -> None:
    assert run(name, ["ok", "act"])[0] == ["ok", "act"]


def test_a_good_day_between_begins_the_count_anew() -> None:
    told = run("cop", ["act", "act", "ok", "act", "act", "act"])[0]
    assert told == ["watch", "watch", "ok", "watch", "watch", "act"]


def test_an_action_is_over_after_three_clean_days() -> None:
    told = run("cop", [*["act"] * 3, "ok", "ok", "ok", "act"])[0]
    assert told == ["watch", "watch", "act", "act", "act", "ok", "watch"]


def test_a_bad_day_between_begins_the_clean_ones_anew() -> None:
    told = run("room", ["act", "watch", "ok", "act", "ok", "ok", "ok"])[0]
    assert told == [*["act"] * 6, "ok"]


@pytest.mark.parametrize("name", ["alarm", "data", "sixty"])
def test_what_is_gone_is_over_at_once(name: str) -> None:
    assert run(name, ["act", "watch", "ok"])[0] == ["act", "watch", "ok"]


def test_many_looks_of_a_day_are_one_day() -> None:
    lasting = Lasting()
    for _ in range(9):
        told, lasting = settled(check("cop", "act"), lasting, FIRST)
        assert told.state == "watch"


def test_the_last_look_of_a_day_counts() -> None:
    _, lasting = run("cop", ["act", "act"])
    today = FIRST + timedelta(days=2)
    for state in ("ok", "act"):
        told, lasting = settled(check("cop", state), lasting, today)
    assert told.state == "act"


def test_days_that_nobody_knows_neither_begin_nor_end_an_action() -> None:
    told, lasting = run("cop", ["act", None, "unknown", "act", "learning", "act"])
    assert told == ["watch", "unknown", "watch", "learning", "act"]
    assert lasting.acting


def test_days_of_another_month_are_forgotten() -> None:
    told, _ = run("cop", ["act", "act", *[None] * 20, "act"])
    assert told[-1] == "watch"


def test_a_clock_that_was_ahead_for_once_asks_for_nothing_for_ever() -> None:
    """Nor does what it said on a day to come count among the clean days."""
    ahead = FIRST + timedelta(days=400)
    _, lasting = settled(check("data", "act"), Lasting(), ahead)
    assert lasting.acting
    told, lasting = run("data", ["ok"], lasting)
    assert told == ["ok"]
    assert not lasting.acting


def test_hot_water_asks_for_an_action_where_sixty_degrees_are_missing() -> None:
    """Whether it is warm enough to shower is another check."""
    insight = Insight(id="hot_water", state="act", code="not_hot")
    warm = check("hot_water", "ok")
    for state in ("act", "watch"):
        checks = {"hot_water": warm, "sixty": check("sixty", state)}
        assert as_settled(insight, checks).state == state


def test_summer_ends_what_was_so_in_winter() -> None:
    _, lasting = run("cop", ["act"] * 3)
    summer = Check(id="cop", state="unknown", code="not_heating")
    told, lasting = settled(summer, lasting, FIRST + timedelta(days=3))
    assert told == summer
    assert lasting == Lasting()


def test_until_it_is_over_it_says_what_it_said_last() -> None:
    lasting = Lasting()
    for number, (state, value) in enumerate(
        [("act", -8.5), ("act", -9.0), ("act", -9.5), ("ok", -2.0), ("ok", -1.0)]
    ):
        today = FIRST + timedelta(days=number)
        told, lasting = settled(check("cop", state, value=value), lasting, today)
    assert (told.state, told.value) == ("act", -9.5)
    assert told.params["clean_days"] == 2


def test_nothing_is_forgotten_by_being_stored() -> None:
    _, lasting = run("cop", ["ok", "act", "act"])
    stored = Lasting.from_dict(lasting.as_dict())
    assert stored == lasting
    told, _ = settled(check("cop", "act"), stored, FIRST + timedelta(days=3))
    assert told.state == "act"


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        {},
        {"days": {"soon": True}, "acting": True, "said": {}},
        {"days": {}, "acting": True, "said": {"id": "cop", "start": 5}},
        {"days": {}, "acting": True, "said": {"who": "me"}},
        {"days": 5, "acting": True, "said": {}},
    ],
)
def test_of_what_cannot_be_read_nothing_is_remembered(stored: object) -> None:
    assert Lasting.from_dict(stored) == Lasting()


def test_an_insight_asks_for_no_action_before_its_check_does() -> None:
    insight = Insight(id="cop", state="act", code="cop_low")
    assert as_settled(insight, {"cop": check("cop", "watch")}).state == "watch"
    assert as_settled(insight, {"cop": check("cop", "act")}).state == "act"
    assert as_settled(insight, {}).state == "act"


def test_the_verdict_follows_what_lasts() -> None:
    """Of one and the same fault: a look on the first day, an action on the third."""
    sums = winter(100)
    sums["idle_delta_t_ks"][-30:] = 0.8 * 10_800
    found = answers(subject(sums))
    assert found.verdict.state == "act"
    told, lasting = found.settled({})
    assert verdict_of(told.verdict) == ("watch", ("sensor_pair",))
    known = {
        (told.subject.today - timedelta(days=ago)).isoformat(): True for ago in (1, 2)
    }
    told, _ = found.settled({**lasting, "sensor_pair": Lasting(known)})
    assert verdict_of(told.verdict) == ("act", ("sensor_pair",))


def verdict_of(verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    return verdict.state, verdict.named


def test_in_summer_nothing_is_said_of_heating() -> None:
    sums = winter(120)
    sums["idle_s"][-20:] += sums["heating_s"][-20:]
    for name in ("heating_s", "heating_runs", "steady_heating_s"):
        sums[name][-20:] = 0.0
    found = answers(subject(sums)).verdict
    states = {check.id: (check.state, check.code) for check in found.checks}
    for name in ("cop", "ground", "flow_guard", "cycling"):
        assert states[name] == ("unknown", "not_heating")
    assert (found.state, found.code) == ("ok", "ok_as_far")


def test_where_no_check_can_be_made_yet_the_verdict_learns() -> None:
    metrics = {"supply_temp", "return_temp", "compressor", "outdoor_temp"}
    alone = subject(winter(1), coverage=None, electricity=None, metrics=metrics)
    found = answers(alone).verdict
    assert (found.state, found.made) == ("learning", 0)
