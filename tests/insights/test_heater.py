"""What is told of the auxiliary heater."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.episodes import episodes
from custom_components.heatpump_dashboard.insights.heater import avoidable, heater
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.subject import Subject

from .factory import FIRST, METRICS, run, subject, winter
from .test_episodes import gap, heats, runs, turned

TODAY = date(2026, 2, 9)


@pytest.mark.parametrize(
    ("states", "cause"),
    [
        ({Kind.COMPRESSOR: 1.0}, "capacity"),
        ({Kind.COMPRESSOR: 0.0}, "compressor_off"),
        ({Kind.COMPRESSOR: 0.0, Kind.ALARM: 5.0}, "alarm"),
        ({Kind.COMPRESSOR: 1.0, Kind.HOT_WATER: 1.0}, "hot_water"),
    ],
)
def test_what_never_changed_is_a_cause_too(
    states: dict[Kind, float], cause: str
) -> None:
    """A compressor that is too small does not stop in a month of frost."""
    (found,) = episodes(heats(12, 13), states=states)
    assert found.cause == cause
    told = heater(subject(heated(), events=tuple(heats(12, 13)), states=states))
    assert told.code == cause


def heated() -> dict[str, Any]:
    """Return days of which one had 3 kWh of the heater."""
    days = winter(100)
    days["auxiliary_kwh"][-8] = 3.0
    return days


def test_a_month_without_the_heater() -> None:
    found = heater(subject())
    assert (found.state, found.code, found.value) == ("ok", "none", 0.0)


def test_the_causes_are_all_that_the_ledger_has() -> None:
    days = winter(100)
    days["auxiliary_kwh"][-8] = 7.5
    events = tuple(sorted([*runs(1, 11), *heats(12, 13), *runs(13.5, 23)]))
    found = heater(subject(days, events=events))
    causes = {name: value for name, value in found.params.items() if "_kwh" in name}

    assert found.code == "unknown"
    assert causes["compressor_off_kwh"] == 3.0
    assert causes["unknown_kwh"] == pytest.approx(4.5)
    assert found.value == pytest.approx(7.5)
    assert found.state == "watch"
    assert causes["avoidable_kwh"] == pytest.approx(3 * (1 - 1 / 3.7))


@pytest.mark.parametrize(
    ("share", "state"), [(0.02, "ok"), (0.05, "watch"), (0.2, "act")]
)
def test_a_share_of_the_heat_in_mild_weather(share: float, state: str) -> None:
    days = winter(60, outdoor=0.0)
    days["auxiliary_kwh"] = share * days["heat_kwh"]
    assert heater(subject(days)).state == state


def always_on(days: dict[str, Any], count: int) -> Subject:
    """Return a compressor that never stops, beside the heater each night of the last days."""
    nights = [
        one
        for back in range(count)
        for one in run(
            Kind.AUXILIARY,
            FIRST + timedelta(days=len(days["heat_kwh"]) - count + back),
            3,
            9,
            kwh=12.0,
        )
    ]
    days["auxiliary_kwh"][-count:] = 12.0
    return subject(days, events=tuple(nights), states={Kind.COMPRESSOR: 1.0})


def test_a_compressor_that_is_too_small_in_mild_weather_is_not_so_by_design() -> None:
    found = heater(always_on(winter(40, outdoor=1.0), 30))
    assert (found.state, found.code) == ("act", "capacity_mild")
    assert found.params["mild"] == pytest.approx(360.0)
    cold = heater(always_on(winter(40, outdoor=-9.0), 30))
    assert (cold.state, cold.code) == ("ok", "capacity")
    assert cold.params["mild"] == 0


def test_how_much_of_it_was_in_mild_weather() -> None:
    outdoor = np.where(np.arange(40) < 34, -9.0, -3.0)
    found = heater(always_on(winter(40, outdoor=outdoor), 30))
    assert (found.state, found.code) == ("act", "capacity_mild")
    assert (found.value, found.params["mild"]) == pytest.approx((360.0, 72.0))


@pytest.mark.parametrize(
    ("outdoor", "brine", "state"),
    [(-20.0, False, "watch"), (-10.0, False, "act"), (-20.0, True, "act")],
)
def test_what_heats_from_air_is_stopped_by_the_cold(
    outdoor: float, brine: bool, state: str
) -> None:
    days = winter(40, outdoor=outdoor)
    days["auxiliary_kwh"][-2] = 50.0
    day = FIRST + timedelta(days=38)
    events = [
        *run(Kind.COMPRESSOR, day - timedelta(days=1), 9, 24),
        *run(Kind.AUXILIARY, day, 0.5, 8.9, kwh=50.0),
        *run(Kind.COMPRESSOR, day, 9, 23),
    ]
    metrics = METRICS if brine else METRICS - {"brine_in_temp", "brine_out_temp"}
    found = heater(subject(days, events=tuple(events), metrics=metrics))
    assert (found.state, found.code) == (state, "compressor_off")
    saved = found.params["avoidable_kwh"]
    assert (saved == 0) is (state == "watch")


def test_what_nobody_can_tell_is_worth_a_look() -> None:
    """Whatever its share. Not what the ledger has beside the times that are over."""
    stops = sorted([*runs(1, 10), *runs(10.8, 22), *heats(12, 13)])
    found = heater(subject(heated(), events=tuple(stops)))
    assert (found.state, found.code) == ("watch", "unknown")
    goes_on = heater(subject(heated(), events=tuple(runs(1, 22))))
    assert (goes_on.state, goes_on.code) == ("ok", "unknown")


def test_its_check_has_the_share_beside_the_limit_that_it_was_judged_by() -> None:
    days = winter(60, outdoor=0.0)
    days["auxiliary_kwh"] = 0.05 * days["heat_kwh"]
    told = answers(subject(days))
    found = next(one for one in told.verdict.checks if one.id == "heater")
    assert (found.state, found.limit, found.unit) == ("watch", 3.0, "%")
    assert found.value == pytest.approx(5.0)
    assert found.params["total"] == told.insights["heater"].value
    # Without the heat of any mild day there is no share, nor a limit.
    cold = answers(subject(winter(60, outdoor=-15.0)))
    found = next(one for one in cold.verdict.checks if one.id == "heater")
    assert (found.limit, found.unit) == (None, "kWh")


def test_in_a_hard_winter_the_heater_is_no_fault() -> None:
    days = winter(60, outdoor=-15.0)
    days["auxiliary_kwh"] = 0.2 * days["heat_kwh"]
    assert heater(subject(days)).state == "ok"


def test_money() -> None:
    """210 kWh at 1.50 are 315; at a COP of 3, 210 of them were for nothing."""
    saved = avoidable({"compressor_off": 150.0, "catch_up": 60.0, "capacity": 9.0}, 3.0)
    assert saved is not None
    assert 210 * 1.50 == 315
    assert saved * 1.50 == pytest.approx(210)

    days = winter(100)
    days["auxiliary_kwh"][-7:] = 30.0
    days["cost"], days["priced_kwh"] = (
        days["electricity_kwh"] * 1.5,
        days["electricity_kwh"],
    )
    days["price_sum"], days["price_hours"] = np.full((2, 100), [[36.0], [24.0]])
    assert heater(subject(days)).params["cost"] == pytest.approx(315)


def test_an_episode_of_an_earlier_month_does_not_count() -> None:
    days = winter(100)
    days["auxiliary_kwh"][-8] = 3.0
    events = tuple(sorted([*runs(1, 11), *heats(12, 13)]))
    later = subject(days, events=events, today=TODAY + timedelta(days=60))
    assert heater(later).code == "coverage"


def test_the_causes_rest_on_what_was_read() -> None:
    events = tuple(sorted([*runs(1, 22), *heats(12, 13)]))
    for gaps, cause in (((), "capacity"), ((gap(6, 9),), "unknown")):
        found = heater(subject(heated(), events=events, gaps=gaps))
        assert found.code == cause


def test_without_a_heater_nothing_is_known() -> None:
    found = heater(subject(metrics=METRICS - {"auxiliary_percent"}))
    assert (found.state, found.code) == ("unknown", "no_metric")


@pytest.mark.parametrize(
    ("events", "mode", "cause"),
    [
        # The owner has chosen the heater alone: before it began, or long ago.
        (turned(Kind.OPERATING_MODE, 10, 3.0, 1.0), 3.0, "mode"),
        ([], 3.0, "mode"),
        (turned(Kind.OPERATING_MODE, 15, 1.0, 3.0), 1.0, "mode"),
        (turned(Kind.OPERATING_MODE, 10, 1.0, 3.0), 1.0, "compressor_off"),
        (turned(Kind.OPERATING_MODE, 10, 2.0, 1.0), 2.0, "compressor_off"),
        ([], 1.0, "compressor_off"),
    ],
)
def test_the_operating_mode_is_a_cause(
    events: list[Event], mode: float, cause: str
) -> None:
    around = sorted([*heats(12, 13), *runs(1, 9), *events])
    found = heater(
        subject(
            heated(),
            events=tuple(around),
            heater_only={3.0},
            states={Kind.OPERATING_MODE: mode},
        )
    )
    assert found.code == cause
    assert found.params[f"{cause}_kwh"] == 3.0
