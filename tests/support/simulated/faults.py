"""What goes wrong in a simulated house, and from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal

import numpy as np

from custom_components.heatpump_dashboard.analysis.samples import Flags, Floats

type FaultKind = Literal[
    "brine_flow",
    "heating_flow",
    "compressor",
    "refrigerant",
    "blocked",
    "power_cut",
    "short_cycling",
    "holiday",
    "stove",
    "cold_spell",
    "curve",
    "hygiene",
    "offset",
    "silence",
]

_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong at the midnight (UTC) of `start` plus `hour`.

    `days`: how long it lasts. `size`: a share that is lost (flow, efficiency), or K.
    `slow_days`: so long it grows before it has its size. `alarm`: the heat pump says.
    """

    kind: FaultKind
    start: date
    days: float
    size: float = 0.0
    slow_days: float = 0.0
    hour: float = 0.0
    alarm: bool = False

    @property
    def start_s(self) -> float:
        """Return when it begins, s since 1970."""
        day = datetime(self.start.year, self.start.month, self.start.day, tzinfo=UTC)
        return day.timestamp() + 3600 * self.hour

    def during(self, time_s: Floats) -> Flags:
        """Return at which times it is there."""
        return (time_s >= self.start_s) & (time_s < self.start_s + self.days * _DAY_S)

    def strength(self, time_s: Floats) -> Floats:
        """Return its size at each time, 0 where it is not there."""
        grown = np.ones(time_s.size)
        if self.slow_days:
            grown = np.clip((time_s - self.start_s) / _DAY_S / self.slow_days, 0.0, 1.0)
        return self.size * grown * self.during(time_s)


@dataclass(frozen=True, slots=True)
class Effects:
    """What faults do, one value per step: factors, K, and whether something is off."""

    brine_flow: Floats
    heating_flow: Floats
    efficiency: Floats
    capacity: Floats
    hot_gas_k: Floats
    curve_k: Floats
    offset_k: Floats
    blocked: Flags
    alarm: Flags
    no_power: Flags
    shut: Flags
    no_hygiene: Flags
    silent: Flags


def effects(faults: Sequence[Fault], time_s: Floats) -> Effects:
    """Return what faults do at each time."""

    def strength(kind: str) -> Floats:
        total = np.zeros(time_s.size)
        for fault in faults:
            if fault.kind == kind:
                total += fault.strength(time_s)
        return total

    def during(kind: str, *, alarm: bool = False) -> Flags:
        found = np.zeros(time_s.size, dtype=bool)
        for fault in faults:
            if fault.kind == kind and fault.alarm >= alarm:
                found |= fault.during(time_s)
        return found

    leak = strength("refrigerant")
    return Effects(
        brine_flow=1 - strength("brine_flow"),
        heating_flow=1 - strength("heating_flow"),
        efficiency=(1 - strength("compressor")) * (1 - leak * 8 / 15),
        capacity=1 - leak,
        hot_gas_k=np.where(leak > 0, 10.0, 0.0),
        curve_k=-strength("curve")
        - 7.0 * during("holiday")
        + 6.0 * during("short_cycling"),
        offset_k=strength("offset"),
        blocked=during("blocked"),
        alarm=during("blocked", alarm=True),
        no_power=during("power_cut"),
        shut=during("short_cycling"),
        no_hygiene=during("hygiene"),
        silent=during("silence") | during("power_cut"),
    )
