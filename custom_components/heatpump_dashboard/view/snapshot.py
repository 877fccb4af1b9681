"""Assembles what a viewer is shown of a span: tables, totals and status."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

import numpy as np
import pandas as pd

from ..analysis.basis import FigureBasis
from ..analysis.differences import DIFFERENCES
from ..analysis.equipment import Equipment
from ..analysis.events import Event
from ..analysis.figures import has_cost, totals
from ..analysis.hourly import COUNTED
from ..analysis.prices import COST, Prices, with_cost
from ..analysis.quarters import QUARTERS
from ..analysis.samples import SECOND, nanoseconds
from ..analysis.states import Kind
from ..analysis.times import WINDOW_S
from ..analysis.weather import Weather, weather_of
from ..analysis.windows import ALONE, LEDGER
from ..analysis.words import MODE_SECONDS
from ..profiles import METRICS, Profile
from ..pump.heat_pump import basis_of
from ..pump.hours import HOUR_S
from ..pump.memory import Records
from .events import EventRows, RunFigures, event_rows
from .ranges import DAY, HOUR, WINDOWS_KEPT, Grid
from .readings import readings_of
from .tables import Table, beginnings, between, milliseconds_of, resampled, rounded_sums

# The columns of the ledger that are sent, with the decimals that count: five minutes
# of the least power that is ever shown are a thousandth of a kWh, longer rows more.
_LEDGER: Final = {
    **dict.fromkeys(
        (*MODE_SECONDS, "uncovered_s", "auxiliary_on_s", "running_known_s"), 0
    ),
    "heat_kwh": 3,
    "heat_hot_water_kwh": 3,
    "compressor_heat_kwh": 3,
    "electricity_kwh": 3,
    "compressor_electricity_kwh": 3,
    "auxiliary_kwh": 3,
    "starts": 0,
    "hot_water_charges": 0,
}
# Σ K·s of the running time, and its seconds: where longer rows are longer than a run,
# what the temperatures differ by while it runs cannot be told from their means.
_DELTAS: Final = {
    "delta_t": ("delta_t_ks", "delta_t_running_s"),
    "brine_delta_t": ("brine_delta_t_ks", "brine_running_s"),
}

# The figures of cooling and of thawing, which most heat pumps never do: sent where there
# are any, with these decimals in the ledger.
_FEW: Final = {
    "cooling_s": 0,
    "cooling_kwh": 3,
    "cooling_electricity_kwh": 3,
    "defrost_s": 0,
}
# What is known without the other energy, and so is in no ratio: of a heat pump that has
# both, sent likewise.
_ALONE: Final = {name: 0 if name.endswith("_s") else 3 for name in ALONE}
# The events that are told of more than a month.
_RARE: Final = (Kind.ALARM, Kind.AUXILIARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that is shown of a span; times are ms, `range` is None for a free span."""

    pump: str
    range: str | None
    start: int
    end: int
    step: int
    ledger_step: int
    readings: Table
    ledger: Table
    totals: dict[str, Any]
    status: dict[str, Any]
    events: EventRows


def build(
    *,
    pump: str,
    range_: str | None,
    grid: Grid,
    records: Records,
    equipment: Equipment,
    prices: Prices | None = None,
    hours: pd.DataFrame | None = None,
    events: tuple[Event, ...] | None = None,
    status: dict[str, Any],
    profile: Profile,
    language: str,
    zone: tzinfo = UTC,
) -> Snapshot:
    """Return what is shown of a span: the ledger's rows, their sums, the readings.

    Figures and charts cover the same time, `grid.start` to `grid.end`. `hours`: all
    that are known of it, where it is made of hours; `events`: those of it, ascending,
    where others are to be told than memory has.
    """
    windows, extremes, seconds = records.ledger, records.extremes, WINDOW_S
    if hours is not None:
        windows, extremes, seconds = _sums(hours), _readings_of(hours), HOUR_S
    rounded = with_cost(between(windows, _rounded(grid)), prices, seconds)
    windows = between(rounded, grid)
    extremes = between(extremes, grid)
    rests_on = basis_of(records, equipment)
    return Snapshot(
        pump=pump,
        range=range_,
        start=grid.start * 1000,
        end=round(grid.end * 1000),
        step=grid.step,
        ledger_step=grid.ledger_step,
        readings=readings_of(records, extremes, grid),
        ledger=_ledger(rounded, grid, _sent(records), _few(rests_on)),
        totals=sent(
            totals(windows, grid.end - grid.start, rests_on)
            | _weather(extremes, grid, zone)
        )
        | {"extremes": _extremes(extremes)},
        status=status,
        events=event_rows(
            _happened(records.events if events is None else events, grid),
            RunFigures(rests_on, records.extremes),
            profile,
            language,
        ),
    )


