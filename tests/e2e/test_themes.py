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
# Of lines, whether the lower ends of their letters are cut.
TOO_LOW = "all => all.filter(each => each.scrollHeight > each.clientHeight).length"
# Fonts differ, and what a card has beside its words does not.
MARGIN = 15


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


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_larger_letters_stay_in_their_card(
    home: HomeAssistant, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width, height=900)
    choose_theme(window, "large")
    window.open_panel("?pump=thermia&range=24h")
    card = window.view("runtime").bounding_box()
    table = window.view("runtime").locator("table").bounding_box()
    assert card
    assert table
    assert table["x"] + table["width"] <= card["x"] + card["width"] - MARGIN
    for part in ("hp-pills .state", "hp-pills .name", "hp-kpi-card h2 span"):
        assert window.page.locator(part).evaluate_all(TOO_LOW) == 0, part
