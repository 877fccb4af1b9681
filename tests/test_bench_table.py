"""The table that the bench prints."""

from script.measure.figures import ROWS, Figures, markdown, plain
from script.measure.rest import busy


def figures() -> Figures:
    measured = Figures()
    for value in (0.4, 0.1, 0.2):
        measured.add(start_s=value)
    return measured


def test_a_line_has_target_median_best_and_worst() -> None:
    last = markdown(figures()).splitlines()[-1]
    assert last.endswith("| ≤ 0.15 s | 0.200 s | 0.100–0.400 |")


def test_what_was_not_measured_has_no_line() -> None:
    assert len(plain(figures()).splitlines()) == 2
    assert plain(Figures()).splitlines()[1:] == []


def test_every_figure_has_one_line() -> None:
    keys = [row.key for row in ROWS]
    assert len(keys) == len(set(keys))


def test_what_a_thread_does_is_counted_once() -> None:
    thread = {"pid": 1, "tid": 7}
    named = {"ph": "M", "name": "thread_name", "ts": 0} | thread
    task = {"ph": "X", "name": "RunTask"} | thread
    events = [
        named | {"args": {"name": "CrRendererMain"}},
        task | {"ts": 20, "dur": 10, "tdur": 5},
        task | {"ts": 0, "dur": 15, "tdur": 12},
        task | {"ts": 2, "dur": 8, "tdur": 7},  # within the one before
        {"ph": "X", "name": "RunTask", "pid": 1, "tid": 8, "ts": 0, "dur": 9},
    ]
    assert busy(events, 1)["CrRendererMain"] == 1.7
