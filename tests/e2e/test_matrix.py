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
from .conftest import BRANDS, Open
from .looks import THEMES
from .test_cards import open_dashboard, seed_dashboards
from .test_languages import open_in, units
from .test_pictures import unfold
from .themes import CUSTOM, add_themes, choose_theme
from .watched import VIEWS, Watched

WIDTHS = (1440, 1184, 1024, 390)
RANGES = ("24h", "7d", "30d")
LANGUAGES = ("he", "sv")


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
        if look.phone and where == PANEL:
            unfold(window)
            window.picture(f"matrix-{name}-{look}")
        found[str(look)] = findings(window.page, where)
    assert not any(found.values()), found


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("period", RANGES)
def test_every_period_of_every_brand(
    home: HomeAssistant, open_page: Open, brand: str, period: str
) -> None:
    window = open_page(home)
    open_in(window, {}, f"?pump={brand}&range={period}")
    assert_good(window, f"{brand}-{period}")


@pytest.mark.parametrize("theme", CUSTOM)
def test_every_theme(home: HomeAssistant, open_page: Open, theme: str) -> None:
    window = open_page(home)
    choose_theme(window, theme)
    open_in(window, {}, "?pump=thermia&range=24h")
    assert_good(window, theme, themes=CUSTOM[theme])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(home: HomeAssistant, open_page: Open, language: str) -> None:
    window = open_page(home)
    open_in(window, {"language": language}, "?pump=thermia&range=24h")
    assert_good(window, language)


def test_fahrenheit(home: HomeAssistant, open_page: Open) -> None:
    owner, window = open_page(home), open_page(home)
    with units(owner, "us_customary"):
        open_in(window, {"time_format": "12"}, "?pump=thermia&range=24h")
        assert_good(window, "fahrenheit")


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
