"""On a phone: one column, nothing beside the screen, a swipe through time."""

from collections.abc import Callable
import re

from playwright.sync_api import Page, expect
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import MODEST, Open
from .watched import AGAIN_MS, AT_REST, PANEL, VIEWS, Watched

TOO_WIDE = """() => {
  const { scrollWidth } = document.scrollingElement;
  return scrollWidth > innerWidth ? scrollWidth : null;
}"""

# So much of what is above it a finger hides.
FINGER_PX = 24

# Fingers hit what is as high as they are wide.
SMALL = """bar => {
  const found = [];
  const read = root => root.querySelectorAll('*').forEach(each => {
    if (each.shadowRoot) read(each.shadowRoot);
    if (!each.matches('button, select, [role=button]')) return;
    const { width, height } = each.getBoundingClientRect();
    if (width && (height < 44 || width < 40))
      found.push(`${each.outerHTML.slice(0, 120)} ${width}×${height}`);
  });
  read(bar.shadowRoot);
  return found;
}"""


@pytest.mark.parametrize("width", [360, 390])
def test_nothing_is_beside_the_screen(
    home: HomeAssistant, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width, height=780)
    window.open_panel("?pump=thermia&range=24h")
    assert window.eventually(lambda: window.page.evaluate(TOO_WIDE) is None)
    for view in VIEWS:
        box = window.view(view).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    window.picture(f"thermia-light-{width}")

    window.page.goto(f"{window.url}/{PANEL}?pump={MODEST}&range=24h")
    window.wait_for_state("power", "missing")
    assert window.eventually(lambda: window.page.evaluate(TOO_WIDE) is None)


def test_everything_in_the_bar_is_as_large_as_a_finger(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=390, height=844)
    window.open_panel("?pump=thermia&range=24h")
    assert window.page.locator("hp-app-bar").evaluate(SMALL) == []


def swipe(page: Page, distance: int) -> None:
    ranges = page.locator("hp-period-bar .ranges")
    ranges.evaluate(AT_REST)
    box = ranges.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    middle = box["x"] + box["width"] / 2
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: float) -> None:
        at = [{"x": x, "y": y} for x in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", middle)
    for step in (0.5, 1.0):
        touch("touchMove", middle + step * distance)
    touch("touchEnd")
    session.detach()


def lead_to(window: Watched, act: Callable[[], None], url: str) -> None:
    """Do something until it has led somewhere: a busy browser takes a touch back.

    Or it answers so late that it is done once more, and back again.
    """
    wanted = re.compile(url)

    def led() -> bool:
        act()
        try:
            expect(window.page).to_have_url(wanted, timeout=AGAIN_MS)
        except AssertionError:
            return False
        return True

    assert window.eventually(led)


def test_a_swipe_over_the_ranges_moves_through_time(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=390, height=844)
    window.open_panel("?pump=thermia&range=6h")
    page = window.page
    lead_to(window, lambda: swipe(page, 120), "from=")
    window.wait_for_views()
    lead_to(window, lambda: swipe(page, -120), "range=6h")
    # Who does not know of it sees an arrow at each end.
    earlier = page.locator('hp-period-bar [data-step="-1"]')
    expect(page.locator('hp-period-bar [data-step="1"]')).to_be_in_viewport(ratio=1)
    expect(earlier).to_be_in_viewport(ratio=1)
    lead_to(window, earlier.tap, "from=")


def test_a_tapped_tooltip_is_pinned_above_the_finger_and_whole(
    home: HomeAssistant, open_page: Open
) -> None:
    """Above the plot as far as its card has room: what reaches out of that is cut."""
    window = open_page(home, width=390, height=844)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    canvas = window.view("temperature").locator(".canvas")
    canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'end' })")
    canvas.evaluate(AT_REST)
    plot = canvas.bounding_box()
    assert plot
    finger = plot["y"] + plot["height"] / 2
    page.touchscreen.tap(plot["x"] + plot["width"] / 2, finger)
    tooltip = canvas.locator("> div", has_text="Supply")

    def is_above() -> bool:
        box, card = tooltip.bounding_box(), window.view("temperature").bounding_box()
        if not box or not card:
            return False
        fits = 0 <= box["x"] <= 390 - box["width"] and box["y"] >= card["y"]
        return fits and box["y"] + box["height"] <= finger - FINGER_PX

    assert window.eventually(is_above)

    # Until one taps elsewhere.
    page.locator("body").dispatch_event("pointerdown", {"bubbles": True})
    expect(tooltip).to_be_hidden()


def test_folded_views_are_ready_and_stay_open_once_opened(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=390, height=844)
    window.open_panel("?pump=thermia&range=24h")
    valve = window.view("valve")
    head = valve.locator("h2 button")
    expect(head).to_have_attribute("aria-expanded", "false")
    expect(valve.locator("canvas")).to_have_count(0)
    expect(valve.locator(".remark")).to_contain_text(re.compile(r"\d"))
    head.tap()
    expect(head).to_have_attribute("aria-expanded", "true")
    window.wait_for_state("valve", "ready")
    assert window.colours("valve") > 3

    window.page.reload()
    window.wait_for_views()
    expect(head).to_have_attribute("aria-expanded", "true")
    assert window.colours("valve") > 3


# Words or numbers that end in dots for want of room, in the shadows too.
CUT = """all => all.flatMap(each => [...each.shadowRoot.querySelectorAll('*')])
  .filter(each => getComputedStyle(each).textOverflow === 'ellipsis')
  .filter(each => each.scrollWidth > each.clientWidth)
  .map(each => each.textContent.trim())"""


@pytest.mark.parametrize("width", [360, 390])
def test_no_figure_is_cut(home: HomeAssistant, open_page: Open, width: int) -> None:
    window = open_page(home, width=width, height=844)
    window.open_panel("?pump=thermia&range=24h")
    for part in ("hp-pills", "hp-kpi-card"):
        assert window.page.locator(part).evaluate_all(CUT) == [], part
    context = window.page.locator("hp-kpi-card .context").first
    box = context.locator("span").first.bounding_box()
    line = context.bounding_box()
    assert box and line
    assert box["y"] + box["height"] <= line["y"] + line["height"] + 1


def test_a_figure_says_all_beside_it_on_the_smallest_phone(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=320, height=844)
    window.page.add_init_script("localStorage.selectedLanguage = '\"sv\"'")
    window.open_panel("?pump=ivt&range=24h")
    beside = window.page.locator("[data-kpi=cop] .beside")
    expect(beside).to_have_text("inte kontrollerad")
    assert beside.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_an_event_opens_the_temperatures_and_what_is_opened_follows(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, width=390, height=844)
    window.open_panel("?pump=thermia&range=24h")
    page = window.page
    temperatures = window.view("temperature")
    head = temperatures.locator("h2 button")
    head.tap()
    expect(head).to_have_attribute("aria-expanded", "false")

    page.locator("hp-events ol li > button").nth(1).tap()
    expect(head).to_have_attribute("aria-expanded", "true")
    expect(temperatures.locator(".reset")).to_be_visible()
    expect(temperatures).to_be_in_viewport()

    valve = window.view("valve")
    expect(valve.locator("h2 button")).to_have_attribute("aria-expanded", "false")
    valve.locator("h2 button").tap()
    window.wait_for_state("valve", "ready")
    expect(valve.locator(".reset")).to_be_visible()
