"""The rows of the ledger: rounded, and yet what the figures of the span are parts of."""

from datetime import datetime, timedelta
from functools import cache

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.prices import Prices
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.memory import PumpMemory, Records
from custom_components.heatpump_dashboard.view.ranges import Span, grid
from custom_components.heatpump_dashboard.view.snapshot import Snapshot, build
from custom_components.heatpump_dashboard.view.tables import rounded_sums
from tests.support.memory_source import thermia
from tests.support.pump_entry import NOW

ENERGIES = ("electricity_kwh", "heat_kwh", "compressor_electricity_kwh")
PROFILE = load("thermia")
EQUIPMENT = Equipment.of(PROFILE, {})


@cache
def records(standby: float) -> Records:
    """Return a month that takes so much (W) at rest, and runs twice a day."""
    rows = thermia(NOW - timedelta(days=32), NOW, step_s=120, cycle_min=720)
    rests = rows["compressor_status"] == 0
    rows["power_consumption"] = rows["power_consumption"].mask(rests, standby)
    memory = PumpMemory(PROFILE, EQUIPMENT)
    memory.take_in(rows, rows.index[0].to_pydatetime(), NOW)
    return memory.records


def shown(
    of: Records,
    span: Span,
    now: datetime = NOW,
    *,
    since: float = 0.0,
    hours: pd.DataFrame | None = None,
) -> Snapshot:
    """Return what is shown of a span at a moment, with a price since then."""
    return build(
        pump="p",
        range_=span.range,
        grid=grid(span, now.timestamp(), now.timestamp()),
        records=of,
        equipment=EQUIPMENT,
        prices=Prices.of([(since, 2.0)]),
        hours=hours,
        status={},
        profile=PROFILE,
        language="en",
    )


@pytest.mark.parametrize("standby", [4.0, 14.0, 60.0])
@pytest.mark.parametrize("name", ["24h", "7d", "30d"])
def test_rows_add_up_to_the_figures(name: str, standby: float) -> None:
    """However little a row has: what rounding takes of it the next one gets."""
    snapshot = shown(records(standby), Span(name))
    ledger, totals = snapshot.ledger.columns, snapshot.totals
    for column in ENERGIES:
        assert ledger[column].sum() == pytest.approx(totals[column], abs=0.011), column
    assert ledger["cost"].sum() == pytest.approx(totals["cost"], abs=2e-4)
    assert totals["cost"] == pytest.approx(2 * totals["electricity_kwh"], abs=1e-3)


def test_a_row_is_the_same_while_the_span_moves_on() -> None:
    """So that viewers are sent what is new, and not all of it again."""
    of = records(14.0)
    for name in ("24h", "7d", "30d"):
        earlier, later = (
            shown(of, Span(name), NOW - timedelta(hours=hours)) for hours in (3, 1)
        )
        first = np.searchsorted(earlier.ledger.time, later.start)
        assert first
        both = len(earlier.ledger.time) - int(first) - 1
        for column, values in later.ledger.columns.items():
            before = earlier.ledger.columns[column][first : first + both]
            assert before.tolist() == values[:both].tolist(), (name, column)


def test_what_is_rounded_off_goes_to_the_next_row() -> None:
    assert rounded_sums(pd.Series([0.014] * 7), 2).tolist() == [
        *(0.01, 0.02, 0.01, 0.02, 0.01, 0.01, 0.02)
    ]
    # One that has nothing gets nothing, one that is not known stays so.
    values = pd.Series([0.014, 0.0, np.nan, 0.014, -0.006])
    assert str(rounded_sums(values, 2).tolist()) == "[0.01, 0.0, nan, 0.02, -0.01]"


def test_a_row_of_which_the_price_is_not_known_has_no_cost() -> None:
    """As the figures: blank where it is of less than 95 % of the electricity."""
    since = NOW.replace(minute=10, second=0).timestamp()
    ledger = shown(records(60.0), Span("7d"), since=since).ledger
    place = int(np.searchsorted(ledger.time, since * 1000))
    cost = ledger.columns["cost"]
    assert np.isnan(cost[:place]).all()
    assert not np.isnan(cost[place:]).any()
    # In the row before, it is known for the last five minutes of a quarter.
    assert ledger.time[place - 1] / 1000 == since - 600


def test_counted_hours_without_a_price_have_no_cost() -> None:
    end = NOW.replace(minute=0, second=0)
    start = end - timedelta(days=40)
    index = pd.date_range(start, end, freq="h", inclusive="left", name="time")
    hours = pd.DataFrame({"counted_electricity_kwh": 1.0}, index.as_unit("ns"))
    span = Span(None, start.timestamp(), (start + timedelta(days=2)).timestamp())
    since = start.timestamp() + 86_400
    cost = shown(records(60.0), span, since=since, hours=hours).ledger.columns["cost"]
    assert np.isnan(cost[:24]).all()
    assert cost[24:].tolist() == [2.0] * 24
