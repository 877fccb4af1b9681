"""What a simulated house's sensors tell, and what the ledger makes of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event, events
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.samples import HOLD, Floats, Samples
from custom_components.heatpump_dashboard.analysis.states import states
from custom_components.heatpump_dashboard.analysis.windows import (
    extremes,
    ledger_of,
    resample,
)
from custom_components.heatpump_dashboard.analysis.words import MODE_SECONDS
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.gaps import Gap, gaps_of
from custom_components.heatpump_dashboard.insights.subject import Subject

from .faults import Effects, Fault
from .house import House, Step, simulate
from .world import STEP_S, World

type Power = Literal["meter", "gateway"] | None

ALARM_CODE: Final = 8.0
_HEATER_KW: Final = 9.0
_GATEWAY_W: Final = 2000.0
_KWH_A_STEP: Final = STEP_S / 3600
_EVENTS: Final = timedelta(days=31)


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """Some days of a house, what its sensors tell of them, and the truth.

    `digits`: what the sensors resolve; `power`: what tells the electricity. `scatter`
    (1 σ): by how much days differ that are alike, of the COP; one is like the day
    before by a half. Brine differs by twice as much.
    """

    house: House = field(default_factory=House)
    first: date
    days: int
    seed: int = 1
    faults: Sequence[Fault] = ()
    digits: int = 1
    power: Power = "meter"
    scatter: float = 0.02

    @cached_property
    def _simulated(self) -> tuple[World, Effects, list[Step]]:
        return simulate(
            self.house, self.first, self.days, seed=self.seed, faults=self.faults
        )

    @cached_property
    def truth(self) -> pd.DataFrame:
        """Return what happened: a row per step, the fields of `Step` and `outdoor`."""
        world, _, steps = self._simulated
        index = pd.to_datetime((world.time_s * 1e9).astype("int64"), utc=True)
        table = pd.DataFrame(steps, index=index.rename("time"))
        return table.assign(outdoor=world.outdoor)

    @property
    def base_temp(self) -> float:
        """Return above which outdoor temperature people and sun are enough, °C."""
        world, _, _ = self._simulated
        free = float((world.gains + world.sun).mean())
        return float(self.truth["indoor"].mean()) - free / self.house.loss

    @cached_property
    def readings(self) -> pd.DataFrame:
        """Return clean readings, one per step that is not silent."""
        _, wrong, _ = self._simulated
        true = self.truth
        noise = self._daily(self.scatter, 0), self._daily(2 * self.scatter, 1)
        brine_k = (true["brine_in"] - true["brine_out"]) * (1 + noise[1])
        on = true["compressor"].astype(float)
        told = pd.DataFrame(
            {
                "compressor": on,
                "hot_water_valve": true["valve"].astype(float),
                "circulation_pump": np.where(wrong.no_power, 0.0, 1.0),
                "supply_temp": true["supply"] + wrong.offset_k,
                "return_temp": true["back"],
                "outdoor_temp": true["outdoor"],
                "indoor_temp": true["indoor"],
                "hot_water_temp": true["tank"],
                "brine_in_temp": true["brine_in"],
                "brine_out_temp": true["brine_in"] - brine_k,
                "hot_gas_temp": true["hot_gas"],
                "degree_minutes": true["degree_minutes"],
                "alarm_code": np.where(wrong.alarm, ALARM_CODE, 0.0),
                "auxiliary_percent": 100 * true["heater"] / _HEATER_KW,
            },
            index=true.index,
        )
        temps = [name for name in told.columns if str(name).endswith("_temp")]
        told[temps] = told[temps].round(self.digits)
        if self.power == "meter":
            own = (true["electricity"] - true["heater"]) * (1 - noise[0] * on)
            told["power"] = 1000 * (own + true["heater"])
        if self.power == "gateway":
            told["power"] = _GATEWAY_W * on + 1000 * true["heater"]
        return told.assign(**{HOLD: STEP_S})[~wrong.silent]

    @property
    def equipment(self) -> Equipment:
        """Return what its owner knows of it: the flow as it was built."""
        return Equipment(
            flow_factor=self.house.flow,
            calibration="plate",
            auxiliary_max_kw=_HEATER_KW,
            power_metered=self.power == "meter",
        )

    @cached_property
    def _ledger(self) -> tuple[pd.DataFrame, tuple[Event, ...], tuple[Gap, ...]]:
        """Return the hours of the ledger, all events and when nothing was read."""
        equipment, readings = self.equipment, self.readings
        operation = operation_of(Samples.of(readings), equipment)
        span = readings.index[0], readings.index[-1] + pd.Timedelta(seconds=STEP_S)
        ledger = ledger_of(operation, *span)
        found = states(operation, equipment, span[0], latched_alarm=False)
        hours = resample(ledger, 3600)
        seen = resample(extremes(readings), 3600)
        gaps = gaps_of(ledger, *span)
        return hours.join(seen.reindex(hours.index)), events(found, ledger), gaps

    @property
    def hours(self) -> pd.DataFrame:
        """Return the hours as the history keeps them, with prices."""
        hours, _, _ = self._ledger
        price = prices(self.seed, hours.index)
        paid = hours["electricity_kwh"]
        return hours.assign(
            cost=paid * price, priced_kwh=paid, price_sum=price, price_hours=1.0
        )

    @property
    def events(self) -> tuple[Event, ...]:
        """Return all events, ascending."""
        return self._ledger[1]

    @cached_property
    def table(self) -> pd.DataFrame:
        """Return the day table of all days."""
        return day_table(self.hours, UTC)

    @property
    def metrics(self) -> frozenset[str]:
        """Return what it reports."""
        return frozenset(str(name) for name in self.readings) - {HOLD}

    def subject(
        self, today: date, without: Collection[str] = (), **other: Any
    ) -> Subject:
        """Return the house as insights see it early on a day."""
        now = pd.Timestamp(today, tz=UTC)
        ms = now.timestamp() * 1000
        month = ms - _EVENTS.total_seconds() * 1000
        known: dict[str, Any] = {
            "days": self.table[self.table.index < pd.Timestamp(today)],
            "today": today,
            "metrics": self.metrics - set(without),
            "electricity": self.power,
            "heat_scale": 0.08,
            "whole_degrees": [] if self.digits else sorted(self.metrics),
            "events": tuple(e for e in self.events if month <= e.time < ms),
            "gaps": self._gaps(ms),
            "alarm": self._alarm(now),
            "coverage": self._coverage(now),
        }
        return Subject(**(known | other))

    def heater_kwh(self, start: date, days: int) -> dict[str, float]:
        """Return what the heater took of some days, by its true cause."""
        first = pd.Timestamp(start, tz=UTC)
        part = self.truth[first : first + pd.Timedelta(days=days)]
        sums = part.groupby("why")["heater"].sum() * _KWH_A_STEP
        return {str(why): float(kwh) for why, kwh in sums.items() if kwh > 0}

    def _alarm(self, now: pd.Timestamp) -> float:
        """Return the code that was told last."""
        told = self.readings["alarm_code"]
        place = int(told.index.searchsorted(now))
        return float(told.iloc[place - 1]) if place else 0.0

    def _gaps(self, ms: float) -> tuple[Gap, ...]:
        """Return when nothing was read, up to a moment (ms since 1970)."""
        _, _, gaps = self._ledger
        return tuple(gap for gap in gaps if gap[1] <= ms)

    def _coverage(self, now: pd.Timestamp) -> float:
        hours, _, _ = self._ledger
        last = hours[(hours.index >= now - pd.Timedelta(days=1)) & (hours.index < now)]
        return float(last[list(MODE_SECONDS)].sum().sum()) / 86_400

    def _daily(self, scatter: float, which: int) -> Floats:
        """Return by how much each step's day differs: half of it stays the next day."""
        rng = np.random.default_rng([self.seed, which, 77])
        new = rng.normal(scale=scatter * 0.75**0.5, size=self.days)
        daily = np.zeros(self.days)
        for day in range(self.days):
            daily[day] = new[day] + 0.5 * (daily[day - 1] if day else 0.0)
        world, _, _ = self._simulated
        by_step: Floats = daily[world.day.astype(int)]
        return by_step


def prices(seed: int, index: pd.Index) -> Floats:
    """Return the price of each hour: high in the evening, some below nothing."""
    hours = pd.DatetimeIndex(index)
    rng = np.random.default_rng([seed, 5])
    days, place = np.unique(hours.floor("D"), return_inverse=True)
    level = rng.gamma(3.0, 0.25, days.size)[place]
    hour = hours.hour.to_numpy()
    shape = 1 + 0.5 * np.isin(hour, (7, 8, 17, 18, 19)) - 0.4 * (hour < 5)
    price: Floats = level * shape - 0.15
    return price
