"""What a lower heat curve would save, and how much cooler the rooms would be."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ..analysis.figures import has_cost
from . import limits
from .carnot import change_per_kelvin
from .checks import room_limits
from .days import first_and_last, last_days
from .house import house
from .result import Insight, Param, learning, spanning, unknown
from .subject import Subject

ID: Final = "curve"
_METRICS: Final = ("supply_temp", "return_temp", "outdoor_temp")
_OF_DAYS: Final = ("supply", "return", "outdoor_temp", "space_kw")
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

    The rooms have no thermostats of their own in it: with these it is less. Where no
    room is measured there is a hint at most, without a number.
    """
    for metric in _METRICS:
        if not subject.reports(metric):
            return unknown(ID, "no_metric", metric=metric)
    sees_rooms = subject.reports("indoor_temp")
    days = last_days(subject.whole_days, subject.today, limits.CURVE_DAYS)
    days = days[days["steady_heating_s"] > 0].dropna(
        subset=[*_OF_DAYS, *(("indoor_temp",) if sees_rooms else ())]
    )
    if not sees_rooms:
        return _hint(days) or unknown(ID, "no_metric", metric="indoor_temp")
    if not len(days):
        return unknown(ID, "not_heating")
    if len(days) < limits.CURVE_LEAST_DAYS:
        return learning(ID, len(days), limits.CURVE_LEAST_DAYS)
    loss = house(subject).value
    columns = ["supply", "return", "indoor_temp", "space_kw", "brine_in"]
    means = {name: float(mean) for name, mean in days[columns].mean().items()}
    water = (means["supply"] + means["return"]) / 2
    if loss is None or water - means["indoor_temp"] < limits.CURVE_LEAST_K:
        return unknown(ID, "not_heating")
    if _is_short(subject, days):
        return unknown(ID, "capacity")
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
            **_cost(subject, found.electricity),
            **_ends(days),
            **_advice(days, subject.settings.get("room_setpoint"), found.room),
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
    """Return the usual supply of cold and of mild days, °C, where there are some.

    And `asked_…`, what the heat pump's own curve asked for on them.
    """
    ends = _days_of_ends(days)
    told: dict[str, Param] = {}
    for name, found in ends.items():
        told[f"supply_{name}"] = float(found["supply"].median())
        if found["supply_setpoint"].notna().any():
            told[f"asked_{name}"] = float(found["supply_setpoint"].median())
    return told


def _is_short(subject: Subject, days: pd.DataFrame) -> bool:
    """Return whether rooms are cold as it cannot do what its curve asks for."""
    cold = _days_of_ends(days).get("cold")
    if cold is None:
        return False
    low, _ = room_limits(subject)
    is_cold = float(cold["indoor_temp"].mean()) < low
    return is_cold and -_over(cold) > limits.CURVE_SHORT_K


def _over(days: pd.DataFrame) -> float:
    """Return how far the supply is usually above what is asked for, K; 0 = not known."""
    over = (days["supply"] - days["supply_setpoint"]).dropna()
    return float(over.median()) if len(over) else 0.0


def _hint(days: pd.DataFrame) -> Insight | None:
    """Return that radiators take less than the curve gives, where that can be seen.

    In mild weather the water is well above what is asked for and runs are short:
    thermostats throttle. That is weak, and so no number follows from it.
    """
    mild = _days_of_ends(days).get("mild")
    if mild is None or len(days) < limits.CURVE_LEAST_DAYS:
        return None
    over = _over(mild)
    run_s = mild["heating_runs_s"].sum() / max(mild["heating_runs"].sum(), 1.0)
    is_short = 0 < run_s < 60 * limits.CYCLING_RUN_MIN
    if not (over > limits.CURVE_OVER_K and is_short):
        return None
    found = Insight(
        id=ID,
        state="ok",
        code="throttled",
        n=len(days),
        params={"over": over, "minutes": float(run_s / 60), **_ends(days)},
    )
    return spanning(found, *first_and_last(days))


def _cost(subject: Subject, share: float) -> dict[str, Param]:
    """Return what a kelvin less saves in a year, where all of one has a price."""
    year = last_days(subject.whole_days, subject.today, limits.YEAR_DAYS)
    paid = year.dropna(subset=["cost", "electricity_kwh"])
    paid = paid[has_cost(paid)]
    if len(paid) < limits.YEAR_COVERAGE * limits.YEAR_DAYS:
        return {}
    used = float(paid["electricity_kwh"].sum())
    heating = 1 - float(paid["electricity_hot_water_kwh"].sum()) / max(used, 1.0)
    a_year = float(paid["cost"].mean()) * limits.YEAR_DAYS
    return {"saved_cost": a_year * heating * share}


def _advice(days: pd.DataFrame, wanted: float | None, room: float) -> dict[str, Param]:
    """Return how many kelvin less to try in cold and in mild weather, each for itself.

    `wanted`: what is set for the rooms, °C; `room`: K of them for a kelvin of supply.
    Nobody is told to raise it: rooms that are too cold may have another reason.
    """
    if wanted is None:
        return {}
    most = limits.CURVE_STEP_K
    steps = {
        name: min(round((float(found["indoor_temp"].mean()) - wanted) / room), most)
        for name, found in _days_of_ends(days).items()
    }
    return {f"lower_{name}": step for name, step in steps.items() if step > 0}


def _days_of_ends(days: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the cold and the mild days, where there are some."""
    outdoor = days["outdoor_temp"]
    ends = {
        "cold": days[outdoor < limits.CURVE_COLD_C],
        "mild": days[outdoor > limits.CURVE_MILD_C],
    }
    return {
        name: found
        for name, found in ends.items()
        if len(found) >= limits.CURVE_END_DAYS
    }
