"""The panel in a real browser: three brands, both themes, a phone, the live update."""

from datetime import UTC, datetime, timedelta
import re

from playwright.sync_api import expect
import pytest

from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx

from .conftest import BRANDS, Open
from .watched import HASS, ITS_OWN_SUBSCRIPTION, VIEWS

FITS = "() => document.scrollingElement.scrollWidth <= innerWidth"
# Until Home Assistant has connected again.
LOSE_CONNECTION = f"""() => new Promise(resolve => {{
  const {{ connection }} = {HASS};
  connection.addEventListener('ready', resolve);
  connection.socket.close();
}})"""


@pytest.mark.parametrize("brand", BRANDS)
def test_all_seven_views_of_a_brand_are_painted(
    home: HomeAssistant, open_page: Open, brand: str
) -> None:
    window = open_page(home)
    window.open_panel(f"?pump={brand}&range=24h")
    painted = {view: window.colours(view) for view in VIEWS}
    assert all(colours > 3 for colours in painted.values()), painted
    window.picture(f"{brand}-light-1440")


@pytest.mark.parametrize("range_", ["1h", "6h", "7d", "30d"])
def test_every_range_is_painted(
    home: HomeAssistant, open_page: Open, range_: str
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    window.page.locator(f'button[data-range="{range_}"]').click()
    expect(window.page).to_have_url(re.compile(rf"range={range_}"))
    window.wait_for_views()
    assert window.colours("temperature") > 3
    window.picture(f"thermia-light-{range_}")


def test_the_dark_theme_is_dark(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home, dark=True)
    window.open_panel("?pump=thermia&range=24h")
    background = window.view("cop").evaluate(
        "view => getComputedStyle(view.getRootNode().host).backgroundColor"
        " || getComputedStyle(view).backgroundColor"
    )
    page_background = window.page.locator("heatpump-dashboard-panel").evaluate(
        "panel => getComputedStyle(panel).backgroundColor"
    )
    levels = [int(level) for level in re.findall(r"\d+", page_background)[:3]]
    assert max(levels) < 80, (page_background, background)
    window.picture("thermia-dark-1440")


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_everything_in_one_column(
    home: HomeAssistant, open_page: Open, dark: bool
) -> None:
    window = open_page(home, width=390, height=844, dark=dark)
    window.open_panel("?pump=nibe&range=24h")
    assert window.eventually(lambda: window.page.evaluate(FITS))
    lefts = {round(window.view(view).bounding_box()["x"]) for view in VIEWS}
    assert len(lefts) == 1
    window.picture(f"nibe-{'dark' if dark else 'light'}-390")


def test_a_new_reading_shows_without_a_reload(
    home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=ivt&range=1h")
    now = datetime.now(UTC)
    reading = stored("ivt", now - timedelta(minutes=5), now).tail(1)
    reading.index = [now.replace(microsecond=0)]
    # Nothing the demo makes is as cold: it can only come from this reading.
    reading["outdoor_temp"] = -31.4
    influx.write("ivt", reading, "ivt")
    legend = window.view("temperature").locator("hp-legend")
    expect(legend).to_contain_text("−31")


def test_after_a_lost_connection_the_panel_goes_on(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.forgiven = ITS_OWN_SUBSCRIPTION
    window.open_panel("?pump=thermia&range=1h")
    window.page.evaluate(LOSE_CONNECTION)
    window.page.locator('button[data-range="6h"]').click()
    window.wait_for_views()
    expect(window.page.locator("hp-app-bar")).not_to_contain_text("Reconnecting")
