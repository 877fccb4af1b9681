"""An entity that took another's place counts alone from its first value on."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.profiles import load, map_series
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from tests.support.rhythms import in_force

START = datetime(2026, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
MAPPED = {
    "energy": "sensor.new",
    "supply_temp": "sensor.s",
    "return_temp": "sensor.r",
    "compressor": "binary_sensor.c",
}
FORMER = {"sensor.new": ("sensor.old", ["sensor.old"])}
# 1.8 kW, which both counters count.
HOURLY_KWH = 1.8


def told(hours: float, new_from: float, every: int = 10) -> pd.DataFrame:
    """Return two counters, of which the old one goes on beside the new one.

    `every`: minutes between two values of the new one.
    """
    into = np.arange(0, hours * 60)
    counted = HOURLY_KWH * into / 60
    new = (into >= new_from * 60) & (into % every == 0)
    return pd.DataFrame(
        {
            "sensor.s": 40 + 0.1 * (into % 7),
            "sensor.r": 35 + 0.1 * (into % 3),
            "binary_sensor.c": np.where(into == 0, 1, np.nan),
            "sensor.new": np.where(new, np.round(40 + counted, 2), np.nan),
            "sensor.old": np.where(
                into % 10 == 5, np.round(12345 + counted, 2), np.nan
            ),
        },
        index=pd.DatetimeIndex(START + pd.to_timedelta(into, unit="min"), name="time"),
    )


def new_pump() -> HeatPump:
    return HeatPump(map_series(load("generic"), MAPPED, {}, FORMER), {})


def counted(pump: HeatPump, hours: float) -> float:
    return pump.figures().between(START, START + hours * HOUR)["electricity_kwh"]


@pytest.mark.parametrize("new_from", [0, 6])
def test_an_old_counter_that_goes_on_beside_a_new_one_counts_no_more(
    new_from: float,
) -> None:
    pump = new_pump()
    pump.load([told(24, new_from)], START - CONTEXT, START + 24 * HOUR)

    assert counted(pump, 24) == pytest.approx(24 * HOURLY_KWH, rel=0.02)


def test_polls_in_which_the_new_one_says_nothing_do_not_read_the_old_one() -> None:
    stored = told(12, 0, every=30)
    pump, first = new_pump(), START + 2 * HOUR
    pump.load([stored[stored.index < first]], START - CONTEXT, first)
    for poll in range(1, 121):
        now = first + poll * timedelta(minutes=5)
        fresh = stored[(stored.index >= now - timedelta(minutes=10))]
        pump.take_in(fresh[fresh.index < now], START, now)

    assert pump.records.stored["energy"].dropna().max() < 100


def test_the_past_before_the_new_one_is_that_of_the_old_one() -> None:
    stored, stop = told(24, 6), START + 24 * HOUR
    pump = new_pump()
    first = START + 12 * HOUR
    pump.load([in_force(stored, pd.Timestamp(first - CONTEXT))], first - CONTEXT, stop)
    since = pump.records.since.to_pydatetime()
    pump.add_past(stored[stored.index < since], START + CONTEXT, since)

    total = pump.figures().between(START + CONTEXT, stop)
    hours = 24 - CONTEXT / HOUR
    assert total["electricity_kwh"] == pytest.approx(hours * HOURLY_KWH, rel=0.02)


def test_an_entity_that_has_another_metric_now_counts_there() -> None:
    mapped = {"supply_temp": "sensor.new", "return_temp": "sensor.old"}
    profile = map_series(load("generic"), mapped, {}, FORMER)
    stored = told(2, 0)[["sensor.new", "sensor.old"]] % 30
    pump = HeatPump(profile, {})
    pump.load([stored], START - CONTEXT, START + 2 * HOUR)

    assert pump.records.stored["return_temp"].notna().sum() == 12
