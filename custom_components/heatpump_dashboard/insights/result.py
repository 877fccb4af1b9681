"""The answer to one question, and that of one check: codes and numbers, never texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final, Literal, override

from ..analysis.times import milliseconds

type State = Literal["ok", "watch", "act", "learning", "unknown"]
type Param = float | int | str | bool | list[dict[str, Any]] | list[str] | None

# What rests on the heat of days says this while some of these are of other settings.
SETTING_CHANGED: Final = "setting_changed"
# The worst of several comes first; what is not known is neither good nor bad.
_SEVERITY: Final = ("act", "watch", "ok", "learning", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What insights and checks have in common: `value` in `unit`, of whole local days.

    `start` and `end`: the first and the last of them.
    """

    id: str
    state: State
    code: str
    value: float | None = None
    unit: str | None = None
    start: date | None = None
    end: date | None = None
    params: Mapping[str, Param] = field(default_factory=dict)

    def as_dict(self, zone: tzinfo) -> dict[str, Any]:
        """Return what a viewer is sent; days as ms since 1970, the end excluded."""
        return {
            "id": self.id,
            "state": self.state,
            "code": self.code,
            "value": self.value,
            "unit": self.unit,
            **_span(self.start, self.end, zone),
            "params": dict(self.params),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight(Result):
    """The answer to a question, that rests on `n` days (or charges, or runs).

    `scatter`: ± (1 σ) from weather, people and rounding, in `unit`; `scale`: ± as a
    share that is the same every day, None where the flow factor is unchecked and
    nothing can be said.
    """

    scatter: float | None = None
    scale: float | None = None
    n: int | None = None

    @override
    def as_dict(self, zone: tzinfo) -> dict[str, Any]:
        """Return what a viewer is sent; days as ms since 1970, the end excluded."""
        own = {"scatter": self.scatter, "scale": self.scale, "n": self.n}
        return Result.as_dict(self, zone) | own


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Result):
    """One check of the verdict: a value beside the `limit` that it crossed, or did not."""

    limit: float | None = None

    @property
    def is_made(self) -> bool:
        """Return whether it could be made."""
        return self.state not in ("learning", "unknown")

    @override
    def as_dict(self, zone: tzinfo) -> dict[str, Any]:
        """Return what a viewer is sent; days as ms since 1970, the end excluded."""
        return Result.as_dict(self, zone) | {"limit": self.limit}


def unknown(insight: str, code: str, **params: Param) -> Insight:
    """Return that nothing can be said, and why not."""
    return Insight(id=insight, state="unknown", code=code, params=params)


def learning(insight: str, have: int, need: int) -> Insight:
    """Return that something can be said in so many days."""
    params = days_left(have, need)
    return Insight(id=insight, state="learning", code="days", n=have, params=params)


def days_left(have: int, need: int) -> dict[str, Param]:
    """Return how many days there are, of how many, and how many are missing."""
    return {"have": have, "need": need, "missing": need - have}


def worse(value: float, watch: float, act: float) -> State:
    """Return the state of a value that is bad when it is above its limits."""
    if value > act:
        return "act"
    return "watch" if value > watch else "ok"


def severity(state: State) -> int:
    """Return the place of a state: 0 is the worst."""
    return _SEVERITY.index(state)


def spanning(result: Insight, start: date, end: date) -> Insight:
    """Return a result with the days it rests on."""
    return replace(result, start=start, end=end)


def _span(start: date | None, end: date | None, zone: tzinfo) -> dict[str, int | None]:
    """Return from when to when whole local days are, ms since 1970."""
    if start is None or end is None:
        return {"from": None, "to": None}
    first, last = (
        datetime(day.year, day.month, day.day, tzinfo=zone)
        for day in (start, end + timedelta(days=1))
    )
    return {"from": milliseconds(first), "to": milliseconds(last)}
