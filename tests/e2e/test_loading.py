"""What the panel asks for before its first picture."""

from collections.abc import Callable
import json
from pathlib import Path
import re
from typing import Any

from playwright.sync_api import Request, Route

from tests.support.home_assistant import HomeAssistant

from .conftest import Open
from .watched import PANEL

GO = """path => {
  history.pushState(null, '', path);
  window.dispatchEvent(new CustomEvent('location-changed', { detail: { replace: false } }));
}"""


def read_manifest(component: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(
        (component / "frontend" / "manifest.json").read_text("utf-8")
    )
    return manifest


def first_view(manifest: dict[str, Any]) -> set[str]:
    """Return what it needs beside what every page of Home Assistant has."""
    loads = manifest["loads"]
    return set(loads["now"]) - set(loads["every_page"])


def test_all_of_the_first_view_is_asked_for_side_by_side(
    home: HomeAssistant, open_page: Open, component: Path
) -> None:
    manifest = read_manifest(component)
    wanted = first_view(manifest)
    assert len(wanted) > 3
    window = open_page(home)
    page = window.page
    asked: set[str] = set()
    held: list[Callable[[], None]] = []

    def note(request: Request) -> None:
        asked.add(request.url.rpartition("/")[2])

    def hold(route: Route) -> None:
        # Nothing but the entry comes before everything is asked for.
        if route.request.url.endswith(manifest["panel"]) or wanted <= asked:
            route.continue_()
        else:
            held.append(route.continue_)

    page.on("request", note)
    window.open_home()
    page.route(re.compile(r"/heatpump_dashboard/frontend/.*\.js$"), hold)
    page.evaluate(GO, f"/{PANEL}?pump=thermia&range=24h")
    assert window.eventually(lambda: wanted <= asked), wanted - asked
    for release in held:
        release()
    window.wait_for_views()
