"""Pictures of the page and its views to look at, in every width and both themes."""

from playwright.sync_api import expect

from tests.support.home_assistant import HomeAssistant

from .conftest import ARTIFACTS, Open
from .watched import VIEWS, Watched

HIDE_SIDEBAR = """() => document.querySelector('home-assistant').dispatchEvent(
  new CustomEvent('hass-dock-sidebar', { detail: { dock: 'always_hidden' } }))"""


def test_the_page_and_every_view_have_their_pictures(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    for look in window.pictures("page"):
        if look.phone:
            unfold(window)
        for view in VIEWS:
            window.view(view).screenshot(path=ARTIFACTS / f"view-{view}-{look}.png")
            assert window.colours(view) > 3, (view, str(look))


def test_the_page_has_its_pictures_without_a_sidebar(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    window.page.evaluate(HIDE_SIDEBAR)
    panel = window.page.locator("heatpump-dashboard-panel")
    for look in window.pictures("alone"):
        box = panel.bounding_box()
        assert box
        assert box["width"] == look.width


def unfold(window: Watched) -> None:
    """Open the views that a phone shows folded at first."""
    for view in VIEWS:
        head = window.view(view).locator("h2 button")
        if head.get_attribute("aria-expanded") == "false":
            head.click()
        expect(window.view(view).locator("canvas").first).to_be_visible()
    window.wait_for_views()
