"""What is said of a run that has ended: its COP, and how cold it was outside."""

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.view.events import RunFigures

START = pd.Timestamp("2026-01-22T00:00Z")
NOBODY = pd.DataFrame(index=pd.DatetimeIndex([], tz="UTC"))


def ended(
    minute: float = 60,
    length_s: float | None = 1800,
    kind: Kind = Kind.COMPRESSOR,
    heat: float | None = 4.5,
    electricity: float | None = 1.2,
) -> Event:
    """Return the end of a run, so many minutes after the start."""
    time = START.value // 1_000_000 + round(minute * 60_000)
    return Event(time, kind, 0, 1, length_s, heat, electricity_kwh=electricity)


def outdoors(*celsius: float) -> pd.DataFrame:
    """Return windows with two readings each, NaN = without any."""
    index = pd.date_range(START, periods=len(celsius), freq="300s")
    told = np.isfinite(celsius)
    sums = np.where(told, 2 * np.array(celsius), np.nan)
    columns = {"outdoor_temp|sum": sums, "outdoor_temp|s": 2.0 * told}
    return pd.DataFrame(columns, index=index)


@pytest.mark.parametrize(
    ("basis", "event", "cop"),
    [
        (FigureBasis(), ended(), 3.8),
        (FigureBasis(), ended(heat=None), None),
        (FigureBasis(), ended(electricity=None), None),
        (FigureBasis(), ended(heat=-0.1), None),
        (FigureBasis(), ended(heat=0.1, electricity=0.04), None),
        (FigureBasis(count_kwh=0.1), ended(), 3.8),
        # A counter of whole kWh says nothing of one kWh.
        (FigureBasis(count_kwh=1), ended(), None),
        (FigureBasis(heat_count_kwh=1), ended(), None),
    ],
)
def test_the_cop_of_a_run_is_blank_where_it_cannot_be_said(
    basis: FigureBasis, event: Event, cop: float | None
) -> None:
    assert RunFigures(basis, NOBODY).cop(event) == cop


def test_outdoors_is_the_mean_of_the_run_not_that_of_its_ends() -> None:
    windows = outdoors(*[5] * 6, *[-4] * 5, -10, 5, 5)
    outdoor = RunFigures(FigureBasis(), windows).outdoor

    assert outdoor(ended()) == pytest.approx(-5)
    # What the window of its end still gets does not change it.
    assert outdoor(ended(minute=62, length_s=1920)) == outdoor(ended())


def test_what_is_not_known_outdoors_counts_for_nothing() -> None:
    gap = outdoors(*[0] * 6, -4, np.nan, -6, np.nan, np.nan, np.nan)
    assert RunFigures(FigureBasis(), gap).outdoor(ended()) == pytest.approx(-5)
    silent = outdoors(*[0] * 6, *[np.nan] * 6)
    assert RunFigures(FigureBasis(), silent).outdoor(ended()) is None
    assert RunFigures(FigureBasis(), NOBODY).outdoor(ended()) is None


@pytest.mark.parametrize(
    "event",
    [ended(length_s=None), ended(kind=Kind.BRINE_PUMP), ended(length_s=7200)],
)
def test_a_run_without_a_known_whole_has_no_mean(event: Event) -> None:
    figures = RunFigures(FigureBasis(), outdoors(*[1] * 12))
    assert figures.outdoor(event) is None
