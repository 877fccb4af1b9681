"""The worst of all checks, and what could not be checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any, Final

from . import checks, limits
from .cop import Index
from .result import Check, Insight, State, severity
from .subject import Subject

# Without these "OK" is only as far as can be seen.
_ESSENTIAL: Final = frozenset(("alarm", "data", "cop"))
# So many are named: more nobody reads.
_NAMED: Final = 3
# The limit that an insight's value crossed, in its unit.
_LIMITS: Final[Mapping[str, float]] = {
    "cop": -100 * limits.COP_WATCH,
    "ground": -100 * limits.GROUND_FALL[0],
    "cycling": limits.CYCLING_RUN_MIN,
}


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


def verdict(
    subject: Subject, insights: Mapping[str, Insight], index: Index | int | None
) -> Verdict:
    """Return the verdict. `insights`: by id; `index`: of the COP, where there is one."""
    found = (
        checks.alarm(subject),
        checks.data(subject),
        checks.brine(subject),
        _of(insights["ground"]),
        _of(insights["cop"]),
        checks.flow_guard(index, subject),
        _of(insights["heater"]),
        checks.hot_water(subject),
        checks.sixty(subject),
        _of(insights["cycling"]),
        checks.room(subject),
        checks.plausible(subject),
        checks.sensor_pair(subject),
    )
    made = {check.id for check in found if check.is_made}
    states = [check.state for check in found if check.is_made]
    state: State = min(states, key=severity, default="unknown")
    if state != "ok":
        return Verdict(state=state, code=state, checks=found)
    code = "ok" if made >= _ESSENTIAL else "ok_as_far"
    return Verdict(state=state, code=code, checks=found)


def _of(insight: Insight) -> Check:
    """Return an insight as a check."""
    return Check(
        id=insight.id,
        state=insight.state,
        code=insight.code,
        value=insight.value,
        limit=_LIMITS.get(insight.id),
        unit=insight.unit,
        start=insight.start,
        end=insight.end,
        params=insight.params,
    )
