"""Nothing keeps those who see or move less from using the panel."""

from collections.abc import Callable

import pytest

from tests.support.home_assistant import HomeAssistant

from .axe import findings
from .conftest import MODEST, Open
from .watched import PANEL, Watched


def open_page_menu(window: Watched) -> None:
    window.open_menu(window.page.locator("hp-app-bar hp-menu"))


def open_calendar(window: Watched) -> None:
    window.page.locator("hp-period-picker .opener").click()
    window.page.locator("hp-period-picker [role=dialog]").wait_for()


def open_view_menu(window: Watched) -> None:
    window.open_menu(window.view("cop").locator("hp-menu"))


def open_explanation(window: Watched) -> None:
    explanation = window.page.locator("hp-kpi-card hp-explain").first
    explanation.locator("button").click()
    explanation.locator("[role=dialog]").wait_for()


def open_table(window: Watched) -> None:
    open_view_menu(window)
    window.view("cop").locator('[data-key="table"]').click()
    window.view("cop").locator("hp-view-table table").wait_for()


OPENED = (open_page_menu, open_calendar, open_explanation, open_view_menu, open_table)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious(
    home: HomeAssistant, open_page: Open, width: int, dark: bool
) -> None:
    window = open_page(home, width=width, dark=dark)
    window.open_panel("?pump=thermia&range=24h")
    assert findings(window.page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious_where_things_are_missing_and_old(
    home: HomeAssistant, open_page: Open, dark: bool
) -> None:
    window = open_page(home, dark=dark)
    window.page.goto(f"{window.url}/{PANEL}?pump={MODEST}&range=24h")
    window.wait_for_state("power", "missing")
    window.wait_for_state("temperature", "ready")
    assert findings(window.page) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_with_something_open(
    home: HomeAssistant, open_page: Open, width: int, dark: bool
) -> None:
    window = open_page(home, width=width, dark=dark)
    window.open_panel("?pump=thermia&range=24h")
    found = {step.__name__: opened(window, step) for step in OPENED}
    assert not any(found.values()), found


def opened(window: Watched, step: Callable[[Watched], None]) -> list[dict[str, object]]:
    step(window)
    found = findings(window.page)
    window.page.keyboard.press("Escape")
    return found
