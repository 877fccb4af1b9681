"""Tell in a few lines what the parts of script/test have found, from their reports."""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

SLOWEST = 10


@dataclass(frozen=True, slots=True)
class Case:
    """One test: what became of it, and how many seconds that took."""

    name: str
    outcome: str
    seconds: float


def main() -> None:
    """Read the command line and print the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failed", nargs="*", default=[], help="parts that failed")
    parser.add_argument(
        "reports",
        type=Path,
        help="a folder with a JUnit file and the seconds of each part",
    )
    arguments = parser.parse_args()
    print("\n".join(summary(arguments.reports, arguments.failed)))


def summary(folder: Path, failed: list[str]) -> Iterator[str]:
    """Yield the slowest tests, a line for each part, and the sum of all of them.

    `failed` are the parts that ended badly, also without a report.
    """
    parts = {path.stem: cases(path) for path in sorted(folder.glob("*.xml"))}
    parts |= {name: [] for name in failed if name not in parts}
    every = [case for part in parts.values() for case in part]
    yield "slowest:"
    for case in sorted(every, key=lambda case: -case.seconds)[:SLOWEST]:
        yield f"{case.seconds:8.1f} s  {case.name}"
    yield "parts:"
    total: Counter[str] = Counter()
    for name, part in parts.items():
        found = Counter(case.outcome for case in part)
        # It broke before or after its tests: that is nothing its report could say.
        if name in failed and not found["failed"]:
            found["failed"] = 1
        total += found
        took = elapsed(folder / f"{name}.seconds")
        yield f"{name:<9} {len(part):5} tests {took:>6} s  {counts(found)}"
    yield counts(total)


def cases(report: Path) -> list[Case]:
    """Return the tests of a JUnit file."""
    try:
        root = ET.parse(report).getroot()  # noqa: S314 - we have written it
    except ET.ParseError:  # what wrote it was stopped in the midst
        return []
    return [case(element) for element in root.iter("testcase")]


def elapsed(path: Path) -> str:
    """Return how many seconds a part took, with all that is around its tests."""
    return path.read_text(encoding="utf-8").strip() if path.exists() else "?"


def case(element: ET.Element) -> Case:
    """Return the test of an element; one that broke or could not be cleaned up failed."""
    told = {child.tag for child in element}
    outcome = "passed"
    if told & {"failure", "error"}:
        outcome = "failed"
    elif "skipped" in told:
        outcome = "skipped"
    name = f"{element.get('classname', '')}::{element.get('name', '')}"
    return Case(name, outcome, float(element.get("time", 0)))


def counts(found: Counter[str]) -> str:
    """Return how many passed, failed and were skipped."""
    return ", ".join(
        f"{found[what]} {what}" for what in ("passed", "failed", "skipped")
    )


if __name__ == "__main__":
    main()
