"""Spans: where they begin and end, and in which steps they are shown."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
import json
from math import prod
from pathlib import Path
import re
from zoneinfo import ZoneInfo

import pytest

from custom_components.heatpump_dashboard.view.ranges import RANGES, Grid, Span, grid

# 2026-01-22 14:30:10 UTC
NOW = 1769092210.0
LAST = NOW - 20

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend" / "src"


def test_the_panel_has_the_same_ranges() -> None:
    source = (FRONTEND / "data" / "range.ts").read_text(encoding="utf-8")
    listed = re.search(r"const RANGES = \[(.+?)\]", source, re.DOTALL)
    lengths = re.findall(r'"(\w+)": ((?:\d+ \* )*)HOUR,', source)
    assert listed is not None
    assert re.findall(r'"(\w+)"', listed[1]) == list(RANGES)
    assert {
        name: 3600 * prod(int(number) for number in re.findall(r"\d+", hours))
        for name, hours in lengths
    } == {name: shown.seconds for name, shown in RANGES.items()}


@pytest.mark.parametrize(
    "path", sorted((FRONTEND / "i18n").glob("??.json")), ids=lambda path: path.stem
)
def test_every_range_has_its_names(path: Path) -> None:
    texts = json.loads(path.read_text(encoding="utf-8"))
    assert list(texts["range"]) == list(texts["show"]) == list(RANGES)


def test_the_cards_document_names_every_range() -> None:
    told = (ROOT / "docs" / "cards.md").read_text(encoding="utf-8")
    names = [f"`{name}`" for name in RANGES]
    assert f"{', '.join(names[:-1])} or {names[-1]}" in told


@pytest.mark.parametrize(
    ("name", "step", "ledger_step", "edge"),
    [
        ("1h", 0, 300, 300),
        ("6h", 0, 300, 300),
        ("24h", 120, 300, 600),
        ("7d", 900, 900, 900),
        ("30d", 3600, 3600, 3600),
        ("90d", 10_800, 10_800, 10_800),
    ],
)
def test_a_range_begins_at_the_common_edge_before_it(
    name: str, step: int, ledger_step: int, edge: int
) -> None:
    shown = grid(Span(name), LAST, NOW)

    wanted = LAST - RANGES[name].seconds
    assert (shown.step, shown.ledger_step) == (step, ledger_step)
    assert shown.start % edge == 0
    assert wanted - edge < shown.start <= wanted
    assert shown.end == LAST
    assert shown.stop == int(LAST) + 1


def test_the_present_ends_now_when_the_last_reading_is_old() -> None:
    assert grid(Span("1h"), NOW - 300, NOW).end == NOW - 300
    assert grid(Span("1h"), NOW - 301, NOW).end == NOW
    assert grid(Span("1h"), None, NOW).end == NOW


@pytest.mark.parametrize(
    ("hours", "step", "ledger_step"),
    [
        (1, 0, 300),
        (6, 0, 300),
        (7, 60, 300),
        (12, 60, 300),
        (13, 120, 300),
        (24, 120, 300),
        (25, 120, 300),
        (26, 300, 300),
        (62, 300, 300),
        (70, 600, 600),
        (168, 900, 900),
        (300, 1800, 1800),
        (720, 3600, 3600),
    ],
)
def test_a_free_span_has_the_smallest_step_a_chart_can_show(
    hours: int, step: int, ledger_step: int
) -> None:
    shown = grid(Span(None, NOW - hours * 3600, NOW), LAST, NOW)

    assert (shown.step, shown.ledger_step) == (step, ledger_step)
    assert shown.start <= NOW - hours * 3600
    assert (shown.end - shown.start) / (shown.step or 30) <= 760


def every(seconds: float) -> Callable[[float, float], int]:
    return lambda start, end: round((end - start) / seconds)


@pytest.mark.parametrize(
    ("name", "cycle_s", "step"),
    [("1h", 10, 0), ("6h", 10, 0), ("1h", 1, 10), ("6h", 1, 30), ("24h", 1, 120)],
)
def test_a_range_has_no_more_readings_than_can_be_drawn(
    name: str, cycle_s: float, step: int
) -> None:
    assert grid(Span(name), LAST, NOW, count=every(cycle_s)).step == step


def test_a_span_of_quick_readings_has_short_steps() -> None:
    steps = [
        grid(Span(None, NOW - hours * 3600, NOW), LAST, NOW, count=every(1)).step
        for hours in (0.2, 1, 6, 7)
    ]
    assert steps == [0, 10, 30, 60]


@pytest.mark.parametrize("ago", [0, 0.4, 1, 2, 30, 31.5, 400])
def test_thirty_days_are_rows_of_hours_wherever_they_lie(ago: float) -> None:
    """The panel asks for a file of hours in such pieces, to the end of an hour."""
    end = (NOW - ago * 86_400) // 3600 * 3600 + 3600
    assert grid(Span(None, end - 30 * 86_400, end), LAST, NOW).step == 3600


def test_a_span_before_the_readings_is_shown_in_windows() -> None:
    start = NOW - 3 * 86400
    assert grid(Span(None, start, start + 3600), LAST, NOW).step == 300


def test_a_span_of_the_past_ends_with_a_window() -> None:
    start = 1769000000.0
    shown = grid(Span(None, start, start + 3600), LAST, NOW)

    assert shown == Grid(1768999800, 1769003700, 1769003700, 0, 300)


def test_a_span_into_the_future_ends_with_the_last_reading() -> None:
    assert grid(Span(None, NOW - 3600, NOW + 3600), LAST, NOW).end == LAST


@pytest.mark.parametrize(
    ("days", "long", "step"),
    [
        (32, 1, 3600),
        (400, 31, 3600),
        (400, 32, 10_800),
        (99, 92, 10_800),
        (99, 93, 86_400),
        (999, 750, 86_400),
        (999, 751, 7 * 86_400),
    ],
)
def test_a_span_of_long_ago_is_made_of_hours(days: int, long: int, step: int) -> None:
    start = NOW - days * 86_400
    shown = grid(Span(None, start, start + long * 86_400), LAST, NOW)

    assert shown.hours
    assert (shown.step, shown.ledger_step) == (step, step)
    rows = len(shown.edges) or (shown.end - shown.start) / shown.step
    assert rows <= 752


def test_what_memory_has_is_made_of_windows() -> None:
    assert not grid(Span("30d"), LAST, NOW).hours
    assert not grid(Span(None, NOW - 31 * 86_400, NOW), LAST, NOW).hours
    assert grid(Span("90d"), LAST, NOW).hours


@pytest.mark.parametrize(
    ("zone", "shortest", "longest"),
    [
        ("UTC", 10_800, 10_800),
        ("Europe/Stockholm", 3600, 10_800),
        ("Asia/Kolkata", 10_800, 10_800),
        # The clock is put back by half an hour there.
        ("Australia/Lord_Howe", 1800, 10_800),
    ],
)
@pytest.mark.parametrize("month", [1, 4, 11])
def test_rows_of_three_hours_begin_at_midnight_of_the_home(
    zone: str, shortest: int, longest: int, month: int
) -> None:
    home = ZoneInfo(zone)
    now = datetime(2026, month, 22, 14, 30, 10, tzinfo=home)
    last = now.timestamp() - 20
    shown = grid(Span("90d"), last, now.timestamp(), zone=home)

    assert (shown.step, shown.ledger_step) == (10_800, 10_800)
    assert shown.start == shown.edges[0] <= last - 90 * 86_400 < shown.edges[1]
    assert shown.edges[-1] < shown.end == last
    lengths = {later - edge for edge, later in pairwise(shown.edges)}
    assert shortest <= min(lengths)
    assert max(lengths) == longest
    days = {datetime.fromtimestamp(edge, home).date() for edge in shown.edges}
    midnights = {datetime(d.year, d.month, d.day, tzinfo=home) for d in days}
    begun = {moment.timestamp() for moment in midnights if moment >= min(midnights)}
    assert begun - set(shown.edges) <= {min(begun)}


def test_a_year_is_days_of_the_home() -> None:
    shown = grid(Span("1y"), LAST, NOW, zone=ZoneInfo("Europe/Stockholm"))

    lengths = {later - edge for edge, later in pairwise(shown.edges)}
    assert lengths == {23 * 3600, 24 * 3600, 25 * 3600}
    assert len(shown.edges) == 366
    assert shown.edges[0] == shown.start <= LAST - 365 * 86_400
    assert shown.end == LAST


def test_days_of_the_past_end_at_midnight() -> None:
    zone = ZoneInfo("Europe/Stockholm")
    first = datetime(2025, 2, 3, 11, tzinfo=zone)
    last = datetime(2025, 8, 3, 11, tzinfo=zone)
    shown = grid(Span(None, first.timestamp(), last.timestamp()), LAST, NOW, zone=zone)

    assert shown.start == datetime(2025, 2, 3, tzinfo=zone).timestamp()
    assert shown.end == shown.stop == datetime(2025, 8, 4, tzinfo=zone).timestamp()