def _sums(hours: pd.DataFrame) -> pd.DataFrame:
    """Return the additive columns of hours; what is not known adds nothing.

    Quarters that are not kept are not known: the price of the whole hour counts then.
    """
    sums = hours.reindex(columns=[*LEDGER, *COUNTED]).fillna(0.0)
    return pd.concat([sums, hours.reindex(columns=list(QUARTERS))], axis=1)


def _readings_of(hours: pd.DataFrame) -> pd.DataFrame:
    """Return what the readings of hours were."""
    return hours.loc[:, [name for name in hours if "|" in str(name)]]


def told_kinds(grid: Grid) -> frozenset[Kind]:
    """Return the kinds of events that are told of a span: of a long one the rare."""
    return frozenset(Kind if grid.end - grid.start <= WINDOWS_KEPT else _RARE)


def _happened(events: tuple[Event, ...], grid: Grid) -> tuple[Event, ...]:
    """Return the events of the span that are told."""
    first, last = (
        bisect_left(events, edge * 1000, key=lambda event: event.time)
        for edge in (grid.start, grid.stop)
    )
    found = events[first:last]
    kinds = told_kinds(grid)
    return tuple(event for event in found if event.kind in kinds)


def _weather(extremes: pd.DataFrame, grid: Grid, zone: tzinfo) -> Weather:
    """Return the mean outdoor temperature and the degree days of the span."""
    start, end = (datetime.fromtimestamp(at, UTC) for at in (grid.start, grid.end))
    return weather_of(extremes, start, end, zone)


def _extremes(rows: pd.DataFrame) -> dict[str, list[float]]:
    """Return the lowest and the highest valid value of each temperature."""
    lowest, highest = rows.min(), rows.max()
    return {
        metric: [float(lowest[f"{metric}|min"]), float(highest[f"{metric}|max"])]
        for metric, rule in METRICS.items()
        if rule.kind == "temperature"
        and f"{metric}|min" in rows
        and rows[f"{metric}|min"].notna().any()
    }


def _sent(records: Records) -> dict[str, int]:
    """Return the columns of the ledger to send, with their decimals."""
    has = set(records.metrics)
    deltas = [
        column
        for name, pair in DIFFERENCES.items()
        if has.issuperset(pair)
        for column in _DELTAS[name]
    ]
    return _LEDGER | dict.fromkeys(deltas, 0)


def _rounded(grid: Grid) -> Grid:
    """Return a span with what its rows are rounded together with: that day (UTC) so far.

    So a row stays what it was sent as while a range moves on. One of longer rows seldom
    does, and one of hours never.
    """
    if grid.edges or grid.hours:
        return grid
    return replace(grid, start=grid.start // DAY * DAY)


def _few(basis: FigureBasis) -> dict[str, int]:
    """Return the columns that are sent where there is any of them, likewise."""
    has_both = basis.heat is not None and basis.electricity is not None
    return _FEW | _ALONE if has_both else _FEW


def _ledger(
    windows: pd.DataFrame, grid: Grid, sent: dict[str, int], few: dict[str, int]
) -> Table:
    """Return the additive columns by step; time without a mode is uncovered.

    `windows`: those of the span, and of what its rows are rounded together with. `few`:
    the columns that are sent where there is any of them.
    """
    edges = beginnings(_rounded(grid), grid.end, grid.ledger_step)
    steps = resampled(windows, edges, grid, grid.ledger_step).fillna(0.0)
    times = milliseconds_of(edges)
    first = int(np.searchsorted(times, grid.start * 1000))
    sent = sent | {
        name: decimals
        for name, decimals in few.items()
        if name in steps and steps[name].iloc[first:].any()
    }
    cost = steps[COST].where(has_cost(steps)) if COST in steps else None
    steps = steps.reindex(columns=list(sent), fill_value=0.0)
    spans = np.diff(nanoseconds(edges) / SECOND, append=grid.end)
    covered = steps[list(MODE_SECONDS)].sum(axis=1).to_numpy()
    steps["uncovered_s"] = np.clip(spans - covered, 0, None)
    columns = {
        name: rounded_sums(
            steps[name], min(decimals, 2) if grid.ledger_step >= HOUR else decimals
        )
        for name, decimals in sent.items()
    }
    if cost is not None:
        columns[COST] = rounded_sums(cost, 4)
    shown = {name: column[first:] for name, column in columns.items()}
    return Table(times[first:], shown)


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the figures with no more decimals than anyone can mean."""
    return {
        name: _short(value) if isinstance(value, float) else value
        for name, value in figures.items()
    }


def sent(figures: dict[str, Any]) -> dict[str, Any]:
    """Return the figures as a viewer is sent them: of what few heat pumps do, what is."""
    return {
        name: value
        for name, value in plain(figures).items()
        if value or name not in _FEW
    }


def _short(value: float) -> float | int:
    # Most are: seconds, counts, and what was not used at all.
    if value.is_integer():
        return int(value)
    rounded = round(value, 4)
    return int(rounded) if rounded.is_integer() else rounded
