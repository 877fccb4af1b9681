"""A person whose heat pump Home Assistant exports clicks through the config flow."""

from collections.abc import Iterator
from pathlib import Path
import re

from playwright.sync_api import expect
import pytest

from tests.support.exported_pump import lines, written
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx, free_port

from .conftest import Open
from .watched import VIEWS

BUCKET = "of the whole house"


@pytest.fixture
def other_home(
    component: Path, tmp_path: Path, sockets: None
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant that has the integration, but no entry of it."""
    home = HomeAssistant(tmp_path, free_port())
    home.seed([], component)
    home.start(page="manifest.json")
    yield home
    home.stop()


def test_from_exported_entities_to_painted_views(
    other_home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    influx.make_bucket(BUCKET)
    influx.send(BUCKET, lines(written()))
    window = open_page(other_home)
    form = window.set_up("InfluxDB 2")
    form.locator("input[name=url]").fill(influx.url)
    form.locator("input[name=organization]").fill(influx.organization)
    form.locator("input[name=token]").fill(influx.token)
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Choose the heat pump")
    form.locator("ha-selector-select").click()
    form.get_by_text(BUCKET).click()
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Brand and settings")
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Which reading is what")
    expect(form).to_contain_text(
        re.compile(r"heat pump supply temperature · \d+ °C · ")
    )
    window.picture("setup-entities")
    form.get_by_role("button", name="Submit").click()
    done = form.get_by_role("button", name=re.compile("finish", re.IGNORECASE))
    expect(done.first).to_be_visible()

    window.open_panel()
    assert all(window.colours(view) > 3 for view in VIEWS)
