"""What somebody in the demo's house pays, turns and finds."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources.demo import house
from custom_components.heatpump_dashboard.sources.demo.physics import stored, truth
from custom_components.heatpump_dashboard.sources.demo.prices import prices

from .moments import AUTUMN, DAY, MONTH, WINTER


def test_electricity_has_a_price_every_quarter_some_below_nothing() -> None:
    start, stop = AUTUMN - 365 * DAY, AUTUMN + MONTH
    time, price = prices(start.timestamp(), stop.timestamp())
    by_time = pd.Series(price, index=pd.to_datetime(time, unit="s", utc=True))
    winter, summer = by_time["2025-12":"2026-02"], by_time["2026-07"]

    assert set(np.diff(time)) == {900.0}
    assert 0.4 < by_time.mean() < 0.9
    assert 0.01 < (by_time < 0).mean() < 0.1
    assert (winter < 0).any()
    assert winter.mean() > 2 * summer.mean()
    hours = by_time.groupby(by_time.index.hour).mean()
    assert hours[17] > 1.5 * hours[2]
    again = prices(WINTER.timestamp() + 1, (WINTER + DAY).timestamp())
    np.testing.assert_array_equal(again[1], by_time["2026-01-01"])


@pytest.mark.parametrize(
    ("brand", "series", "turned_at", "before", "after"),
    [
        ("nibe", "heating_curve_offset", datetime(2026, 1, 12, 17, tzinfo=UTC), 0, -10),
        ("nibe", "heating_curve_offset", datetime(2026, 10, 1, 17, tzinfo=UTC), -10, 0),
        ("ivt", "summer_mode_temp", datetime(2026, 4, 20, 17, tzinfo=UTC), 17, 15),
        ("ivt", "warm_water_stop_temp", datetime(2026, 10, 12, 17, tzinfo=UTC), 54, 52),
    ],
)
def test_a_setting_is_turned_and_followed(
    brand: str, series: str, turned_at: datetime, before: float, after: float
) -> None:
    rows = stored(brand, turned_at - DAY, turned_at + DAY, [series])[series]
    is_after = rows.index >= turned_at
    assert set(rows[~is_after]) == {before}
    assert set(rows[is_after]) == {after}


def test_what_is_turned_does_something() -> None:
    at = datetime(2026, 10, 12, tzinfo=UTC)
    # Days without the weekly charge to 60 °C.
    ends = [
        truth("ivt", start, start + 4 * DAY)["hot_water_temp"].max()
        for start in (at - 5 * DAY, at + DAY)
    ]
    assert ends == pytest.approx([54.5, 52.5], abs=0.3)

    nibe = house.PUMPS["nibe"]
    start = datetime(2026, 1, 12, tzinfo=UTC).timestamp()
    own, other = (
        house.climate(pump, start, start + 2 * 86_400).setpoint
        for pump in (nibe, replace(nibe, name="left as it is"))
    )
    assert np.unique((own - other).round(6)).tolist() == [-2.0, 0.0]


def test_one_borehole_gets_colder_over_the_winters() -> None:
    """Half a kelvin a year, beside the same house on one that is long enough."""
    tired = house.PUMPS["nibe"]
    fell = []
    for year in (2025, 2026, 2027, 2028, 2030):
        start = datetime(year, 1, 10, tzinfo=UTC).timestamp()
        own, other = (
            house.climate(pump, start, start + 86_400).brine.mean()
            for pump in (tired, replace(tired, name="long enough"))
        )
        fell.append(float(other - own))
    assert fell == pytest.approx([0.0, 0.14, 0.64, 1.14, 1.5], abs=0.01)
