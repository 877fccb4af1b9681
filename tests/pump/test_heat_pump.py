"""A heat pump that takes readings in for months."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import (
    CONTEXT,
    LEDGER_KEPT,
    SHOWN_FROM,
)
from tests.support.memory_source import thermia
from tests.support.pump_entry import NOW

DAY = timedelta(days=1)


def test_what_is_forgotten_is_not_said_to_be_known() -> None:
    pump = HeatPump(load("thermia"), {})
    pump.load([thermia(NOW - 2 * DAY, NOW, step_s=600)], NOW - 3 * DAY, NOW)
    pump.history = replace(pump.history, complete=True, whole=True)
    begun = pump.records.since
    for day in range(1, 71):
        now = NOW + day * DAY
        pump.take_in(thermia(now - DAY, now, step_s=600), now - DAY, now)
        if day == 1:
            assert pump.records.since == begun
            assert pump.history.since == begun

    records = pump.records
    assert records.since is not None
    assert (
        pd.Timedelta(0) <= records.ledger.index[0] - records.since < pd.Timedelta("2h")
    )
    assert records.since <= now - LEDGER_KEPT
    assert pump.history.since is not None
    hour = timedelta(hours=1)
    assert now - SHOWN_FROM - hour <= pump.history.since <= now - SHOWN_FROM
    assert records.extremes.index[0] <= pump.history.since


@pytest.mark.parametrize(("minutes", "is_taken"), [(5, False), (11, True)])
def test_a_late_row_counts_where_all_that_it_changes_can_be_computed(
    minutes: int, is_taken: bool
) -> None:
    """The windows that a row changes begin before it, and rest on the hour before."""
    pump = HeatPump(load("thermia"), {})
    start = NOW - DAY * 2 - CONTEXT
    rows = thermia(NOW - DAY * 3, NOW, step_s=60)
    pump.load([rows[rows.index >= start]], start, NOW)
    since = pump.records.since
    assert since is not None
    pump.add_past(rows[rows.index < since], NOW - DAY * 3, since)
    late = rows[rows.index >= NOW - DAY * 2 + timedelta(minutes=minutes)].iloc[:1]
    changed = late.assign(power_consumption=2000.0)
    assert pump.take_in(changed, start, NOW) == is_taken


def ivt(start: datetime, stop: datetime, *, works: bool) -> pd.DataFrame:
    """Return a compressor that runs, measured by two sensors or by the lesser alone."""
    rows = thermia(start, stop, step_s=60)
    return rows[["power_consumption"]].assign(
        compressor_status=1.0,
        power_consumption=3000.0,
        heat_carrier_return=35.0,
        radiator_forward=36.0,
        heat_carrier_forward=40.0 if works else -48.3,
    )


def test_the_past_is_the_same_whenever_it_was_read() -> None:
    """A sensor failed before what a restart reads first."""
    begin, failed = NOW - 6 * DAY, NOW - timedelta(hours=52)
    rows = pd.concat([ivt(begin, failed, works=True), ivt(failed, NOW, works=False)])
    running = HeatPump(load("ivt"), {})
    running.load([rows[rows.index < failed]], begin - CONTEXT, failed)
    running.take_in(rows[rows.index >= failed], failed, NOW)

    start = NOW - 2 * DAY - CONTEXT
    restarted = HeatPump(load("ivt"), {})
    restarted.load([rows[rows.index >= start]], start, NOW)
    while (since := restarted.records.since) is not None and since > begin:
        piece = rows[(rows.index >= since - DAY - CONTEXT) & (rows.index < since)]
        restarted.add_past(piece, since - DAY, since)

    span = (NOW - 5 * DAY, failed - timedelta(hours=1))
    heat = [pump.figures().between(*span)["heat_kwh"] for pump in (running, restarted)]
    assert heat[0] > 0
    assert heat[1] == pytest.approx(heat[0])
    assert restarted.records.rules["supply_temp"].name == "radiator_forward"
