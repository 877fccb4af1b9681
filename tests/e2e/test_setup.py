"""A person installs the integration and clicks through its config flow."""

import re

from playwright.sync_api import expect

from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx

from .conftest import Open


def test_from_the_first_click_to_a_painted_panel(
    new_home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    window = open_page(new_home)
    page = window.page
    page.goto(
        f"{window.url}/config/integrations/dashboard/add?domain=heatpump_dashboard"
    )
    page.get_by_role("button", name="OK").click()
    page.get_by_text("InfluxDB 2").first.click()
    form = page.locator("dialog-data-entry-flow")
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
