"""All insights: what is asked, in the order in which it is worth most to an owner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .cop import cop, index_of
from .cycling import cycling
from .ground import ground
from .heater import heater
from .hot_water import hot_water
from .house import house
from .result import Insight
from .subject import Subject
from .verdict import Verdict, verdict
from .year import year

type Question = Callable[[Subject], Insight]

QUESTIONS: Final[Mapping[str, Question]] = {
    "cop": cop,
    "heater": heater,
    "hot_water": hot_water,
    "house": house,
    "ground": ground,
    "year": year,
    "cycling": cycling,
}


@dataclass(frozen=True, slots=True)
class Answers:
    """The verdict, and the answer to every question."""

    verdict: Verdict
    insights: tuple[Insight, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return what a viewer is sent."""
        return {
            "verdict": self.verdict.as_dict(),
            "insights": [insight.as_dict() for insight in self.insights],
        }


def answers(subject: Subject) -> Answers:
    """Return all that the days and events of a heat pump say. Slow, for an executor."""
    found = {name: ask(subject) for name, ask in QUESTIONS.items()}
    has_index = found["cop"].code != "no_metric"
    index = index_of(subject) if has_index else None
    return Answers(verdict(subject, found, index), tuple(found.values()))
