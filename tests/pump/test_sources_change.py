"""A source that begins, or ends, while all else runs: polled, and after a restart."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import basis_of
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory, Records
from tests.support.memory_source import thermia

PROFILE = load("thermia")
EQUIPMENT = Equipment.of(PROFILE, {"flow_factor": 2.7})
START = datetime(2026, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
END = START + 5 * DAY
POWER, RETURN = "power_consumption", "radiator_return"


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    return thermia(START - 3 * HOUR, END, step_s=60)


def _polled(stored: pd.DataFrame) -> Records:
    """Return what is known of the last day after a first load and its polls."""
    memory, begun = PumpMemory(PROFILE, EQUIPMENT), END - DAY
    edges = [*pd.date_range(begun, END, freq="20min")]
    memory.take_in(_of(stored, START - CONTEXT, begun), START - CONTEXT, begun)
    for since, now in pairwise(edges):
        memory.take_in(_of(stored, since, now), START - CONTEXT, now)
    return memory.records


def _restarted(stored: pd.DataFrame) -> Records:
    """Return what is known after a load of two days, and the days before read back."""
    memory, first = PumpMemory(PROFILE, EQUIPMENT), END - 2 * DAY
    memory.take_in(_of(stored, first - CONTEXT, END), first - CONTEXT, END)
    for day in range(1, 4):
        start = first - day * DAY
        part = _of(stored, start - CONTEXT, start + DAY)
        memory.add_past(part, start, start + DAY)
    return memory.records


def _of(stored: pd.DataFrame, start: datetime, stop: datetime) -> pd.DataFrame:
    """Return the rows of a span; a series without values there is not stored."""
    rows = stored[(stored.index >= start) & (stored.index < stop)]
    return rows.dropna(axis=1, how="all")


def _figures(records: Records, start: datetime, stop: datetime) -> dict[str, float]:
    rows = records.ledger
    rows = rows[(rows.index >= start) & (rows.index < stop)]
    basis = basis_of(records, EQUIPMENT)
    return totals(rows, (stop - start).total_seconds(), basis)


@pytest.mark.parametrize("read", [_polled, _restarted])
@pytest.mark.parametrize("series", [POWER, RETURN])
@pytest.mark.parametrize("begins", [True, False], ids=["begins", "ends"])
def test_a_cop_is_never_one_of_what_is_known_alone(
    stored: pd.DataFrame, series: str, begins: bool, read: object
) -> None:
    """What is there of each energy is told of it, and the COP is that of both."""
    assert callable(read)
    whole = _figures(read(stored), START, END)
    changes = END - (20 if begins else 5) * HOUR if read is _polled else START + 2 * DAY
    rows = stored.copy()
    rows.loc[(rows.index < changes) == begins, series] = np.nan
    records = read(rows)

    dark = (START, changes) if begins else (changes + HOUR, END)
    lost, kept = ("electricity_kwh", "heat_kwh")[:: 1 if series == POWER else -1]
    alone = _figures(records, *dark)
    assert alone[lost] is None
    assert alone["cop_system"] is alone["cop_compressor"] is None
    assert alone[kept] == pytest.approx(_figures(read(stored), *dark)[kept], rel=0.05)
    for first in (START, END - DAY):
        found = _figures(records, first, END)
        for name in ("cop_compressor", "cop_system"):
            if found[name] is not None:
                assert found[name] == pytest.approx(whole[name], rel=0.1)
