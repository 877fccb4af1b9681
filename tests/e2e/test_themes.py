"""Whatever the theme: what lies above the page hides it, and all of it can be read."""

import pytest

from tests.support.home_assistant import HomeAssistant

from .axe import findings
from .conftest import Open
from .test_axe import open_calendar, open_explanation, open_page_menu, open_view_menu
from .themes import CUSTOM, choose_theme

OPENED = {
    "hp-app-bar hp-menu [role=menu]": open_page_menu,
    "hp-period-picker [role=dialog]": open_calendar,
    "hp-kpi-card hp-explain [role=dialog]": open_explanation,
    "[data-view=cop] hp-menu [role=menu]": open_view_menu,
}
# How much of what is below an element is hidden, 0 to 255.
OPACITY = """element => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  canvas.fillStyle = getComputedStyle(element).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  return canvas.getImageData(0, 0, 1, 1).data[3];
}"""
OPAQUE = 255
# That of the supply on dark cards, and on light ones.
SUPPLY = {"glass": "#ff7a45", "modern": "#cf4314"}


@pytest.mark.parametrize("theme", CUSTOM)
def test_what_opens_hides_the_page_and_can_be_read(
    home: HomeAssistant, open_page: Open, theme: str
) -> None:
    window = open_page(home)
    choose_theme(window, theme)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    panel = page.locator("heatpump-dashboard-panel")
    own = "panel => getComputedStyle(panel).getPropertyValue('--hp-supply').trim()"
    assert panel.evaluate(own) == SUPPLY[theme]
    assert page.locator("hp-app-bar").evaluate(OPACITY) == OPAQUE
    for selector, open_ in OPENED.items():
        open_(window)
        assert page.locator(selector).evaluate(OPACITY) == OPAQUE, selector
        assert findings(page) == [], selector
        page.keyboard.press("Escape")
    canvas = window.view("temperature").locator(".canvas")
    window.scroll_to(canvas)
    canvas.hover()
    tooltip = canvas.locator("> div", has_text="Supply")
    tooltip.wait_for()
    assert tooltip.evaluate(OPACITY) == OPAQUE
