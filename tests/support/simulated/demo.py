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
from custom_components.heatpump_dashboard.analysis.states import (
    join_states,
    no_states,
    states,
)
from custom_components.heatpump_dashboard.analysis.windows import (
    extremes,
    join_windows,
    ledger_of,
    resample,
)
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.gaps import Gap, gaps_of
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject
from custom_components.heatpump_dashboard.profiles import Profile, SeriesRule, load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from custom_components.heatpump_dashboard.sources import Times
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
    gaps: tuple[Gap, ...]
    told: Mapping[str, Any]

    def subject(self, today: date) -> Subject:
        """Return the heat pump as insights see it early on a day."""
        ms = pd.Timestamp(today, tz=UTC).timestamp() * 1000
        month = ms - 31 * 86_400_000
        return Subject(
            days=self.days[self.days.index < pd.Timestamp(today)],
            today=today,
            events=tuple(one for one in self.events if month <= one.time < ms),
            gaps=tuple(gap for gap in self.gaps if month <= gap[1] <= ms),
            coverage=1.0,
            **self.told,
        )


def demo_pumps(start: datetime, stop: datetime) -> list[DemoPump]:
    """Return all heat pumps of the demo."""
    return [demo_pump_of(brand, (start, stop)) for brand in BRANDS]


def demo_pump_of(brand: str, *spans: Times) -> DemoPump:
    """Return what is known of a heat pump of the demo in some spans, ascending.

    A year of it takes some seconds.
    """
    profile = load(brand)
    equipment = Equipment.of(profile, demo_pump(profile)["data"])
    first, last = spans[0][0], spans[-1][1]
    rules = choose_series(stored(brand, first, first + 12 * _CONTEXT), profile, {})
    book = _Book(profile, equipment, rules)
    for start, stop in spans:
        while start < stop:
            book.read(start, min(start + _PIECE, stop))
            start += _PIECE
    found = basis(rules, equipment)
    told = {
        "metrics": frozenset(rules),
        "electricity": found.electricity,
        "heat_scale": HEAT_SCALE.get(found.calibration),
        "whole_degrees": frozenset(m for m, rule in rules.items() if not rule.digits),
        "heat": HeatBasis(
            source=found.heat,
            kind=found.calibration,
            factor=equipment.flow_factor,
            sees_tank=not equipment.hot_water_estimated,
        ),
    }
    return DemoPump(
        brand=brand,
        start=first,
        stop=last,
        days=day_table(book.hours(), UTC),
        events=events(book.states, book.ledger),
        gaps=gaps_of(book.ledger, pd.Timestamp(first), pd.Timestamp(last)),
        told=told,
    )


class _Book:
    """What is made of stored readings, read piece by piece as the past is."""

    def __init__(
        self, profile: Profile, equipment: Equipment, rules: Mapping[str, SeriesRule]
    ) -> None:
        self._profile = profile
        self._equipment = equipment
        self._rules = rules
        self.ledger = pd.DataFrame()
        self.states = no_states()
        self._seen = pd.DataFrame()

    def read(self, start: datetime, stop: datetime) -> None:
        """Add start ≤ time < stop."""
        first, end = pd.Timestamp(start), pd.Timestamp(stop)
        raw = stored(self._profile.key, start - _CONTEXT, stop + _CONTEXT)
        readings = clean(raw, self._rules)
        operation = operation_of(Samples.of(readings), self._equipment)
        latched = self._profile.alarm_rule == "latched"
        found = states(operation, self._equipment, first, latched_alarm=latched)
        own = readings[(readings.index >= first) & (readings.index < end)]
        self.ledger = join_windows(self.ledger, ledger_of(operation, first, end))
        self.states = join_states(self.states, found[found.index < end])
        self._seen = join_windows(self._seen, extremes(own))

    def hours(self) -> pd.DataFrame:
        """Return all hours."""
        hours = resample(self.ledger, 3600)
        return hours.join(resample(self._seen, 3600).reindex(hours.index))
