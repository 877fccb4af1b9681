"""What the panel asks for before its first picture."""

from collections.abc import Callable
import json
from pathlib import Path
import re

from playwright.sync_api import Request, Route

from tests.support.home_assistant import HomeAssistant

from .conftest import Open
from .watched import PANEL

GO = """path => {
  history.pushState(null, '', path);
  window.dispatchEvent(new CustomEvent('location-changed', { detail: { replace: false } }));
}"""
# Fetched when somebody asks for a table or a file.
LATER = re.compile(r"(view-table|export)-")


def first_view(component: Path) -> set[str]:
    loads = json.loads((component / "frontend" / "manifest.json").read_text("utf-8"))
    return {name for name in loads["loads"]["now"] if not LATER.match(name)}


def test_all_of_the_first_view_is_asked_for_side_by_side(
    home: HomeAssistant, open_page: Open, component: Path
) -> None:
    wanted = first_view(component)
    assert len(wanted) > 3
    manifest = json.loads((component / "frontend" / "manifest.json").read_text("utf-8"))
    window = open_page(home)
    page = window.page
    asked: set[str] = set()
    held: list[Callable[[], None]] = []

    def note(request: Request) -> None:
        asked.add(request.url.rpartition("/")[2])

    def hold(route: Route) -> None:
        # Nothing but the entry comes before everything is asked for.
        if route.request.url.endswith(manifest["panel"]):
            route.continue_()
        else:
            held.append(route.continue_)

    page.on("request", note)
    window.open_home()
    page.route(re.compile(r"/heatpump_dashboard/frontend/.*\.js$"), hold)
    page.evaluate(GO, f"/{PANEL}?pump=thermia&range=24h")
    assert window.eventually(lambda: wanted <= asked), wanted - asked
    page.unroute_all()
    for release in held:
        release()
    window.wait_for_views()
