"""Hours added up by local day: the same from any pieces, and kept for all months."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.prices import Prices, with_cost
from custom_components.heatpump_dashboard.analysis.windows import LEDGER
from custom_components.heatpump_dashboard.history.days import (
    COLUMNS,
    DaySums,
    number_of,
)
from custom_components.heatpump_dashboard.history.month import Month
from custom_components.heatpump_dashboard.history.store import HourStore

from .common import DAY, STOCKHOLM

HOUR = timedelta(hours=1)
# The clock is put back on the 25th of October.
START = datetime(2025, 10, 20, tzinfo=UTC)
HEAT, ELECTRICITY = (COLUMNS.index(name) for name in ("heat_kwh", "electricity_kwh"))


def hours(start: datetime, number: int) -> pd.DataFrame:
    """Return hours whose figures all differ."""
    index = pd.date_range(start, periods=number, freq="h", name="time").as_unit("ns")
    seconds = index.to_numpy("M8[s]").astype("int64")
    rows = {name: seconds / 3600 % (17 + place) for place, name in enumerate(LEDGER)}
    outdoor = {"outdoor_temp|sum": seconds % 7 * 3600.0, "outdoor_temp|s": 3600.0}
    return pd.DataFrame({**rows, **outdoor}, index=index)


def test_days_are_those_of_the_home() -> None:
    rows = hours(START, 24 * 12)
    days = DaySums.of(rows, STOCKHOLM)

    expected = rows.groupby(rows.index.tz_convert(STOCKHOLM).date).sum()
    assert days.numbers.tolist() == [number_of(day) for day in expected.index]
    assert days.sums[:, HEAT] == pytest.approx(expected["heat_kwh"].to_numpy())
    assert days.sums[:, COLUMNS.index("rows")].max() == 25


@pytest.mark.parametrize("cut", [1, 23, 24, 100, 287])
def test_pieces_add_up_to_the_whole(cut: int) -> None:
    rows = hours(START, 288)
    prices = Prices.of([(START.timestamp() + 3600 * n, n % 5) for n in range(300)])
    whole = DaySums.of(rows, STOCKHOLM).with_cost(prices)
    pieces = [DaySums.of(part, STOCKHOLM) for part in (rows[cut:], rows[:cut])]
    joined = DaySums.joined(pieces).with_cost(prices)

    assert joined.numbers.tolist() == whole.numbers.tolist()
    assert joined.sums == pytest.approx(whole.sums)
    assert joined.columns == whole.columns


def test_each_hour_costs_what_its_price_was() -> None:
    rows = hours(START, 288)
    prices = Prices.of([(START.timestamp() + 3600 * n, n % 5) for n in range(300)])
    days = DaySums.of(rows, STOCKHOLM).with_cost(prices)

    costs = with_cost(rows, prices, 3600)[["cost", "priced_kwh"]]
    expected = costs.groupby(rows.index.tz_convert(STOCKHOLM).date).sum()
    assert days.sums[:, -2:] == pytest.approx(expected.to_numpy())


def test_what_is_left_out_is_left_out_of_the_cost() -> None:
    rows = hours(START, 288)
    day = number_of(date(2025, 10, 25))
    days = DaySums.of(rows, STOCKHOLM).between(day, day + 2).with_cost(Prices.fixed(2))

    assert days.numbers.tolist() == [day, day + 1]
    assert days.sums[:, -2] == pytest.approx(2 * days.sums[:, ELECTRICITY])


def test_days_of_all_months_stay_in_memory(tmp_path: Path) -> None:
    """Two years are looked at again without a file being read."""
    store = HourStore(tmp_path, "Villa")
    for number in range(0, 700, 7):
        store.put((START + number * DAY).date(), hours(START + number * DAY, 24), "a")
    store.write()
    store = HourStore(tmp_path, "Villa")
    stop = START + 700 * DAY
    first = DaySums.joined(store.by_day(START, stop, STOCKHOLM))
    with patch.object(Month, "decode") as decode:
        again = DaySums.joined(store.by_day(START, stop, STOCKHOLM))
        assert not decode.called
    assert again.sums == pytest.approx(first.sums)
    assert np.count_nonzero(first.sums[:, HEAT]) >= 100


def test_a_day_that_is_put_anew_counts_anew(tmp_path: Path) -> None:
    store = HourStore(tmp_path, "Villa")
    store.put(START.date(), hours(START, 24), "a")
    before = DaySums.joined(store.by_day(START, START + DAY, STOCKHOLM))
    store.put(START.date(), 2 * hours(START, 24), "b")
    after = DaySums.joined(store.by_day(START, START + DAY, STOCKHOLM))

    assert after.sums[:, HEAT] == pytest.approx(2 * before.sums[:, HEAT])


def test_another_time_zone_has_other_days(tmp_path: Path) -> None:
    store = HourStore(tmp_path, "Villa")
    store.put(START.date(), hours(START, 24), "a")
    numbers = [
        DaySums.joined(store.by_day(START, START + DAY, zone)).numbers.tolist()
        for zone in (UTC, STOCKHOLM, UTC)
    ]
    day = number_of(START.date())
    assert numbers == [[day], [day, day + 1], [day]]
