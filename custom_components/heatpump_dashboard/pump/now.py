"""Computes the present of a heat pump from its records."""

from collections.abc import Collection
from datetime import datetime, tzinfo

import numpy as np

from ..analysis.equipment import Equipment
from ..analysis.events import since
from ..analysis.instant import instant, newest, power_kw, states_now
from ..analysis.period_figures import PeriodFigures
from ..analysis.periods import THIS_MONTH, TODAY, YESTERDAY, calendar
from ..analysis.power import Operation
from ..analysis.states import Kind
from ..languages import LANGUAGES
from ..profiles import Profile, alarm_text
from .memory import Records
from .present import AlarmState, Present


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
    if last is None or records.operation is None:
        return Present(revision=records.revision)
    metrics = _latest(records, records.operation)
    latched = profile.alarm_rule == "latched"
    states = states_now(records.operation.samples, equipment, latched_alarm=latched)
    interval_s = records.rhythm.resolution_s or 0.0
    running = instant(records.operation, figures.basis, interval_s)
    midnight = calendar(now, zone)[TODAY].start
    today_from = max(midnight, _first_known(records) or midnight)
    # Of what may be read yet it would be told less, and more again.
    is_unread = today_from > midnight and not figures.whole
    return Present(
        time=last.to_pydatetime(),
        metrics=metrics,
        mode=states.mode,
        hot_water=states.hot_water,
        auxiliary=states.auxiliary,
        cop=_rounded(running.cop, 3),
        cop_reason=running.reason,
        heat_kw=_rounded(running.heat_kw, 2),
        electricity_kw=_rounded(running.electricity_kw, 3),
        power=_rounded(_watts(power_kw(records.operation, figures.basis)), 1),
        alarm=_alarm(profile, states.alarm, metrics.get("alarm_code")),
        today_from=today_from,
        today={} if is_unread else figures.period(TODAY, now, zone),
        yesterday=figures.period(YESTERDAY, now, zone),
        this_month=figures.period(THIS_MONTH, now, zone),
        since=_since(records, states.known),
        stale=now - last > records.stale,
        stale_after_s=records.stale.total_seconds(),
        revision=records.revision,
    )


def _first_known(records: Records) -> datetime | None:
    """Return where the first window begins, None before there is any."""
    ledger = records.ledger
    return ledger.index[0].to_pydatetime() if len(ledger) else None


def _since(records: Records, known: Collection[Kind]) -> dict[str, int]:
    """Return when what is now began, of what the screen shows the state of."""
    return {
        kind.name.lower(): time
        for kind, time in since(records.states).items()
        if kind in known and kind is not Kind.HOT_WATER
    }


def _latest(records: Records, operation: Operation) -> dict[str, float]:
    """Return the newest valid value of each metric, as its sensor resolves it."""
    digits = {metric: rule.digits for metric, rule in records.rules.items()}
    return {
        metric: round(float(value), digits[metric]) + 0.0
        for metric, (value,) in newest(operation.samples).columns.items()
        if metric in digits and np.isfinite(value)
    }


def _alarm(profile: Profile, alarm: float | None, code: float | None) -> AlarmState:
    """Return the alarm of now. The code stays for ever where it is latched."""
    active = None if alarm is None else alarm != 0
    return AlarmState(
        active=active,
        code=None if code is None else int(code),
        texts={
            language: alarm_text(profile, code, bool(active), language)
            for language in LANGUAGES
        },
    )


def _watts(kw: float | None) -> float | None:
    return None if kw is None else 1000 * kw


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
