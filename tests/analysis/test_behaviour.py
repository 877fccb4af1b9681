"""Candidates told apart by what a heat pump does."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.behaviour import told_apart
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
