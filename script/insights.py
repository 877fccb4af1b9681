"""Says what the insights say, beside the truth: tables of Markdown.

script/insights         of simulated winters in which one thing goes wrong
script/insights --demo  of the demo's fifteen months (a minute more)
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
import sys
from typing import Final

from custom_components.heatpump_dashboard.insights.result import Result, State
from custom_components.heatpump_dashboard.sources.demo import HISTORY
from custom_components.heatpump_dashboard.sources.demo.faults import Fault, faults
from custom_components.heatpump_dashboard.sources.demo.physics import heater_spans
from tests.support.simulated.demo import DemoPump, demo_pumps
from tests.support.simulated.scenarios import (
    ASKED,
    BREAKS,
    SCENARIOS,
    first_said,
    winter,
)

_DAY = timedelta(days=1)
# What each fault of the demo is to be seen by.
_SEEN_BY = {
    "brine_flow": "ground",
    "heating_flow": "flow_guard",
    "blocked": "heater",
    "hygiene": "sixty",
    "curve": "cop",
}
_BAD: Final[tuple[State, ...]] = ("watch", "act")


def main() -> None:
    """Print the tables that are asked for."""
    print("## Simulated winters\n")
    show(("insight", "truth", "said", "first said", "limit"), simulated())
    if "--demo" in sys.argv[1:]:
        pumps = demo_pumps(datetime.now(UTC) - HISTORY, datetime.now(UTC))
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
    """Yield what is said of each simulated fault."""
    for name, scenario in SCENARIOS.items():
        for told in scenario.told:
            states = _BAD[_BAD.index(told.state) :]
            found = first_said(winter(name), told.check, scenario, states)
            when, said = "never", "nothing"
            if found is not None:
                when, said = f"day {(found[0] - BREAKS).days}", sentence(found[1])
            limit = f"{told.state}, day {told.silent_days + 1} to {told.days}"
            yield told.check, scenario.truth, said, when, limit
        if not scenario.told:
            yield "(none)", scenario.truth, "nothing", "", "silence"


def of_demo(pumps: Sequence[DemoPump]) -> Iterator[Sequence[str]]:
    """Yield what is said of each fault of the demo, from when on."""
    for pump in pumps:
        for fault in true_faults(pump):
            check = _SEEN_BY[fault.kind]
            found = _first(pump, fault, check)
            when, said = "", "nothing"
            if found is not None:
                when, said = f"{found[0]:%Y-%m-%d}", sentence(found[1])
            truth = f"{fault.kind} {fault.size or ''} {fault.start:%Y-%m-%d} to {fault.stop:%Y-%m-%d}"
            yield pump.brand, check, truth, said, when


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


def now_of(pumps: Sequence[DemoPump]) -> Iterator[Sequence[str]]:
    """Yield what is said of the demo today."""
    for pump in pumps:
        subject = pump.subject(pump.stop.date())
        for check, ask in ASKED.items():
            yield pump.brand, check, sentence(ask(subject))


def sentence(found: Result) -> str:
    """Return a result in one line."""
    value = "" if found.value is None else f" {found.value:.3g} {found.unit or ''}"
    return f"{found.state}: {found.code}{value}".rstrip()


def _first(pump: DemoPump, fault: Fault, check: str) -> tuple[date, Result] | None:
    """Return the first morning on which something is said of a fault."""
    today = fault.start.date()
    while today <= min(fault.stop.date() + 14 * _DAY, pump.stop.date()):
        found = ASKED[check](pump.subject(today))
        if found.state in _BAD:
            return today, found
        today += _DAY
    return None


if __name__ == "__main__":
    main()
