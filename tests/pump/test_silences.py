"""What was so before a silence of more than an hour is not known behind it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory
from tests.support.rhythms import in_force

from .test_memory import assert_same_windows

START = datetime(2026, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
METRICS = ("compressor", "supply_temp", "return_temp", "power", "auxiliary_percent")
PROFILE = map_series(load("generic"), {name: f"sensor.{name}" for name in METRICS})


def told(hours: float, silence: tuple[float, float]) -> pd.DataFrame:
    """Return what changes every two minutes; a heater's fall to 0 lost in the silence.

    Half an hour of running and half an hour of rest; the heater is on from hour 2.
    """
    into = np.arange(0, hours * 60, 2)
    lost = (into >= silence[0] * 60) & (into < silence[1] * 60)
    into = into[~lost]
    edge = into % 30 == 0
    on = into // 30 % 2 == 0
    frame = pd.DataFrame(
        {
            "compressor": np.where(edge, on, np.nan),
            "supply_temp": 40 + 0.1 * (into % 7),
            "return_temp": 35 + 0.1 * (into % 5),
            "power": np.where(edge, np.where(on, 3000 + into, 50), np.nan),
            "auxiliary_percent": np.select([into == 0, into == 120], [0, 33], np.nan),
        },
        index=pd.DatetimeIndex(START + pd.to_timedelta(into, unit="min"), name="time"),
    )
    return frame.add_prefix("sensor.")


def new_memory() -> PumpMemory:
    return PumpMemory(PROFILE, Equipment.of(PROFILE, {"auxiliary_power": 9.0}))


def at_once(stored: pd.DataFrame, stop: datetime) -> PumpMemory:
    memory = new_memory()
    memory.take_in(stored[stored.index < stop], START - CONTEXT, stop)
    return memory


@pytest.mark.parametrize("silence", [(3, 5), (3, 4.5), (3, 3.9)])
def test_polls_behind_a_silence_count_what_one_load_counts(
    silence: tuple[float, float],
) -> None:
    stored = told(12, silence)
    polled = new_memory()
    polled.take_in(stored[stored.index < START + HOUR], START - CONTEXT, START + HOUR)
    for poll in range(1, 12 * 11 + 1):
        now = START + HOUR + poll * timedelta(minutes=5)
        since = now - timedelta(minutes=10)
        fresh = stored[(stored.index >= since) & (stored.index < now)]
        if len(fresh):
            polled.take_in(fresh, since, now)

    assert_same_windows(polled.records, at_once(stored, START + 12 * HOUR).records)


def test_what_is_forgotten_in_a_silence_does_not_come_back() -> None:
    """What is kept of the time before the 48 h in memory begins behind it."""
    stored = told(72, (3, 5))
    memory = new_memory()
    for hour in range(1, 73):
        now = START + hour * HOUR
        fresh = stored[(stored.index >= now - HOUR) & (stored.index < now)]
        memory.take_in(fresh, START - CONTEXT, now)

    kept = memory.records.stored
    assert kept.index[0] > START + 5 * HOUR
    assert "auxiliary_percent" not in kept or kept["auxiliary_percent"].isna().all()


@pytest.mark.parametrize("begin_h", [3.5, 3.9, 4.4])
def test_a_past_that_begins_in_a_silence_counts_what_one_load_counts(
    begin_h: float,
) -> None:
    stored, stop = told(12, (3, 4.5)), START + 12 * HOUR
    memory = new_memory()
    first = START + 9 * HOUR - CONTEXT
    memory.take_in(in_force(stored, pd.Timestamp(first)), first, stop)
    since = memory.records.since.to_pydatetime()
    start = START + begin_h * HOUR + CONTEXT
    before = in_force(stored[stored.index < since], pd.Timestamp(start - CONTEXT))
    memory.add_past(before, start, since)

    past = slice(pd.Timestamp(start), pd.Timestamp(since) - pd.Timedelta("1s"))
    known, expected = (
        one.records.ledger.loc[past] for one in (memory, at_once(stored, stop))
    )
    assert known["auxiliary_known_s"].sum() == expected["auxiliary_known_s"].sum() == 0
    assert known["heating_s"].sum() > 0
