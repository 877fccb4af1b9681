"""The day table: what each local day was, from the hours of the ledger."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.samples import Floats
from ..analysis.steady import STEADY
from ..analysis.windows import ALONE, LEDGER
from ..analysis.words import MODE_SECONDS, OTHER_ENERGY
from ..const import DEGREE_DAY_BASE
from .by_hour import TANK_LEAST, by_hour
from .limits import DAY_COVERAGE, HOT_WATER_BY_DAY, HOT_WATER_LOW_C, OUTDOOR_COVERAGE

_READ: Final = ("outdoor_temp", "indoor_temp", "hot_water_temp", "supply_setpoint")
_SUMS: Final = (
    *LEDGER,
    *STEADY,
    # Of hours of which only statistics are kept: they have a cost too.
    "counted_electricity_kwh",
    *(f"{metric}|{what}" for metric in _READ for what in ("sum", "s")),
    "cost",
    "priced_kwh",
    "price_sum",
    "price_hours",
)
_LEAST: Final = {
    "brine_out_least": "brine_out_temp|min",
    "degree_minutes_least": "degree_minutes|min",
}
_MOST: Final = {
    "hot_water_most": "hot_water_temp|max",
    "starts_most": "starts",
    "electricity_most": "electricity_kwh",
}
_TAKEN: Final = tuple(
    dict.fromkeys((*_SUMS, *_LEAST.values(), *_MOST.values(), TANK_LEAST))
)
# What a meter of its own counts is known whatever the readings say.
_APART: Final = {*ALONE, "heat_meter_kwh"}
_KWH: Final = ("_kwh", "most")
# Hours by day in which the hot water was never warmer than the limits.
_LOWS: Final = ("hot_water_low_h", "hot_water_cold_h")
# Means over a time: Σ value × s, and the s beside it.
_MEANS: Final[Mapping[str, tuple[str, str]]] = {
    **{metric: (f"{metric}|sum", f"{metric}|s") for metric in _READ},
    "supply": ("steady_heating_supply_ks", "steady_heating_s"),
    "return": ("steady_heating_return_ks", "steady_heating_s"),
    "brine_in": ("steady_heating_brine_in_ks", "steady_heating_brine_s"),
    "brine_out": ("steady_heating_brine_out_ks", "steady_heating_brine_s"),
    "hot_gas": ("steady_heating_hot_gas_ks", "steady_heating_hot_gas_s"),
    "idle_delta_t": ("idle_delta_t_ks", "idle_delta_t_s"),
}


def day_table(hours: pd.DataFrame, zone: tzinfo) -> pd.DataFrame:
    """Return one row per local day that has any hour, ascending, index naive midnights.

    `hours`: as the history keeps them (UTC, ascending). An hour belongs to the day that
    it begins in; a day of 23 or 25 hours counts with its own length. Columns:

    the sums of the ledger (`LEDGER`, `STEADY`; kWh, s, K·s), NaN where no hour of the
    day knows them, and energies where there was a source of the other one only; in
    `heat_kwh` without what was cooled;
    `seconds`, the length of the day; `coverage`, the share of it that is known;
    `whole`, whether that is enough of it and of its energies;
    `outdoor_temp`, `indoor_temp`, `hot_water_temp`, `supply_setpoint`, means in °C;
    `supply`, `return`, `brine_in`, `brine_out`, `hot_gas`, those of steady heating;
    `idle_delta_t`, K; `space_kw`, heat for the house;
    `running`, the share of the known time, without cooling; `degree_days`, K·d;
    `starts_most` and `electricity_most` (kWh), of one hour;
    `hot_water_low_h` and `hot_water_cold_h`, hours by day in which the hot water never
    reached the limits; and those of `by_hour`.
    """
    local = pd.DatetimeIndex(hours.index).tz_convert(zone).tz_localize(None)
    hours = hours.reindex(columns=list(_TAKEN))
    groups = hours.groupby(local.normalize())
    # Sums of nothing known are not known; groupby says 0 unless it is asked to count.
    days = groups[list(_SUMS)].sum(min_count=1)
    for name, column in _LEAST.items():
        days[name] = groups[column].min()
    for name, column in _MOST.items():
        days[name] = groups[column].max()
    for name, limit in zip(_LOWS, HOT_WATER_LOW_C, strict=True):
        days[name] = _hours_below(hours, local, limit)
    days["seconds"] = _lengths_s(days.index, zone)
    # Hours that an earlier version kept have none of these columns.
    days[list(ALONE)] = days[list(ALONE)].fillna(0.0)
    for energy, other in OTHER_ENERGY.items():
        # A nought that stands for nothing known is none.
        unsaid = days[f"{other}_alone_s"] > (1 - DAY_COVERAGE) * days["energy_s"]
        days.loc[unsaid, _of(energy, days)] = np.nan
    for name, (total, seconds) in _MEANS.items():
        days[name] = days[total] / days[seconds].where(days[seconds] > 0)
    seen = days["outdoor_temp|s"] >= OUTDOOR_COVERAGE * days["seconds"]
    days["outdoor_temp"] = days["outdoor_temp"].where(seen)
    days = days.assign(**_derived(days)).join(by_hour(hours, local))
    return days.rename_axis("day")


def _derived(days: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what follows from the sums of days."""
    covered_s = days[list(MODE_SECONDS)].sum(axis=1)
    known_s = days["energy_s"].where(days["energy_s"] > 0)
    coverage = covered_s / days["seconds"]
    running_s = heated_s(days) + days["hot_water_s"]
    # Cold takes nothing from the heat that was given, and has a column of its own.
    heat = days["heat_kwh"] + days["cooling_kwh"].fillna(0.0)
    space = heat - days["heat_hot_water_kwh"]
    return {
        "heat_kwh": heat,
        "coverage": coverage,
        "whole": (coverage >= DAY_COVERAGE)
        & (known_s / days["seconds"] >= DAY_COVERAGE),
        "space_kw": space * 3600 / (known_s - days["electricity_alone_s"]),
        "running": running_s / covered_s.where(covered_s > 0),
        "degree_days": (DEGREE_DAY_BASE - days["outdoor_temp"]).clip(lower=0.0),
    }


