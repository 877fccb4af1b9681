"""Pictures of the page and its views to look at, in every width and both themes."""

from playwright.sync_api import WebSocketRoute
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import ARTIFACTS, Open
from .watched import VIEWS


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1024, 1440])
def test_the_page_and_every_view_have_their_picture(
    home: HomeAssistant, open_page: Open, width: int, dark: bool
) -> None:
    window = open_page(home, width=width, dark=dark)
    window.open_panel("?pump=thermia&range=24h")
    name = f"{'dark' if dark else 'light'}-{width}"
    window.picture(f"page-{name}")
    for view in VIEWS:
        window.view(view).screenshot(path=ARTIFACTS / f"view-{view}-{name}.png")
        assert window.colours(view) > 3


@pytest.mark.parametrize("dark", [False, True])
def test_the_first_load_has_its_picture(
    home: HomeAssistant, open_page: Open, dark: bool
) -> None:
    window = open_page(home, dark=dark)
    # Home Assistant answers, but its readings are still on their way.
    window.page.route_web_socket("**/api/websocket", hold_readings)
    window.page.goto(f"{window.url}/heatpump-dashboard?pump=thermia&range=24h")
    window.wait_for_state("cop", "loading")
    window.picture(f"state-loading-{'dark' if dark else 'light'}")


def hold_readings(socket: WebSocketRoute) -> None:
    server = socket.connect_to_server()

    def pass_on(message: str | bytes) -> None:
        if "heatpump_dashboard/subscribe" not in str(message):
            server.send(message)

    socket.on_message(pass_on)
