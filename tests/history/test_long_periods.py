"""The figures of last month, of twelve months and of this year."""

from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.heatpump_dashboard.analysis.periods import (
    LONG_PERIODS,
    named_periods,
)
from custom_components.heatpump_dashboard.history.calendar import totals_of_spans
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump

from .common import FIRST, HEAT_OF_AN_HOUR, NOW, STOCKHOLM


def totals(
    pump: HeatPump, store: HourStore | None, *left_out: date
) -> dict[str, dict[str, Any] | None]:
    periods = named_periods(NOW, STOCKHOLM)
    spans = [periods[name] for name in LONG_PERIODS]
    found = totals_of_spans(pump, store, left_out, spans, NOW, STOCKHOLM)
    return dict(zip(LONG_PERIODS, found, strict=True))


def test_they_are_of_whole_local_months_and_of_the_year_so_far(
    pump: HeatPump, store: HourStore
) -> None:
    found = totals(pump, store)
    hours_so_far = (NOW - FIRST) / timedelta(hours=1)
    # March has an hour less; the year begins with the first reading.
    for name, hours in (
        ("last_month", 743),
        ("this_year", hours_so_far),
    ):
        of_it = found[name]
        assert of_it is not None
        assert of_it["heat_kwh"] == pytest.approx(hours * HEAT_OF_AN_HOUR, rel=1e-3)
    year = found["last_12_months"]
    assert year is not None
    assert year["cop_name"] == "period"
    assert year["coverage"] < 0.2


def test_what_is_not_read_yet_is_not_known(pump: HeatPump, store: HourStore) -> None:
    """Without the hours on disk only what is in memory is known."""
    begin = pump.records.since
    assert begin is not None
    found = totals(pump, None)
    known = {
        name
        for name, period in named_periods(NOW, STOCKHOLM).items()
        if name in LONG_PERIODS and period.start >= begin
    }
    assert {name for name, of_it in found.items() if of_it is not None} == known
    assert "this_year" not in known