def pairs(days: pd.DataFrame) -> pd.DataFrame:
    """Return the days of which heat and electricity are known, for what divides them."""
    return days.dropna(subset=["heat_kwh", "electricity_kwh"])


def _of(energy: str, days: pd.DataFrame) -> list[str]:
    """Return the columns of an energy: of heat, or of the electricity that it takes."""
    names = [str(name) for name in days if str(name) not in _APART]
    return [name for name in names if f"{energy}_" in name and name[-4:] in _KWH]


def heated_s(days: pd.DataFrame) -> pd.Series:
    """Return how long the compressor heated the house, s: cooling is no part of it."""
    return days["heating_s"] - days["cooling_s"].fillna(0.0)


def _hours_below(
    hours: pd.DataFrame, local: pd.DatetimeIndex, limit: float
) -> pd.Series:
    """Return the hours by day in which the hot water was below a limit, by local day."""
    first, last = HOT_WATER_BY_DAY
    warmest = hours[_MOST["hot_water_most"]].to_numpy()
    by_day = (local.hour >= first) & (local.hour < last)
    low = np.where(np.isfinite(warmest), (warmest < limit) & by_day, np.nan)
    groups = pd.Series(low, index=local.normalize()).groupby(level=0)
    return groups.sum(min_count=1)


def _lengths_s(days: pd.Index, zone: tzinfo) -> Floats:
    """Return how long local days are, s."""
    midnights = [midnight(day.date(), zone) for day in pd.DatetimeIndex(days)]
    ends = [
        midnight(day.date() + timedelta(days=1), zone) for day in pd.DatetimeIndex(days)
    ]
    return np.array(
        [(b - a).total_seconds() for a, b in zip(midnights, ends, strict=True)]
    )


def midnight(day: date, zone: tzinfo) -> pd.Timestamp:
    """Return when a local day begins, in UTC; also where no clock shows its midnight."""
    return pd.Timestamp(datetime(day.year, day.month, day.day, tzinfo=zone)).tz_convert(
        "UTC"
    )


def last_days(days: pd.DataFrame, today: date, count: int) -> pd.DataFrame:
    """Return the days of the last `count` before today."""
    first = pd.Timestamp(today - timedelta(days=count))
    return days[(days.index >= first) & (days.index < pd.Timestamp(today))]


def first_and_last(days: pd.DataFrame) -> tuple[date, date]:
    """Return the first and the last day of a table that has any."""
    index = pd.DatetimeIndex(days.index)
    return index[0].date(), index[-1].date()


def day_of(milliseconds: int, zone: tzinfo) -> pd.Timestamp:
    """Return the local day of a moment (ms since 1970), as the table's index has it."""
    moment = datetime.fromtimestamp(milliseconds / 1000, zone)
    return pd.Timestamp(moment.date())
