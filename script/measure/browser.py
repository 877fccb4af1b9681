"""Measures the panel in a real Chromium: until it is painted, and its updates."""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    sync_playwright,
)

from script.measure.database import write_one
from script.measure.figures import Figures
from script.measure.home import ENTRY
from script.measure.rest import measure_rest
from tests.support.home_assistant import PANEL, HomeAssistant
from tests.support.influx import Influx

VIEWS = ("sankey", "cop", "runtime", "temperature", "performance", "power", "valve")
# The cards of page Insights, one a question.
QUESTIONS = 11
OPENINGS = 3
UPDATES = 5
SLOWDOWN = 4
LONGEST_MS = 60_000
SETTLED_MS = 1_500
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# All seven charts are seen at once: they are drawn only where they can be seen.
SCREEN = ViewportSize(width=1440, height=2400)
WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")


def measure_panel(home: HomeAssistant, server: Influx, figures: Figures) -> None:
    """Measure the panel in the browser that HEATPUMP_CHROMIUM names."""
    with _browser() as browser:
        context = browser.new_context(viewport=SCREEN)
        context.add_init_script(WATCH)
        # The first time fills the browser's cache and logs in.
        _loaded(context, home, 1).close()
        page = _loaded(context, home, 1)
        measure_rest(browser, page, figures)
        page.close()
        for _ in range(OPENINGS):
            for slowdown, slow in ((1, ""), (SLOWDOWN, "_slow")):
                page, home_s = _chosen(context, home, slowdown)
                figures.add(**{f"home{slow}_s": home_s})
                figures.add(**{f"panel{slow}_s": _painted_s(page)})
                for _ in range(UPDATES):
                    figures.add(**{f"panel{slow}_update_s": _update_s(page, server)})
                page.close()
                page = _loaded(context, home, slowdown)
                figures.add(**{f"page{slow}_s": _painted_s(page)})
                figures.add(**{f"insights{slow}_s": _answered_s(page)})
                page.close()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["HEATPUMP_CHROMIUM"], args=FLAGS
        )
        yield chromium
        chromium.close()


def _open(context: BrowserContext, url: str, slowdown: int) -> Page:
    """Return a window on a processor as many times slower."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    page.goto(url, wait_until="commit")
    return page


def _loaded(context: BrowserContext, home: HomeAssistant, slowdown: int) -> Page:
    """Return a window whose page was loaded to show the panel."""
    page = _open(context, f"{home.url}/{PANEL}?range=24h", slowdown)
    page.wait_for_function("window.bench?.painted", timeout=LONGEST_MS)
    return page


def _chosen(
    context: BrowserContext, home: HomeAssistant, slowdown: int
) -> tuple[Page, float]:
    """Return a window in which the panel was chosen from Home Assistant's sidebar.

    With it the seconds until Home Assistant had shown the page before.
    """
    page = _open(context, f"{home.url}/profile", slowdown)
    page.wait_for_function("window.bench?.home", timeout=LONGEST_MS)
    home_ms: float = page.evaluate("window.bench.home")
    page.wait_for_timeout(SETTLED_MS)
    page.locator(f'ha-sidebar a[href="/{PANEL}"]').click()
    page.wait_for_function("window.bench.painted", timeout=LONGEST_MS)
    page.wait_for_timeout(SETTLED_MS)
    return page, home_ms / 1000


def _painted_s(page: Page) -> float:
    """Return the seconds until all views were ready and painted."""
    painted_ms: float = page.evaluate("window.bench.painted")
    return painted_ms / 1000


def _answered_s(page: Page) -> float:
    """Return the seconds from the tab of page Insights until no card of it waits."""
    page.wait_for_timeout(SETTLED_MS)
    page.locator(f'a[href^="/{PANEL}/insights"]').first.click()
    answered_ms: float = page.evaluate("n => window.bench.answered(n)", QUESTIONS)
    return answered_ms / 1000


def _update_s(page: Page, server: Influx) -> float:
    """Return the seconds from an update's arrival until the last chart is painted.

    Raises RuntimeError where no chart was painted anew.
    """
    write_one(server)
    page.evaluate("window.bench.begin()")
    page.evaluate(
        """entry => document.querySelector("home-assistant").hass.connection
        .sendMessagePromise({ type: "heatpump_probe/poll", entry })""",
        ENTRY,
    )
    page.wait_for_timeout(SETTLED_MS)
    taken_ms: float | None = page.evaluate("window.bench.updated()")
    if taken_ms is None:
        raise RuntimeError("The update painted no chart")
    return taken_ms / 1000
