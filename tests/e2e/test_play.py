"""Everything that can change, changed over and over under a mouse or a finger that moves."""

from collections.abc import Callable
import os
from random import Random
import time

from playwright.sync_api import Page
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import BRANDS, Open

PLAYED_S = float(os.environ.get("HEATPUMP_ENDURANCE_S", "30"))
RANGES = ("1h", "6h", "24h", "7d", "30d", "90d", "1y")
PHONE = 390
# Where, as shares of its width and height, each chart in sight is met: not where something
# lies over it. A finger on Home Assistant's menu button would lead to another page.
POINTS = """([across, down]) => {
  const points = [];
  const read = root => root.querySelectorAll('*').forEach(each => {
    if (each.shadowRoot) read(each.shadowRoot);
    if (each.localName !== 'canvas') return;
    const { x, y, width, height } = each.getBoundingClientRect();
    const point = [x + across * width, y + down * height];
    if (each.getRootNode().elementFromPoint(...point) === each) points.push(point);
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
        # How many times a chart was met.
        self.met = 0

    def play(self, seconds: float) -> None:
        """Point at the charts, and change something after each time."""
        changes: list[Callable[[], None]] = [
            lambda: self._click(f'[data-range="{self._random.choice(RANGES)}"]'),
            lambda: self._click("[data-series]"),
            self._choose_pump,
            self._change_theme,
            self._change_width,
            self._scroll,
        ]
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            self._point()
            self._random.choice(changes)()

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
        self.met += 1
        x, y = self._random.choice(points)
        if self._width == PHONE:
            self._page.touchscreen.tap(x, y)
        else:
            self._page.mouse.move(x, y, steps=5)


@pytest.mark.parametrize("width", [1440, 1024, PHONE])
def test_whoever_plays_with_everything_meets_no_error(
    home: HomeAssistant, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width)
    window.open_panel("?pump=thermia&range=24h")
    player = Player(window.page, width)
    player.play(PLAYED_S)
    assert player.met
    window.wait_for_views()
