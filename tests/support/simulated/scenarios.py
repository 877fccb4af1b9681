"""Winters in which one thing goes wrong, what insights are to say of it, and when."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from custom_components.heatpump_dashboard.insights import checks
from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.cycling import cycling
from custom_components.heatpump_dashboard.insights.ground import ground
from custom_components.heatpump_dashboard.insights.heater import heater
from custom_components.heatpump_dashboard.insights.index import index_of
from custom_components.heatpump_dashboard.insights.result import Result, State
from custom_components.heatpump_dashboard.insights.subject import Subject

from .faults import Fault
from .told import Simulated

FIRST: Final = date(2025, 10, 20)
BREAKS: Final = date(2026, 1, 15)
_DAY: Final = timedelta(days=1)


def _flow_guard(subject: Subject) -> Result:
    return checks.flow_guard(index_of(subject), subject)


# One check alone: all of them of every day would take minutes.
ASKED: Final[Mapping[str, Callable[[Subject], Result]]] = {
    "alarm": checks.alarm,
    "data": checks.data,
    "brine": checks.brine,
    "ground": ground,
    "cop": cop,
    "flow_guard": _flow_guard,
    "heater": heater,
    "hot_water": checks.hot_water,
    "sixty": checks.sixty,
    "cycling": cycling,
    "room": checks.room,
    "plausible": checks.plausible,
    "sensor_pair": checks.sensor_pair,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a check is to say: the `state` (or a worse one) and the `code`.

    Within `days` after the fault begins, and not within `silent_days` after that.
    """

    check: str
    state: State
    code: str
    days: int
    silent_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A fault from `BREAKS` on, with what is to be `told` of it.

    `truth`: in words. `beside`: checks that may say something of it too.
    """

    truth: str
    faults: tuple[Fault, ...]
    told: tuple[Told, ...]
    beside: tuple[str, ...] = ()
    days: int = 30
    how: Mapping[str, Any] = field(default_factory=dict)

    def simulated(self, seed: int = 1) -> Simulated:
        """Return its winter, up to some days after the fault began."""
        count = (BREAKS - FIRST).days + self.days
        return Simulated(
            first=FIRST, days=count, seed=seed, faults=self.faults, **self.how
        )


def _fault(kind: Any, days: float, **how: Any) -> tuple[Fault, ...]:
    return (Fault(kind=kind, start=BREAKS, days=days, **how),)


SCENARIOS: Final[Mapping[str, Scenario]] = {
    "brine_flow": Scenario(
        truth="brine flow falls by 40 % in six weeks",
        faults=_fault("brine_flow", 60, size=0.4, slow_days=42),
        told=(
            # It is 20 % less after 21 days, and 35 % after 37; both as means of a week.
            Told(
                check="ground", state="watch", code="flow_low", days=28, silent_days=16
            ),
            Told(check="ground", state="act", code="flow_low", days=46, silent_days=32),
        ),
        days=50,
    ),
    "brine_flow_whole_degrees": Scenario(
        truth="brine flow is 40 % less at once, sensors of whole degrees",
        faults=_fault("brine_flow", 60, size=0.4),
        told=(Told(check="ground", state="watch", code="flow_low", days=30),),
        days=34,
        # Of this the COP is 4 % lower: more scatter and it is told now and then.
        how={"digits": 0, "scatter": 0.005},
    ),
    "heating_flow": Scenario(
        truth="20 % less water flows for ten days",
        faults=_fault("heating_flow", 10, size=0.2),
        told=(Told(check="flow_guard", state="act", code="less_flow", days=4),),
        days=10,
    ),
    "compressor": Scenario(
        truth="the compressor's efficiency is 8 % lower",
        faults=_fault("compressor", 60, size=0.08),
        told=(
            Told(check="cop", state="watch", code="cop_low", days=20, silent_days=4),
        ),
    ),
    "compressor_worn": Scenario(
        truth="the compressor's efficiency is 12 % lower",
        faults=_fault("compressor", 60, size=0.12),
        told=(Told(check="cop", state="act", code="cop_low", days=20, silent_days=4),),
    ),
    "refrigerant": Scenario(
        truth="15 % less capacity, 8 % less efficiency, hot gas 10 K hotter",
        faults=_fault("refrigerant", 60, size=0.15),
        told=(
            Told(check="cop", state="watch", code="cop_low", days=20, silent_days=4),
        ),
    ),
    "refrigerant_typed_in": Scenario(
        truth="15 % less capacity, watts typed in",
        faults=_fault("refrigerant", 60, size=0.15),
        told=(
            Told(check="cop", state="act", code="capacity_low", days=14, silent_days=3),
        ),
        how={"power": "gateway"},
    ),
    "blocked": Scenario(
        truth="the compressor is blocked for 30 h, with an alarm",
        faults=_fault("blocked", 30 / 24, hour=6, alarm=True),
        told=(Told(check="alarm", state="act", code="active", days=1),),
        beside=("room", "hot_water", "heater"),
        days=6,
    ),
    "fuse": Scenario(
        truth="the compressor is off for 8 h without an alarm",
        faults=_fault("blocked", 8 / 24, hour=1),
        told=(Told(check="heater", state="watch", code="compressor_off", days=1),),
        beside=("hot_water",),
        days=6,
    ),
    "power_cut": Scenario(
        truth="no power for 3 h",
        faults=_fault("power_cut", 3 / 24, hour=9),
        told=(Told(check="data", state="watch", code="gaps", days=1),),
        days=6,
    ),
    "short_cycling": Scenario(
        truth="six starts an hour for ten days",
        faults=_fault("short_cycling", 10),
        told=(Told(check="cycling", state="act", code="short_runs", days=7),),
        beside=("room", "cop", "ground"),
        days=10,
    ),
    "holiday": Scenario(
        truth="a week of 4 K less indoors",
        faults=_fault("holiday", 7),
        told=(Told(check="room", state="watch", code="cold", days=6),),
        days=14,
    ),
    "curve": Scenario(
        truth="the curve is 2 K lower",
        faults=_fault("curve", 60, size=2.0),
        told=(),
        beside=("room",),
    ),
    "hygiene": Scenario(
        truth="never 60 °C in five weeks",
        faults=_fault("hygiene", 35),
        told=(
            Told(check="sixty", state="watch", code="not_hot", days=15, silent_days=8),
            Told(check="sixty", state="act", code="not_hot", days=31, silent_days=23),
        ),
        days=34,
    ),
    "offset": Scenario(
        truth="the supply sensor shows 0.3 K too much",
        faults=_fault("offset", 60, size=0.3),
        told=(Told(check="sensor_pair", state="watch", code="offset", days=14),),
        days=15,
    ),
}


@cache
def winter(name: str, seed: int = 1) -> Simulated:
    """Return the winter of a scenario."""
    return SCENARIOS[name].simulated(seed)


def first_said(
    told: Simulated,
    check: str,
    scenario: Scenario,
    states: Collection[State],
    every: int = 1,
) -> tuple[date, Result] | None:
    """Return the first morning on which a check has one of these states, and what it is.

    From two weeks before the fault on, `every` some days.
    """
    for number in range(-14, scenario.days + 1, every):
        today = BREAKS + number * _DAY
        found = ASKED[check](told.subject(today))
        if found.state in states:
            return today, found
    return None
