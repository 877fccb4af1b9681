"""The page History: how it was, down from all years to the readings of a day."""

from pathlib import Path
import re

from playwright.sync_api import Locator, expect

from tests.support.home_assistant import HomeAssistant

from .axe import findings
from .conftest import Open
from .watched import PANEL, Watched

CARDS = ("energy", "map", "table")
MONTH = re.compile(rf"/{PANEL}/history/month/\d{{4}}-\d\d\?")
ALL = re.compile(rf"/{PANEL}/history/all\?")
NOW = re.compile(rf"/{PANEL}\?")


def open_history(window: Watched, path: str) -> None:
    window.page.goto(f"{window.url}/{PANEL}/history/{path}")
    wait_for_history(window)


def wait_for_history(window: Watched) -> None:
    history = window.page.locator('[data-view="history"]')
    expect(history).to_have_attribute("data-state", "ready")
    for card in CARDS:
        expect(window.view(f"history-{card}")).to_have_attribute("data-state", "ready")


def columns(window: Watched) -> Locator:
    """Return what can be opened of the main picture."""
    return window.page.locator("hp-history-energy .hits button:enabled")


def test_it_has_a_tab_and_an_address_and_the_heat_pump_stays(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    page = window.page
    window.open_panel("?pump=ivt&range=24h")
    page.locator('hp-page-tabs [data-page="history"]').click()
    wait_for_history(window)
    expect(page).to_have_url(re.compile(rf"/{PANEL}/history\?pump=ivt$"))
    expect(page.locator("hp-period-bar")).to_have_count(0)
    expect(page.locator("hp-app-bar .pump select")).to_have_value("ivt")
    window.picture("history-year")

    page.go_back()
    expect(page).to_have_url(NOW)
    expect(page.locator("hp-history-page")).to_have_count(0)
    window.wait_for_views()
    expect(page.locator("hp-app-bar .pump select")).to_have_value("ivt")

    page.go_forward()
    wait_for_history(window)


def test_a_click_leads_from_all_to_a_month_to_a_day_and_back_leads_up(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    page = window.page
    open_history(window, "all?pump=thermia")
    columns(window).last.click()
    expect(page).to_have_url(MONTH)
    wait_for_history(window)
    columns(window).last.click()
    expect(page).to_have_url(NOW)
    assert "from=" in page.url
    expect(page.locator("hp-app-bar .period [role=status]")).to_be_visible()
    window.wait_for_state("cop", "ready")

    page.go_back()
    expect(page).to_have_url(MONTH)
    wait_for_history(window)
    page.go_back()
    expect(page).to_have_url(ALL)
    wait_for_history(window)


def test_figures_of_a_day_are_those_of_its_column(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    open_history(window, "all?pump=thermia")
    columns(window).last.click()
    expect(window.page).to_have_url(MONTH)
    wait_for_history(window)
    days = window.view("history-table").locator('[data-key="day"]')
    days.click()
    rows = window.view("history-table").locator("tbody tr")
    bars = columns(window).count()
    assert 0 < rows.count() <= bars


def test_what_it_is_compared_with_is_in_the_address(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    page = window.page
    open_history(window, "week?pump=thermia")
    choice = page.locator("hp-history-bar select")
    expect(choice).to_have_value("year")
    choice.select_option("before")
    expect(page).to_have_url(re.compile("compare=before"))
    page.reload()
    wait_for_history(window)
    expect(choice).to_have_value("before")


def test_the_table_is_saved_as_it_is_shown(
    home: HomeAssistant, open_page: Open, tmp_path: Path
) -> None:
    window = open_page(home)
    open_history(window, "all?pump=thermia")
    table = window.view("history-table")
    table.locator('[data-key="month"]').click()
    shown = table.locator("tbody tr").count()
    with window.page.expect_download() as downloading:
        table.locator(".action").first.click()
    path = tmp_path / "table.csv"
    downloading.value.save_as(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("start,end,electricity [kWh],heat [kWh]")
    assert len(lines) == shown + 1


def test_a_tooltip_is_whole_within_its_card(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=390, height=844)
    open_history(window, "all?pump=thermia")
    card = window.view("history-energy")
    for column in columns(window).all():
        column.focus()
        tip, whole = card.locator(".tip").bounding_box(), card.bounding_box()
        assert tip
        assert whole
        assert whole["x"] <= tip["x"]
        assert tip["x"] + tip["width"] <= whole["x"] + whole["width"]
        assert tip["y"] + tip["height"] <= whole["y"] + whole["height"]


def test_axe_finds_nothing_serious(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    open_history(window, "year?pump=thermia")
    for look in window.pictures("history"):
        assert findings(window.page) == [], str(look)
