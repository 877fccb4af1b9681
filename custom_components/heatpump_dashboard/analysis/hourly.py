"""Hours of which nothing is kept but hourly statistics: means and what counters grew by."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from ..profiles import METRICS, Profile, SeriesRule
from .basis import FigureBasis
from .capabilities import Capabilities
from .equipment import Equipment
from .limits import MOST_HEAT_KW, limits
from .samples import Floats

_HOUR_S: Final = 3600.0
# What is known of such hours, beside means of temperatures and power: no modes, no
# starts. Of COPs only hours make part of which both energies are known.
COUNTED: Final = (
    "counted_electricity_s",
    "counted_electricity_kwh",
    "counted_heat_s",
    "counted_heat_kwh",
    "counted_both_s",
    "counted_both_electricity_kwh",
    "counted_both_heat_kwh",
)
# What costs: of an hour one of them at most is not 0.
ELECTRICITY: Final = ("electricity_kwh", "counted_electricity_kwh")


def hours_of_statistics(
    statistics: pd.DataFrame,
    profile: Profile,
    equipment: Equipment,
    basis: FigureBasis,
) -> pd.DataFrame:
    """Return hours as the history keeps them, as far as statistics say what they were.

    `statistics`: UTC hours, `{series}|mean`, `|min`, `|max`, and of counters `|change`,
    in the units that the profile's rules expect. Columns: `COUNTED` (kWh, s), and per
    metric with a mean `{metric}|sum`, `|s`, `|min` and `|max`, see `windows.extremes`.
    Heat is that of a counter, and only where figures are made of it, too: another
    scale must not be mixed with theirs.
    """
    hours = _Hours(statistics, profile, equipment)
    electricity, heat = hours.electricity(), hours.heat(basis)
    both = np.isfinite(electricity) & np.isfinite(heat)
    counted = {
        "electricity": electricity,
        "heat": heat,
        "both": np.where(both, electricity, np.nan),
    }
    columns = {
        f"counted_{name}_s": np.isfinite(values) * _HOUR_S
        for name, values in counted.items()
    }
    columns |= {
        "counted_electricity_kwh": np.nan_to_num(electricity),
        "counted_heat_kwh": np.nan_to_num(heat),
        "counted_both_electricity_kwh": np.where(both, electricity, 0.0),
        "counted_both_heat_kwh": np.where(both, heat, 0.0),
    }
    return pd.DataFrame(columns | hours.readings(), index=statistics.index)


class _Hours:
    """Statistics by metric, in the metric's own unit; NaN where they say nothing."""

    def __init__(
        self, statistics: pd.DataFrame, profile: Profile, equipment: Equipment
    ) -> None:
        self._statistics = statistics
        self._equipment = equipment
        self._rules = {
            metric: rule.candidates[0] for metric, rule in profile.metrics.items()
        }
        self._limits = limits(equipment)

    def electricity(self) -> Floats:
        """Return kWh of each hour, by what figures take first of what it has."""
        watts = self._mean("power")
        kwh = np.where(np.isfinite(watts), watts / 1000, self._growth("energy"))
        most = self._limits["power"][1] / 1000
        kwh = np.where((kwh >= 0) & (kwh <= most), kwh, np.nan)
        if self._equipment.power_includes_auxiliary or not self._has_heater:
            return kwh
        return kwh + self._mean("auxiliary_power")

    def heat(self, basis: FigureBasis) -> Floats:
        """Return kWh of each hour, where a counter is what heat is taken from."""
        kwh = self._growth("heat_energy")
        counted = basis.heat in ("meter", "counter")
        believed = counted & (kwh >= 0) & (kwh <= MOST_HEAT_KW)
        kwh = np.where(believed, kwh, np.nan)
        if self._equipment.auxiliary_heats_supply or not self._has_heater:
            return kwh
        return kwh + self._mean("auxiliary_power")

    def readings(self) -> dict[str, Floats]:
        """Return what temperatures and powers were, as windows have it."""
        found: dict[str, Floats] = {}
        for metric in self._rules:
            if METRICS[metric].kind not in ("temperature", "power"):
                continue
            mean = self._believed(metric, self._mean(metric))
            if not np.isfinite(mean).any():
                continue
            found[f"{metric}|sum"] = mean * _HOUR_S
            found[f"{metric}|s"] = np.where(np.isfinite(mean), _HOUR_S, np.nan)
            for what in ("min", "max"):
                found[f"{metric}|{what}"] = self._believed(
                    metric, self._told(metric, what)
                )
        return found

    @property
    def _has_heater(self) -> bool:
        return Capabilities(self._rules).auxiliary

    def _mean(self, metric: str) -> Floats:
        return self._told(metric, "mean")

    def _growth(self, metric: str) -> Floats:
        return self._told(metric, "change", offset=False)

    def _believed(self, metric: str, values: Floats) -> Floats:
        """Return values without such as the sensor cannot measure."""
        least, most = _bounds(self._rules[metric], self._limits, metric)
        return np.where((values >= least) & (values <= most), values, np.nan)

    def _told(self, metric: str, what: str, *, offset: bool = True) -> Floats:
        """Return what statistics tell of a metric, under any name it has had."""
        told = np.full(len(self._statistics), np.nan)
        rule = self._rules.get(metric)
        for name in () if rule is None else rule.names:
            assert rule is not None
            if (column := f"{name}|{what}") in self._statistics:
                values = self._statistics[column].to_numpy("float64") * rule.scale
                values = values + (rule.offset if offset else 0.0)
                told = np.where(np.isfinite(told), told, values)
        return told


def _bounds(
    rule: SeriesRule, usual: Mapping[str, tuple[float, float]], metric: str
) -> tuple[float, float]:
    """Return the least and the most that is believed of a series."""
    least, most = usual.get(metric, (-np.inf, np.inf))
    if rule.minimum is not None:
        least = max(least, rule.minimum)
    if rule.maximum is not None:
        most = min(most, rule.maximum)
    return least, most
