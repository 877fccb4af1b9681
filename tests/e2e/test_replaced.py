"""The files are replaced under a running Home Assistant, as HACS does it."""

from collections.abc import Iterator
import json
from pathlib import Path
import shutil

from playwright.sync_api import expect
import pytest
import pytest_socket

from custom_components.heatpump_dashboard.const import DOMAIN
from tests.support.home_assistant import HomeAssistant, entry
from tests.support.influx import free_port

from .conftest import Open
from .test_cards import store

RESTART = "The integration was updated. Restart Home Assistant"
CARDS = [
    {"type": f"custom:heatpump-dashboard-{kind}-card"}
    for kind in ("kpi", "schematic", "status")
]


@pytest.fixture
def updated_home(component: Path, tmp_path: Path) -> Iterator[HomeAssistant]:
    """Run a Home Assistant whose integration was updated since it was started."""
    pytest_socket.enable_socket()
    own = tmp_path / DOMAIN
    shutil.copytree(component, own)
    home = HomeAssistant(tmp_path / "home", free_port())
    home.folder.mkdir()
    home.seed([entry("demo", "Demo", "demo", {"source": "demo"}, [])], own)
    items = [
        {
            "id": "pump_cards",
            "url_path": "pump-cards",
            "title": "Cards",
            "mode": "storage",
            "require_admin": False,
            "show_in_sidebar": True,
        }
    ]
    store(home.folder, "lovelace_dashboards", {"items": items})
    view = {"views": [{"path": "all", "cards": CARDS}]}
    store(home.folder, "lovelace.pump_cards", {"config": view})
    home.start()
    update(own)
    yield home
    home.stop()


def update(component: Path) -> None:
    """Put other files in the place of all, with names of their own."""
    frontend = component / "frontend"
    manifest = json.loads((frontend / "manifest.json").read_text("utf-8"))
    shutil.rmtree(frontend)
    frontend.mkdir()
    for key in ("panel", "cards"):
        manifest[key] = f"{key}-newbuild.js"
        (frontend / manifest[key]).write_text("export {};", "utf-8")
    (frontend / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_the_page_and_the_cards_ask_for_a_restart(
    updated_home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(updated_home)
    page = window.page
    page.goto(f"{window.url}/heatpump-dashboard")
    expect(page.locator("heatpump-dashboard-panel [role=alert]")).to_contain_text(
        RESTART
    )
    # One gets away from there, on a phone too.
    expect(page.locator("heatpump-dashboard-panel ha-menu-button")).to_be_attached()
    window.picture("replaced")

    page.goto(f"{window.url}/pump-cards/all")
    for card in CARDS:
        sentence = page.locator(f"{card['type'].removeprefix('custom:')} [role=alert]")
        expect(sentence).to_contain_text(RESTART)

    page.goto(f"{window.url}/config/repairs")
    expect(
        page.get_by_text("Restart Home Assistant to finish the update")
    ).to_be_visible()
