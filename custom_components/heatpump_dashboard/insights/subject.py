"""What insights are asked of: a heat pump's days, events and what its figures rest on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from typing import Literal

import pandas as pd

from ..analysis.basis import HeatSource
from ..analysis.events import Event
from ..analysis.flow_factor import Calibration
from ..analysis.states import Kind
from .days import heated_s, last_days
from .gaps import Gap
from .limits import SEASON_DAYS
from .tariff import Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBasis:
    """What the heat rests on, and what is known beside the readings.

    `source`: what it comes from; `kind`: what the factor in use rests on; `factor`:
    that one, kW/K. `plate_kw` and `rated_k`: the kW on the plate, and supply − return
    at its conditions, K; `tank_l`: litres of the hot water; `brine_l_s`: the flow of
    the brine. `digits`: what the sensors resolve. `shows_heater`: the supply sensor
    sits after the auxiliary heater. `sees_tank`: supply and return are those of a
    charge too. `counted`: the pump counts its heat itself. `varies`: the compressor
    has no fixed speed, and so nor has the flow.
    """

    source: HeatSource | None = "factor"
    kind: Calibration = "unchecked"
    factor: float = 2.7
    plate_kw: float | None = None
    rated_k: float | None = None
    tank_l: float | None = None
    brine_l_s: float | None = None
    digits: int = 1
    shows_heater: bool = True
    sees_tank: bool = True
    counted: bool = False
    varies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """How the compressor stands still now; it has been off for `off_s`, 0 = it runs.

    `degree_minutes`: None where they are not known; `asked_s`: for how long they have
    been so low that it should have started; `heater`: the auxiliary heater is
    on; `is_warm`: too warm outside for any heating; `mode`: the word for what somebody
    has chosen, None where that is not known.
    """

    off_s: float = 0.0
    degree_minutes: float | None = None
    asked_s: float = 0.0
    heater: bool = False
    is_warm: bool = False
    mode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the whole house takes, and what its highest hours cost.

    `hours`: of this month and the one before it, index local times; kWh of `house`, and
    of the heat pump as the ledger has them, NaN where they are not known.
    """

    hours: pd.DataFrame
    tariff: Tariff


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A heat pump as insights see it; nothing in it is ever changed.

    `days`: see `day_table`, without today.
    `today`: the local day of now.
    `metrics`: what it has reported.
    `electricity`: what says what it takes, None where nothing does: a `meter` alone
    follows the temperatures, typed-in watts do not.
    `heat_scale`: how far off the heat may be as a whole, a share; None = unchecked.
    `whole_degrees`: the metrics that its sensors tell in whole degrees.
    `events`: of the last month, ascending, without those of a heat pump before it.
    `states`: what is so now, by kind.
    `gaps`: when nothing was read of that month.
    `defrosts`: when it thawed in that month.
    `changes`: of settings, of a year and a bit, ascending.
    `charges`: the ends of those of hot water, likewise.
    `heat`: what the heat rests on.
    `offset_k`: what is taken off supply − return.
    `alarm`: the code of one that is active now, 0 = none.
    `coverage`: the share of the last 24 hours that is known.
    `silent_s`: for how long there has been no reading, where that is not usual.
    `rest`: how the compressor stands still now.
    `stuck`: the temperatures that do not change any more.
    `absent`: the metrics that had values and have none any more, the worst first.
    `mixed`: some days are those of other settings, and are being read again: what heat
    they had does not fit the others'.
    `own_change`: the day of a change that its owner asks about, None = the last one of
    a setting.
    `settings`: what is set now, by metric.
    `heater_only`: the operating modes in which the auxiliary heater alone heats.
    `design_temp`: the coldest days that its owner reckons with, °C.
    `normal_degree_days`: of a year that is usual, K·d.
    `co2_per_kwh`: what a kWh of electricity lets out by its owner's word, g.
    `latitude`: where the house stands, degrees.
    `house`: its meter, where its power has a price.
    `zone`: of its local days.
    """

    days: pd.DataFrame
    today: date
    metrics: Collection[str] = ()
    electricity: Literal["meter", "gateway", "configured"] | None = "meter"
    heat_scale: float | None = None
    whole_degrees: Collection[str] = ()
    events: tuple[Event, ...] = ()
    states: Mapping[Kind, float] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    defrosts: tuple[Gap, ...] = ()
    changes: tuple[Event, ...] = ()
    charges: tuple[Event, ...] = ()
    heat: HeatBasis = HeatBasis()
    offset_k: float = 0.0
    alarm: float = 0.0
    coverage: float | None = None
    silent_s: float = 0.0
    rest: Rest | None = None
    stuck: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    mixed: bool = False
    own_change: date | None = None
    settings: Mapping[str, float] = field(default_factory=dict)
    heater_only: Collection[float] = ()
    design_temp: float | None = None
    normal_degree_days: float | None = None
    co2_per_kwh: float | None = None
    latitude: float | None = None
    house: House | None = None
    zone: tzinfo = UTC

    def reports(self, *metrics: str) -> bool:
        """Return whether it reports all of these metrics."""
        return all(metric in self.metrics for metric in metrics)

    @property
    def is_out_of_season(self) -> bool:
        """Return whether it is known that it has not heated the house for two weeks."""
        days = last_days(self.whole_days, self.today, SEASON_DAYS)
        seen = heated_s(days).dropna()
        return len(seen) >= SEASON_DAYS // 2 and not (seen > 0).any()

    @property
    def whole_days(self) -> pd.DataFrame:
        """Return the days of which enough is known."""
        return self.days[self.days["whole"].astype(bool)]
