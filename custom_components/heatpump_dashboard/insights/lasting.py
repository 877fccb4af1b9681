"""Whether what asks for an action lasts: one odd day asks for none, nor ends any."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Final, Self, cast

from . import limits
from .result import Check, Insight

# Older days say nothing of now; nor do days of the future, which a clock that was wrong
# has left.
_KEPT: Final = timedelta(days=14)
# An insight that asks for an action for another reason than the check of its name.
_CHECK_OF: Final[Mapping[str, str]] = {"hot_water": "sixty"}


@dataclass(frozen=True, slots=True)
class Lasting:
    """What is remembered of a check.

    `days`: of the last known days (ISO dates) whether it asked for an action. `acting`:
    it does, until there have been clean days. `said`: what it said the last time.
    """

    days: Mapping[str, bool] = field(default_factory=dict)
    acting: bool = False
    said: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return what is stored."""
        return {
            "days": dict(self.days),
            "acting": self.acting,
            "said": dict(self.said),
        }

    @classmethod
    def from_dict(cls, stored: Any) -> Self:
        """Return what was stored; of what cannot be read, nothing."""
        try:
            days = {
                date.fromisoformat(day).isoformat(): bool(acts)
                for day, acts in stored["days"].items()
            }
            said = dict(stored["said"])
            if said:
                _check_of(said)
            return cls(days, bool(stored["acting"]), said)
        except AttributeError, KeyError, TypeError, ValueError:
            return cls()

    def since(self, first: date) -> Lasting:
        """Return what there is of a heat pump whose first day this is."""
        own = {day: acts for day, acts in self.days.items() if day >= first.isoformat()}
        return self if own == self.days else Lasting(own)

    def days_on_end(self, *, acts: bool) -> int:
        """Return for how many of the last known days it did, or did not."""
        ran = (day for _, day in sorted(self.days.items(), reverse=True))
        return sum(1 for _ in takewhile(lambda day: day is acts, ran))


def settled(check: Check, before: Lasting, today: date) -> tuple[Check, Lasting]:
    """Return a check as it is told, and what is to be remembered of it.

    An action is asked for when its condition was there on three days, or at once where
    the condition itself is one of days, or one that cannot wait; until then it is worth
    a look. It is asked for until there have been three days without.
    """
    if not check.is_made:
        # In summer nothing of winter is kept; what is not known today may be tomorrow.
        forgets = check.code == "not_heating"
        return check, Lasting() if forgets else before
    acts = check.state == "act"
    known = {
        day: acted
        for day, acted in before.days.items()
        if today - _KEPT < date.fromisoformat(day) <= today
    }
    now = replace(before, days={**known, today.isoformat(): acts})
    if acts:
        now = replace(now, said=_stored(check))
    needed = limits.ACT_DAYS.get(check.id, limits.ACT_LASTS_DAYS)
    if now.days_on_end(acts=True) >= needed:
        now = replace(now, acting=True)
    clean = limits.CLEAN_DAYS.get(check.id, limits.CLEAN_LASTS_DAYS)
    if now.days_on_end(acts=False) >= clean:
        now = Lasting(now.days)
    return _told(check, now), now


def as_settled(insight: Insight, checks: Mapping[str, Check]) -> Insight:
    """Return an insight that asks for an action only where its check does."""
    check = checks.get(_CHECK_OF.get(insight.id, insight.id))
    if insight.state != "act" or check is None or check.state == "act":
        return insight
    return replace(insight, state="watch")


def _told(check: Check, now: Lasting) -> Check:
    """Return the check that is told: what it said last while that is not over."""
    if now.acting and check.state != "act" and now.said:
        said = _check_of(now.said)
        params = {**said.params, "clean_days": now.days_on_end(acts=False)}
        return replace(said, params=params)
    if not now.acting and check.state == "act":
        return replace(check, state="watch")
    return check


def _stored(check: Check) -> dict[str, Any]:
    """Return a check as it is stored."""
    told = asdict(check)
    edges = {name: day and day.isoformat() for name, day in _edges(check).items()}
    return told | edges | {"params": dict(check.params)}


def _edges(check: Check) -> dict[str, date | None]:
    return {"start": check.start, "end": check.end}


def _check_of(said: Mapping[str, Any]) -> Check:
    """Return a check that was stored. Raises TypeError or ValueError where it is none."""
    edges = {
        name: None if said.get(name) is None else date.fromisoformat(said[name])
        for name in ("start", "end")
    }
    return Check(**cast("dict[str, Any]", {**said, **edges}))
