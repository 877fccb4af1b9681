"""The page Insights: whether all is well, and why."""

import re

from playwright.sync_api import expect

from tests.support.home_assistant import HomeAssistant

from .axe import findings
from .conftest import Open
from .looks import looks
from .test_axe import WINDOW_HEIGHT
from .watched import PANEL, Watched

HOUSE = re.compile(rf"/{PANEL}/insights/house\?")
PAGE = re.compile(rf"/{PANEL}/insights(\?|$)")
SETTLED = re.compile("ready|empty|missing|learning|unknown")


def wait_for_insights(window: Watched) -> None:
    """Wait until each card says what it has to say."""
    page = window.page
    expect(page.locator('[data-view="insights"]')).to_have_attribute(
        "data-state", "ready"
    )
    cards = page.locator("hp-insight-card article")
    expect(cards).not_to_have_count(0)
    for card in cards.all():
        expect(card).to_have_attribute("data-state", SETTLED)


def open_insights(window: Watched, path: str = "") -> None:
    window.page.goto(f"{window.url}/{PANEL}/insights{path}")
    wait_for_insights(window)


def test_from_the_verdict_on_now_to_the_last_card_and_back(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    page = window.page
    window.open_panel("?pump=thermia&range=24h")
    line = page.locator("hp-verdict-line a")
    expect(line).to_have_attribute("data-state", "ready")
    line.click()
    expect(page).to_have_url(PAGE)
    wait_for_insights(window)
    expect(page.locator("hp-verdict-card h2")).not_to_be_empty()
    page.go_back()
    expect(page.locator("hp-insights-page")).to_have_count(0)
    window.wait_for_views()


def test_a_tile_leads_to_its_card_and_that_to_its_detail_and_back(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    page = window.page
    open_insights(window, "?pump=thermia")
    page.locator('hp-verdict-card [data-check="sixty"]').click()
    expect(page.locator("#card-hot_water")).to_be_in_viewport()

    page.locator("#card-house .open").click()
    expect(page).to_have_url(HOUSE)
    dialog = page.locator("hp-insight-dialog dialog")
    expect(dialog).to_be_visible()
    page.go_back()
    expect(page).to_have_url(PAGE)
    expect(dialog).to_have_count(0)

    page.go_forward()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(PAGE)
    expect(dialog).to_have_count(0)


def test_a_dialog_fills_the_screen_of_a_phone(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=390, height=844)
    for path in ("/house", "/letter"):
        window.page.goto(f"{window.url}/{PANEL}/insights{path}?pump=thermia")
        dialog = window.page.locator("dialog[open]")
        assert dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}


def test_axe_finds_nothing_serious(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    open_insights(window, "?pump=thermia")
    for look in window.pictures("insights"):
        wait_for_insights(window)
        assert findings(window.page) == [], str(look)
    open_insights(window, "/house?pump=thermia")
    expect(window.page.locator("hp-insight-dialog dialog")).to_be_visible()
    for look in looks(window.page, WINDOW_HEIGHT):
        assert findings(window.page) == [], str(look)
