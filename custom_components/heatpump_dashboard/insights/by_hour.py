"""What of a day only its hours can tell: the tank at night, the highest hour, and when."""

from collections.abc import Mapping
from itertools import combinations
from typing import Final, Literal

import numpy as np
import pandas as pd

from ..analysis.samples import Floats, Integers
from .limits import MOVE_H, MOVE_LEAST_C, NIGHT_DRAW, NIGHT_H

_HOUR_S: Final = 3600.0
# Of an hour in which less was measured the mean is of another time.
_MEASURED: Final = 0.9
# What of the electricity has a cost of its own, by the name that this begins with.
type Part = Literal["auxiliary", "hot_water"]
PARTS: Final[Mapping[Part, str]] = {
    "auxiliary": "auxiliary_kwh",
    "hot_water": "electricity_hot_water_kwh",
}
BY_HOUR: Final = (
    *(f"{part}_{what}" for part in PARTS for what in ("cost", "priced_kwh")),
    "night_fall",
    "night_drawn",
    "night_temp",
    "hot_water_move",
    "peak_auxiliary",
    "peak_hot_water",
    "peak_without_heater",
    "price_size",
)
# The reading of an hour that it needs beside the sums.
TANK_LEAST: Final = "hot_water_temp|min"


def by_hour(hours: pd.DataFrame, local: pd.DatetimeIndex) -> pd.DataFrame:
    """Return one row per local day, index naive midnights, columns `BY_HOUR`.

    `hours`: as the day table takes them; `local`: their naive local times.

    `night_fall`: how fast the tank cools at night, K/h, at a mean of `night_temp`, °C;
    `night_drawn`: how much more it fell from one hour to the next than it does by
    itself, K; NaN where water was charged or an hour is not known.
    `auxiliary_cost`, `hot_water_cost`: what these took at the price of each hour, with
    `auxiliary_priced_kwh` and `hot_water_priced_kwh`, that of which the price is known;
    NaN without any.
    `hot_water_move`: what hot water would have cost less in the cheapest hour within
    some before or after, NaN without prices.
    `peak_auxiliary`, `peak_hot_water`: what of the highest hour's electricity these
    took, kWh.
    `peak_without_heater`: the highest hour without all that the heater took.
    `price_size`: the day's `price_sum` of hours whose price is below zero counted as if
    it were above.
    """
    days = local.normalize()
    found = pd.DataFrame(index=days.unique(), columns=list(BY_HOUR), dtype=float)
    found.update(_nights(hours, local))
    price = hours["price_sum"] / hours["price_hours"].where(hours["price_hours"] > 0)
    sums = {"hot_water_move": _moves(hours, price)}
    for part, column in PARTS.items():
        kwh = hours[column].where(price.notna())
        sums |= {f"{part}_cost": kwh * price, f"{part}_priced_kwh": kwh}
    found.update(pd.DataFrame(sums).groupby(days).sum(min_count=1))
    rest = (hours["electricity_kwh"] - hours["auxiliary_kwh"]).groupby(days).max()
    found["peak_without_heater"] = rest.reindex(found.index)
    sizes = hours["price_sum"].abs().groupby(days).sum(min_count=1)
    found["price_size"] = sizes.reindex(found.index)
    number, highest = _highest(hours, days)
    for part, column in PARTS.items():
        taken = np.full(len(found), np.nan)
        taken[number] = hours[column].to_numpy()[highest]
        found[f"peak_{part}"] = taken
    return found


def _nights(hours: pd.DataFrame, local: pd.DatetimeIndex) -> pd.DataFrame:
    """Return the slope of each night's tank: the median of those of all its hours."""
    of_night = np.asarray(local.hour < NIGHT_H)
    part, days = hours[of_night], local[of_night].normalize()
    seconds = part["hot_water_temp|s"].to_numpy()
    rests = (part["hot_water_s"].to_numpy() == 0) & (seconds >= _MEASURED * _HOUR_S)
    means = np.where(rests, part["hot_water_temp|sum"] / np.maximum(seconds, 1), np.nan)
    # A night of four hours or of six is left out.
    counts = pd.Series(1, index=days).groupby(level=0).sum()
    whole = counts.index[counts == NIGHT_H]
    table = means[days.isin(whole)].reshape(-1, NIGHT_H)
    known = np.isfinite(table).all(axis=1)
    table = table[known]
    slopes = [
        (table[:, later] - table[:, first]) / (later - first)
        for first, later in combinations(range(NIGHT_H), 2)
    ]
    fall: Floats = -np.median(slopes, axis=0)
    steps: Floats = -np.diff(table, axis=1)
    usual = NIGHT_DRAW * np.median(steps, axis=1)
    return pd.DataFrame(
        {
            "night_fall": fall,
            "night_drawn": steps.max(axis=1, initial=-np.inf) - usual,
            "night_temp": table.mean(axis=1),
        },
        index=whole[known],
    )


def _moves(hours: pd.DataFrame, price: pd.Series) -> pd.Series:
    """Return what each hour's hot water cost more than in the cheapest hour near it.

    Of a tank that was cold already, only hours before: later nobody would have showered.
    """
    # By the clock: beyond a gap the next row is of another day.
    around = price.rolling(f"{2 * MOVE_H + 1}h", center=True, min_periods=1).min()
    before = price.rolling(f"{MOVE_H + 1}h", min_periods=1).min()
    cheapest = around.where(~(hours[TANK_LEAST] < MOVE_LEAST_C), before)
    return hours["electricity_hot_water_kwh"] * (price - cheapest)


def _highest(hours: pd.DataFrame, days: pd.DatetimeIndex) -> tuple[Integers, Integers]:
    """Return the numbers of days, and the place of the hour with most electricity."""
    kwh = hours["electricity_kwh"].fillna(-1.0).to_numpy()
    number = np.unique(days, return_inverse=True)[1]
    order = np.lexsort((kwh, number))
    highest = order[np.flatnonzero(np.diff(number[order], append=-1))]
    highest = highest[kwh[highest] >= 0]
    return number[highest], highest
