"""Cost: electricity times the price in force in its window."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.figures import Basis, totals
from custom_components.heatpump_dashboard.analysis.prices import Prices, with_cost

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
    result = totals(with_cost(rows, prices), 300.0 * len(rows), Basis())
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
