"""What is read of an exported entity that was removed or disabled."""

from collections.abc import Mapping
from datetime import timedelta
import math

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources.ended import EndingSource, with_ends
from tests.support.memory_source import MemorySource

BEGIN = pd.Timestamp("2026-11-20T12:00Z")
GONE, OTHER = "sensor.gone", "sensor.other"


def at(minutes: float) -> pd.Timestamp:
    return BEGIN + timedelta(minutes=minutes)


def frame_of(**columns: Mapping[float, float]) -> pd.DataFrame:
    """Return what is stored, by minutes."""
    series = {
        f"sensor.{name}": pd.Series({at(m): v for m, v in values.items()}, dtype=float)
        for name, values in columns.items()
    }
    frame = pd.DataFrame(series).rename_axis("time")
    frame.index = pd.DatetimeIndex(frame.index).as_unit("ns")
    return frame


def points(frame: pd.DataFrame, name: str = GONE) -> dict[float, float]:
    column = frame[name].dropna() if name in frame else pd.Series(dtype=float)
    return {
        round((time - BEGIN).total_seconds() / 60, 2): value
        for time, value in column.items()
    }


@pytest.mark.parametrize(
    ("gone", "spans", "expected"),
    [
        # It ends where it was removed, whether it has said something in the span
        ({3: 35}, [(0, 60)], {3: 35, 30: math.inf}),
        # or not,
        ({}, [(20, 60)], {30: math.inf}),
        # and was in force when a later span began.
        ({-600: 35}, [(40, 60)], {-600: 35, 30: math.inf}),
        ({}, [(40, 60)], {}),
        # Before its end it has not ended.
        ({3: 35}, [(0, 30)], {3: 35}),
        # An integration says something for a while still;
        ({3: 35, 30.5: 36}, [(0, 60)], {3: 35, 30.5: 36, 30.50002: math.inf}),
        # what it says for longer is of one that is there again.
        ({3: 35, 50: 36}, [(0, 60)], {3: 35, 50: 36}),
        ({}, [(0, 10), (20, 40)], {30: math.inf}),
    ],
)
def test_what_has_ended_has_no_value_from_then_on(
    gone: dict[float, float],
    spans: list[tuple[float, float]],
    expected: dict[float, float],
) -> None:
    others = {"other": {0.0: 1.0, 59.0: 2.0}}
    stored = frame_of(**({"gone": gone} if gone else {}), **others)
    asked = [
        (at(start).to_pydatetime(), at(stop).to_pydatetime()) for start, stop in spans
    ]
    found = with_ends(stored, [GONE, OTHER], {GONE: at(30).to_pydatetime()}, asked)
    assert points(found) == {round(k, 2): v for k, v in expected.items()}
    assert points(found, OTHER) == {0: 1, 59: 2}
    assert found.index.is_monotonic_increasing
    assert found.index.is_unique
    assert found.index.name == "time"
    assert str(found.index.dtype) == "datetime64[ns, UTC]"
    assert list(found.columns) == [n for n in (GONE, OTHER) if n in found]


async def test_where_nothing_has_ended_nothing_is_done() -> None:
    stored = frame_of(gone={3: 35})
    source = EndingSource(MemorySource(stored), lambda _: {}, run=None)  # type: ignore[arg-type]
    span = (at(0).to_pydatetime(), at(60).to_pydatetime())
    found = await source.readings("home", [GONE], [span])
    assert points(found) == {3: 35}
