"""A window of the browser, and all that went wrong in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
import re
from urllib.parse import urlsplit

from playwright.sync_api import (
    ConsoleMessage,
    FloatRect,
    Locator,
    Page,
    Request,
    expect,
)

from .looks import DRAWN_MS, TALL, Look, looks

VIEWS = ("sankey", "cop", "runtime", "temperature", "performance", "power", "valve")
PANEL = "heatpump-dashboard"
HASS = "document.querySelector('home-assistant').hass"
PAINTED_MS = 60_000
AGAIN_MS = 3_000

# What a picture shows all of, wherever the page is scrolled to.
CONTENT = "heatpump-dashboard-panel .page, hui-card"
BOTTOM = """all => Math.ceil(Math.max(
  ...all.map(each => each.getBoundingClientRect().bottom + scrollY)))"""
LEAST_HEIGHT = 600

OTHER_BRANDS = re.compile(r"/api/brands/integration/(?!heatpump_dashboard/)")
NO_PICTURE = {
    "content_type": "image/svg+xml",
    "body": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}

# How many different colours a view's canvases show: an empty one has a single one.
COLOURS = """view => {
  const seen = new Set();
  const canvases = [...view.querySelectorAll('canvas')];
  for (const canvas of canvases) {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4 * 7)
      if (data[i + 3]) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  }
  return seen.size;
}"""


@dataclass
class Watched:
    """A page, the Home Assistant it may talk to, and where its pictures go."""

    page: Page
    url: str
    artifacts: Path
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen."""
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._on_request)
        # Other integrations' pictures are not here: Home Assistant would fetch them.
        self.page.route(OTHER_BRANDS, lambda route: route.fulfill(**NO_PICTURE))

    def open_home(self) -> None:
        """Open a page of Home Assistant's own, and wait until it is connected."""
        self.page.goto(f"{self.url}/profile")
        self.page.wait_for_function(
            "() => document.querySelector('home-assistant')?.hass?.connection?.connected",
            timeout=PAINTED_MS,
        )

    def open_panel(self, query: str = "") -> None:
        """Open the panel and wait until all seven views are painted."""
        self.page.goto(f"{self.url}/{PANEL}{query}")
        self.wait_for_views()

    def wait_for_views(self) -> None:
        """Wait until all seven views are painted, scrolling to those below."""
        for view in VIEWS:
            self.wait_for_state(view, "ready")
        self.page.locator("heatpump-dashboard-panel").evaluate(
            "panel => panel.scrollIntoView()"
        )

    def wait_for_state(self, name: str, state: str) -> None:
        """Wait until a view is in a state, scrolling to it.

        What comes above it may move it out of sight again, where no chart is drawn.
        """
        view = self.view(name)
        for _ in range(PAINTED_MS // AGAIN_MS):
            view.scroll_into_view_if_needed(timeout=PAINTED_MS)
            try:
                expect(view).to_have_attribute("data-state", state, timeout=AGAIN_MS)
            except AssertionError:
                continue
            return
        expect(view).to_have_attribute("data-state", state)

    def view(self, name: str) -> Locator:
        """Return a view's root element."""
        return self.page.locator(f'[data-view="{name}"]')

    def scroll_to(self, element: Locator) -> None:
        """Scroll to what opens something; that would close if the page still moved."""
        element.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)

    def open_menu(self, menu: Locator) -> None:
        """Open a menu of the panel."""
        button = menu.locator("button").first
        self.scroll_to(button)
        button.click()
        expect(menu.locator("[role=menu]")).to_be_visible()

    def colours(self, name: str) -> int:
        """Return how many different colours a view's chart is painted with."""
        count: int = self.view(name).evaluate(COLOURS)
        return count

    def picture(self, name: str) -> None:
        """Keep a picture outside git, of all of the panel or dashboard if one is open."""
        self.artifacts.mkdir(exist_ok=True)
        path = self.artifacts / f"{name}.png"
        size = self.page.viewport_size
        content = self.page.locator(CONTENT)
        if size is None or not content.count():
            self.page.screenshot(path=path)
            return
        height = max(content.evaluate_all(BOTTOM), LEAST_HEIGHT)
        if grows := height > size["height"]:
            self.page.set_viewport_size({"width": size["width"], "height": height})
            self.page.wait_for_timeout(DRAWN_MS)
        clip = FloatRect(x=0, y=0, width=size["width"], height=height)
        self.page.screenshot(path=path, clip=clip)
        if grows:
            self.page.set_viewport_size(size)

    def pictures(self, name: str, height: int = TALL) -> Iterator[Look]:
        """Keep a picture in every width and theme; yield after each, for more checks."""
        for look in looks(self.page, height):
            self.picture(f"{name}-{look}")
            yield look

    def assert_quiet(self) -> None:
        """Fail if anything was said on the console, or asked of another host."""
        assert not self.errors, self.errors
        assert not self.foreign, self.foreign

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        if parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)
