"""Whether the borehole is tired, the filter clogged or the brine pump slow."""

from typing import Final

from . import limits
from .brine import BRINE, brine_flow, fall_limits, is_whole, sure_days, window
from .cop import less_water_flows
from .days import first_and_last, last_days
from .drift import drift
from .result import Insight, learning, spanning, unknown, worse
from .subject import Subject

ID: Final = "ground"


def ground(subject: Subject) -> Insight:
    """Return how much more or less brine flows than at first, %."""
    for metric in (*BRINE, "supply_temp"):
        if not subject.reports(metric):
            return unknown(ID, "no_metric", metric=metric)
    if subject.heat.source is None:
        return unknown(ID, "no_metric", metric="return_temp")
    if subject.heat.varies:
        # It keeps in and out apart by as much as is set: nothing measures its flow.
        return unknown(ID, "variable_speed")
    flow = brine_flow(subject)
    if isinstance(flow, int):
        return learning(ID, flow, limits.GROUND_BASELINE_DAYS)
    if not len(flow.recent):
        return unknown(ID, "not_heating")
    if less_water_flows(subject):
        # Then the heat seems to be more, and so does what the brine brings.
        return unknown(ID, "flow_changed")
    fall = fall_limits(subject)
    state = worse(-flow.change, *fall)
    if state == "act" and len(flow.recent) < sure_days(subject):
        state = "watch"
    recent = subject.days.loc[flow.recent.index]
    years = drift(subject)
    # A clogged filter comes first: it is seen in a week, and mended in an hour.
    is_colder = state == "ok" and years is not None and years.is_tired
    result = Insight(
        id=ID,
        state="watch" if is_colder else state,
        code="colder" if is_colder else "flow" if state == "ok" else "flow_low",
        value=100 * flow.change,
        unit="%",
        scatter=100 * float(flow.recent.std() / len(recent) ** 0.5) / flow.baseline
        if len(recent) > 1
        else None,
        n=len(recent),
        params={
            "whole_degrees": is_whole(subject),
            "window": window(subject),
            "watch": -100 * fall[0],
            "act": -100 * fall[1],
            "difference": float((recent["brine_in"] - recent["brine_out"]).mean()),
            "brine_in": float(recent["brine_in"].mean()),
            **_lowest(subject),
            **({} if years is None else {"drift": years.slope}),
        },
    )
    return spanning(result, *first_and_last(recent))


def _lowest(subject: Subject) -> dict[str, float | None]:
    """Return the coldest brine of the last year, °C."""
    coldest = last_days(subject.days, subject.today, 365)["brine_out_least"].dropna()
    return {"coldest": float(coldest.min()) if len(coldest) else None}
