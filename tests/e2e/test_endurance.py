"""On a wall for weeks: memory stays where it is, and who leaves takes everything along."""

import math

from playwright.sync_api import Page

from tests.support.home_assistant import HomeAssistant

from .conftest import Open
from .heap import Heap
from .watched import HASS, PANEL, VIEWS, Watched

UPDATES = 2_000
WARM_UP = 400
ENTERED = 100
SLACK = 1.10

# Home Assistant's connection, but the panel's updates come from us: each adds a reading
# and takes the oldest away, as the server's do.
FEED = """hass => {
  const { connection } = hass;
  const subscribe = connection.subscribeMessage.bind(connection);
  connection.subscribeMessage = (callback, message, options) => {
    if (message.type !== 'heatpump_dashboard/subscribe')
      return subscribe(callback, message, options);
    return subscribe(data => {
      if (data.type !== 'snapshot') return;
      window.feed = { callback, last: data };
      callback(data);
    }, message, options);
  };
}"""

# The charts draw once a frame; every few updates there is one.
UPDATE = """async count => {
  const lasts = table => Object.fromEntries(Object.entries(table).map(
    ([name, column]) => [name, Array.isArray(column) ? column.slice(-1) : column]));
  const vary = column => column.map(value => value === null ? null : value + Math.random() / 10);
  for (let done = 0; done < count; done++) {
    const { callback, last } = window.feed;
    const passed = 30_000;
    const readings = lasts(last.readings);
    for (const name of Object.keys(readings))
      readings[name] = name.endsWith('_temp') ? vary(readings[name]) : readings[name];
    readings.time = [readings.time[0] + passed];
    const ledger = lasts(last.ledger);
    ledger.time = [Math.floor(readings.time[0] / 300_000) * 300_000];
    const next = { ...last, type: 'update', start: last.start + passed,
      end: last.end + passed, readings, ledger, events: [],
      status: { ...last.status, time: Date.now() } };
    window.feed.last = next;
    callback(next);
    await Promise.resolve();
    if (done % 16 === 15) await new Promise(requestAnimationFrame);
  }
  // What comes with the last of them is drawn a frame later, and once more at its size.
  for (let frames = 0; frames < 8; frames++) await new Promise(requestAnimationFrame);
}"""

GO = """path => {
  history.pushState(null, '', path);
  window.dispatchEvent(new CustomEvent('location-changed', { detail: { replace: false } }));
}"""

# The panel as Home Assistant makes and removes it, without its own pages in between,
# which keep something of every visit. Each time a chart is painted before it goes.
VISIT = """async count => {
  const { hass } = document.querySelector('home-assistant');
  const painted = panel => panel.shadowRoot?.querySelector('hp-view-card')?.shadowRoot
    ?.querySelector('[data-state="ready"]');
  for (let visit = 0; visit < count; visit++) {
    const panel = document.createElement('heatpump-dashboard-panel');
    panel.style = 'position:fixed;inset:0;z-index:9;overflow:auto';
    panel.hass = hass;
    document.body.append(panel);
    const first = () => panel.shadowRoot.querySelector('hp-view-card')?.scrollIntoView();
    do {
      first();
      await new Promise(resolve => setTimeout(resolve, 50));
    } while (!painted(panel));
    panel.remove();
  }
}"""

ALIVE = "() => window.visitors.filter(visitor => visitor.deref()).length"


def expect_stable(
    window: Watched, before: Heap, more: float = math.inf, slack: float = SLACK
) -> None:
    """Expect that memory comes back to what it was, with fewer than `more` new nodes.

    What leaks never does; what is still under way on a busy machine will.
    """
    measured: list[Heap] = []

    def is_back() -> bool:
        measured.append(after := Heap.of(window.page))
        grown = (after.nodes - before.nodes, after.listeners - before.listeners)
        return after.is_within(before, slack) and max(grown) < more

    assert window.eventually(is_back), f"{before} → {measured[-1]}"
    print(f"{before} → {measured[-1]}")


def test_two_thousand_updates_leave_memory_as_it_was(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_home()
    page = window.page
    page.evaluate(f"() => ({FEED})({HASS})")
    page.evaluate(GO, f"/{PANEL}?pump=thermia&range=1h")
    for view in VIEWS:
        window.wait_for_state(view, "ready")
    page.evaluate(UPDATE, WARM_UP)
    before = Heap.of(page)
    page.evaluate(UPDATE, UPDATES)
    expect_stable(window, before)
    assert window.colours("valve") > 3


def test_who_leaves_a_hundred_times_leaves_nothing_behind(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=1h")
    page = window.page
    leave(page)
    page.evaluate(VISIT, 5)
    before = Heap.of(page)
    page.evaluate(VISIT, ENTERED)
    expect_stable(window, before, ENTERED)


def test_home_assistant_lets_go_of_every_panel_that_was_left(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_home()
    page = window.page
    page.evaluate("() => { window.visitors = [] }")
    for _ in range(5):
        visit(window)
    page.evaluate(GO, "/profile/general")

    def are_gone() -> bool:
        Heap.of(page)
        alive: int = page.evaluate(ALIVE)
        return alive <= 1

    assert window.eventually(are_gone)


def visit(window: Watched) -> None:
    window.page.evaluate(GO, f"/{PANEL}?pump=thermia&range=1h")
    window.wait_for_state("sankey", "ready")
    window.page.locator("heatpump-dashboard-panel").evaluate(
        "panel => { window.visitors.push(new WeakRef(panel)) }"
    )
    leave(window.page)


def leave(page: Page) -> None:
    page.evaluate(GO, "/profile")
    page.locator("heatpump-dashboard-panel").wait_for(state="detached")
