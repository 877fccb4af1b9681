"""The demo's heat pumps as insights see them, from their stored readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from custom_components.heatpump_dashboard.analysis.basis import basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event, events
from custom_components.heatpump_dashboard.analysis.flow_factor import HEAT_SCALE
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import join_states, states
from custom_components.heatpump_dashboard.analysis.windows import (
    extremes,
    join_windows,
    ledger_of,
    resample,
)
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.subject import Subject
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from custom_components.heatpump_dashboard.sources.demo.physics import BRANDS, stored

_PIECE: Final = timedelta(days=10)
_CONTEXT: Final = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class DemoPump:
    """A heat pump of the demo in start ≤ time < stop: its days and its events."""

    brand: str
    start: datetime
    stop: datetime
    days: pd.DataFrame
    events: tuple[Event, ...]
    told: Mapping[str, Any]

    def subject(self, today: date) -> Subject:
        """Return the heat pump as insights see it early on a day."""
        ms = pd.Timestamp(today, tz=UTC).timestamp() * 1000
        month = ms - 31 * 86_400_000
        return Subject(
            days=self.days[self.days.index < pd.Timestamp(today)],
            today=today,
            events=tuple(one for one in self.events if month <= one.time < ms),
            coverage=1.0,
            **self.told,
        )


def demo_pumps(start: datetime, stop: datetime) -> list[DemoPump]:
    """Return all heat pumps of the demo."""
    return [demo_pump_of(brand, start, stop) for brand in BRANDS]


def demo_pump_of(brand: str, start: datetime, stop: datetime) -> DemoPump:
    """Return a heat pump of the demo; a year of it takes some seconds."""
    profile = load(brand)
    equipment = Equipment.of(profile, demo_pump(profile)["data"])
    rules = choose_series(stored(brand, start, start + _CONTEXT), profile, {})
    latched = profile.alarm_rule == "latched"
    ledger = state = seen = None
    at = start
    while at < stop:
        end = min(at + _PIECE, stop)
        span = pd.Timestamp(at), pd.Timestamp(end)
        raw = stored(brand, at - _CONTEXT, end + _CONTEXT)
        readings = clean(raw, rules)
        operation = operation_of(Samples.of(readings), equipment)
        part = ledger_of(operation, *span)
        own = readings[(readings.index >= span[0]) & (readings.index < span[1])]
        now = states(operation, equipment, span[0], latched_alarm=latched)
        now = now[now.index < span[1]]
        ledger = part if ledger is None else join_windows(ledger, part)
        state = now if state is None else join_states(state, now)
        reads = extremes(own)
        seen = reads if seen is None else join_windows(seen, reads)
        at = end
    assert ledger is not None and state is not None and seen is not None
    hours = resample(ledger, 3600)
    hours = hours.join(resample(seen, 3600).reindex(hours.index))
    found = basis(rules, equipment)
    told = {
        "metrics": frozenset(rules),
        "electricity": found.electricity,
        "heat_scale": HEAT_SCALE.get(found.calibration),
        "whole_degrees": frozenset(m for m, rule in rules.items() if not rule.digits),
    }
    days = day_table(hours, UTC)
    return DemoPump(
        brand=brand,
        start=start,
        stop=stop,
        days=days,
        events=events(state, ledger),
        told=told,
    )
