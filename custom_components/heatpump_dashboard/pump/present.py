"""Computes the present of a heat pump from what is known of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

import numpy as np
import pandas as pd

from ..analysis.equipment import Equipment
from ..analysis.events import since
from ..analysis.figures import basis, instant_cop
from ..analysis.periods import THIS_MONTH, TODAY, YESTERDAY, calendar
from ..analysis.power import modes, moments
from ..analysis.samples import Samples
from ..analysis.states import Kind
from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_COMPRESSOR_POWER,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_POWER_METERED,
    DEFAULT_FLOW_FACTOR,
)
from ..profiles import Profile, alarm_active, alarm_text
from .memory import Known
from .models import CONTEXT, AlarmState, PumpData
from .period_figures import Books

# Older values say nothing of the present, whatever else arrives.
_LATEST: Final = timedelta(minutes=5)
_STALE: Final = timedelta(minutes=10)
_INSTANT: Final = timedelta(minutes=15)


def equipment(profile: Profile, data: Mapping[str, Any]) -> Equipment:
    """Return what the figures of a pump rest on: its brand and its settings."""
    auxiliary = profile.auxiliary
    return Equipment(
        flow_factor=data.get(CONF_FLOW_FACTOR, DEFAULT_FLOW_FACTOR),
        flow_measured=data.get(CONF_FLOW_MEASURED, False),
        compressor_kw=data.get(CONF_COMPRESSOR_POWER),
        auxiliary_max_kw=data.get(CONF_AUXILIARY_POWER, auxiliary.max_kw),
        auxiliary_step_kw=auxiliary.step_kw,
        auxiliary_heats_supply=auxiliary.heats_supply,
        power_includes_auxiliary=profile.power_includes_auxiliary,
        power_metered=data.get(CONF_POWER_METERED, False),
        hot_water_estimated=profile.hot_water_estimated,
    )


def join(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of spans that follow one another."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled) if filled else frames[0]


def present(books: Books, profile: Profile, now: datetime, zone: tzinfo) -> PumpData:
    """Return the present at the poll of `now`; days are those of the time zone."""
    known, pump = books.known, books.equipment
    last = known.last
    if last is None:
        return PumpData(revision=known.revision)
    readings = known.readings
    recent = readings[readings.index >= last - _INSTANT - CONTEXT]
    metrics = _latest(known, recent[recent.index >= last - _LATEST])
    mode, power, heat = _operation(recent, last, pump)
    return PumpData(
        time=last.to_pydatetime(),
        metrics=metrics,
        mode=mode,
        cop=_rounded(instant_cop(recent, pump, basis(known.rules, pump))),
        power=power,
        heat=heat,
        alarm=_alarm(profile, metrics),
        midnight=calendar(now, zone)[TODAY].start,
        today=books.period(TODAY, now, zone),
        yesterday=books.period(YESTERDAY, now, zone),
        this_month=books.period(THIS_MONTH, now, zone),
        since=_since(known),
        stale=now - last > _STALE,
        revision=known.revision,
    )


def _since(known: Known) -> dict[str, int]:
    """Return when what is now began, of what the screen shows the state of."""
    return {
        kind.name.lower(): time
        for kind, time in since(known.states).items()
        if kind is not Kind.HOT_WATER
    }


def _latest(known: Known, recent: pd.DataFrame) -> dict[str, float]:
    """Return the newest valid value of each metric, as its sensor resolves it."""
    values = recent.ffill().iloc[-1].dropna()
    digits = {metric: rule.digits for metric, rule in known.rules.items()}
    return {
        str(metric): round(float(value), digits.get(str(metric), 0)) + 0.0
        for metric, value in values.items()
    }


def _operation(
    recent: pd.DataFrame, last: pd.Timestamp, pump: Equipment
) -> tuple[str | None, float | None, float | None]:
    """Return mode, electric power (W) and heat (kW) of now, None where not known."""
    moment = moments(Samples.of(recent), pump)
    newest = recent.index >= last - _LATEST
    mode = modes(moment)[newest]
    known_modes = mode[mode != ""]
    power = _last(moment.electricity[newest])
    heat = _last(np.where(moment.known, moment.heat, np.nan)[newest])
    return (
        str(known_modes[-1]) if known_modes.size else None,
        None if power is None else round(power * 1000, 1),
        round(heat, 2) if heat is not None and moment.has_heat else None,
    )


def _last(values: np.ndarray) -> float | None:
    """Return the last known value."""
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else None


def _alarm(profile: Profile, metrics: Mapping[str, float]) -> AlarmState:
    """Return the alarm of now. The code stays for ever where it is latched."""
    code = metrics.get("alarm_code")
    active = alarm_active(profile, metrics.get("alarm"), code)
    return AlarmState(
        active=active,
        code=None if code is None else int(code),
        text_en=alarm_text(profile, code, active, "en"),
        text_sv=alarm_text(profile, code, active, "sv"),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
