"""Says what the insights tell, beside the truth: tables of Markdown.

Told is what lasts, day by day, as the integration tells it.

script/insights         of simulated winters in which one thing goes wrong
script/insights --demo  of the demo's fifteen months (some minutes more)
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
import sys
from typing import Final

from custom_components.heatpump_dashboard.insights import limits
from custom_components.heatpump_dashboard.insights.registry import Answers
from custom_components.heatpump_dashboard.insights.result import Result, State
from custom_components.heatpump_dashboard.sources.demo import HISTORY
from custom_components.heatpump_dashboard.sources.demo.faults import Fault, faults
from custom_components.heatpump_dashboard.sources.demo.physics import heater_spans
from tests.support.simulated.demo import DemoPump, demo_pumps
from tests.support.simulated.scenarios import BREAKS, SCENARIOS, Told, winter
from tests.support.simulated.telling import check_of, told_by_day

_DAY = timedelta(days=1)
# What is remembered of a check begins so long before its fault.
_BEFORE = 14 * _DAY
# What each fault of the demo is to be seen by.
_SEEN_BY = {
    "brine_flow": "ground",
    "heating_flow": "flow_guard",
    "blocked": "heater",
    "hygiene": "sixty",
    "curve": "cop",
}
_BAD: Final[tuple[State, ...]] = ("watch", "act")

type Mornings = dict[date, Answers]


def main() -> None:
    """Print the tables that are asked for."""
    print("## Simulated winters\n")
    show(("insight", "truth", "said", "first said", "limit"), simulated())
    if "--demo" in sys.argv[1:]:
        now = datetime.now(UTC)
        pumps = [(pump, mornings_of(pump)) for pump in demo_pumps(now - HISTORY, now)]
        print("\n## The demo's faults\n")
        show(("heat pump", "insight", "truth", "said", "first said"), of_demo(pumps))
        print("\n## The demo now\n")
        show(("heat pump", "check", "said"), now_of(pumps))


def show(head: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Print a table."""
    print("|" + "|".join(head) + "|")
    print("|" + "---|" * len(head))
    for row in rows:
        print("|" + "|".join(row) + "|", flush=True)


def simulated() -> Iterator[Sequence[str]]:
    """Yield what is told of each simulated fault, and when first."""
    for name, scenario in SCENARIOS.items():
        last = BREAKS + scenario.days * _DAY
        mornings = dict(told_by_day(winter(name).subject, BREAKS - _BEFORE, last))
        for told in scenario.told:
            found = _first(mornings, told.check, _BAD[_BAD.index(told.state) :])
            when, said = "never", "nothing"
            if found is not None:
                when, said = f"day {(found[0] - BREAKS).days}", sentence(found[1])
            yield told.check, scenario.truth, said, when, limit_of(told)
        if not scenario.told:
            yield "(none)", scenario.truth, spoken(mornings), "", "silence"


def limit_of(told: Told) -> str:
    """Return when something is to be told, and not before.

    What asks for an action has to be so on some days before it is told.
    """
    acts = told.state == "act"
    lasts = limits.ACT_DAYS.get(told.check, limits.ACT_LASTS_DAYS) - 1 if acts else 0
    first, last = (days + lasts for days in (told.silent_days + 1, told.days))
    return f"{told.state}, day {first} to {last}"


def spoken(mornings: Mornings) -> str:
    """Return the checks that said anything at all."""
    named = {name for told in mornings.values() for name in told.verdict.named}
    return ", ".join(sorted(named)) or "nothing"


def of_demo(
    pumps: Sequence[tuple[DemoPump, Mornings]],
) -> Iterator[Sequence[str]]:
    """Yield what is told of each fault of the demo, from when on."""
    for pump, mornings in pumps:
        for fault in true_faults(pump):
            check = _SEEN_BY[fault.kind]
            last = fault.stop.date() + _BEFORE
            lasts = {
                day: told
                for day, told in mornings.items()
                if fault.start.date() <= day <= last
            }
            found = _first(lasts, check, _BAD)
            when, said = "", "nothing"
            if found is not None:
                when, said = f"{found[0]:%Y-%m-%d}", sentence(found[1])
            truth = f"{fault.kind} {fault.size or ''} {fault.start:%Y-%m-%d} to {fault.stop:%Y-%m-%d}"
            yield pump.brand, check, truth, said, when


def mornings_of(pump: DemoPump) -> Mornings:
    """Return what is told of a heat pump of the demo on each of its days."""
    first, last = pump.start.date() + _DAY, pump.stop.date()
    return dict(told_by_day(pump.subject, first, last))


def true_faults(pump: DemoPump) -> list[Fault]:
    """Return the faults of a heat pump that there truly were.

    A fuse that trips on a mild day is no fault that anybody sees.
    """
    found = faults(pump.brand, pump.start, pump.stop)
    spans = heater_spans(pump.brand, pump.start, pump.stop)
    off = [span.start for span in spans if span.cause == "compressor_off"]
    return [
        fault
        for fault in found
        if fault.kind != "blocked" or any(fault.start <= at < fault.stop for at in off)
    ]


def now_of(
    pumps: Sequence[tuple[DemoPump, Mornings]],
) -> Iterator[Sequence[str]]:
    """Yield what is told of the demo today."""
    for pump, mornings in pumps:
        for check in mornings[pump.stop.date()].verdict.checks:
            yield pump.brand, check.id, sentence(check)


def sentence(found: Result) -> str:
    """Return a result in one line."""
    value = "" if found.value is None else f" {found.value:.3g} {found.unit or ''}"
    return f"{found.state}: {found.code}{value}".rstrip()


def _first(
    mornings: Mornings, check: str, states: Sequence[State]
) -> tuple[date, Result] | None:
    """Return the first morning on which a check has one of these states."""
    for day, told in mornings.items():
        found = check_of(told, check)
        if found.state in states:
            return day, found
    return None


if __name__ == "__main__":
    main()
