"""The readings of a span, as they are drawn: each row holds until the next."""

from datetime import datetime, timedelta
from pathlib import Path
import re

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.samples import LEAST_HOLD_S
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.limits import STALE
from custom_components.heatpump_dashboard.pump.memory import PumpMemory
from custom_components.heatpump_dashboard.view.ranges import Span, grid
from custom_components.heatpump_dashboard.view.readings import (
    _DRAWN,
    count_between,
    readings_of,
)
from custom_components.heatpump_dashboard.view.tables import Table
from tests.support.memory_source import thermia
from tests.support.pump_entry import NOW
from tests.support.rhythms import on_change

# The last reading is of 14:30:00.
START = NOW.replace(hour=13, minute=30, second=0)


def stored(step_s: int = 30) -> pd.DataFrame:
    """Return two days in which the outdoor air is another with each reading."""
    rows = thermia(NOW - timedelta(days=2), NOW, step_s=step_s)
    rows["outdoor_temp"] += np.arange(len(rows)) % 2
    return rows


def shown(rows: pd.DataFrame, span: str = "1h") -> Table:
    """Return the table of readings of a range, as it would be sent."""
    profile = load("thermia")
    memory = PumpMemory(profile, Equipment.of(profile, {}))
    memory.take_in(rows, rows.index[0].to_pydatetime(), NOW)
    records = memory.records
    assert records.last is not None
    of = grid(
        Span(span),
        records.last.timestamp(),
        NOW.timestamp(),
        records.fresh.total_seconds(),
    )
    return readings_of(records, records.extremes, of)


def without(rows: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """Return the rows but those of today from a time of day up to another."""
    lost = (rows.index >= f"2026-01-22 {first}Z") & (rows.index < f"2026-01-22 {last}Z")
    return rows[~lost]


def empty(table: Table) -> list[str]:
    """Return when rows begin in which nothing is known."""
    known = ~np.isnan(np.array(list(table.columns.values()))).all(axis=0)
    return [
        f"{time:%H:%M:%S}" for time in pd.to_datetime(table.time[~known], unit="ms")
    ]


def test_rows_that_follow_one_another_are_sent_as_they_are() -> None:
    rows = stored()
    table = shown(rows)
    assert not empty(table)
    assert table.time.tolist() == [
        time.timestamp() * 1000 for time in rows.index[rows.index >= START]
    ]


def test_an_empty_row_says_since_when_nothing_is_known() -> None:
    table = shown(without(stored(), "13:40", "13:55"))
    # The last before it is of 13:39:30, and holds for three intervals.
    assert empty(table) == ["13:41:00"]
    # Nobody knows how long the last of all holds.
    table = shown(without(stored(), "13:40", "15:00"))
    assert empty(table) == ["13:39:30"]


def test_what_holds_at_the_start_is_known_from_the_start_on() -> None:
    rows = stored()
    quiet = shown(on_change(without(rows, "13:22", "13:36")))
    assert not empty(quiet)
    assert quiet.time[:2].tolist() == [milliseconds(START), milliseconds(START, 6)]
    # Where nothing held there, it is not known.
    lost = shown(without(rows, "13:22", "13:36"))
    assert lost.time[0] == milliseconds(START, 6)


def test_a_silence_of_what_is_on_change_is_no_gap_before_its_time() -> None:
    rows = stored()
    assert not empty(shown(on_change(without(rows, "13:41", "13:54"))))
    # For an hour it may have been quiet, longer it is not known to live.
    late = shown(on_change(without(rows, "12:35", "13:50")), "6h")
    assert empty(late) == ["12:49:30"]


@pytest.mark.parametrize("step_s", [300, 600, 900])
def test_a_slow_collector_has_no_gaps(step_s: int) -> None:
    table = shown(stored(step_s))
    assert not empty(table)
    assert table.time[0] == milliseconds(START)


def test_means_begin_with_what_holds_at_the_start() -> None:
    rows = stored()
    clock = pd.DatetimeIndex(rows.index).strftime("%H:%M")
    is_lost = (rows.index < NOW - timedelta(hours=20)) & (
        (clock >= "14:22") & (clock < "14:36")
    )
    table = shown(on_change(rows[~is_lost]), "24h")
    assert table.time[0] == milliseconds(START, 60) - 86_400_000
    assert not np.isnan(table.columns["supply_temp"][:3]).any()


def milliseconds(time: datetime, minutes: int = 0) -> int:
    return round((time + timedelta(minutes=minutes)).timestamp() * 1000)


def test_readings_of_a_span_are_counted() -> None:
    start, end = START.timestamp(), START.timestamp() + 600
    assert count_between(stored(), start, end) == 20
    assert count_between(stored().iloc[:0], start, end) == 0


def test_the_panel_knows_the_same_limits() -> None:
    """What it draws from the start on, and from when on a reading is old."""
    rows, stale = (
        Path(f"frontend/src/{name}.ts").read_text()
        for name in ("charts/rows", "data/stale")
    )
    assert f"AT_ONCE = {LEAST_HOLD_S * 1000:_.0f};" in rows
    assert f"STALE_AFTER_S = {STALE.total_seconds():.0f};" in stale


def test_every_temperature_that_a_chart_names_is_sent() -> None:
    charts = Path(__file__).parents[2] / "frontend" / "src" / "charts"
    sources = [path.read_text(encoding="utf-8") for path in charts.rglob("*.ts")]
    named = set(re.findall(r'"([a-z_]+_temp)"', "".join(sources)))
    assert len(named) > 5
    assert named <= set(_DRAWN)
