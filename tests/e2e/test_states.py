"""Every state of the page says what it is, and what helps."""

from datetime import UTC, datetime, timedelta
import re
from urllib.parse import urlencode

from playwright.sync_api import expect
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import MODEST, Open
from .watched import HASS, PAINTED_MS, PANEL, VIEWS

SETTINGS = "Open settings"


def before_history() -> str:
    """Return a period of which nothing is known."""
    end = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=10)
    span = {"from": end - timedelta(hours=6), "to": end}
    return urlencode({key: f"{at:%Y-%m-%dT%H:%MZ}" for key, at in span.items()})


def test_an_empty_period_says_so(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.page.goto(f"{window.url}/{PANEL}?pump=thermia&{before_history()}")
    for view in VIEWS:
        window.wait_for_state(view, "empty")
    expect(window.view("cop")).to_contain_text("No readings in this period")
    expect(window.page.locator("hp-events")).to_contain_text("No events")
    window.picture("state-empty")
    window.page.locator("hp-app-bar .period .action").click()
    window.wait_for_views()


@pytest.mark.parametrize("dark", [False, True])
def test_what_the_heat_pump_lacks_and_how_old_it_is_is_said(
    home: HomeAssistant, open_page: Open, dark: bool
) -> None:
    window = open_page(home, dark=dark)
    window.page.goto(f"{window.url}/{PANEL}?pump={MODEST}&range=24h")
    window.wait_for_state("temperature", "ready")
    for view in ("power", "cop", "sankey"):
        window.wait_for_state(view, "missing")
        expect(window.view(view)).to_contain_text("Modest NIBE")
        expect(window.view(view).get_by_role("button", name=SETTINGS)).to_be_visible()
    stale = window.view("temperature").locator(".line.stale")
    expect(stale).to_contain_text(re.compile(r"Last reading [\s\S]*\s3\sh"))
    expect(window.page.locator("hp-pills")).to_contain_text("Last reading")
    window.picture(f"state-missing-stale-{'dark' if dark else 'light'}")


def test_who_does_not_manage_is_offered_no_settings(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, reader=True)
    window.page.goto(f"{window.url}/{PANEL}?pump={MODEST}&range=24h")
    window.wait_for_state("power", "missing")
    assert not window.page.evaluate(f"() => {HASS}.user.is_admin")
    expect(window.page.get_by_role("button", name=SETTINGS)).to_have_count(0)
    menu = window.page.locator("hp-app-bar hp-menu")
    window.open_menu(menu)
    expect(menu.locator('[data-key="help"]')).to_be_visible()
    expect(menu.locator('[data-key="settings"]')).to_have_count(0)


def test_without_a_heat_pump_the_way_to_the_setup_is_shown(
    empty_home: HomeAssistant, open_page: Open
) -> None:
    for reader in (False, True):
        window = open_page(empty_home, reader=reader)
        window.page.goto(f"{window.url}/{PANEL}")
        main = window.page.locator("heatpump-dashboard-panel main.message")
        expect(main).to_contain_text("No heat pump yet", timeout=PAINTED_MS)
        way = main.get_by_role("button", name="Open the integration")
        window.picture(f"state-none-{'reader' if reader else 'owner'}")
        if reader:
            expect(way).to_have_count(0)
            continue
        way.click()
        expect(window.page).to_have_url(re.compile("config/integrations"))
