"""Candidates told apart by what a heat pump does."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.behaviour import (
    only_counts,
    told_apart,
)
from tests.support.rhythms import apart, on_change

START = pd.Timestamp("2026-01-10", tz="UTC")


@pytest.fixture(params=["polled", "on change"])
def day(request: pytest.FixtureRequest) -> pd.DataFrame:
    """Return a day of 40 min on and 20 min off, as the one or the other store has it."""
    index = pd.date_range(START, periods=2880, freq="30s", name="time")
    on = (np.arange(2880) % 120) < 80
    rows = pd.DataFrame(
        {
            "compressor": on.astype(float),
            "hertz": np.where(on, 55.0, 0.0),
            "warm": np.where(on, 40.0, 33.0),
            "cool": np.where(on, 35.0, 33.0),
            "ground": np.where(on, 3.0, 4.0),
            "colder": np.where(on, -1.0, 4.0),
            "gas": np.where(on, 75.0, 40.0),
            "room": np.full(2880, 21.0),
            "takes": np.where(on, 3000.0, 60.0),
            "freezer": np.where(on, 90.0, 100.0),
        },
        index=index,
    )
    return rows if request.param == "polled" else on_change(apart(rows))


@pytest.mark.parametrize(
    ("candidates", "first"),
    [
        ({"supply_temp": ["warm"], "return_temp": ["cool"]}, ["warm", "cool"]),
        ({"supply_temp": ["cool"], "return_temp": ["warm"]}, ["warm", "cool"]),
        ({"supply_temp": ["room", "warm"], "return_temp": ["cool"]}, ["warm", "cool"]),
        (
            {"brine_in_temp": ["ground"], "brine_out_temp": ["colder"]},
            ["ground", "colder"],
        ),
        (
            {"brine_in_temp": ["colder"], "brine_out_temp": ["ground"]},
            ["ground", "colder"],
        ),
        ({"supply_temp": ["warm"], "hot_gas_temp": ["room", "gas"]}, ["warm", "gas"]),
        ({"supply_temp": ["warm"], "hot_gas_temp": ["room"]}, ["warm", None]),
        ({"power": ["freezer", "takes"]}, ["takes"]),
        ({"power": ["freezer"]}, [None]),
        ({"power": ["unread"]}, ["unread"]),
        ({"supply_temp": ["warm"], "return_temp": ["unread"]}, ["warm", "unread"]),
    ],
)
@pytest.mark.parametrize("compressor", ["compressor", "hertz"])
def test_they_are_told_apart_while_the_compressor_runs(
    day: pd.DataFrame,
    candidates: dict[str, list[str]],
    first: list[str | None],
    compressor: str,
) -> None:
    found = told_apart(day, candidates | {"compressor": [compressor]})
    assert [next(iter(found[metric]), None) for metric in candidates] == first


@pytest.mark.parametrize("compressor", [[], ["unread"], ["room"]])
def test_without_a_compressor_that_starts_and_stops_nothing_is_judged(
    day: pd.DataFrame, compressor: list[str]
) -> None:
    candidates = {
        "supply_temp": ["cool"],
        "return_temp": ["warm"],
        "power": ["freezer"],
        "compressor": compressor,
    }
    assert told_apart(day, candidates) == candidates


def test_an_empty_past_judges_nothing() -> None:
    nothing = pd.DataFrame(index=pd.DatetimeIndex([], tz="UTC", name="time"))
    candidates = {"compressor": ["a"], "power": ["b"]}
    assert told_apart(nothing, candidates) == candidates


def test_time_without_values_is_not_compared(day: pd.DataFrame) -> None:
    """Where an infinity says that there is none, the last one does not stand."""
    half = START + pd.Timedelta(hours=12)
    day.loc[half:, ["warm", "takes"]] = np.nan
    day.loc[day.index[day.index >= half][0], ["warm", "takes"]] = np.inf
    candidates = {
        "compressor": ["compressor"],
        "supply_temp": ["warm"],
        "return_temp": ["cool"],
        "power": ["takes"],
    }
    assert told_apart(day, candidates) == candidates


def test_a_compressor_that_turns_comes_before_one_that_never_does(
    day: pd.DataFrame,
) -> None:
    on = day["hertz"].ffill() > 0
    day["starts"] = 3000.0 + (on & ~on.shift(fill_value=False)).cumsum()
    day["percent"] = 100.0
    candidates = {"compressor": ["starts", "unread", "percent", "hertz", "compressor"]}
    assert told_apart(day, candidates) == {
        "compressor": ["hertz", "compressor", "unread", "percent"]
    }
    assert told_apart(day, {"compressor": ["starts"]}) == {"compressor": []}


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ([3456, 3457, 3458, 3459, 3460], True),
        ([3456, np.nan, 3457, 3458, np.inf, 3460], True),
        # A compressor that runs in cold weather,
        ([30, 45, 60, 55, 70], False),
        ([100, 100, 100, 100, 100], False),
        ([1, 1, 1, 1, 1], False),
        # and one that was off at the start.
        ([0, 30, 45, 60, 70], False),
        ([], False),
    ],
)
def test_what_only_grows_counts(values: list[float], counts: bool) -> None:
    index = pd.date_range(START, periods=len(values), freq="8h", name="time")
    assert only_counts(pd.Series(values, index=index, dtype=float)) is counts


def test_a_speed_may_grow_for_hours() -> None:
    index = pd.date_range(START, periods=5, freq="1h", name="time")
    assert not only_counts(pd.Series([30.0, 40, 50, 60, 70], index=index))
