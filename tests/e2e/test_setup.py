"""A person installs the integration and clicks through its config flow."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
import re

from playwright.sync_api import Locator, Page, expect
import pytest

from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx
from tests.support.influx1 import Influx1

from .conftest import Open
from .watched import PANEL, VIEWS, Watched

FIND = """async (name) => {
  const { hass } = document.querySelector('home-assistant');
  const { pumps } = await hass.callWS({ type: 'heatpump_dashboard/info' });
  return pumps.find((pump) => pump.name === name)?.id;
}"""


def finish(form: Locator) -> None:
    """Return when the form says that all is made."""
    done = form.get_by_role("button", name=re.compile("finish", re.IGNORECASE))
    expect(done.first).to_be_visible()


def assert_painted(window: Watched, name: str) -> None:
    """All seven views of a heat pump are painted, in more than a frame and a line."""
    page = window.page
    page.wait_for_function("document.querySelector('home-assistant')?.hass?.connected")
    window.open_panel(f"?pump={page.evaluate(FIND, name)}&range=24h")
    assert all(window.colours(view) > 3 for view in VIEWS)


def test_from_the_first_click_to_a_painted_panel(
    new_home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    window = open_page(new_home)
    form = window.set_up("InfluxDB 2")
    form.locator("input[name=url]").fill(influx.url)
    form.locator("input[name=organization]").fill(influx.organization)

    form.locator("input[name=token]").fill("a token nobody issued")
    form.get_by_role("button", name="Submit").click()
    expect(form.locator("ha-alert[alert-type=error]")).to_contain_text(
        "token", ignore_case=True
    )

    form.locator("input[name=token]").fill(influx.token)
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Choose the heat pump")
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Brand and settings")
    window.picture("setup")
    form.get_by_role("button", name="Submit").click()
    finish(form)

    window.open_panel()
    assert all(window.colours(view) > 3 for view in VIEWS)


@pytest.fixture
def influx1(influxd1: str, tmp_path: Path) -> Iterator[Influx1]:
    """Run an InfluxDB 1 that a collector has written to for two days."""
    now = datetime.now(UTC)
    with Influx1(influxd1, tmp_path) as server:
        server.make_bucket("husdata")
        past = stored("ivt", now - timedelta(days=2), now)
        server.write("ivt", past, "husdata")
        yield server


def test_from_an_influxdb_1_to_a_painted_panel(
    new_home: HomeAssistant, influx1: Influx1, open_page: Open
) -> None:
    window = open_page(new_home)
    form = window.set_up("InfluxDB 1")
    form.locator("input[name=url]").fill(influx1.url)
    form.locator("input[name=username]").fill(influx1.user)
    form.locator("input[name=password]").fill("not that one")
    form.get_by_role("button", name="Submit").click()
    expect(form.locator("ha-alert[alert-type=error]")).to_contain_text("password")

    form.locator("input[name=password]").fill(influx1.password)
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Choose the heat pump")
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Brand and settings")
    form.locator("input[name=name]").fill("Barn")
    form.get_by_role("button", name="Submit").click()
    finish(form)

    assert_painted(window, "Barn")


def test_from_the_demo_to_a_painted_panel(
    new_home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(new_home)
    form = window.set_up("Demo heat pumps")
    expect(form).to_contain_text("Brands")
    form.get_by_role("button", name="Submit").click()
    finish(form)

    assert_painted(window, "Demo NIBE")


# What a heat pump's own integration would tell: it runs, and heats up.
STATES = """async (supply) => {
  const { hass } = document.querySelector('home-assistant');
  const degrees = { unit_of_measurement: '°C', device_class: 'temperature' };
  const tell = (entity, state, attributes) =>
    hass.callApi('POST', `states/${entity}`, { state: String(state), attributes });
  await tell('sensor.cellar_supply_line', supply, degrees);
  await tell('sensor.cellar_return_line', supply - 5, degrees);
  await tell('sensor.cellar_outdoor', 2 - supply / 100, degrees);
  await tell('sensor.cellar_power', 3000 + supply, {
    unit_of_measurement: 'W', device_class: 'power',
  });
  await tell('binary_sensor.cellar_compressor', 'on', { device_class: 'running' });
}"""


def tell(page: Page, supplies: Iterable[int]) -> None:
    """Have entities of a heat pump in Home Assistant, with one supply after the other."""
    page.wait_for_function("document.querySelector('home-assistant')?.hass?.connected")
    for supply in supplies:
        page.evaluate(STATES, supply)


def test_without_any_database_from_the_first_click_to_a_painted_panel(
    new_home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(new_home)
    page = window.page
    page.goto(f"{window.url}/config/integrations/dashboard")
    tell(page, range(35, 40))
    form = window.set_up("Home Assistant's own recorder")
    expect(form).to_contain_text("Brand and settings")
    form.locator("input[name=name]").fill("Attic")
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("sensor.cellar_supply_line")
    window.picture("entities")
    form.get_by_role("button", name="Submit").click()
    finish(form)

    # What needs minutes of readings, as the COP does, is said to be empty meanwhile.
    page.goto(f"{window.url}/{PANEL}?pump={page.evaluate(FIND, 'Attic')}&range=1h")
    tell(page, range(40, 45))
    expect(page.locator("heatpump-dashboard-panel")).to_contain_text("44.0")
    window.wait_for_state("temperature", "ready")
    assert window.colours("temperature") > 3
