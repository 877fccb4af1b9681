"""Why the auxiliary heater ran, and whether that was necessary."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import Final

import pandas as pd

from ..analysis.capabilities import AUXILIARY_METRICS
from ..analysis.times import milliseconds
from . import limits
from .days import day_of, first_and_last, last_days, midnight, pairs
from .electricity import cost_of_part
from .episodes import AVOIDABLE, Cause, Episode, episodes
from .result import Insight, State, spanning, unknown, worse
from .subject import Subject

ID: Final = "heater"
# What is wanted, or is no choice of the heat pump: no share of it is too much.
_BY_DESIGN: Final[tuple[Cause, ...]] = ("hygiene", "mode", "defrost")
_TOO_SMALL: Final = frozenset((("capacity", "watch"), ("capacity", "act")))
_DAY: Final = timedelta(days=1)


def heater(subject: Subject) -> Insight:
    """Return what the heater took in the last month, by cause."""
    if not any(subject.reports(metric) for metric in AUXILIARY_METRICS):
        return unknown(ID, "no_metric", metric="auxiliary_power")
    days = last_days(subject.days, subject.today, limits.HEATER_DAYS)
    if not len(days):
        return unknown(ID, "coverage")
    first, last = first_and_last(days)
    total = float(days["auxiliary_kwh"].fillna(0.0).sum())
    found = episodes_in(subject, days)
    causes = by_cause(found, total)
    # Of the heat of two settings there is no share.
    by_design = _by_design(subject, days)
    share = None if subject.mixed else heater_share(days, by_design)
    main = max(causes, key=lambda cause: causes[cause]) if total > 0 else "none"
    by_share: State = "ok" if share is None else worse(share, *limits.HEATER_SHARE)
    too_cold = [one for one in found if _is_too_cold(subject, one)]
    alone = _was_alone(subject, [one for one in found if one not in too_cold])
    result = Insight(
        id=ID,
        state=_state(by_share, _unwanted(causes, found), alone),
        # What is too much in mild weather is not by the design of any heat pump.
        code="capacity_mild" if (main, by_share) in _TOO_SMALL else main,
        value=total,
        unit="kWh",
        n=len(found),
        params={
            "share": share,
            # Beside the share, which its check is judged by.
            "total": total,
            "mild": _mild_kwh(days, by_design),
            "avoidable_kwh": avoidable(
                _without(causes, too_cold), None if subject.mixed else _cop(days)
            ),
            # Whether the COP is right that it rests on.
            "checked": subject.heat_scale is not None,
            "cost": cost_of_part(days, "auxiliary"),
            **{f"{cause}_kwh": kwh for cause, kwh in causes.items()},
        },
    )
    return spanning(result, first, last)


def episodes_of(subject: Subject) -> list[Episode]:
    """Return the times of the auxiliary heater of the last month that are over."""
    return episodes(
        subject.events,
        subject.heater_only,
        subject.states,
        subject.gaps,
        subject.defrosts,
    )


def episodes_in(subject: Subject, days: pd.DataFrame) -> list[Episode]:
    """Return those of some days, from the first to the last of them.

    Of one that began before them, or ended after them, the part of its energy that its
    time in them is.
    """
    return _within(episodes_of(subject), *first_and_last(days), subject.zone)


def by_cause(found: list[Episode], total: float) -> dict[str, float]:
    """Return the energy of each cause, kWh; together they are the ledger's.

    What no episode has is not known: one that goes on, or began before all that is
    known. Where they have more than the ledger, each has its share of that.
    """
    causes: dict[str, float] = {}
    for one in found:
        causes[one.cause] = causes.get(one.cause, 0.0) + (one.kwh or 0.0)
    known = sum(causes.values())
    if known > total:
        return {cause: kwh * total / known for cause, kwh in causes.items()}
    if total - known > 1e-9:
        causes["unknown"] = causes.get("unknown", 0.0) + total - known
    return causes


def avoidable(causes: Mapping[str, float], cop: float | None) -> float | None:
    """Return the electricity that the compressor would have saved, kWh."""
    if cop is None or cop <= 1:
        return None
    kwh = sum(kwh for cause, kwh in causes.items() if cause in AVOIDABLE)
    return kwh * (1 - 1 / cop)


def heater_share(days: pd.DataFrame, by_design: pd.Series) -> float | None:
    """Return the heater's share of the heat of days that are mild enough for none.

    Without what is `by_design` of each day, kWh. Of all days where nobody knows how cold
    they were.
    """
    heat = float(days["heat_kwh"][_is_mild(days)].sum())
    return _mild_kwh(days, by_design) / heat if heat > 0 else None


def _is_mild(days: pd.DataFrame) -> pd.Series:
    """Return which days needed no heater; of those of unknown weather all."""
    return ~(days["outdoor_temp"] < limits.HEATER_MILD_C)


def _mild_kwh(days: pd.DataFrame, by_design: pd.Series) -> float:
    """Return what the heater took on mild days, without what is by design, kWh."""
    judged = (days["auxiliary_kwh"] - by_design).clip(lower=0.0)
    return float(judged[_is_mild(days)].sum())


def _is_too_cold(subject: Subject, one: Episode) -> bool:
    """Return whether a compressor that heats from air was off as it was too cold for it."""
    if one.cause != "compressor_off" or subject.reports("brine_in_temp"):
        return False
    first, last = (day_of(when, subject.zone) for when in (one.start, one.end))
    outdoor = subject.days["outdoor_temp"].loc[first:last]
    return len(outdoor) > 0 and bool((outdoor < limits.HEATER_AIR_C).all())


def _without(causes: Mapping[str, float], too_cold: list[Episode]) -> dict[str, float]:
    """Return the energies without those of a compressor that could not have run."""
    cold = sum(one.kwh or 0.0 for one in too_cold)
    off = max(causes.get("compressor_off", 0.0) - cold, 0.0)
    return {**causes, "compressor_off": off}


def _by_design(subject: Subject, days: pd.DataFrame) -> pd.Series:
    """Return what of each day is no fault of anybody's, kWh."""
    wanted = [one for one in episodes_of(subject) if one.cause in _BY_DESIGN]
    each = [day.date() for day in pd.DatetimeIndex(days.index)]
    kwh = [
        sum(one.kwh or 0.0 for one in _within(wanted, day, day, subject.zone))
        for day in each
    ]
    return pd.Series(kwh, index=days.index, dtype=float)


