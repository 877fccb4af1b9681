"""All that a screen can be asked for: pictures to look at, and what axe-core finds in them.

Only where HEATPUMP_MATRIX is set, as it takes a quarter of an hour; conftest.py sees to it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import expect
import pytest
import pytest_socket

from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from tests.support.home_assistant import HomeAssistant, entry, pump
from tests.support.influx import free_port

from .axe import DASHBOARD, PANEL, findings
from .conftest import ARTIFACTS, BRANDS, Open
from .looks import THEMES, looks
from .test_axe import WINDOW_HEIGHT
from .test_cards import open_dashboard, seed_dashboards
from .test_history import open_history
from .test_insights import open_insights
from .test_languages import CALL, open_in, units
from .test_pictures import unfold
from .themes import CUSTOM, add_themes, choose_theme
from .watched import VIEWS, Watched

WIDTHS = (1440, 1184, 1024, 390)
RANGES = ("24h", "7d", "30d")
LANGUAGES = ("he", "sv")
# Of the page History, each unit: what is drawn differs.
PERIODS = ("year", "month", "all")


@pytest.fixture(scope="module")
def home(
    component: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant with themes, dashboards and a demo of each brand."""
    pytest_socket.enable_socket()
    home = HomeAssistant(tmp_path_factory.mktemp("matrix"), free_port())
    pumps = [
        pump(brand, load(brand).name, demo_pump(load(brand))["data"])
        for brand in BRANDS
    ]
    home.seed([entry("demo", "Demo", "demo", {"source": "demo"}, pumps)], component)
    seed_dashboards(home.folder)
    add_themes(home)
    home.start()
    yield home
    home.stop()


def assert_good(
    window: Watched,
    name: str,
    where: tuple[str, ...] = PANEL,
    themes: Sequence[bool] = THEMES,
) -> None:
    """Keep the pictures of a page, and fail on what axe-core finds in any of them."""
    expect(window.page.get_by_text("Reading history")).to_have_count(0)
    found = {}
    for look in window.pictures(f"matrix-{name}", widths=WIDTHS, themes=themes):
        if look.phone and where == PANEL and window.view("cop").count():
            unfold(window)
            window.picture(f"matrix-{name}-{look}")
        found[str(look)] = findings(window.page, where)
    assert not any(found.values()), found


def assert_detail_good(window: Watched, name: str, themes: Sequence[bool]) -> None:
    """Keep and check what is open above a page, as high as a screen."""
    found = {}
    for look in looks(window.page, WINDOW_HEIGHT, WIDTHS, themes):
        window.page.screenshot(path=ARTIFACTS / f"matrix-{name}-{look}.png")
        found[str(look)] = findings(window.page)
    assert not any(found.values()), found


def wait_for_the_past(window: Watched) -> None:
    """Wait until all years of the first heat pump are read."""

    def is_read() -> bool:
        info = window.page.evaluate(CALL, {"type": "heatpump_dashboard/info"})
        return bool(info["pumps"][0]["history"]["complete"])

    # A year of each brand, which is read politely.
    assert any(window.eventually(is_read) for _ in range(5))


def assert_pages_good(
    window: Watched, name: str, themes: Sequence[bool] = THEMES
) -> None:
    """Keep and check the pages History and Insights, and an insight in detail."""
    wait_for_the_past(window)
    open_history(window, "year?pump=thermia")
    assert_good(window, f"{name}-history", themes=themes)
    open_insights(window, "?pump=thermia")
    assert_good(window, f"{name}-insights", themes=themes)
    open_insights(window, "/house?pump=thermia")
    assert_detail_good(window, f"{name}-house", themes)


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("period", RANGES)
def test_every_period_of_every_brand(
    home: HomeAssistant, open_page: Open, brand: str, period: str
) -> None:
    window = open_page(home)
    open_in(window, {}, f"?pump={brand}&range={period}")
    assert_good(window, f"{brand}-{period}")


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_of_the_past(
    home: HomeAssistant, open_page: Open, period: str
) -> None:
    window = open_page(home)
    open_in(window, {}, "?pump=thermia&range=24h")
    wait_for_the_past(window)
    open_history(window, f"{period}?pump=thermia")
    assert_good(window, f"history-{period}")


@pytest.mark.parametrize("brand", BRANDS)
def test_insights_of_every_brand(
    home: HomeAssistant, open_page: Open, brand: str
) -> None:
    window = open_page(home)
    open_in(window, {}, f"?pump={brand}&range=24h")
    wait_for_the_past(window)
    open_insights(window, f"?pump={brand}")
    assert_good(window, f"insights-{brand}")


@pytest.mark.parametrize("theme", CUSTOM)
def test_every_theme(home: HomeAssistant, open_page: Open, theme: str) -> None:
    window = open_page(home)
    choose_theme(window, theme)
    open_in(window, {}, "?pump=thermia&range=24h")
    assert_good(window, theme, themes=CUSTOM[theme])
    assert_pages_good(window, theme, CUSTOM[theme])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(home: HomeAssistant, open_page: Open, language: str) -> None:
    window = open_page(home)
    open_in(window, {"language": language}, "?pump=thermia&range=24h")
    assert_good(window, language)
    assert_pages_good(window, language)


def test_fahrenheit(home: HomeAssistant, open_page: Open) -> None:
    owner, window = open_page(home), open_page(home)
    with units(owner, "us_customary"):
        open_in(window, {"time_format": "12"}, "?pump=thermia&range=24h")
        assert_good(window, "fahrenheit")
        assert_pages_good(window, "fahrenheit")


@pytest.mark.parametrize("theme", ["default", *CUSTOM])
@pytest.mark.parametrize("cards", ["pump-storage", "pump-small"])
def test_every_card(
    home: HomeAssistant, open_page: Open, cards: str, theme: str
) -> None:
    window = open_page(home)
    choose_theme(window, theme)
    open_dashboard(window, f"{cards}/all")
    for view in VIEWS:
        window.wait_for_state(view, "ready")
    assert_good(window, f"{cards}-{theme}", DASHBOARD, CUSTOM.get(theme, THEMES))
