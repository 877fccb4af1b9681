"""A person whose heat pump Home Assistant records clicks through the config flow."""

from collections.abc import Iterator
from pathlib import Path
import re

from playwright.sync_api import Page, expect
import pytest

from tests.support.exported_pump import ENTITIES, Said, said, written
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import free_port
from tests.support.recorded import record

from .conftest import Open
from .watched import VIEWS

TELL = """async ([entity, state, attributes]) => {
  const { hass } = document.querySelector('home-assistant');
  await hass.callApi('POST', `states/${entity}`, { state, attributes });
}"""


@pytest.fixture
def recorded() -> list[Said]:
    """Return what the entities of a heat pump have said for a day."""
    names = {entity.name for entity in ENTITIES.values()}
    return [one for one in said(written()) if one[0] in names]


@pytest.fixture
def recording_home(
    component: Path, tmp_path: Path, sockets: None, recorded: list[Said]
) -> Iterator[HomeAssistant]:
    """Run a Home Assistant without any entry of ours, whose recorder has a day."""
    home = HomeAssistant(tmp_path, free_port())
    home.seed([], component)
    home.start(page="manifest.json")
    home.stop()
    record(home.folder / "home-assistant_v2.db", recorded)
    home.start(page="manifest.json")
    yield home
    home.stop()


def tell_last(page: Page, recorded: list[Said]) -> None:
    """Have the entities be what they were last, as their integration restores them."""
    page.wait_for_function("document.querySelector('home-assistant')?.hass?.connected")
    for entity, state, _, attributes in {one[0]: one for one in recorded}.values():
        page.evaluate(TELL, [entity, state, dict(attributes)])


def test_from_recorded_entities_to_painted_views(
    recording_home: HomeAssistant, recorded: list[Said], open_page: Open
) -> None:
    window = open_page(recording_home)
    page = window.page
    page.goto(f"{window.url}/config/integrations/dashboard")
    tell_last(page, recorded)
    form = window.set_up("Home Assistant's own recorder")
    expect(form).to_contain_text("Brand and settings")
    form.get_by_role("button", name="Submit").click()
    expect(form).to_contain_text("Which reading is what")
    form.get_by_role("button", name="Submit").click()
    done = form.get_by_role("button", name=re.compile("finish", re.IGNORECASE))
    expect(done.first).to_be_visible()

    window.open_panel()
    assert all(window.colours(view) > 3 for view in VIEWS)
