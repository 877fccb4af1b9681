"""Where nothing has a valid value yet, a heat pump loads all the same: without readings."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.profiles import Profile, load, map_series
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import PastHours
from custom_components.heatpump_dashboard.pump.limits import CONTEXT

START = datetime(2026, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = {"supply_temp": "sensor.s", "return_temp": "sensor.r", "power": "sensor.p"}
MAPPED = map_series(load("generic"), NAMES)


def rows(begin: datetime, **series: float) -> pd.DataFrame:
    """Return the same values each minute of an hour."""
    index = pd.date_range(begin, periods=60, freq="60s", name="time").as_unit("ns")
    names = {name: NAMES.get(name, name) for name in series}
    return pd.DataFrame({names[n]: v for n, v in series.items()}, index, dtype=float)


@pytest.mark.parametrize(
    ("profile", "series"),
    [
        (MAPPED, {"supply_temp": np.inf, "return_temp": np.inf, "power": np.inf}),
        (MAPPED, {"supply_temp": -48.3, "return_temp": -48.3}),
        (MAPPED, {"power": 0.0}),
        (load("thermia"), {"radiator_forward": -48.3, "radiator_return": -48.3}),
    ],
)
def test_a_heat_pump_of_which_nothing_is_valid_loads_without_readings(
    profile: Profile, series: dict[str, float]
) -> None:
    pump = HeatPump(profile, {})
    pump.load([rows(START, **series)], START - CONTEXT, START + HOUR)
    pump.take_in(rows(START + HOUR, **series), START, START + 2 * HOUR)

    assert pump.records.last is None and pump.records.since is not None
    assert pump.present(START + 2 * HOUR, UTC).time is None


def test_it_goes_on_with_the_first_valid_value() -> None:
    pump = HeatPump(MAPPED, {})
    nothing = dict.fromkeys(NAMES, np.inf)
    pump.load([rows(START, **nothing)], START - CONTEXT, START + HOUR)
    said = {"supply_temp": 40.0, "return_temp": 35.0, "power": 3000.0}
    assert pump.take_in(rows(START + HOUR, **said), START, START + 2 * HOUR)

    now = pump.present(START + 2 * HOUR, UTC)
    assert now.metrics == said and now.power == 3000


def test_a_past_day_of_which_nothing_is_valid_has_no_hours() -> None:
    day = date(2026, 1, 10)
    nothing = rows(START, power=np.inf)
    past = PastHours(MAPPED, Equipment.of(MAPPED, {}), day, nothing)

    assert past.add(rows(START - 5 * HOUR, power=np.inf)) == {}
