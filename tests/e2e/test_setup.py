"""A person installs the integration and clicks through its config flow."""

from collections.abc import Iterable
import re

from playwright.sync_api import Page, expect

from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx

from .conftest import Open
from .watched import PANEL


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
    done = form.get_by_role("button", name=re.compile("finish", re.IGNORECASE))
    expect(done.first).to_be_visible()

    window.open_panel()
    assert all(window.colours(view) > 3 for view in ("cop", "temperature"))


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
FIND = """async (name) => {
  const { hass } = document.querySelector('home-assistant');
  const { pumps } = await hass.callWS({ type: 'heatpump_dashboard/info' });
  return pumps.find((pump) => pump.name === name)?.id;
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
    done = form.get_by_role("button", name=re.compile("finish", re.IGNORECASE))
    expect(done.first).to_be_visible()

    # What needs minutes of readings, as the COP does, is said to be empty meanwhile.
    page.goto(f"{window.url}/{PANEL}?pump={page.evaluate(FIND, 'Attic')}&range=1h")
    tell(page, range(40, 45))
    expect(page.locator("heatpump-dashboard-panel")).to_contain_text("44.0")
    window.wait_for_state("temperature", "ready")
    assert window.colours("temperature") > 3
