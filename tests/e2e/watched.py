"""A window of the browser, and all that went wrong in it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
import re
import time
from urllib.parse import urlsplit

from playwright.sync_api import (
    ConsoleMessage,
    FloatRect,
    Locator,
    Page,
    Request,
    expect,
)

from .looks import TALL, THEMES, WIDTHS, Look, looks, wait_for_drawing

VIEWS = ("sankey", "cop", "runtime", "temperature", "performance", "power", "valve")
PANEL = "heatpump-dashboard"
HASS = "document.querySelector('home-assistant').hass"
# How long anything may take. What is there sooner is seen sooner: only a failure
# takes as long, and a machine that does other things beside it is none.
PAINTED_MS = 180_000
AGAIN_MS = 3_000
MOMENT_MS = 100
# An empty chart shows fewer colours than this, or as many.
PLAIN = 3

# What a picture shows all of, wherever the page is scrolled to.
CONTENT = "heatpump-dashboard-panel .page, hui-card"
BOTTOM = """all => Math.ceil(Math.max(
  ...all.map(each => each.getBoundingClientRect().bottom + scrollY)))"""
LEAST_HEIGHT = 600

NOTHING = re.compile(r"(?!)")
# Home Assistant complains of a subscription of its own when its connection was lost.
ITS_OWN_SUBSCRIPTION = re.compile(r"^Object\b")
OTHER_BRANDS = re.compile(r"/api/brands/integration/(?!heatpump_dashboard/)")
NO_PICTURE = {
    "content_type": "image/svg+xml",
    "body": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}

# Whether Home Assistant is connected and shows the page it was asked for. Leaving before
# that cuts what the page is still loading, of which Home Assistant complains.
AT_HOME = """() => {
  const home = document.querySelector('home-assistant');
  if (!home?.hass?.connection?.connected) return false;
  const routers = [];
  const read = root => root.querySelectorAll('*').forEach(each => {
    if (each.routerOptions) routers.push(each);
    if (each.shadowRoot) read(each.shadowRoot);
  });
  read(document);
  const isThere = page => page && page.localName !== 'hass-loading-screen';
  return routers.length > 0 && routers.every(each => isThere(each.lastElementChild));
}"""

# Where something is on the page, once it does not move.
AT_REST = """async element => {
  const place = () => JSON.stringify(element.getBoundingClientRect());
  for (let before = ''; before !== place();) {
    before = place();
    for (let frame = 0; frame < 5; frame++)
      await new Promise(requestAnimationFrame);
  }
}"""

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
    # What may be said on the console, and asked of which other host; nothing at first.
    forgiven: re.Pattern[str] = NOTHING
    welcome: re.Pattern[str] = NOTHING
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to listen, with patience."""
        self.page.set_default_timeout(PAINTED_MS)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._on_request)
        # Other integrations' pictures are not here: Home Assistant would fetch them.
        self.page.route(OTHER_BRANDS, lambda route: route.fulfill(**NO_PICTURE))

    def open_home(self) -> None:
        """Open a page of Home Assistant's own, and wait until it is there."""
        self.page.goto(f"{self.url}/profile")
        self.page.wait_for_function(AT_HOME)

    def open_panel(self, query: str = "") -> None:
        """Open the panel and wait until all seven views are painted."""
        self.page.goto(f"{self.url}/{PANEL}{query}")
        self.wait_for_views()

    def set_up(self, source: str) -> Locator:
        """Begin to set up a source that the menu calls so, and return its form."""
        self.page.goto(
            f"{self.url}/config/integrations/dashboard/add?domain=heatpump_dashboard"
        )
        self.page.get_by_role("button", name="OK").click()
        self.page.get_by_text(source).first.click()
        return self.page.locator("dialog-data-entry-flow")

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
            view.scroll_into_view_if_needed()
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
        element.evaluate(AT_REST)

    def open_menu(self, menu: Locator) -> None:
        """Open a menu of the panel."""
        button = menu.locator("button").first
        self.scroll_to(button)
        button.click()
        expect(menu.locator("[role=menu]")).to_be_visible()

    def colours(self, name: str) -> int:
        """Return how many different colours a view's chart is painted with."""

        def count() -> int:
            found: int = self.view(name).evaluate(COLOURS)
            return found

        self.eventually(lambda: count() > PLAIN)
        return count()

    def eventually(self, condition: Callable[[], object]) -> bool:
        """Return whether something becomes true, however long that takes here."""
        last = time.monotonic() + PAINTED_MS / 1000
        while not condition():
            if time.monotonic() > last:
                return False
            self.page.wait_for_timeout(MOMENT_MS)
        return True

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
            wait_for_drawing(self.page)
        clip = FloatRect(x=0, y=0, width=size["width"], height=height)
        self.page.screenshot(path=path, clip=clip)
        if grows:
            self.page.set_viewport_size(size)

    def pictures(
        self,
        name: str,
        height: int = TALL,
        widths: Sequence[int] = WIDTHS,
        themes: Sequence[bool] = THEMES,
    ) -> Iterator[Look]:
        """Keep a picture in every width and theme; yield after each, for more checks."""
        for look in looks(self.page, height, widths, themes):
            self.picture(f"{name}-{look}")
            yield look

    def assert_quiet(self) -> None:
        """Fail if anything was said on the console, or asked of another host.

        What is forgiven is so whenever it comes: nobody knows when all of it has.
        """
        errors = [error for error in self.errors if not self.forgiven.search(error)]
        assert not errors, errors
        foreign = [url for url in self.foreign if not self.welcome.search(url)]
        assert not foreign, foreign

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        if parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)
