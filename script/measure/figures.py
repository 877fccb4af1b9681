"""What is measured, what it should be, and how it is shown."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
import os
from statistics import median
from typing import Any

from custom_components.heatpump_dashboard.view import ranges


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: no target where a figure only stands beside another."""

    key: str
    text: str
    unit: str
    target: float | None = None
    digits: int = 3


# Made of hours on disk; and `all` of it.
LONG_RANGES = tuple(
    name for name, shown in ranges.RANGES.items() if shown.seconds > ranges.WINDOWS_KEPT
)
RANGES = tuple(name for name in ranges.RANGES if name not in LONG_RANGES)
_LONG = (*LONG_RANGES, "all")

ROWS = (
    Row("start_s", "start of the entry → 24 h view possible", "s", 0.15),
    Row("first_start_s", "… for the first time, importing pandas", "s"),
    Row("history_s", "→ 30 days complete in the background", "s", 3, 2),
    *(
        Row(f"view_{range_}_s", f"view {range_} for the second viewer", "s", 0.010, 4)
        for range_ in RANGES
    ),
    *(
        Row(f"view_{range_}_s", f"view {range_} for the second viewer", "s", 0.02, 4)
        for range_ in _LONG
    ),
    Row("snapshot_24h_kb", "snapshot of 24 h on the wire, deflated", "kB", 10, 1),
    Row("snapshot_30d_kb", "snapshot of 30 d on the wire, deflated", "kB", 25, 1),
    *(
        Row(f"snapshot_{range_}_kb", f"snapshot of {range_} on the wire", "kB", 40, 1)
        for range_ in _LONG
    ),
    Row("calendar_s", "calendar: two years of days", "s", 0.05),
    Row("update_kb", "update per viewer on the wire, deflated, largest", "kB", 1, 2),
    Row("poll_database_s", "poll: database time", "s", 0.02, 4),
    Row("poll_queries", "poll: queries", "", 1, 0),
    Row("poll_rows", "poll: rows, new and of the five minutes before", "", None, 0),
    Row("poll_s", "poll: until the entities have it", "s"),
    Row("poll_viewers_s", "poll: until five viewers have it", "s"),
    Row("crowd_s", "1,000 subscribers: until the last has its update", "s", 1),
    Row("crowd_cpu_s", "1,000 subscribers: process CPU", "s", 1),
    Row("crowd_deaf_s", "… and one more that never reads", "s", 1),
    Row("held_start_s", "event loop held: start and history", "s", 0.05),
    Row("held_poll_s", "event loop held: poll", "s", 0.05),
    Row("held_crowd_s", "event loop held: 1,000 subscribers", "s", 0.05),
    Row("memory_mb", "memory over a bare Home Assistant", "MB", 90, 0),
    Row("walk_s", "all hours on disk, from the first start on", "s", 90, 0),
    Row("walk_cpu_s", "… process CPU, with a poll every 5 s", "s", 25, 1),
    Row("walk_poll_s", "… poll meanwhile", "s", 0.1),
    Row("held_walk_s", "… event loop held", "s", 0.05),
    Row("memory_years_mb", "… memory over a bare Home Assistant", "MB", 110, 0),
    Row("year_start_s", "start of the entry → 1y", "s", 0.3),
    Row("start_few_s", "start with 2 days in the database", "s"),
    Row("poll_few_s", "poll with 2 days in the database", "s"),
    Row("import_s", "import of the integration, without pandas", "s", 0.1),
    Row("panel_s", "panel: chosen in the sidebar → seven charts painted", "s", 1.0, 2),
    Row("panel_slow_s", "… at a quarter of the processor", "s", 2.5, 2),
    Row("page_s", "panel: page loaded anew → seven charts painted", "s", 1.0, 2),
    Row("page_slow_s", "… at a quarter of the processor", "s", 2.5, 2),
    Row("home_s", "for comparison: a page of Home Assistant's own", "s", None, 2),
    Row("home_slow_s", "… at a quarter of the processor", "s", None, 2),
    Row("insights_s", "page Insights: chosen on Now → the last card", "s", 0.5, 2),
    Row("insights_slow_s", "… at a quarter of the processor", "s", None, 2),
    Row("panel_update_s", "panel: update of all charts", "s", 0.1),
    Row("rest_main", "panel at rest, drawing moving: the page's thread", "%", 2, 2),
    Row("rest_compositor", "… the compositor, without a graphics card", "%", None, 2),
    Row("load_now_kb", 'JavaScript of the page "Now", brotli', "kB", 240, 0),
    Row(
        "load_on_request_kb",
        "… fetched by who asks for it: files, tables, calendar",
        "kB",
        20,
        1,
    ),
    Row("load_history_kb", '… of the page "History", beside it', "kB", 40, 0),
    Row("load_insights_kb", '… of the page "Insights", beside it', "kB", 30, 0),
    Row(
        "load_verdict_kb",
        '… of the verdict on "Now", after its first picture',
        "kB",
        5,
        1,
    ),
    Row("load_paper_kb", "… of what is printed, after it too", "kB", 2, 1),
    Row("load_cards_loader_kb", "… of the cards' loader", "kB", 3, 1),
    Row("load_every_page_kb", "… of every page of Home Assistant", "kB", 8, 1),
)


class Figures(defaultdict[str, list[float]]):
    """All values of each figure, in the order they were measured."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__(list)

    def add(self, **values: float) -> None:
        """Add one value of each of some figures."""
        for key, value in values.items():
            self[key].append(value)


def machine() -> dict[str, Any]:
    """Return when and where this is measured; the load tells how much else ran."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": os.cpu_count(),
        "memory_gb": round(pages * size / 1e9),
        "load": round(os.getloadavg()[0], 1),
    }


def title(where: Mapping[str, Any]) -> str:
    """Return the line above the table."""
    return (
        f"{where['date']}, {where['cores']} cores, {where['memory_gb']} GB of memory"
        f", load {where['load']}"
    )


def cells(figures: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, ...]]:
    """Yield for each row: what, target, median, best and worst."""
    for row in ROWS:
        if values := figures.get(row.key):
            yield (
                row.text,
                "–" if row.target is None else f"≤ {row.target:g} {row.unit}".strip(),
                f"{median(values):.{row.digits}f} {row.unit}".strip(),
                f"{min(values):.{row.digits}f}–{max(values):.{row.digits}f}",
            )


HEAD = ("measure", "target", "median", "best–worst")


def plain(figures: Mapping[str, Sequence[float]]) -> str:
    """Return the table for a terminal."""
    lines = [HEAD, *cells(figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def markdown(figures: Mapping[str, Sequence[float]]) -> str:
    """Return the table for the README."""
    lines = [HEAD, ("---",) * len(HEAD), *cells(figures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
