"""What a lower heat curve would save, and how much cooler the rooms would be."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from . import limits
from .cop import change_per_kelvin
from .days import first_and_last, last_days
from .house import house
from .result import Insight, Param, learning, spanning, unknown
from .subject import Subject

ID: Final = "curve"
_METRICS: Final = ("supply_temp", "return_temp", "outdoor_temp", "indoor_temp")
# Where the ground is not measured, of which the answer hardly depends, °C.
_USUAL_SOURCE_C: Final = 0.0


class Reaction(NamedTuple):
    """What one kelvin less of supply does: K in the rooms, shares of heat and of COP."""

    room: float
    heat: float
    cop: float

    @property
    def electricity(self) -> float:
        """Return the share of electricity that it saves."""
        return 1 - (1 - self.heat) / (1 + self.cop)


def curve(subject: Subject) -> Insight:
    """Return what a kelvin less of supply saves, % of the electricity for heating.

    The rooms have no thermostats of their own in it: with these it is less.
    """
    for metric in _METRICS:
        if not subject.reports(metric):
            return unknown(ID, "no_metric", metric=metric)
    days = last_days(subject.whole_days, subject.today, limits.CURVE_DAYS)
    days = days[days["steady_heating_s"] > 0].dropna(
        subset=["supply", "return", "outdoor_temp", "indoor_temp", "space_kw"]
    )
    if not len(days):
        return unknown(ID, "not_heating")
    if len(days) < limits.CURVE_LEAST_DAYS:
        return learning(ID, len(days), limits.CURVE_LEAST_DAYS)
    loss = house(subject).value
    means = days[["supply", "return", "indoor_temp", "space_kw", "brine_in"]].mean()
    water = (means["supply"] + means["return"]) / 2
    if loss is None or water - means["indoor_temp"] < limits.CURVE_LEAST_K:
        return unknown(ID, "not_heating")
    source = means["brine_in"]
    found = reaction(
        heat_kw=means["space_kw"],
        water=water,
        indoor=means["indoor_temp"],
        loss=loss,
        supply=means["supply"],
        source=_USUAL_SOURCE_C if np.isnan(source) else source,
    )
    result = Insight(
        id=ID,
        state="ok",
        code="lower",
        value=100 * found.electricity,
        unit="%/K",
        n=len(days),
        params={
            "room": found.room,
            "heat": 100 * found.heat,
            "cop": 100 * found.cop,
            "indoor": float(means["indoor_temp"]),
            **_ends(days),
        },
    )
    return spanning(result, *first_and_last(days))


def reaction(
    *,
    heat_kw: float,
    water: float,
    indoor: float,
    loss: float,
    supply: float,
    source: float,
) -> Reaction:
    """Return what a kelvin less of supply does.

    `heat_kw`: for the house; `water`: the mean of supply and return, °C; `indoor`, °C;
    `loss`: of the house, kW/K. Heat and loss are off by the same factor where the flow
    is, and so what is returned is not.
    """
    emits = limits.EMITTER_EXPONENT * heat_kw / (water - indoor)
    room = emits / (emits + loss)
    return Reaction(room, loss * room / heat_kw, change_per_kelvin(supply, source))


def _ends(days: pd.DataFrame) -> dict[str, Param]:
    """Return the usual supply of cold and of mild days, °C, where there are some."""
    outdoor, supply = days["outdoor_temp"], days["supply"]
    ends = {
        "cold": supply[outdoor < limits.CURVE_COLD_C],
        "mild": supply[outdoor > limits.CURVE_MILD_C],
    }
    return {
        f"supply_{name}": float(found.median())
        for name, found in ends.items()
        if len(found) >= limits.CURVE_END_DAYS
    }
