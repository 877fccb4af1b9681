"""Cleans what is stored: names to metrics, scales, signs, and what is no measurement."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ..profiles.metrics import METRICS
from .samples import SECOND, Flags, Floats, nanoseconds

if TYPE_CHECKING:
    from ..profiles import Profile, SeriesRule

# A 16-bit number of tenths that lost its sign is this much too high.
_SIGNLESS_ABOVE: Final = 3276.7
_SIGN: Final = 6553.6
# Decimals beyond any sensor: what a factor of 0.1 leaves behind.
_EXACT: Final = 9
# A gateway that was told no power sends 0 for ever.
_ABOVE_ZERO: Final = ("power", "energy")


def choose_series(
    raw: pd.DataFrame, profile: Profile, chosen: Mapping[str, SeriesRule]
) -> dict[str, SeriesRule]:
    """Return the series each metric is taken from.

    `raw`: values as stored, UTC index, one column per series. Of a metric's
    candidates the first that has a valid value here is taken, and one already
    `chosen` stays; power and energy must be above 0 for once. A metric without any
    valid value is left out: absent, not zero. A brand that reports its alarm as a
    code alone gets `alarm` from the series of the code.
    """
    rules = dict(chosen)
    seconds = nanoseconds(raw.index) / SECOND
    for metric, rule in profile.metrics.items():
        if metric in rules:
            continue
        for candidate in rule.candidates:
            values = _values(raw, seconds, metric, candidate)
            if values is not None and _says_something(metric, values):
                rules[metric] = candidate
                break
    derived = "alarm" not in profile.metrics and profile.alarm_rule != "latched"
    if derived and "alarm_code" in rules:
        rules.setdefault("alarm", rules["alarm_code"])
    return rules


def clean(raw: pd.DataFrame, rules: Mapping[str, SeriesRule]) -> pd.DataFrame:
    """Return readings: one column per metric of `rules`, NaN = no valid value.

    `raw`: values as stored, UTC index, one column per series. Rows come out in
    ascending order, one per moment; of double ones the last value counts. Units are
    those of the metrics.
    """
    raw = _in_order(raw)
    seconds = nanoseconds(raw.index) / SECOND
    columns = {metric: _metric(raw, seconds, metric, rules) for metric in rules}
    return pd.DataFrame(columns, index=raw.index, dtype="float64")


def _in_order(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in ascending order, one per moment."""
    if raw.index.is_monotonic_increasing and raw.index.is_unique:
        return raw
    return raw.groupby(level=0, sort=True).last()


def _says_something(metric: str, values: Floats) -> bool:
    """Return whether a series measures anything."""
    measured = values > 0 if metric in _ABOVE_ZERO else np.isfinite(values)
    return bool(measured.any())


def _metric(
    raw: pd.DataFrame, seconds: Floats, metric: str, rules: Mapping[str, SeriesRule]
) -> Floats:
    """Return the valid values of a metric, all NaN where its series is not there."""
    rule = rules[metric]
    derived = metric == "alarm" and rule == rules.get("alarm_code")
    values = _values(raw, seconds, "alarm_code" if derived else metric, rule)
    if values is None:
        return np.full(len(raw), np.nan)
    return np.where(np.isnan(values), np.nan, values != 0) if derived else values


def _values(
    raw: pd.DataFrame, seconds: Floats, metric: str, rule: SeriesRule
) -> Floats | None:
    """Return the valid values of one series, None where it is not stored at all."""
    stored = _stored(raw, rule)
    if stored is None:
        return None
    values = np.round(stored * _scale(seconds, rule), _EXACT)
    for value, meaning in rule.replace:
        values[stored == value] = meaning
    if rule.signed:
        lost = values > _SIGNLESS_ABOVE
        values[lost] = np.round(values[lost] - _SIGN, _EXACT)
    if metric == "alarm":
        # How many there are, in some controllers.
        values = np.where(values > 0, np.sign(values), values)
    values[~_valid(values, metric, rule)] = np.nan
    return values


def _stored(raw: pd.DataFrame, rule: SeriesRule) -> Floats | None:
    """Return what is stored under today's name of a series, else under an old one."""
    stored: Floats | None = None
    for name in rule.names:
        if name in raw.columns:
            column = raw[name].to_numpy("float64")
            stored = (
                column if stored is None else np.where(np.isnan(stored), column, stored)
            )
    return stored


def _scale(seconds: Floats, rule: SeriesRule) -> Floats | float:
    """Return the factor of each moment: that of the era in which it was stored."""
    if not rule.eras:
        return rule.scale
    ends, scales = zip(*rule.eras, strict=True)
    era = np.searchsorted(np.array(ends), seconds, side="right")
    factors: Floats = np.array((*scales, rule.scale))[era]
    return factors


def _valid(values: Floats, metric: str, rule: SeriesRule) -> Flags:
    """Return which values are measurements."""
    valid: Flags = np.isfinite(values)
    if rule.minimum is not None:
        valid &= values >= rule.minimum
    if rule.maximum is not None:
        valid &= values <= rule.maximum
    if METRICS[metric].kind == "state":
        valid &= (values == 0) | (values == 1)
    return valid
