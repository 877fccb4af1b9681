"""Cleans what is stored: names to metrics, scales, signs, and what is no measurement."""

from collections.abc import Mapping
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from ..profiles.metrics import METRICS
from .equipment import Equipment
from .limits import at_rest, limits, most_amount
from .samples import DROPPED, SECOND, Flags, Floats, nanoseconds

if TYPE_CHECKING:
    from ..profiles import Profile, SeriesRule

# A 16-bit number of tenths that lost its sign is this much too high.
_SIGNLESS_ABOVE: Final = 3276.7
_SIGN: Final = 6553.6
# Decimals beyond any sensor: what a factor of 0.1 leaves behind.
_EXACT: Final = 9
# A gateway that was told no power sends 0 for ever.
_ABOVE_ZERO: Final = ("power", "energy")
type Limits = Mapping[str, tuple[float, float]]
_USUAL: Final = limits(Equipment())
# No number is greater, and infinity is no number.
_GREATEST: Final = sys.float_info.max


def choose_series(
    raw: pd.DataFrame,
    profile: Profile,
    chosen: Mapping[str, SeriesRule],
    limits: Limits = _USUAL,
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
            values = _values(raw, seconds, metric, candidate, limits)
            if values is not None and _says_something(metric, values.valid):
                rules[metric] = candidate
                break
    derived = "alarm" not in profile.metrics and profile.alarm_rule != "latched"
    if derived and "alarm_code" in rules:
        rules.setdefault("alarm", rules["alarm_code"])
    return rules


def series_of_then(
    raw: pd.DataFrame,
    profile: Profile,
    chosen: Mapping[str, SeriesRule],
    limits: Limits = _USUAL,
) -> dict[str, SeriesRule]:
    """Return the series that a piece of the past is taken from.

    `raw`: its values, as in `choose_series`. Those that are `chosen` now, but for a
    metric of which an earlier candidate had valid values then: a sensor that has
    failed since. Its figures must not depend on when the past was read.
    """
    lesser = {
        metric
        for metric, rule in profile.metrics.items()
        if metric in chosen and chosen[metric] != rule.candidates[0]
    }
    if not lesser:
        return dict(chosen)
    others = {metric: chosen[metric] for metric in chosen.keys() - lesser}
    found = choose_series(raw, profile, others, limits)
    then = dict(chosen)
    for metric in lesser & found.keys():
        rank = profile.metrics[metric].candidates.index
        then[metric] = min(found[metric], chosen[metric], key=rank)
    return then


def clean(
    raw: pd.DataFrame,
    rules: Mapping[str, SeriesRule],
    limits: Limits = _USUAL,
    *,
    ended: float = np.nan,
) -> pd.DataFrame:
    """Return readings: one column per metric of `rules`, NaN = no valid value.

    `raw`: values as stored, UTC index, one column per series. Rows come out in
    ascending order, one per moment; of double ones the last value counts. Units are
    those of the metrics. `limits`: the least and the most that is believed of a
    metric; what is stored and is no measurement is NaN too, and where there is such a
    thing, a column `DROPPED` says how many there are in the row (NaN = none). A source
    may say itself that there is no value any more, with an infinity: that is NaN and
    not dropped. `ended` stands instead of NaN where a row says so, or says what is no
    measurement, in contrast to where it says nothing: what was said before has ended.
    """
    raw = _in_order(raw)
    seconds = nanoseconds(raw.index) / SECOND
    columns: dict[str, Floats] = {}
    dropped = np.zeros(len(raw))
    for metric in rules:
        columns[metric], lost, gone = _metric(raw, seconds, metric, rules, limits)
        columns[metric][lost | gone] = ended
        dropped += lost
    if dropped.any():
        columns[DROPPED] = np.where(dropped > 0, dropped, np.nan)
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
    raw: pd.DataFrame,
    seconds: Floats,
    metric: str,
    rules: Mapping[str, SeriesRule],
    limits: Limits,
) -> _Values:
    """Return the values of a metric, all NaN where its series is not there.

    A state that is another way to look at the code of the alarm loses nothing that the
    code has not lost.
    """
    rule = rules[metric]
    derived = metric == "alarm" and rule == rules.get("alarm_code")
    values = _values(raw, seconds, "alarm_code" if derived else metric, rule, limits)
    none = np.zeros(len(raw), dtype=np.bool)
    if values is None:
        return _Values(np.full(len(raw), np.nan), none, none)
    if derived:
        state = np.where(np.isnan(values.valid), np.nan, values.valid != 0)
        return _Values(state, none, values.lost | values.gone)
    return values


class _Values(NamedTuple):
    """The values of a series, NaN = not valid.

    `lost`: one is stored that is not valid. `gone`: it is said that there is none.
    """

    valid: Floats
    lost: Flags
    gone: Flags


def _values(
    raw: pd.DataFrame, seconds: Floats, metric: str, rule: SeriesRule, limits: Limits
) -> _Values | None:
    """Return the valid values of one series, None where it is not stored at all."""
    stored = _stored(raw, rule)
    if stored is None:
        return None
    with np.errstate(over="ignore"):
        values = np.round(stored * scale_at(seconds, rule) + rule.offset, _EXACT)
    for value, meaning in rule.replace:
        values[stored == value] = meaning
    if rule.signed:
        lost = (values > _SIGNLESS_ABOVE) & (values < _SIGN)
        values[lost] = np.round(values[lost] - _SIGN, _EXACT)
    least, most = _bounds(metric, rule, limits)
    valid: Flags = (values >= least) & (values <= most)
    if rule.speed or metric == "alarm":
        # How fast it turns; how many there are, in some controllers.
        values = np.sign(np.where(values > at_rest(metric, rule.amount), values, 0.0))
    if METRICS[metric].kind == "state":
        valid &= (values == 0) | (values == 1)
    if METRICS[metric].kind == "code":
        # Nor is a register's highest number one, once it is scaled: it says "none".
        valid &= values == np.round(values)
    values[~valid] = np.nan
    gone = np.isinf(stored)
    return _Values(values, ~(valid | np.isnan(stored) | gone), gone)


def _bounds(metric: str, rule: SeriesRule, limits: Limits) -> tuple[float, float]:
    """Return the least and the most that is a measurement of a series.

    What its sensor can measure, and what is believed of the metric; where that is no
    more than whether something is on, what is believed of the speed or the number.
    """
    if rule.speed:
        return 0.0, most_amount(rule.amount, limits)
    least, most = limits.get(metric, (-_GREATEST, _GREATEST))
    if rule.minimum is not None:
        least = max(least, rule.minimum)
    if rule.maximum is not None and metric != "alarm":
        most = min(most, rule.maximum)
    return least, most


def _stored(raw: pd.DataFrame, rule: SeriesRule) -> Floats | None:
    """Return what is stored under today's name of a series, before it under an old one.

    From its first value on a newer name counts alone: an old counter that goes on is
    another one.
    """
    stored: Floats | None = None
    for name in rule.names:
        if name in raw.columns:
            column = raw[name].to_numpy("float64")
            if stored is not None:
                has_begun = np.maximum.accumulate(~np.isnan(stored))
                column = np.where(has_begun, stored, column)
            stored = column
    return stored


def scale_at(seconds: Floats, rule: SeriesRule) -> Floats | float:
    """Return the factor of each moment (s since 1970): that of the era it was stored in."""
    if not rule.eras:
        return rule.scale
    ends, scales = zip(*rule.eras, strict=True)
    era = np.searchsorted(np.array(ends), seconds, side="right")
    factors: Floats = np.array((*scales, rule.scale))[era]
    return factors
