"""Whether the ground gets colder from winter to winter, beside season and load."""

from math import pi, sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import limits
from .fit import fitted
from .subject import Subject

_YEAR_DAYS = 365.2425
# Heating seasons are told apart in July; in January south of the equator.
_HALF_YEAR = pd.DateOffset(months=6)


class Drift(NamedTuple):
    """How much warmer the brine from the ground becomes, K a year, and its error."""

    slope: float
    error: float

    @property
    def is_tired(self) -> bool:
        """Return whether it gets colder than a ground does that is used as it should."""
        beyond_doubt = -self.slope > limits.SIGMAS * self.error
        return beyond_doubt and -self.slope > limits.DRIFT_K_A_YEAR


def is_southern(subject: Subject) -> bool:
    """Return whether its winter is in July, as far as is known where it stands."""
    return subject.latitude is not None and subject.latitude < 0


def drift(subject: Subject) -> Drift | None:
    """Return what the years do to the brine; None of fewer than three heating seasons.

    brine = a + b·year + season + what was taken in the last days and in the last weeks.
    """
    days = subject.days
    taken = days["compressor_heat_kwh"] - days["compressor_electricity_kwh"].fillna(0.0)
    days = days.assign(
        lately=taken.ewm(com=limits.DRIFT_LOAD_DAYS[0], ignore_na=True).mean(),
        longer=taken.ewm(com=limits.DRIFT_LOAD_DAYS[1], ignore_na=True).mean(),
    )
    hours = days["steady_heating_s"] / 3600
    days = days[hours >= limits.COP_STEADY_H].dropna(
        subset=["brine_in", "lately", "longer"]
    )
    index = pd.DatetimeIndex(days.index)
    of_season = index if is_southern(subject) else index - _HALF_YEAR
    seasons = pd.Series(of_season.year).value_counts()
    if (seasons >= limits.DRIFT_SEASON_DAYS).sum() < limits.DRIFT_SEASONS:
        return None
    year = np.asarray((index - index[0]).days / _YEAR_DAYS, dtype=np.float64)
    turn = 2 * pi * np.asarray(index.dayofyear, dtype=np.float64) / _YEAR_DAYS
    loads = (days[name].to_numpy() for name in ("lately", "longer"))
    columns = (np.ones(len(days)), year, np.cos(turn), np.sin(turn), *loads)
    line = fitted(days["brine_in"].to_numpy(), *columns)
    rho = line.correlation
    return Drift(line.coefficients[1], line.errors[1] * sqrt((1 + rho) / (1 - rho)))