def _within(
    found: Sequence[Episode], first: date, last: date, zone: tzinfo
) -> list[Episode]:
    """Return the episodes that reach into local days, each with its energy there."""
    begin, end = (milliseconds(midnight(day, zone)) for day in (first, last + _DAY))
    inside = []
    for one in found:
        length = one.end - one.start
        share = (min(one.end, end) - max(one.start, begin)) / max(length, 1)
        if share > 0:
            kwh = None if one.kwh is None else one.kwh * share
            inside.append(replace(one, kwh=kwh))
    return inside


def _unwanted(causes: Mapping[str, float], found: Sequence[Episode]) -> bool:
    """Return whether it ran for what nobody wanted, or for no reason that is seen.

    What the ledger has beside the episodes is no such reason: it may be one that goes on.
    """
    unseen = any(one.cause == "unknown" and (one.kwh or 0.0) > 0 for one in found)
    return causes.get("compressor_off", 0.0) > 0 or (
        causes.get("unknown", 0.0) > 0 and unseen
    )


def _state(by_share: State, unwanted: bool, was_alone: bool) -> State:
    """Return how bad it is: by its share, and what nobody wanted is worth a look."""
    if was_alone:
        return "act"
    return "watch" if by_share == "ok" and unwanted else by_share


def _was_alone(subject: Subject, found: list[Episode]) -> bool:
    """Return whether the heater carried the house for long, lately, with no alarm."""
    first = pd.Timestamp(subject.today) - pd.Timedelta(days=limits.HEATER_ALONE_DAYS)
    return any(
        one.cause == "compressor_off"
        and one.end - one.start >= limits.HEATER_ALONE_H * 3_600_000
        and day_of(one.end, subject.zone) >= first
        for one in found
    )


def _cop(days: pd.DataFrame) -> float | None:
    """Return what the compressor makes of its electricity, None where it is not known."""
    days = pairs(days)
    heat = days["compressor_heat_kwh"].sum() + days["cooling_kwh"].sum()
    paid = (
        days["compressor_electricity_kwh"].sum() - days["cooling_electricity_kwh"].sum()
    )
    return float(heat / paid) if paid > 0 else None
