"""Whether the borehole is tired, the filter clogged or the brine pump slow."""

from typing import Final, NamedTuple

import pandas as pd

from . import limits
from .cop import carnot
from .days import first_and_last, last_days
from .electricity import is_small_part
from .result import Insight, learning, spanning, unknown, worse
from .subject import Subject

ID: Final = "ground"
_BRINE: Final = ("brine_in_temp", "brine_out_temp")


class BrineFlow(NamedTuple):
    """kW per kelvin of brine of each valid day, of the last ones, and of the first."""

    days: pd.Series
    recent: pd.Series
    baseline: float

    @property
    def change(self) -> float:
        """Return how much more flows than at first, as a share."""
        return float(self.recent.mean()) / self.baseline - 1


def ground(subject: Subject) -> Insight:
    """Return how much more or less brine flows than at first, %."""
    for metric in (*_BRINE, "supply_temp"):
        if not subject.reports(metric):
            return unknown(ID, "no_metric", metric=metric)
    flow = brine_flow(subject)
    if isinstance(flow, int):
        return learning(ID, flow, limits.GROUND_BASELINE_DAYS)
    if not len(flow.recent):
        return unknown(ID, "not_heating")
    whole = _is_whole(subject)
    fall = limits.GROUND_FALL_WHOLE if whole else limits.GROUND_FALL
    state = worse(-flow.change, *fall)
    recent = subject.days.loc[flow.recent.index]
    result = Insight(
        id=ID,
        state=state,
        code="flow" if state == "ok" else "flow_low",
        value=100 * flow.change,
        unit="%",
        scatter=100 * float(flow.recent.std() / len(recent) ** 0.5) / flow.baseline
        if len(recent) > 1
        else None,
        n=len(recent),
        params={
            "whole_degrees": whole,
            "window": _window(subject),
            "watch": -100 * fall[0],
            "act": -100 * fall[1],
            "difference": float((recent["brine_in"] - recent["brine_out"]).mean()),
            "brine_in": float(recent["brine_in"].mean()),
            **_lowest(subject),
        },
    )
    return spanning(result, *first_and_last(recent))


def brine_flow(subject: Subject) -> BrineFlow | int:
    """Return kW per kelvin of the brine, or of how many days it is known as yet.

    What the ground gives is the heat without the electricity; where nothing says what
    that is, without the share that a usual heat pump takes at these temperatures.
    """
    days = subject.days
    hours = days["steady_heating_s"] / 3600
    difference = days["brine_in"] - days["brine_out"]
    heat = days["steady_heating_heat_kwh"]
    if not is_small_part(subject):
        usual = limits.USUAL_EFFICIENCY * carnot(
            days["supply"].to_numpy(), days["brine_in"].to_numpy()
        )
        paid = heat / usual
    else:
        paid = days["steady_heating_electricity_kwh"]
    valid = (hours >= limits.COP_STEADY_H) & (difference >= limits.GROUND_LEAST_K)
    found = ((heat - paid) / hours / difference)[valid].dropna()
    if len(found) < limits.GROUND_BASELINE_DAYS:
        return len(found)
    recent = last_days(found.to_frame("flow"), subject.today, _window(subject))["flow"]
    baseline = float(found.iloc[: limits.GROUND_BASELINE_DAYS].mean())
    return BrineFlow(found, recent, baseline)


def _window(subject: Subject) -> int:
    """Return of how many days a mean is sure enough."""
    if _is_whole(subject):
        return limits.GROUND_WINDOW_WHOLE_DAYS
    return limits.GROUND_WINDOW_DAYS


def _is_whole(subject: Subject) -> bool:
    """Return whether the brine is told in whole degrees."""
    return any(metric in subject.whole_degrees for metric in _BRINE)


def _lowest(subject: Subject) -> dict[str, float | None]:
    """Return the coldest brine of the last year, °C."""
    coldest = last_days(subject.days, subject.today, 365)["brine_out_least"].dropna()
    return {"coldest": float(coldest.min()) if len(coldest) else None}
