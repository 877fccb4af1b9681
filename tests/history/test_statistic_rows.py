"""What of the hours is written into statistics, and what is there already."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.prices import COST, Prices
from custom_components.heatpump_dashboard.analysis.quarters import QUARTERS
from custom_components.heatpump_dashboard.history.statistics.rows import (
    Rows,
    changes_of,
    filled,
    means_edit,
    means_of,
    sums_edit,
)

HOUR = 3600.0


def rows(first: int, *values: float) -> Rows:
    starts = HOUR * np.arange(first, first + len(values))
    return Rows(starts, np.array(values, dtype=float)[:, None])


def changes(first: int, *values: float) -> Rows:
    sums = rows(first, *values)
    return Rows(sums.starts, sums.values[:, 0])


NOTHING = rows(0)


def hours(**columns: list[float]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    index = pd.date_range("2026-01-01", periods=count, freq="h", tz="UTC")
    return pd.DataFrame(columns, index=index)


def test_sums_grow_by_the_changes_up_to_the_level() -> None:
    edit, before = sums_edit(NOTHING, changes(0, 1.0, 2.0, -0.5), 10.0)
    assert edit.write.values[:, 0].tolist() == [8.5, 10.5, 10.0]
    assert edit.write.starts.tolist() == [0.0, HOUR, 2 * HOUR]
    assert before == pytest.approx(7.5)
    assert not len(edit.forget)
    assert edit.lift == 0


def test_what_is_right_is_left_as_it_is() -> None:
    edit, before = sums_edit(rows(0, 8.5, 10.5), changes(0, 1.0, 2.0), 10.5)
    assert not edit
    assert before == pytest.approx(7.5)


def test_what_is_right_but_for_a_constant_lifts_what_follows() -> None:
    edit, before = sums_edit(rows(0, 8.5, 10.5), changes(0, 1.0, 2.0), 10.0)
    assert edit
    assert edit.lift == pytest.approx(0.5)
    assert not len(edit.write.starts)
    assert before == pytest.approx(7.5)


def test_an_hour_that_is_known_no_more_is_removed() -> None:
    edit, before = sums_edit(rows(0, 8.5, 9.0, 10.5), changes(1, 2.0), 10.5)
    assert edit.forget.tolist() == [0.0, 2 * HOUR]
    assert edit.write.values[:, 0].tolist() == [10.5]
    assert before == pytest.approx(8.5)


def test_a_changed_hour_changes_those_before_it() -> None:
    had = rows(0, 1.0, 3.0, 6.0)
    edit, before = sums_edit(had, changes(0, 1.0, 2.5, 3.0), 6.0)
    assert edit.write.starts.tolist() == [0.0]
    assert edit.write.values[:, 0].tolist() == [0.5]
    assert before == pytest.approx(-0.5)


def test_a_span_without_hours_changes_nothing() -> None:
    edit, before = sums_edit(NOTHING, changes(0), 3.0)
    assert not edit
    assert before == 3.0


def test_means_that_differ_are_written() -> None:
    three = np.array([[1.0, 0.0, 2.0], [2.0, 1.0, 3.0]])
    had = Rows(np.array([0.0, HOUR]), three)
    assert not means_edit(had, Rows(had.starts, three + 1e-4))
    edit = means_edit(had, Rows(np.array([HOUR, 2 * HOUR]), three))
    assert edit.write.starts.tolist() == [HOUR, 2 * HOUR]
    assert edit.forget.tolist() == [0.0]


def test_mean_minimum_and_maximum_are_those_of_the_hour() -> None:
    found = means_of(
        hours(
            **{
                "supply_temp|sum": [36000.0, 72000.0, 0.0],
                "supply_temp|s": [3600.0, 1800.0, 0.0],
                "supply_temp|min": [8.0, np.nan, np.nan],
                "supply_temp|max": [12.0, np.nan, np.nan],
            }
        ),
        "supply_temp",
    )
    # Into the second hour a reading held, and the third one knows nothing.
    assert found.values.tolist() == [[10.0, 8.0, 12.0], [40.0, 40.0, 40.0]]


def test_a_metric_that_is_not_reported_has_no_hours() -> None:
    assert not len(means_of(hours(heat_kwh=[1.0]), "outdoor_temp").starts)


def test_cost_is_not_known_where_the_price_is_not() -> None:
    used = hours(electricity_kwh=[1.0, 2.0, 0.0])
    begins = used.index[1].timestamp()
    cost = changes_of(used, COST, Prices.of([(begins, 2.0)]))
    assert np.isnan(cost.values[0])
    assert cost.values[1:].tolist() == [4.0, 0.0]
    assert np.isnan(changes_of(used, COST, None).values).all()


def test_an_hour_half_of_which_has_a_price_has_no_cost() -> None:
    quarters = {name: [0.5, 0.5] for name in QUARTERS}
    used = hours(electricity_kwh=[2.0, 2.0], **quarters)
    begins = used.index[0].timestamp() + HOUR / 2
    cost = changes_of(used, COST, Prices.of([(begins, 2.0)]))
    assert np.isnan(cost.values[0])
    assert cost.values[1] == 4.0


def test_what_is_counted_of_hours_whose_readings_are_gone_is_added() -> None:
    used = hours(electricity_kwh=[np.nan, 2.0], counted_electricity_kwh=[1.5, np.nan])
    assert changes_of(used, "electricity_kwh", None).values.tolist() == [1.5, 2.0]
    cost = changes_of(used, COST, Prices.fixed(2.0))
    assert cost.values.tolist() == [3.0, 4.0]


def test_a_cost_that_is_known_no_more_stays_as_it_was_written() -> None:
    had = rows(1, 5.0, 8.0)
    unknown = changes(0, np.nan, np.nan, np.nan, 1.0)
    kept = filled(unknown, had, 3.0)
    assert kept.starts.tolist() == [HOUR, 2 * HOUR, 3 * HOUR]
    assert kept.values.tolist() == [2.0, 3.0, 1.0]
