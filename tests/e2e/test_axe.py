"""Nothing keeps those who see or move less from using the panel."""

from collections.abc import Callable

from tests.support.home_assistant import HomeAssistant

from .axe import findings
from .conftest import Open
from .looks import looks
from .watched import Watched

WINDOW_HEIGHT = 900


def open_page_menu(window: Watched) -> None:
    window.open_menu(window.page.locator("hp-app-bar hp-menu"))


def open_calendar(window: Watched) -> None:
    window.page.locator("hp-period-picker .opener").click()
    window.page.locator("hp-period-picker [role=dialog]").wait_for()


def open_view_menu(window: Watched) -> None:
    window.open_menu(window.view("cop").locator("hp-menu"))


def open_explanation(window: Watched) -> None:
    explanation = window.page.locator("hp-kpi-card hp-explain").first
    window.scroll_to(explanation)
    explanation.locator("button").click()
    explanation.locator("[role=dialog]").wait_for()


def open_table(window: Watched) -> None:
    table = window.view("cop").locator("hp-view-table table")
    if table.count():  # as it was left
        return
    open_view_menu(window)
    window.view("cop").locator('[data-key="table"]').click()
    table.wait_for()


OPENED = (open_page_menu, open_calendar, open_explanation, open_view_menu, open_table)


def test_axe_finds_nothing_serious(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    for look in looks(window.page):
        assert findings(window.page) == [], str(look)


def test_axe_finds_nothing_serious_with_something_open(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    for look in looks(window.page, WINDOW_HEIGHT):
        if not look.telling:
            continue
        found = {step.__name__: opened(window, step) for step in OPENED}
        assert not any(found.values()), (str(look), found)


def opened(window: Watched, step: Callable[[Watched], None]) -> list[dict[str, object]]:
    step(window)
    found = findings(window.page)
    window.page.keyboard.press("Escape")
    return found
