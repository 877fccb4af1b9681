"""Pills and key figures lead further and explain themselves."""

import re

from playwright.sync_api import expect

from tests.support.home_assistant import HomeAssistant

from .conftest import Open

FIGURES = ("COP", "Heat delivered", "Electricity", "Compressor", "Auxiliary", "Temper")


def test_a_pill_opens_what_home_assistant_knows(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    pills = window.page.locator("hp-pills .pill")
    expect(pills).to_have_count(6)
    expect(pills.first).to_contain_text(re.compile("Running|Resting"))
    window.page.locator("hp-pills button.compressor").click()
    details = window.page.locator("ha-more-info-dialog")
    expect(details).to_contain_text("Compressor")


def test_every_figure_explains_itself_to_the_mouse(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    cards = page.locator("hp-kpi-card")
    expect(cards).to_have_count(len(FIGURES))
    for index, name in enumerate(FIGURES):
        dialog = cards.nth(index).locator("[role=dialog]")
        cards.nth(index).locator("hp-explain > button").click()
        expect(dialog).to_contain_text(name)
        expect(dialog).to_contain_text("Period")
        cards.nth(index).locator("hp-explain > button").click()
        expect(dialog).to_have_count(0)
    expect(cards.first).to_contain_text(re.compile(r"\d,?\.?\d"))
