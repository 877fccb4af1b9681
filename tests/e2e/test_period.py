"""Which heat pump and which period one looks at: chosen, in the address, remembered."""

from datetime import UTC, datetime, timedelta
import re
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.support.home_assistant import HomeAssistant

from .conftest import Open
from .watched import PANEL, Watched

HOME_ZONE = ZoneInfo("Europe/Stockholm")
FIELD = "%Y-%m-%dT%H:%M"


def shown(page: Page) -> dict[str, str]:
    return {key: value[0] for key, value in parse_qs(urlsplit(page.url).query).items()}


def moment(page: Page, key: str) -> datetime | None:
    """Return the beginning or end of the period in the address, if it has one."""
    text = shown(page).get(key)
    return datetime.fromisoformat(text) if text else None


def choose_moments(dialog: Locator, *edges: datetime) -> None:
    """Choose from and to by their days and times, and ask for what lies between."""
    for name, edge in zip(("start", "end"), edges, strict=True):
        dialog.locator(f"[data-edge={name}]").click()
        day = dialog.locator(f"[data-day='{edge:%Y-%m-%d}']")
        if not day.count():
            # Of the other month: so near to now it can only be one away.
            before = dialog.locator("[data-month='-1']")
            after = dialog.locator("[data-month='1']")
            (before if after.is_disabled() else after).click()
        day.click()
        time = dialog.locator(f"input[name={name}]")
        # An English user's clock has twelve hours.
        time.fill(f"{edge:%I%M}")
        time.press("Tab")
        expect(time).to_have_value(f"{edge:%-I:%M}")
        half = dialog.locator(f"[data-half={name}]")
        if half.text_content().strip() != f"{edge:%p}":
            half.click()
        expect(half).to_have_text(f"{edge:%p}")
    dialog.locator("[type=submit]").click()


def midnight() -> datetime:
    """Return when today began at home."""
    now = datetime.now(HOME_ZONE)
    return now.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def chip(window: Watched, range_: str) -> None:
    expect(window.page.locator(f'button[data-range="{range_}"]')).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_heat_pump_is_chosen_and_remembered(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=6h")
    selector = window.page.locator("hp-app-bar .pump select")
    expect(selector.locator("option")).to_have_count(4)
    selector.select_option("ivt")
    expect(window.page).to_have_url(re.compile("pump=ivt"))
    window.wait_for_views()

    window.page.goto(f"{window.url}/{PANEL}")
    expect(selector).to_have_value("ivt")
    chip(window, "6h")


def test_a_past_period_has_the_values_of_its_end(
    home: HomeAssistant, open_page: Open
) -> None:
    end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    end -= timedelta(hours=20)
    start = end - timedelta(hours=6)
    window = open_page(home)
    window.open_panel(f"?pump=thermia&from={start:{FIELD}}Z&to={end:{FIELD}}Z")
    legend = window.view("cop").locator("hp-legend")
    expect(legend.locator('[data-series="cop"] .name')).to_have_text("COP")

    card = window.view("temperature")
    values = card.locator("hp-legend button:has(svg) b").all_text_contents()
    window.open_menu(card.locator("hp-menu"))
    card.locator('[data-key="table"]').click()
    rows = card.locator("hp-view-table tbody tr")
    expect(rows.first).to_be_visible()
    *last, _mode = rows.last.locator("td").all_text_contents()
    assert [text.split("\u2009")[0] for text in last] == [
        value.rstrip("°") for value in values[: len(last)]
    ]


def test_the_period_moves_and_comes_back(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=6h")
    page = window.page
    later = page.locator('[data-step="1"]')
    expect(later).to_be_disabled()

    page.locator('[data-step="-1"]').click()
    expect(page).to_have_url(re.compile("from="))
    first = shown(page)
    start, end = (datetime.fromisoformat(first[key]) for key in ("from", "to"))
    assert end - start == timedelta(hours=6)
    page.locator('[data-step="-1"]').click()
    expect(page).not_to_have_url(re.compile(re.escape(first["to"].split("T")[1][:5])))
    assert moment(page, "to") == start
    window.wait_for_views()

    later.click()
    assert window.eventually(lambda: moment(page, "to") == end)
    expect(page.locator("hp-app-bar .period [role=status]")).to_be_visible()
    page.locator("hp-app-bar .period .action").click()
    chip(window, "6h")
    assert shown(page)["range"] == "6h"
    window.wait_for_views()


def test_back_and_forward_lead_through_the_periods(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    page.locator('button[data-range="1h"]').click()
    page.locator('button[data-range="7d"]').click()
    chip(window, "7d")
    page.go_back()
    chip(window, "1h")
    page.go_back()
    chip(window, "24h")
    page.go_forward()
    chip(window, "1h")
    window.wait_for_views()


def test_any_span_is_chosen_in_the_calendar(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    opener = page.locator("hp-period-picker .opener")
    now = datetime.now(HOME_ZONE).replace(second=0, microsecond=0)
    start, end = now - timedelta(hours=30), now - timedelta(hours=20)

    opener.click()
    dialog = page.locator("hp-period-picker [role=dialog]")
    dialog.locator(".by-time input").check()
    choose_moments(dialog, end, start)
    expect(dialog.locator("[role=alert]")).to_contain_text("after the start")
    choose_moments(dialog, start, end)
    expect(dialog).to_have_count(0)
    asked = [datetime.fromisoformat(shown(page)[key]) for key in ("from", "to")]
    assert asked == [start.astimezone(UTC), end.astimezone(UTC)]
    expect(opener).to_be_focused()
    window.wait_for_views()

    opener.click()
    before = midnight()
    dialog.locator("[data-preset=yesterday]").click()
    # The one or the other where a day begins while one clicks.
    assert window.eventually(lambda: moment(page, "to") in {before, midnight()})
    window.wait_for_views()

    opener.click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_refresh_asks_again(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    sent: list[str] = []
    window.page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))),
    )
    window.open_panel("?pump=thermia&range=1h")
    sent.clear()
    window.page.locator("hp-app-bar button.refresh").click()
    assert window.eventually(
        lambda: any("heatpump_dashboard/subscribe" in frame for frame in sent)
    )
    window.wait_for_views()
