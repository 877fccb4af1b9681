"""All insights: what is asked, in the order in which it is worth most to an owner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from math import isnan, nan
from typing import Any, Final

import pandas as pd

from ..analysis.times import milliseconds
from .brine import brine_flow
from .change import change, sided
from .cop import cop
from .curve import curve
from .cycling import by_outdoor, cycling, runs_told
from .days import midnight
from .ground import ground
from .guard import FAILED, Guard
from .heater import episodes_of, heater
from .hot_water import hot_water
from .house import house, left_out
from .index import index_of
from .lasting import Lasting, as_settled, settled
from .letter import Letter, as_insight
from .methods import calibration, methods
from .money import house_peaks, money
from .result import SETTING_CHANGED, Insight, unknown
from .subject import Subject
from .verdict import ID as VERDICT, Verdict, made_anew, verdict, verdict_of
from .year import year

type Question = Callable[[Subject], Insight]
type Lastings = Mapping[str, Lasting]

QUESTIONS: Final[Mapping[str, Question]] = {
    "cop": cop,
    "heater": heater,
    "hot_water": hot_water,
    "change": change,
    "curve": curve,
    "house": house,
    "calibration": calibration,
    "ground": ground,
    "money": money,
    "year": year,
    "cycling": cycling,
}


# What compares or adds up the heat of days; of the others it is only a part, which they
# leave out. The ways to a flow factor rest on temperatures.
_RESTS_ON_HEAT: Final = frozenset(
    ("cop", "hot_water", "change", "curve", "house", "ground", "year")
)
# What a table beside an answer shows of the days that it rests on.
_EVIDENCE: Final[Mapping[str, tuple[str, ...]]] = {
    "cop": ("outdoor_temp", "supply", "brine_in"),
    "heater": ("outdoor_temp", "auxiliary_kwh", "heat_kwh"),
    "hot_water": ("heat_hot_water_kwh", "hot_water_charges", "hot_water_most"),
    "change": ("outdoor_temp", "space_kw", "indoor_temp"),
    "house": ("outdoor_temp", "space_kw", "running"),
    "curve": ("outdoor_temp", "supply", "supply_setpoint", "return", "indoor_temp"),
    "money": (
        "electricity_kwh",
        "cost",
        "priced_kwh",
        "price_sum",
        "price_hours",
        "electricity_most",
        "peak_auxiliary",
    ),
    "ground": ("brine_in", "brine_out", "brine_out_least"),
    "year": ("heat_kwh", "electricity_kwh", "auxiliary_kwh", "degree_days"),
    "cycling": ("outdoor_temp", "heating_runs", "heating_runs_s", "heating_runs_short"),
}
# Of these the ledger says 0 where nothing tells of any heat.
_OF_HEAT: Final = ["heat_kwh", "heat_hot_water_kwh", "space_kw"]
# Of what is compared with its own normal a year is drawn.
_PAST_DAYS: Final = 365
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Answers:
    """The verdict, the answer to every question, and what these rest on.

    `failures`: the tracebacks of what could not be asked, by its name.
    """

    subject: Subject
    verdict: Verdict
    insights: Mapping[str, Insight]
    failures: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return what a viewer is sent."""
        zone = self.subject.zone
        return {
            "verdict": self.verdict.as_dict(zone),
            "insights": [insight.as_dict(zone) for insight in self.insights.values()],
        }

    def by_id(self) -> dict[str, dict[str, Any]]:
        """Return what entities are shown: the verdict and the answers by their ids."""
        told = self.as_dict()
        insights = {insight["id"]: insight for insight in told["insights"]}
        return {"verdict": told["verdict"], **insights}

    def at(self, now: Subject) -> Answers:
        """Return the same answers with the checks that are of now made anew. Quick."""
        guard = Guard(self.failures)
        told = made_anew(self.verdict, now, guard)
        return replace(self, subject=now, verdict=told, failures=guard.failures)

    def settled(self, before: Mapping[str, Lasting]) -> tuple[Answers, Lastings]:
        """Return the answers as they are told, and what is to be remembered.

        `before`: what was remembered of each check, by id.
        """
        pairs = [
            settled(check, before.get(check.id, Lasting()), self.subject.today)
            for check in self.verdict.checks
        ]
        checks = {check.id: check for check, _ in pairs}
        insights = {
            name: as_settled(insight, checks) for name, insight in self.insights.items()
        }
        told = replace(
            self, verdict=verdict_of(tuple(checks.values())), insights=insights
        )
        return told, {check.id: lasting for check, lasting in pairs}

    def answer(self, name: str) -> Insight | None:
        """Return one answer, the verdict too; None where nobody asks so."""
        return self.verdict.as_insight() if name == VERDICT else self.insights.get(name)

    def with_letter(self, last: Letter | None) -> Answers:
        """Return the same answers with the last weekly letter."""
        letter = as_insight(last, self.subject)
        return replace(self, insights={**self.insights, letter.id: letter})

    def knows(self, day: date) -> bool:
        """Return whether anything is known of a day, or it is today."""
        days = pd.DatetimeIndex(self.subject.days.index)
        return len(days) > 0 and days[0].date() <= day <= self.subject.today

    def of_change(self, day: date) -> Answers:
        """Return the answers with what a change on a day did. For an executor."""
        subject = replace(self.subject, own_change=day)
        guard = Guard(self.failures)
        found = _asked(subject, "change", guard)
        insights = {**self.insights, found.id: found}
        return replace(
            self, subject=subject, insights=insights, failures=guard.failures
        )

    def evidence(self, name: str) -> dict[str, list[dict[str, Any]]]:
        """Return the tables beside an answer: rows of days, and what else it is seen by.

        `time`: ms since 1970, of a day its beginning. `past`: how far each day of a
        year was from its normal, a share; `before`: the year before the days;
        `episodes`: times of the heater; `checks`: those of the verdict; `runs`: of
        heating, min; `by_outdoor`: the same by the weather; `peaks`: the hours that a
        fee is of.
        """
        if name == VERDICT:
            return {"checks": self.verdict.as_dict(self.subject.zone)["checks"]}
        insight = self.insights[name]
        if insight.code == FAILED:
            return {}
        if name == "calibration":
            return {"methods": [row.as_dict() for row in methods(self.subject)]}
        if insight.start is None or insight.end is None or name not in _EVIDENCE:
            return {}
        start, end = insight.start, insight.end
        found = {"days": self._rows(name, start, end)}
        if (index := self._index(name)) is not None:
            found["past"] = self._of_days(index.iloc[-_PAST_DAYS:].to_frame("index"))
        if name == "year":
            found["before"] = self._rows(name, *(day - _YEAR for day in (start, end)))
        if name == "cycling":
            found["runs"] = [
                {"time": time, "minutes": minutes}
                for time, minutes in runs_told(self.subject)
            ]
            found["by_outdoor"] = by_outdoor(self.subject)
        if name == "money":
            found["peaks"] = house_peaks(self.subject)
        if name == "heater":
            found["episodes"] = [
                {"time": one.start, "end": one.end, "kwh": one.kwh, "cause": one.cause}
                for one in episodes_of(self.subject)
            ]
        return found

    def _rows(self, name: str, start: date, end: date) -> list[dict[str, Any]]:
        """Return the days between two, None for what is not known."""
        chosen = self.subject.days.loc[pd.Timestamp(start) : pd.Timestamp(end)]
        if self.subject.heat.source is None:
            chosen = chosen.assign(**dict.fromkeys(_OF_HEAT, nan))
        table = chosen.loc[:, list(_EVIDENCE[name])]
        if (more := self._by_day(name)) is not None:
            table = table.join(more)
        return self._of_days(table)

    def _of_days(self, table: pd.DataFrame) -> list[dict[str, Any]]:
        """Return the rows of a table of days."""
        index = pd.DatetimeIndex(table.index)
        return [
            {"time": milliseconds(midnight(day.date(), self.subject.zone))}
            | {str(key): None if isnan(value) else value for key, value in row.items()}
            for day, row in zip(
                index, table.astype("float64").to_dict("records"), strict=True
            )
        ]

    def _by_day(self, name: str) -> pd.Series | pd.DataFrame | None:
        """Return what an insight says of each day, where it does."""
        if name == "change":
            return sided(self.subject)
        if name == "house":
            return left_out(self.subject).rename("left_out")
        if name == "cop" and not isinstance(index := index_of(self.subject), int):
            return index.values.rename("index")
        if name == "ground" and not isinstance(flow := brine_flow(self.subject), int):
            return flow.days.rename("flow")
        return None

    def _index(self, name: str) -> pd.Series | None:
        """Return how far each day was from what is normal, a share, where one says."""
        if name == "cop" and not isinstance(index := index_of(self.subject), int):
            return index.values
        if name == "ground" and not isinstance(flow := brine_flow(self.subject), int):
            return flow.days / flow.baseline - 1
        return None


def answers(subject: Subject) -> Answers:
    """Return all that the days and events of a heat pump say. Slow, for an executor."""
    guard = Guard()
    found = {name: _asked(subject, name, guard) for name in QUESTIONS}
    told = verdict(subject, found, guard)
    return Answers(subject, told, found, guard.failures)


def _asked(subject: Subject, name: str, guard: Guard) -> Insight:
    """Return the answer to a question; none of heat while it is that of two settings."""
    if subject.mixed and name in _RESTS_ON_HEAT:
        return unknown(name, SETTING_CHANGED)
    return guard.insight(name, partial(QUESTIONS[name], subject))
