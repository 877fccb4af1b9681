"""Cost: electricity times the price in force in its window."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.testing import assert_allclose
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.figures import totals, totals_of
from custom_components.heatpump_dashboard.analysis.prices import Prices, with_cost
from tests.support.cases import read_cases

# The browser's test has the same.
SHARED = read_cases("period_cost")
START = datetime(2026, 1, 22, tzinfo=UTC)
T0 = START.timestamp()


def windows(*kwh: float) -> pd.DataFrame:
    """Return windows of five minutes with so much electricity, all of it known."""
    index = pd.date_range(START, periods=len(kwh), freq="5min", name="time")
    return pd.DataFrame(
        {
            "electricity_kwh": kwh,
            "heat_kwh": [4 * value for value in kwh],
            "heating_s": 300.0,
            "energy_s": 300.0,
            "running_known_s": 300.0,
        },
        index=index,
    )


def figures(rows: pd.DataFrame, prices: Prices | None) -> tuple[float, float]:
    result = totals(with_cost(rows, prices), 300.0 * len(rows), FigureBasis())
    return result["cost"], result["cost_per_heat_kwh"]


def test_each_window_has_the_price_in_force_in_it() -> None:
    prices = Prices.of([(T0, 1.0), (T0 + 600, 3.0)])
    priced = with_cost(windows(0.1, 0.2, 0.3, 0.4), prices)
    assert priced["cost"].tolist() == pytest.approx([0.1, 0.2, 0.9, 1.2])
    assert figures(windows(0.1, 0.2, 0.3, 0.4), prices) == (
        pytest.approx(2.4),
        pytest.approx(2.4 / 4),
    )


def test_a_price_that_comes_some_seconds_late_counts_from_then_on() -> None:
    """Not the old price for the whole of the window that it changes in."""
    prices = Prices.of([(T0, 1.0), (T0 + 303, 3.0)])
    priced = with_cost(windows(1.0, 1.0), prices)
    assert priced["cost"].tolist() == pytest.approx([1.0, (3 + 297 * 3) / 300])


def test_a_fixed_price_is_in_force_always() -> None:
    assert figures(windows(1.0, 2.0), Prices.fixed(1.5))[0] == pytest.approx(4.5)


def test_a_negative_price_is_a_price() -> None:
    assert figures(windows(2.0), Prices.fixed(-0.1))[0] == pytest.approx(-0.2)


def test_no_price_is_no_cost() -> None:
    assert figures(windows(1.0), None) == (None, None)
    assert "cost" not in with_cost(windows(1.0), None)
    assert figures(windows(1.0), Prices.of([])) == (None, None)


def test_nothing_known_of_the_electricity_is_no_cost() -> None:
    rows = windows(1.0).drop(columns="energy_s")
    assert figures(rows, Prices.fixed(1.0))[0] is None


@pytest.mark.parametrize(("unpriced", "cost"), [(0.04, 0.96), (0.06, None)])
def test_cost_needs_the_price_of_nearly_all_electricity(
    unpriced: float, cost: float | None
) -> None:
    prices = Prices.of([(T0, None), (T0 + 300, 1.0)])
    rows = windows(unpriced, 1 - unpriced)
    assert figures(rows, prices)[0] == (cost and pytest.approx(cost))


def test_a_price_that_is_away_for_a_moment_is_that_of_the_rest_of_the_window() -> None:
    prices = Prices.of([(T0, 2.0), (T0 + 100, None), (T0 + 130, 2.0)])
    assert with_cost(windows(1.0), prices)["cost"].tolist() == pytest.approx([2.0])


def test_steps_may_come_in_any_order_and_one_more_replaces_what_follows() -> None:
    prices = Prices.of([(T0 + 300, 3.0), (T0, 1.0), (T0 + 900, 9.0)])
    later = prices.then(T0 + 600, 5.0)
    assert later.times.tolist() == [T0, T0 + 300, T0 + 600]
    means = later.means(T0 + np.array([-600.0, 0, 300, 600, 900]), 300)
    assert np.isnan(means[0])
    assert means[1:].tolist() == pytest.approx([1, 3, 5, 5])


def test_costs_of_parts_add_up() -> None:
    rng = np.random.default_rng(5)
    rows = windows(*rng.random(288))
    changes = T0 + np.sort(rng.integers(0, 86400, 40)).astype(float)
    prices = Prices.of(list(zip(changes, rng.normal(size=40), strict=True)))
    whole = with_cost(rows, prices)
    parts = [with_cost(rows.iloc[i : i + 7], prices) for i in range(0, 288, 7)]
    pd.testing.assert_frame_equal(pd.concat(parts), whole, check_freq=False)

    moments = np.arange(T0, T0 + 86400).reshape(-1, 300)
    steps = np.searchsorted(changes, moments, side="right") - 1
    price = np.where(steps < 0, np.nan, prices.values[steps])
    known = np.isfinite(price).any(axis=1)
    expected = np.nanmean(price[known], axis=1) * rows["electricity_kwh"][known]
    assert whole["cost"][known].to_numpy() == pytest.approx(expected.to_numpy())
    assert not whole["priced_kwh"][~known].any()


def test_what_cannot_be_a_price_is_not_known() -> None:
    for value in (float("nan"), float("inf"), -float("inf"), 1e308, -1e308):
        prices = Prices.of([(T0, 1.0), (T0 + 300, value), (T0 + 600, 2.0)])
        later = Prices.of([(T0, 1.0)]).then(T0 + 300, value).then(T0 + 600, 2.0)
        starts = np.array([T0, T0 + 300, T0 + 600], dtype="float64")
        for known in (prices, later):
            assert_allclose(known.means(starts, 300), [1.0, np.nan, 2.0])
        assert np.isnan(Prices.fixed(value).values).all()


@pytest.mark.parametrize("one_by_one", [True, False])
@pytest.mark.parametrize("gaps", [0.0, 0.3])
def test_many_steps_are_few_with_the_same_means(one_by_one: bool, gaps: float) -> None:
    """A flapping entity: the windows cost what they cost, in few steps."""
    rng = np.random.default_rng(1)
    times = np.floor(T0 + np.cumsum(rng.exponential(7.0, size=3000)))
    times = np.unique(times)
    values = rng.normal(size=len(times))
    values[rng.random(len(times)) < gaps] = np.nan
    exact = Prices(times, values)
    steps = list(zip(times.tolist(), values.tolist(), strict=True))
    if one_by_one:
        few = Prices.of([])
        for step in steps:
            few = few.then(*step)
    else:
        few = Prices.of(steps)
    starts = np.arange(T0, times[-1] + 900, 300, dtype="float64")
    assert_allclose(few.means(starts, 300), exact.means(starts, 300), atol=1e-9)
    # The last window is still going on.
    still = int((times >= times[-1] // 300 * 300).sum())
    assert len(few.times) <= 2 * len(starts) + still


def test_one_more_leaves_years_of_others_as_they_are() -> None:
    """But for the window that it ends: that is told in few steps from then on."""
    times = T0 + 900.0 * np.arange(5000)
    flaps = times[-1] + 300 + np.arange(0, 250, 10.0)
    steps = np.concatenate([times, flaps])
    values = np.random.default_rng(2).normal(size=len(steps))
    exact = Prices(steps, values)
    few = exact.then(flaps[-1] + 100, 1.0)

    assert few.times[:5000].tolist() == times.tolist()
    assert len(few.times) == 5003
    assert few.values[:5000].tolist() == values[:5000].tolist()
    starts = np.array([times[-1], times[-1] + 300])
    assert_allclose(few.means(starts, 300), exact.means(starts, 300))


def test_a_price_told_many_times_a_second_counts_as_it_was_last_told() -> None:
    prices = Prices.of([(T0, 1.0)])
    for tick in range(1000):
        prices = prices.then(T0 + 60 + tick / 1000, float(tick % 2))
    prices = prices.then(T0 + 120.5, 4.0)
    assert prices.times.tolist() == [T0, T0 + 60, T0 + 120]
    assert prices.values.tolist() == [1.0, 1.0, 4.0]


def test_what_was_in_force_before_is_kept_and_the_rest_forgotten() -> None:
    prices = Prices.of([(T0 + 300 * n, float(n)) for n in range(10)])
    kept = prices.since(T0 + 1000)
    assert kept.times[0] == T0 + 900
    starts = np.array([T0 + 900, T0 + 1200], dtype="float64")
    assert_allclose(kept.means(starts, 300), prices.means(starts, 300))
    assert Prices.of([]).since(T0).times.size == 0
    assert prices.since(T0 - 1).times[0] == T0


def test_the_past_is_put_before_what_was_told() -> None:
    past = Prices.of([(T0, 1.0), (T0 + 300, 2.0), (T0 + 900, 9.0)])
    live = Prices.of([(T0 + 600, 3.0)])
    assert past.followed_by(live).values.tolist() == [1.0, 2.0, 3.0]
    assert past.followed_by(Prices.of([])).values.tolist() == [1.0, 2.0, 9.0]


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["name"])
def test_the_cost_of_days_is_blank_without_enough_prices(case: dict[str, Any]) -> None:
    names = ("electricity_kwh", "priced_kwh", "cost")
    sums = {name: sum(value or 0.0 for value in case[name]) for name in names}
    covered = {"idle_s": 86400.0, "energy_s": 86400.0, "idle_known_s": 86400.0}
    found = totals_of({**sums, **covered}, 86400.0, FigureBasis())
    cost, priced_kwh = found["cost"], found["priced_kwh"]
    price = None if cost is None else cost / priced_kwh
    assert {"cost": cost, "price": price} == case["expected"]
    assert (priced_kwh is None) == (cost is None)
