"""What hours cost where the price has quarters of them: the same as of the windows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
import time
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.prices import (
    COST,
    PRICED,
    Prices,
    with_cost,
)
from custom_components.heatpump_dashboard.analysis.quarters import (
    QUARTERS,
    all_quarters,
)
from custom_components.heatpump_dashboard.analysis.windows import LEDGER
from custom_components.heatpump_dashboard.history.days import COLUMNS, DaySums
from custom_components.heatpump_dashboard.history.statistics.rows import changes_of
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.history.subject import _priced
from custom_components.heatpump_dashboard.pump.hours import hours_of
from custom_components.heatpump_dashboard.pump.memory import Records
from custom_components.heatpump_dashboard.pump.tables import no_rows

from .common import DAY, STOCKHOLM

# The clock is put back on the 25th of October.
START = datetime(2026, 10, 23, tzinfo=UTC)
DAYS = 4
HOUR = timedelta(hours=1)


def windows(kwh: np.ndarray, start: datetime = START) -> pd.DataFrame:
    """Return windows with their electricity; those of NaN are not there at all."""
    index = pd.date_range(start, periods=len(kwh), freq="300s", name="time")
    columns = {name: np.where(name == "electricity_kwh", kwh, 0.0) for name in LEDGER}
    return pd.DataFrame(columns, index=index.as_unit("ns"))[np.isfinite(kwh)]


def hours(ledger: pd.DataFrame) -> pd.DataFrame:
    """Return the hours of windows, as the history keeps them."""
    records = Records(no_rows(), no_rows(), ledger, no_rows(), {})
    return hours_of(records, START - 99 * DAY, START + 99 * DAY)


def by_quarter(values: np.ndarray) -> Prices:
    times = START.timestamp() + 900.0 * np.arange(len(values))
    told = [None if np.isnan(value) else value for value in values.tolist()]
    return Prices.of(list(zip(times.tolist(), told, strict=True)))


# All of an hour is used in its first quarter, which is cheap.
CHEAP = windows(np.tile(np.repeat([1 / 3, 0.0], [3, 9]), 24 * DAYS))
DEAR = by_quarter(np.tile([0.1, 2.0, 2.0, 2.0], 24 * DAYS))


def day_costs(rows: pd.DataFrame, prices: Prices) -> list[list[float]]:
    """Return cost and priced electricity of each day."""
    days = DaySums.of(rows, STOCKHOLM).with_cost(prices)
    places = [list(days.columns).index(name) for name in (COST, PRICED)]
    costs: list[list[float]] = days.sums[:, places].tolist()
    return costs


def window_costs(ledger: pd.DataFrame, prices: Prices) -> pd.DataFrame:
    priced = with_cost(ledger, prices)[[COST, PRICED]]
    return priced.groupby(ledger.index.tz_convert(STOCKHOLM).date).sum()


def test_a_cheap_quarter_is_cheap_in_the_history_too() -> None:
    rows = hours(CHEAP)
    assert window_costs(CHEAP, DEAR)[COST].iloc[1] == pytest.approx(2.4)
    assert day_costs(rows, DEAR)[1] == pytest.approx([2.4, 24.0])
    written = changes_of(rows, COST, DEAR)
    assert written.values == pytest.approx(np.full(len(rows), 0.1))
    assert _priced(rows, DEAR)[COST].sum() == pytest.approx(0.1 * len(rows))


@pytest.mark.parametrize("gaps", [0.0, 0.1, 0.6])
@pytest.mark.parametrize("unknown", [0.0, 0.2])
def test_days_cost_what_their_windows_cost(gaps: float, unknown: float) -> None:
    """Also prices below zero or not known, hours that are partly known, a longer day."""
    random = np.random.default_rng(7)
    kwh = random.exponential(0.1, 288 * DAYS)
    kwh[random.random(len(kwh)) < gaps] = np.nan
    price = random.normal(0.5, 1.0, 96 * DAYS)
    price[random.random(len(price)) < unknown] = np.nan
    ledger, prices = windows(kwh), by_quarter(price)

    expected = window_costs(ledger, prices)
    assert (price < 0).any()
    assert np.array(day_costs(hours(ledger), prices)) == pytest.approx(
        expected.to_numpy()
    )


def test_quarters_add_up_to_their_hours() -> None:
    random = np.random.default_rng(1)
    rows = hours(windows(random.exponential(0.1, 288 * DAYS)))
    electricity = rows["electricity_kwh"].to_numpy()
    quarters = all_quarters(electricity, rows[list(QUARTERS)].to_numpy())
    assert quarters.sum(axis=1) == pytest.approx(electricity)
    assert quarters.min() >= 0


def test_hours_without_quarters_are_paid_by_the_mean_of_the_hour(
    tmp_path: Path,
) -> None:
    """Those of before, until they are read again; also beside others in one file."""
    store = HourStore(tmp_path, "Villa")
    for number in range(DAYS):
        day = START + number * DAY
        rows = hours(CHEAP).loc[day : day + DAY - HOUR]
        kept = rows.drop(columns=list(QUARTERS)) if number < 2 else rows
        store.put(day.date(), kept, "a")
    store.write()
    again = HourStore(tmp_path, "Villa")
    again.open()
    found = DaySums.joined(again.by_day(START, START + DAYS * DAY, ZoneInfo("UTC")))
    costs = found.with_cost(DEAR).sums[:, len(COLUMNS)]
    assert costs == pytest.approx([36.6, 36.6, 2.4, 2.4])


def test_days_of_parts_cost_the_same() -> None:
    rows = hours(CHEAP)
    parts = [DaySums.of(part, STOCKHOLM) for part in (rows[29:], rows[:29])]
    joined = DaySums.joined(parts)
    whole = joined.with_cost(DEAR).sums[:, len(COLUMNS)]
    assert whole == pytest.approx([cost for cost, _ in day_costs(rows, DEAR)])
    number = int(joined.numbers[1])
    some = joined.between(number, number + 1).with_cost(DEAR)
    assert some.sums[0, len(COLUMNS)] == pytest.approx(whole[1])


def test_days_of_two_years_are_paid_by_quarters_at_once() -> None:
    count = 2 * 365 * 24
    index = pd.date_range(START - count * HOUR, periods=count, freq="h", name="time")
    kwh = {"electricity_kwh": 1.0} | dict.fromkeys(QUARTERS, 0.25)
    days = DaySums.of(pd.DataFrame(kwh, index=index), STOCKHOLM)
    times = index[0].timestamp() + 900.0 * np.arange(4 * count)
    prices = Prices(times, np.arange(4.0 * count) % 7)
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        days.with_cost(prices)
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.05
