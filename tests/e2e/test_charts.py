"""What can be done with the charts: hide, look closer, read as a table, jump to an event."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
import re

from playwright.sync_api import Locator, expect
import pytest

from custom_components.heatpump_dashboard.sources.demo.physics import stored
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import Influx

from .conftest import Open
from .looks import wait_for_drawing
from .watched import PLAIN, VIEWS, Watched

# The middle of the chart, from and to, as shares of its width.
FROM, TO = 0.35, 0.6


def picture(window: Watched, view: str) -> str:
    data: str = (
        window.view(view).locator("canvas").first.evaluate("it => it.toDataURL()")
    )
    return data


def at_rest(window: Watched, view: str) -> str:
    """Return the picture of a chart that has come to rest."""
    last = ""
    while (now := picture(window, view)) != last:
        last = now
        wait_for_drawing(window.page)
    return last


def changed(window: Watched, view: str, act: Callable[[], object]) -> None:
    before = at_rest(window, view)
    act()
    assert window.eventually(lambda: picture(window, view) != before)


def series(window: Watched, view: str, key: str) -> Locator:
    return window.view(view).locator(f'hp-legend [data-series="{key}"]')


def is_whole(box: Locator) -> bool:
    whole: bool = box.evaluate("box => box.scrollWidth <= box.clientWidth")
    return whole


def drag(window: Watched, view: str, to: float = TO) -> None:
    canvas = window.view(view).locator(".canvas")
    window.scroll_to(canvas)
    box = canvas.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    mouse = window.page.mouse
    mouse.move(box["x"] + FROM * box["width"], middle)
    mouse.down()
    mouse.move(box["x"] + to * box["width"], middle, steps=5)
    mouse.up()


def test_hidden_series_and_bands_stay_hidden_after_a_reload(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    for key in ("supply_temp", "compressor"):
        entry = series(window, "temperature", key)
        entry.scroll_into_view_if_needed()
        expect(entry).to_have_attribute("aria-pressed", "true")
        changed(window, "temperature", entry.click)
        expect(entry).to_have_attribute("aria-pressed", "false")

    window.page.reload()
    window.wait_for_views()
    for key in ("supply_temp", "compressor"):
        entry = series(window, "temperature", key)
        expect(entry).to_have_attribute("aria-pressed", "false")
        changed(window, "temperature", entry.click)
        expect(entry).to_have_attribute("aria-pressed", "true")


def test_a_span_drawn_with_the_mouse_is_looked_at_closer(
    home: HomeAssistant, influx: Influx, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=ivt&range=24h")
    page = window.page
    reset = [window.view(view).locator(".reset") for view in ("temperature", "power")]
    changed(window, "temperature", lambda: drag(window, "temperature"))
    for each in reset:  # one time axis for all
        expect(each).to_be_visible()

    # It stays when new readings come.
    now = datetime.now(UTC)
    reading = stored("ivt", now - timedelta(minutes=5), now).tail(1)
    reading.index = [now.replace(microsecond=0)]
    reading["outdoor_temp"] = -29.3
    influx.write("ivt", reading, "ivt")
    legend = window.view("temperature").locator("hp-legend")
    expect(legend).to_contain_text("−29")
    expect(reset[0]).to_be_visible()

    changed(window, "temperature", reset[0].click)
    for each in reset:
        expect(each).to_have_count(0)

    drag(window, "temperature")
    expect(reset[0]).to_be_visible()
    window.view("temperature").locator(".canvas").dblclick()
    expect(reset[0]).to_have_count(0)
    page.keyboard.down("Control")
    window.view("temperature").locator(".canvas").hover()
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    expect(reset[0]).to_be_visible()


def rows_a_minute(window: Watched, view: str) -> float:
    """Return how many rows the table has for each minute that it names."""
    heads = window.view(view).locator("hp-view-table tbody th").all_text_contents()
    return len(heads) / max(1, len(set(heads)))


def switch_table(window: Watched, view: str) -> None:
    card = window.view(view)
    window.open_menu(card.locator("hp-menu"))
    card.locator('[data-key="table"]').click()


def test_a_part_of_the_period_has_finer_rows_and_becomes_the_period(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    card = window.view("temperature")
    switch_table(window, "temperature")
    rows = card.locator("hp-view-table tbody tr")
    expect(rows.first).to_be_visible()
    assert rows_a_minute(window, "temperature") == 1
    all_of_it = rows.count()
    switch_table(window, "temperature")

    # Up to six hours the readings themselves are shown.
    drag(window, "temperature", 0.5)
    part = re.compile(r"\d{1,2}:\d\d( [AP]M)?–\d{1,2}:\d\d")
    for view in ("temperature", "cop", "power"):  # named in all of them
        expect(window.view(view).locator(".remark")).to_contain_text(part)
    switch_table(window, "temperature")
    # Readings come every 30 s, and 24 h have a row every two minutes.
    assert window.eventually(lambda: rows_a_minute(window, "temperature") > 1.5)
    switch_table(window, "temperature")

    card.locator(".reset").click()
    expect(card.locator(".remark")).not_to_contain_text(part)
    switch_table(window, "temperature")
    assert window.eventually(lambda: abs(rows.count() - all_of_it) < 5)
    switch_table(window, "temperature")

    drag(window, "temperature")
    card.locator(".use").click()
    expect(page).to_have_url(re.compile("from=.*to="))
    expect(card.locator(".reset")).to_have_count(0)
    window.wait_for_views()
    page.go_back()
    expect(page).to_have_url(re.compile("range=24h"))


def test_every_chart_is_a_table_too(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    for view in VIEWS:
        card = window.view(view)
        if view == "runtime":  # which has one anyway
            expect(card.locator("table tr").first).to_contain_text(re.compile(r"\d"))
            continue
        window.open_menu(card.locator("hp-menu"))
        card.locator('[data-key="table"]').click()
        rows = card.locator("hp-view-table tbody tr")
        expect(rows.first).to_contain_text(re.compile(r"\d"))
        assert is_whole(card.locator("hp-view-table > div")), view
        window.open_menu(card.locator("hp-menu"))
        card.locator('[data-key="table"]').click()
        expect(rows).to_have_count(0)


def test_the_table_is_reached_by_keyboard(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    card = window.view("cop")
    card.locator("button.aside").focus()
    window.page.keyboard.press("Enter")
    expect(card.locator("hp-view-table tbody tr").first).to_be_visible()


def test_the_tooltip_tells_time_and_values(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    canvas = window.view("temperature").locator(".canvas")
    canvas.scroll_into_view_if_needed()
    canvas.hover()
    tooltip = canvas.filter(has_text="Supply")
    expect(tooltip).to_contain_text(re.compile(r"\d{1,2}:\d\d"))
    expect(tooltip).to_contain_text("Brine in")


def test_events_are_filtered_and_lead_to_their_moment(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    events = window.page.locator("hp-events")
    events.scroll_into_view_if_needed()
    rows = events.locator("ol li > button")
    everything = rows.count()
    chip = events.locator('.chips [data-kind="compressor"]')
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(rows.first).to_have_class(re.compile("compressor"))
    assert 0 < rows.count() < everything
    assert events.locator("ol li > button:not(.compressor)").count() == 0

    rows.nth(1).click()
    expect(window.view("temperature").locator(".reset")).to_be_visible()
    expect(window.view("temperature")).to_be_in_viewport()
    window.page.locator("heatpump-dashboard-panel .back").click()
    expect(window.view("temperature").locator(".reset")).to_have_count(0)
    expect(rows.nth(1)).to_be_focused()
    expect(rows.nth(1)).to_be_in_viewport()
    expect(window.page.locator("heatpump-dashboard-panel .back")).to_have_count(0)
    events.locator('.chips [data-kind="all"]').click()
    # And perhaps what has happened meanwhile.
    assert window.eventually(lambda: rows.count() >= everything)

    rows.first.focus()
    window.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()


# What of an event's words lies where nobody sees it.
UNSEEN = """rows => rows.flatMap(row => {
  const edge = row.getBoundingClientRect();
  return [...row.querySelectorAll('.what > span, .what small > span')].filter(part => {
    const { right, bottom } = part.getBoundingClientRect();
    const isCut = part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0;
    return isCut || right > edge.right + 1 || bottom > edge.bottom + 1;
  }).map(part => part.textContent.trim());
})"""


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_every_event_is_told_whole(
    home: HomeAssistant, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width)
    window.open_panel("?pump=thermia&range=24h")
    events = window.page.locator("hp-events")
    window.scroll_to(events)
    ran = events.locator("ol button.compressor", has_text="ran").first
    for figure in ("kWh heat", "COP", "kWh used", "°C outdoors"):
        expect(ran).to_contain_text(figure)
    rows = events.locator("ol li > button:visible")
    assert rows.evaluate_all(UNSEEN) == []


def test_all_is_done_by_keyboard_alone(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    press = window.page.keyboard.press
    card = window.view("temperature")
    entries = card.locator("hp-legend button")
    window.scroll_to(entries.first)
    entries.first.focus()
    press("ArrowRight")
    expect(entries.nth(1)).to_be_focused()
    press("Enter")
    expect(entries.nth(1)).to_have_attribute("aria-pressed", "false")
    press("Enter")
    expect(entries.nth(1)).to_have_attribute("aria-pressed", "true")

    # All of the legend is one stop.
    press("Tab")
    canvas = card.locator(".canvas")
    expect(canvas).to_be_focused()
    heard = card.locator(".heard")
    press("ArrowRight")
    expect(heard).to_contain_text(re.compile(r"\d{1,2}:\d\d.*Supply \d+"))
    expect(canvas.filter(has_text="Brine in")).to_be_visible()
    first = heard.text_content() or ""
    press("ArrowRight")
    expect(heard).not_to_have_text(first)
    press("+")
    press("+")
    expect(card.locator(".reset")).to_be_visible()
    press("0")
    expect(card.locator(".reset")).to_have_count(0)
    press("Escape")
    expect(heard).to_have_text("")

    # A period, a menu, and out of it.
    week = window.page.locator('hp-period-bar [data-range="7d"]')
    week.focus()
    press("Shift+Tab")
    press("Tab")
    press("Enter")
    expect(week).to_have_attribute("aria-pressed", "true")
    opener = card.locator("hp-menu button").first
    opener.focus()
    press("Enter")
    expect(card.locator("hp-menu [role=menuitem]").first).to_be_focused()
    press("Escape")
    expect(card.locator("hp-menu [role=menu]")).to_have_count(0)
    expect(opener).to_be_focused()

    skip = window.page.locator("heatpump-dashboard-panel .skip")
    skip.focus()
    press("Enter")
    expect(window.page.locator("hp-events")).to_be_focused()


def test_the_canvas_follows_the_ratio_of_pixels(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    canvas = window.view("temperature").locator("canvas").first
    window.scroll_to(canvas)
    ratio = "it => it.width / it.clientWidth"
    session = window.page.context.new_cdp_session(window.page)
    # The browser's zoom: as many times fewer, larger pixels, and back.
    for scale in (1.25, 1.5, 1):
        size = {"width": round(1440 / scale), "height": round(900 / scale)}
        screen = {"deviceScaleFactor": scale, "mobile": False, **size}
        session.send("Emulation.setDeviceMetricsOverride", screen)

        def follows(wanted: float = scale) -> bool:
            window.view("temperature").scroll_into_view_if_needed()
            found: float = canvas.evaluate(ratio)
            return abs(found - wanted) < 0.01

        assert window.eventually(follows), scale
        assert window.colours("temperature") > PLAIN
