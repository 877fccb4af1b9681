"""What is the present, and what is stale, follows the rhythm."""

from datetime import UTC, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import ENDED
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.present import Present
from tests.analysis.sane_day import by_hand
from tests.support.rhythms import Physics, frame, in_force, on_change, polled

from .test_rhythms import BEFORE_S, FIRST, METRICS, START, cycles


def present_of(stored: pd.DataFrame, *, after_min: float) -> Present:
    """Return the present so long after the last reading."""
    now = stored.index[-1].to_pydatetime() + timedelta(minutes=after_min)
    pump = HeatPump(by_hand(*METRICS), {})
    pump.load([stored], START - CONTEXT, now)
    return pump.present(now, UTC)


@pytest.mark.parametrize(
    ("step_s", "after_min", "stale"),
    [
        (30, 9, False),
        (30, 11, True),
        (600, 11, False),
        (600, 29, False),
        (600, 31, True),
    ],
)
def test_what_is_stale_follows_the_rhythm(
    step_s: int, after_min: float, stale: bool
) -> None:
    stored = polled(FIRST, cycles, (BEFORE_S, 20_000), step_s)

    assert present_of(stored, after_min=after_min).stale is stale


def test_of_what_is_on_change_the_last_value_is_the_present() -> None:
    rows = on_change(polled(FIRST, cycles, (BEFORE_S, 20_000), 30))
    stored = in_force(rows, FIRST - CONTEXT)
    gone = stored.index[-1] + pd.Timedelta(seconds=5)
    ended = frame(gone, np.zeros(1), {"supply_temp": np.array([ENDED])})

    found = present_of(stored, after_min=14)
    assert not found.stale
    assert found.metrics == {
        "compressor": 1,
        "supply_temp": 40,
        "return_temp": 35,
        "power": 3000,
    }
    without = present_of(pd.concat([stored, ended]), after_min=1)
    assert "supply_temp" not in without.metrics
    assert without.mode == "heating"


@pytest.mark.parametrize(
    ("last_s", "reason"),
    [(300, "just_started"), (900, "just_started"), (1500, None), (2100, None)],
)
def test_a_slow_collector_sees_twice_that_it_runs_before_there_is_a_cop(
    last_s: float, reason: str | None
) -> None:
    long_runs: Physics = lambda times: cycles(np.where(times < 0, 1300, times / 2))  # noqa: E731
    stored = polled(FIRST, long_runs, (BEFORE_S, last_s + 1), 600)
    found = present_of(stored, after_min=1)

    assert found.cop_reason == reason
    assert found.cop == (None if reason else pytest.approx(4.5))
