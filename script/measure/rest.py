"""Measures what the panel costs while nobody touches it and its drawing moves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
import json
from typing import Any

from playwright.sync_api import Browser, Page

from script.measure.figures import Figures

TRACED_MS = 10_000
MAIN = "CrRendererMain"
COMPOSITOR = "Compositor"
LONGEST_MS = 30_000
SETTLED_MS = 2_000
DRAWING = """root => [...root.querySelectorAll('*')].map(each =>
    each.localName === 'hp-schematic' ? each : each.shadowRoot && find(each.shadowRoot))
    .find(Boolean)"""
# Every part of the drawing runs from now on, whatever the heat pump does.
RUN = f"""() => {{
  const find = {DRAWING};
  const drawing = find(document);
  const {{ snapshot }} = drawing;
  const running = {{ compressor: 1, brine_pump: 1, circulation_pump: 1, hot_water_valve: 0 }};
  const metrics = {{ ...snapshot.status.metrics, ...running }};
  const status = {{ ...snapshot.status, mode: 'heating', metrics, time: Date.now() }};
  const fixed = {{ snapshot: {{ ...snapshot, status }}, staleUntil: null }};
  for (const [name, value] of Object.entries(fixed))
    Object.defineProperty(drawing, name, {{ configurable: true, get: () => value, set: () => undefined }});
  drawing.requestUpdate();
  drawing.scrollIntoView({{ block: 'center' }});
}}"""
MOVES = f"""() => {{
  const find = {DRAWING};
  return find(document).shadowRoot.querySelector('.moving');
}}"""


def measure_rest(browser: Browser, page: Page, figures: Figures) -> None:
    """Add the shares of a core (%) that an open panel takes with its drawing moving."""
    page.evaluate(RUN)
    page.wait_for_function(MOVES, timeout=LONGEST_MS)
    page.wait_for_timeout(SETTLED_MS)
    browser.start_tracing(page=page, categories=["toplevel"])
    page.wait_for_timeout(TRACED_MS)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    shares = busy(events, TRACED_MS)
    figures.add(rest_main=shares[MAIN], rest_compositor=shares[COMPOSITOR])


def busy(events: Iterable[Mapping[str, Any]], length_ms: float) -> dict[str, float]:
    """Return for each kind of thread the processor's time of its tasks, in % of a core.

    `events` are a trace's, in Chrome's format; a task within another counts once.
    """
    names: dict[tuple[int, int], str] = {}
    tasks: dict[tuple[int, int], list[Mapping[str, Any]]] = defaultdict(list)
    for event in events:
        thread = event["pid"], event["tid"]
        if event["ph"] == "X":
            tasks[thread].append(event)
        elif event["name"] == "thread_name":
            names[thread] = event["args"]["name"]
    shares: dict[str, float] = defaultdict(float)
    for thread, all_ in tasks.items():
        name = names.get(thread, "")
        shares[name] = max(shares[name], _outer_us(all_) / length_ms / 10)
    return shares


def _outer_us(tasks: Iterable[Mapping[str, Any]]) -> float:
    """Return the processor's time (µs) of those tasks that lie in no other."""
    total, until = 0.0, 0.0
    for task in sorted(tasks, key=lambda task: (task["ts"], -task.get("dur", 0))):
        if task["ts"] >= until:
            until = task["ts"] + task.get("dur", 0)
            total += task.get("tdur", 0)
    return total
