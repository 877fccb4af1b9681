"""Everything that can change, changed over and over under a mouse or a finger that moves."""

from collections.abc import Callable
import os
from random import Random
import time

from playwright.sync_api import Page
import pytest

from custom_components.heatpump_dashboard.view import ranges
from tests.support.home_assistant import HomeAssistant

from .conftest import BRANDS, Open
from .heap import Heap
from .test_endurance import GO, expect_stable
from .watched import PANEL, Watched

PLAYED_S = float(os.environ.get("HEATPUMP_ENDURANCE_S", "30"))
RANGES = tuple(ranges.RANGES)
PHONE = 390
# How much of the time is spent before memory is measured first.
WARM_UP = 0.2
LONG_S = 300
SLACK = 1.25
PAGES = ("now", "history", "insights")
# What else can be pressed on them; where an insight cannot tell, it leads to the settings.
PRESSED = (
    "[data-series]",
    "[data-unit]",
    "[data-step]",
    ".chips [data-key]",
    "[data-check]",
    ".hits button",
    "article:not([data-state=unknown], [data-state=missing]) .open",
    "dialog .round",
)
# Where, as shares of its width and height, each chart in sight is met: not where something
# lies over it. A finger on Home Assistant's menu button would lead to another page, and one
# on a temperature of the drawing to a dialog of Home Assistant's.
POINTS = """([across, down]) => {
  const points = [];
  const isChart = each => each.localName === 'canvas' || (each.localName === 'svg'
    && each.clientWidth > 100 && !each.getRootNode().host?.matches('hp-schematic'));
  const read = root => root.querySelectorAll('*').forEach(each => {
    if (each.shadowRoot) read(each.shadowRoot);
    if (!isChart(each)) return;
    const { x, y, width, height } = each.getBoundingClientRect();
    const point = [x + across * width, y + down * height];
    const met = each.getRootNode().elementFromPoint(...point);
    if (met && each.parentElement.contains(met)) points.push(point);
  });
  read(document);
  return points;
}"""
# What it does to our own elements at once, as fast as nobody could.
CLICK = """(panel, selector) => {
  const found = [];
  const read = root => root.querySelectorAll('*').forEach(each => {
    if (each.shadowRoot) read(each.shadowRoot);
    if (each.matches(selector)) found.push(each);
  });
  read(panel.shadowRoot);
  found[Math.floor(Math.random() * found.length)]?.click();
}"""
SHOWN = "() => location.pathname.split('/')[2] || 'now'"
CHOOSE = """(panel, pump) => panel.shadowRoot.querySelector('.page').dispatchEvent(
  new CustomEvent('hp-pump', { detail: pump }))"""


class Player:
    """Somebody who tries everything in a window, the same in every run."""

    def __init__(self, page: Page, width: int) -> None:
        """Begin."""
        self._page = page
        self._width = width
        self._random = Random(width)
        self._dark = False
        # On which pages a chart was met.
        self.met: set[str] = set()
        self.changes = 0

    def play(self, seconds: float) -> None:
        """Point at the charts, and change something after each time."""
        changes: list[Callable[[], None]] = [
            lambda: self._click(f'[data-range="{self._random.choice(RANGES)}"]'),
            lambda: self._click(self._random.choice(PRESSED)),
            lambda: self._click(f'[data-page="{self._random.choice(PAGES)}"]'),
            self._choose_pump,
            self._change_theme,
            self._change_width,
            self._scroll,
        ]
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            self._point()
            self._random.choice(changes)()
            self.changes += 1

    def _panel(self, script: str, argument: str) -> None:
        self._page.locator("heatpump-dashboard-panel").evaluate(script, argument)

    def _click(self, selector: str) -> None:
        self._panel(CLICK, selector)

    def _choose_pump(self) -> None:
        self._panel(CHOOSE, self._random.choice(BRANDS))

    def _change_theme(self) -> None:
        self._dark = not self._dark
        self._page.emulate_media(color_scheme="dark" if self._dark else "light")

    def _change_width(self) -> None:
        width = self._width - self._random.randrange(0, self._width // 4)
        self._page.set_viewport_size({"width": width, "height": 900})

    def _scroll(self) -> None:
        self._page.evaluate(
            "share => scrollTo(0, share * document.body.scrollHeight)",
            self._random.random(),
        )

    def _point(self) -> None:
        shares = [self._random.random(), self._random.random()]
        points = self._page.evaluate(POINTS, shares)
        if not points:
            return
        self.met.add(self._page.evaluate(SHOWN))
        x, y = self._random.choice(points)
        if self._width == PHONE:
            self._page.touchscreen.tap(x, y)
        else:
            self._page.mouse.move(x, y, steps=5)


def rested(window: Watched, width: int) -> Heap:
    """Measure what is kept in memory, always with the same in sight."""
    window.page.set_viewport_size({"width": width, "height": 900})
    window.page.evaluate(GO, f"/{PANEL}?pump=thermia&range=24h")
    window.wait_for_views()
    return Heap.of(window.page)


@pytest.mark.parametrize("width", [1440, 1024, PHONE])
def test_whoever_plays_with_everything_meets_no_error(
    home: HomeAssistant, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width)
    window.open_panel("?pump=thermia&range=24h")
    player = Player(window.page, width)
    player.play(PLAYED_S * WARM_UP)
    before = rested(window, width)
    player.play(PLAYED_S * (1 - WARM_UP))
    rested(window, width)
    print(f"{player.changes} changes on {sorted(player.met)}")
    assert player.met
    # In less time not everything was seen before, which is kept then.
    if PLAYED_S >= LONG_S:
        expect_stable(window, before, slack=SLACK)
