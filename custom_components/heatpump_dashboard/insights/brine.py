"""How much brine flows, from the heat that it brings."""

from typing import Final, NamedTuple

import pandas as pd

from . import limits
from .carnot import carnot
from .days import last_days
from .electricity import is_small_part
from .index import baseline_begins
from .subject import Subject

BRINE: Final = ("brine_in_temp", "brine_out_temp")


class BrineFlow(NamedTuple):
    """kW per kelvin of brine of each valid day, of the last ones, and of the first.

    Of the days since the heat can be compared, see `index.baseline_begins`.
    """

    days: pd.Series
    recent: pd.Series
    baseline: float

    @property
    def change(self) -> float:
        """Return how much more flows than at first, as a share."""
        return float(self.recent.mean()) / self.baseline - 1


def brine_flow(subject: Subject) -> BrineFlow | int:
    """Return kW per kelvin of the brine, or of how many days it is known as yet.

    What the ground gives is the heat without the electricity; where nothing says what
    that is, without the share that a usual heat pump takes at these temperatures. Of no
    day where the compressor's speed varies: then so does the brine pump's, as it is set;
    nor where nothing tells the heat.
    """
    if subject.heat.varies or subject.heat.source is None:
        return 0
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
    found = found.loc[baseline_begins(subject) :]
    if len(found) < limits.GROUND_BASELINE_DAYS:
        return len(found)
    recent = last_days(found.to_frame("flow"), subject.today, window(subject))["flow"]
    baseline = float(found.iloc[: limits.GROUND_BASELINE_DAYS].mean())
    return BrineFlow(found, recent, baseline)


def window(subject: Subject) -> int:
    """Return of how many days a mean is sure enough."""
    if is_whole(subject):
        return limits.GROUND_WINDOW_WHOLE_DAYS
    return limits.GROUND_WINDOW_DAYS


def sure_days(subject: Subject) -> int:
    """Return of how many of them at least it asks for an action."""
    if is_whole(subject):
        return limits.GROUND_LEAST_WHOLE_DAYS
    return limits.GROUND_LEAST_DAYS


def is_whole(subject: Subject) -> bool:
    """Return whether the brine is told in whole degrees."""
    return any(metric in subject.whole_degrees for metric in BRINE)


def fall_limits(subject: Subject) -> tuple[float, float]:
    """Return how much less of it is worth a look, and how much asks for an action."""
    return limits.GROUND_FALL_WHOLE if is_whole(subject) else limits.GROUND_FALL
