"""The days that insights are asked of, from the hours on disk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.history.subject import speeds_vary, subject_of
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.present import AlarmState

DAYS = 250
FIRST = datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> HourStore:
    """Return 250 UTC days of 1 kWh an hour."""
    store = HourStore(tmp_path, "Villa")
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        index = pd.date_range(day, periods=24, freq="h", name="time").as_unit("ns")
        hours = pd.DataFrame(
            {"electricity_kwh": 1.0, "idle_s": 3600.0, "energy_s": 3600.0}, index=index
        )
        store.put(day.date(), hours, "a")
    return store


@pytest.mark.parametrize(
    "zone", ["Europe/Stockholm", "Asia/Kolkata", "America/New_York", "UTC"]
)
def test_every_hour_is_in_one_day(store: HourStore, zone: str) -> None:
    pump = HeatPump(load("thermia"), {"price": 2.0})
    now = FIRST + timedelta(days=DAYS + 1)
    found = subject_of(pump, store, now, ZoneInfo(zone), AlarmState())

    assert found.days.index.is_unique
    assert found.days.index.is_monotonic_increasing
    assert found.days["electricity_kwh"].sum() == 24 * DAYS
    # The first and the last UTC day reach into days of which there is no more.
    whole = found.days.iloc[1:-1]
    np.testing.assert_allclose(whole["electricity_kwh"], whole["seconds"] / 3600)
    assert whole["whole"].all()
    np.testing.assert_allclose(whole["cost"], 2 * whole["electricity_kwh"])
    np.testing.assert_allclose(whole["price_sum"], 2 * whole["price_hours"])


def test_today_is_not_among_the_days(store: HourStore) -> None:
    pump = HeatPump(load("thermia"), {})
    now = FIRST + timedelta(days=100, hours=12)
    found = subject_of(pump, store, now, ZoneInfo("UTC"), AlarmState())

    assert len(found.days) == 100
    assert found.days.index[-1] == pd.Timestamp(now.date()) - pd.Timedelta(days=1)
    assert found.today == now.date()


@pytest.mark.parametrize(
    ("alarm", "code"),
    [
        (AlarmState(active=True, code=7), 7.0),
        (AlarmState(active=True), -1.0),
        (AlarmState(active=False, code=7), 0.0),
        (AlarmState(), 0.0),
    ],
)
def test_only_an_active_alarm_is_one(alarm: AlarmState, code: float) -> None:
    pump = HeatPump(load("thermia"), {})
    found = subject_of(pump, None, FIRST, ZoneInfo("UTC"), alarm)
    assert found.alarm == code
    assert found.days.empty
    assert found.coverage is None


@pytest.mark.parametrize(
    ("speeds", "varies"),
    [
        ([0.0, 100.0, 100.0, np.nan, 0.0], False),
        ([0.0, 55.0, 80.0], True),
        # Of one that has not run nobody knows.
        ([0.0, np.nan], True),
        (None, True),
    ],
)
def test_one_speed_is_no_changing_speed(
    speeds: list[float] | None, varies: bool
) -> None:
    seen = {} if speeds is None else {"compressor_speed|max": speeds}
    assert speeds_vary(pd.DataFrame(seen)) is varies


def test_the_mode_without_a_compressor_is_that_of_the_brand() -> None:
    for brand, only in (("thermia", {3.0}), ("nibe", {2.0}), ("ivt", set())):
        pump = HeatPump(load(brand), {})
        found = subject_of(pump, None, FIRST, ZoneInfo("UTC"), AlarmState())
        assert found.heater_only == only
