"""A window of the browser, and all that went wrong in it."""

from dataclasses import dataclass, field
from pathlib import Path
import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

VIEWS = ("sankey", "cop", "runtime", "temperature", "performance", "power", "valve")
PANEL = "heatpump-dashboard"
HASS = "document.querySelector('home-assistant').hass"
PAINTED_MS = 60_000
AGAIN_MS = 3_000

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

    def open_menu(self, menu: Locator) -> None:
        """Open a menu of the panel; it would close if the page was still scrolling."""
        button = menu.locator("button").first
        button.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)
        button.click()
        expect(menu.locator("[role=menu]")).to_be_visible()

    def colours(self, name: str) -> int:
        """Return how many different colours a view's chart is painted with."""
        count: int = self.view(name).evaluate(COLOURS)
        return count

    def picture(self, name: str) -> None:
        """Keep a picture, of all of the panel where it is open, outside git."""
        self.artifacts.mkdir(exist_ok=True)
        panel = self.page.locator("heatpump-dashboard-panel")
        size = self.page.viewport_size
        if size is None or not panel.count():
            self.page.screenshot(path=self.artifacts / f"{name}.png")
            return
        height = panel.evaluate("panel => Math.ceil(panel.scrollHeight)")
        self.page.set_viewport_size({"width": size["width"], "height": height})
        self.page.wait_for_timeout(700)
        self.page.screenshot(path=self.artifacts / f"{name}.png")
        self.page.set_viewport_size(size)

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
