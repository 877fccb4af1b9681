"""The worst of all checks, and what could not be checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import partial
from typing import Any, Final

from . import checks, limits
from .guard import Guard
from .index import index_of
from .result import SETTING_CHANGED, Check, Insight, State, severity
from .standstill import BLOCKED, blocked
from .subject import Subject

ID: Final = "verdict"
# Without these "OK" is only as far as can be seen.
_ESSENTIAL: Final = frozenset(("alarm", "data", "cop"))
# What was so in winter is neither so in summer nor over.
_OF_HEATING: Final = frozenset(("ground", "cop", "flow_guard", "cycling"))
# What compares the heat of days, beside those that are insights.
_RESTS_ON_HEAT: Final = frozenset(("flow_guard", "plausible"))
# These are made with every poll.
_OF_NOW: Final[Mapping[str, Callable[[Subject], Check]]] = {
    "alarm": checks.alarm,
    "data": checks.data,
    BLOCKED: blocked,
}
# So many are named: more nobody reads.
_NAMED: Final = 3
# The limit that an insight's value crossed, in its unit, where that is always the same.
_LIMITS: Final[Mapping[str, float]] = {"cycling": limits.CYCLING_RUN_MIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The worst of the checks, which of them were made, and all of them."""

    state: State
    code: str
    checks: tuple[Check, ...]

    @property
    def made(self) -> int:
        """Return how many checks could be made."""
        return sum(check.is_made for check in self.checks)

    @property
    def named(self) -> tuple[str, ...]:
        """Return the checks that a sentence names, the worst first."""
        found = [check for check in self.checks if check.state in ("act", "watch")]
        found.sort(key=lambda check: severity(check.state))
        return tuple(check.id for check in found[:_NAMED])

    def as_insight(self) -> Insight:
        """Return it as the answer to a question, which rests on the checks made."""
        return Insight(
            id=ID,
            state=self.state,
            code=self.code,
            n=self.made,
            params={
                "made": self.made,
                "of": len(self.checks),
                "named": list(self.named),
            },
        )

    def as_dict(self, zone: tzinfo) -> dict[str, Any]:
        """Return what a viewer is sent."""
        return {
            "state": self.state,
            "code": self.code,
            "made": self.made,
            "of": len(self.checks),
            "named": list(self.named),
            "checks": [check.as_dict(zone) for check in self.checks],
        }


def verdict(subject: Subject, insights: Mapping[str, Insight], guard: Guard) -> Verdict:
    """Return the verdict. `insights`: by id; `guard`: asks the checks."""

    def own(check: str, make: Callable[[Subject], Check]) -> Check:
        if subject.mixed and check in _RESTS_ON_HEAT:
            return Check(id=check, state="unknown", code=SETTING_CHANGED)
        return guard.check(check, lambda: make(subject))

    found: tuple[Check, ...] = (
        own("alarm", checks.alarm),
        own("data", checks.data),
        own(BLOCKED, blocked),
        own("brine", checks.brine),
        _of(insights["ground"]),
        _of(insights["cop"]),
        own("flow_guard", lambda told: _flow_guard(told, insights["cop"])),
        _heater(insights["heater"]),
        own("hot_water", checks.hot_water),
        own("sixty", checks.sixty),
        _of(insights["cycling"]),
        own("room", checks.room),
        own("plausible", checks.plausible),
        own("sensor_pair", checks.sensor_pair),
    )
    if subject.is_out_of_season:
        found = tuple(_rests(check) for check in found)
    return verdict_of(found)


def made_anew(before: Verdict, subject: Subject, guard: Guard) -> Verdict:
    """Return a verdict with the checks that are of now, not of days, made anew."""
    found = tuple(
        guard.check(check.id, partial(_OF_NOW[check.id], subject))
        if check.id in _OF_NOW
        else check
        for check in before.checks
    )
    return verdict_of(found)


def verdict_of(found: tuple[Check, ...]) -> Verdict:
    """Return the worst of the checks."""
    made = {check.id for check in found if check.is_made}
    # Of none that was made, that it is being learned says more than that it is not known.
    states = [check.state for check in found if check.is_made or not made]
    state: State = min(states, key=severity, default="unknown")
    if state != "ok":
        return Verdict(state=state, code=state, checks=found)
    code = "ok" if made >= _ESSENTIAL else "ok_as_far"
    return Verdict(state=state, code=code, checks=found)


def _flow_guard(subject: Subject, cop: Insight) -> Check:
    """Return the flow guard, of the index where there is one."""
    has_index = cop.code not in ("no_metric", "no_measured_power")
    return checks.flow_guard(index_of(subject) if has_index else None, subject)


def _heater(insight: Insight) -> Check:
    """Return the heater as a check: its share beside the limit, where that is known."""
    check, share = _of(insight), insight.params.get("share")
    if not isinstance(share, float):
        return check
    limit = 100 * limits.HEATER_SHARE[0]
    return replace(check, value=100 * share, limit=limit, unit="%")


def _rests(check: Check) -> Check:
    """Return a check in a time without heating: of what heats it says nothing."""
    if check.id not in _OF_HEATING or check.state == "unknown":
        return check
    return Check(id=check.id, state="unknown", code="not_heating")


def _of(insight: Insight) -> Check:
    """Return an insight as a check, beside the limit that it was judged by."""
    watch = insight.params.get("watch")
    return Check(
        id=insight.id,
        state=insight.state,
        code=insight.code,
        value=insight.value,
        limit=watch if isinstance(watch, float) else _LIMITS.get(insight.id),
        unit=insight.unit,
        start=insight.start,
        end=insight.end,
        params=insight.params,
    )
