"""Computes the present of a heat pump from its records."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

import numpy as np
import pandas as pd

from ..analysis.equipment import Equipment
from ..analysis.events import since
from ..analysis.figures import instant_cop
from ..analysis.period_figures import PeriodFigures
from ..analysis.periods import THIS_MONTH, TODAY, YESTERDAY, calendar
from ..analysis.power import Moments, modes
from ..analysis.states import Kind
from ..profiles import Profile, alarm_active, alarm_text
from .limits import CONTEXT, LATEST, STALE
from .memory import Records
from .present import AlarmState, Present

_INSTANT: Final = pd.Timedelta(minutes=15)


def present(
    records: Records,
    figures: PeriodFigures,
    profile: Profile,
    equipment: Equipment,
    now: datetime,
    zone: tzinfo,
) -> Present:
    """Return the present at the poll of `now`; days are those of the time zone."""
    last = records.last
    if last is None or records.moments is None:
        return Present(revision=records.revision)
    readings = records.readings
    recent = readings[readings.index >= last - _INSTANT - CONTEXT]
    metrics = _latest(records, recent[recent.index >= last - LATEST])
    mode, power, heat = _operation(records.moments, last)
    return Present(
        time=last.to_pydatetime(),
        metrics=metrics,
        mode=mode,
        cop=_rounded(instant_cop(recent, equipment, figures.basis)),
        power=power,
        heat=heat,
        alarm=_alarm(profile, metrics),
        midnight=calendar(now, zone)[TODAY].start,
        today=figures.period(TODAY, now, zone),
        yesterday=figures.period(YESTERDAY, now, zone),
        this_month=figures.period(THIS_MONTH, now, zone),
        since=_since(records),
        stale=now - last > STALE,
        revision=records.revision,
    )


def _since(records: Records) -> dict[str, int]:
    """Return when what is now began, of what the screen shows the state of."""
    return {
        kind.name.lower(): time
        for kind, time in since(records.states).items()
        if kind is not Kind.HOT_WATER
    }


def _latest(records: Records, recent: pd.DataFrame) -> dict[str, float]:
    """Return the newest valid value of each metric, as its sensor resolves it."""
    values = recent.ffill().iloc[-1].dropna()
    digits = {metric: rule.digits for metric, rule in records.rules.items()}
    return {
        str(metric): round(float(value), digits[str(metric)]) + 0.0
        for metric, value in values.items()
        if metric in digits
    }


def _operation(
    moment: Moments, last: pd.Timestamp
) -> tuple[str | None, float | None, float | None]:
    """Return mode, electric power (W) and heat (kW) of now, None where not known."""
    first = int(np.searchsorted(moment.samples.time, (last - LATEST).value))
    mode = modes(moment)[first:]
    known_modes = mode[mode != ""]
    power = _last(moment.electricity[first:])
    heat = _last(np.where(moment.known, moment.heat, np.nan)[first:])
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
