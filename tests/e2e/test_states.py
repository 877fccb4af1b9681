"""Every state of the page says what it is, and what helps; each has its pictures."""

from datetime import UTC, datetime, timedelta
import re
from urllib.parse import urlencode

from playwright.sync_api import expect

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.home_assistant import HomeAssistant

from .axe import findings
from .conftest import MODEST, Collectors, Open
from .line import Line
from .looks import Look
from .watched import HASS, ITS_OWN_SUBSCRIPTION, PANEL, VIEWS, Watched

SETTINGS = "Open settings"
WINDOW_HEIGHT = 900


def before_history() -> str:
    """Return a period of which nothing is known."""
    end = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=10)
    span = {"from": end - timedelta(hours=6), "to": end}
    return urlencode({key: f"{at:%Y-%m-%dT%H:%MZ}" for key, at in span.items()})


def open_panel(window: Watched, query: str) -> None:
    """Open the panel without waiting for anything."""
    window.page.goto(f"{window.url}/{PANEL}?{query}")


def assert_accessible(window: Watched, look: Look) -> None:
    """Let axe judge a desktop in light and a phone in dark."""
    if look.telling:
        assert findings(window.page) == [], str(look)


def expect_states(window: Watched, state: str) -> None:
    """Expect all views to be in a state."""
    for view in VIEWS:
        expect(window.view(view)).to_have_attribute("data-state", state)


def test_the_first_load_shows_what_will_come(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    # Home Assistant answers, but its readings are still on their way.
    Line(window.page, held=lambda message: f"{DOMAIN}/subscribe" in message)
    open_panel(window, "pump=thermia&range=24h")
    window.wait_for_state("cop", "loading")
    for _ in window.pictures("state-loading"):
        expect_states(window, "loading")


def test_history_that_is_still_read_shows_how_far_it_is(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    # So says a Home Assistant that has a longer past to read than this one.
    told = re.compile('("history":{[^}]*"complete":)true')
    Line(window.page, told=lambda message: told.sub(r"\1false", message))
    window.open_panel("?pump=thermia&range=7d")
    for _ in window.pictures("state-filling"):
        line = window.view("temperature").locator(".line").first
        expect(line).to_contain_text(re.compile(r"Reading history: day \d of 31"))


def test_an_empty_period_says_so(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    open_panel(window, f"pump=thermia&{before_history()}")
    for view in VIEWS:
        window.wait_for_state(view, "empty")
    expect(window.view("cop")).to_contain_text("No readings in this period")
    expect(window.page.locator("hp-events")).to_contain_text("No events")
    for look in window.pictures("state-empty"):
        expect_states(window, "empty")
        assert_accessible(window, look)
    window.page.locator("hp-app-bar .period .action").click()
    window.wait_for_views()


def test_what_the_heat_pump_lacks_and_how_old_it_is_is_said(
    home: HomeAssistant, collectors: Collectors, open_page: Open
) -> None:
    window = open_page(home)
    open_panel(window, f"pump={MODEST}&range=24h")
    window.wait_for_state("temperature", "ready")
    for view in ("power", "cop", "sankey"):
        window.wait_for_state(view, "missing")
        expect(window.view(view)).to_contain_text("Modest NIBE")
        expect(window.view(view).get_by_role("button", name=SETTINGS)).to_be_visible()
    hours = (datetime.now(UTC) - collectors.ended) // timedelta(hours=1)
    old = f"({hours}|{hours + 1})"  # it may become older meanwhile
    for look in window.pictures("state-missing-stale"):
        stale = window.view("temperature").locator(".line.stale")
        expect(stale).to_contain_text(re.compile(rf"Last reading [\s\S]*\s{old}\sh"))
        expect(window.page.locator("hp-pills")).to_contain_text("Last reading")
        assert_accessible(window, look)


def test_who_does_not_manage_is_offered_no_settings(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, reader=True)
    open_panel(window, f"pump={MODEST}&range=24h")
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
        open_panel(window, "")
        main = window.page.locator("heatpump-dashboard-panel main.message")
        expect(main).to_contain_text("No heat pump yet")
        way = main.get_by_role("button", name="Open the integration")
        name = f"state-none-{'reader' if reader else 'owner'}"
        for look in window.pictures(name, WINDOW_HEIGHT):
            expect(way).to_have_count(0 if reader else 1)
            assert_accessible(window, look)
        if not reader:
            way.click()
            expect(window.page).to_have_url(re.compile("config/integrations"))


def test_a_lost_connection_is_said_and_taken_up_again(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.forgiven = ITS_OWN_SUBSCRIPTION
    line = Line(window.page)
    window.open_panel("?pump=thermia&range=24h")
    line.cut()
    dot = window.page.locator("hp-live-dot .dot")
    for _ in window.pictures("state-reconnecting"):
        expect(dot).to_have_attribute("data-live", "reconnecting")
        # What was known stays.
        expect_states(window, "ready")
    line.mend()
    expect(dot).to_have_attribute("data-live", "live")
    window.page.locator('button[data-range="6h"]').click()
    window.wait_for_views()


def test_a_page_older_than_the_integration_asks_to_be_reloaded(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    # So says a Home Assistant that was restarted with another version.
    served = re.compile(r'("bundle":"panel-)[\w-]+')
    Line(window.page, told=lambda message: served.sub(r"\1another", message))
    window.open_panel("?pump=thermia&range=24h")
    outdated = window.page.locator("heatpump-dashboard-panel .outdated")
    for look in window.pictures("state-outdated"):
        expect(outdated).to_contain_text("The integration was updated")
        assert_accessible(window, look)
    with window.page.expect_navigation():
        outdated.get_by_role("button", name="Reload").click()
    window.wait_for_views()
