"""The demo's readings: the same at any moment, in the form of a source."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.samples import DROPPED
from custom_components.heatpump_dashboard.profiles import load, recognise
from custom_components.heatpump_dashboard.sources.demo import day, plan, sums, switching
from custom_components.heatpump_dashboard.sources.demo.physics import stored, truth

from .moments import AUTUMN, DAY, every_brand


def forget() -> None:
    """Forget all computed days."""
    day.day.cache_clear()
    plan.plan.cache_clear()
    switching.switching.cache_clear()
    sums.sums.cache_clear()
    sums.before.cache_clear()


@every_brand
def test_any_cutting_of_the_past_gives_the_same_readings(brand: str) -> None:
    start = datetime(2025, 12, 29, 3, 17, 5, tzinfo=UTC)
    stop = start + timedelta(days=6)
    whole, true = stored(brand, start, stop), truth(brand, start, stop)
    cuts = [start, *(start + timedelta(hours=h) for h in (0.01, 7, 31.3, 90, 91)), stop]
    forget()
    backwards = list(pairwise(cuts))[::-1]
    pieces = [(stored(brand, a, b), truth(brand, a, b)) for a, b in backwards]
    pd.testing.assert_frame_equal(pd.concat([s for s, _ in pieces]).sort_index(), whole)
    pd.testing.assert_frame_equal(pd.concat([t for _, t in pieces]).sort_index(), true)


def test_one_moment_alone_is_as_in_the_whole() -> None:
    whole = stored("ivt", AUTUMN, AUTUMN + DAY)
    moment = whole.index[1234]
    forget()
    alone = stored("ivt", moment, moment + timedelta(seconds=1))
    pd.testing.assert_frame_equal(alone, whole.iloc[[1234]])


@every_brand
def test_rows_are_on_the_grid_and_as_a_source_gives_them(brand: str) -> None:
    frame = stored(brand, AUTUMN + timedelta(seconds=1), AUTUMN + DAY)
    assert str(frame.index.dtype) == "datetime64[ns, UTC]"
    assert frame.index.name == "time"
    assert frame.index.is_monotonic_increasing
    assert frame.index.is_unique
    assert set(frame.dtypes) == {np.dtype("float64")}
    assert frame.index[0] == AUTUMN + timedelta(seconds=30)
    assert frame.index[-1] == AUTUMN + DAY - timedelta(seconds=30)
    assert not frame.isna().to_numpy().any()


def test_only_the_wanted_series_in_the_wanted_order() -> None:
    names = ["hot_water_top", "no_such_series", "alarm_code"]
    frame = stored("ivt", AUTUMN, AUTUMN + DAY, names)
    assert list(frame) == ["hot_water_top", "alarm_code"]


def test_nothing_before_the_pump_was_built_and_in_an_empty_span() -> None:
    old = datetime(2019, 6, 1, tzinfo=UTC)
    assert stored("nibe", old, old + DAY).empty
    assert stored("nibe", AUTUMN, AUTUMN).empty
    assert str(stored("nibe", AUTUMN, AUTUMN).index.dtype) == "datetime64[ns, UTC]"


@every_brand
def test_series_are_the_brands_own(brand: str) -> None:
    frame = stored(brand, AUTUMN, AUTUMN + DAY)
    profile = load(brand)
    assert set(frame) <= profile.series_names
    assert recognise(frame.columns) == brand
    normal = {rule.candidates[0].name for rule in profile.metrics.values()}
    assert normal <= set(frame)


# What the demo's alarms are called; a gateway that keeps the last one has no 0.
CODES = {"thermia": {0, 1, 8, 16}, "ivt": {14, 18, 19}, "nibe": {0, 51, 54, 60}}
# The collector stored units until then, and has stored the gateway's tenths since.
CHANGED = datetime(2025, 12, 17, tzinfo=UTC)


@every_brand
def test_the_past_is_in_the_scales_that_were_stored_then(brand: str) -> None:
    """Read by the brand's rules it is the same physics before and after that day."""
    profile = load(brand)
    start, stop = CHANGED - 40 * DAY, CHANGED + 40 * DAY
    raw = stored(brand, start, stop)
    read = clean(raw, choose_series(raw, profile, {}))
    true = truth(brand, start, stop).reindex(read.index)

    assert DROPPED not in read
    for part in (read[read.index < CHANGED], read[read.index >= CHANGED]):
        codes = set(part["alarm_code"].unique())
        assert codes <= CODES[brand]
        assert len(codes) > 1
    if "degree_minutes" in read:
        far = (read["degree_minutes"] - true["degree_minutes"]).abs()
        assert far.max() <= 0.5
    if "heat_energy" in read:
        assert (read["heat_energy"] - true["heat_kwh"]).abs().max() <= 0.11
