"""Each user's language and clock, and the home's units."""

from collections.abc import Iterator
from contextlib import contextmanager
import csv
from datetime import datetime
from io import StringIO
import re

from playwright.sync_api import expect
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import MODEST, Open
from .test_export import saved
from .watched import HASS, PANEL, Watched

CALL = f"message => {HASS}.callWS(message)"
METRIC = {"language": "en", "time_format": "24", "number_format": "language"}


@pytest.fixture(autouse=True)
def as_before(home: HomeAssistant, open_page: Open) -> Iterator[None]:
    """Leave the user's locale as the tests in other files expect it."""
    yield
    window = open_page(home, reader=True)
    window.open_home()
    window.page.evaluate(CALL, set_locale({}))


def set_locale(locale: dict[str, str]) -> dict[str, object]:
    """Return the command by which a user changes their locale."""
    data = {"key": "language", "value": METRIC | locale}
    return {"type": "frontend/set_user_data"} | data


def open_in(window: Watched, locale: dict[str, str], query: str) -> None:
    """Give the user a locale, and open the panel with it."""
    page = window.page
    window.open_home()
    page.evaluate(CALL, set_locale(locale))
    language = locale.get("language", "en")
    page.evaluate(
        "language => { localStorage.selectedLanguage = JSON.stringify(language) }",
        language,
    )
    window.open_panel(query)


@contextmanager
def units(window: Watched, system: str) -> Iterator[None]:
    """Let the home have other units for a while; the window is an administrator's."""
    page = window.page
    window.open_home()
    command = {"type": "config/core/update", "update_units": False}
    page.evaluate(CALL, command | {"unit_system": system})
    try:
        yield
    finally:
        page.evaluate(CALL, command | {"unit_system": "metric"})


def test_the_panel_speaks_swedish(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home, reader=True)
    open_in(window, {"language": "sv"}, "?pump=thermia&range=24h")
    page = window.page
    temperatures = window.view("temperature")
    expect(temperatures).to_contain_text("Temperaturer")
    for word in ("Framledning", "Retur", "Varmvatten", "Köldbärare"):
        expect(temperatures.locator("hp-legend")).to_contain_text(
            word, ignore_case=True
        )
    expect(page.locator("hp-pills")).to_contain_text("Växelventil")
    expect(page.locator("hp-pills")).to_contain_text("Kompressor")
    expect(page.locator("hp-kpi-card").first).to_contain_text(
        re.compile(r"\d,\d")  # a Swedish comma
    )
    expect(page.locator("hp-events h2")).to_contain_text("Händelser")
    for look in window.pictures("swedish"):
        words = page.locator("heatpump-dashboard-panel").evaluate(WORDS, ENGLISH)
        assert words == [], str(look)


def test_beside_a_language_from_right_to_left_ours_goes_from_left_to_right(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, reader=True)
    open_in(window, {"language": "he"}, "?pump=thermia&range=24h")
    page = window.page
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    direction = "each => getComputedStyle(each).direction"
    for part in ("hp-app-bar", "hp-kpi-card", "hp-schematic", "hp-events"):
        assert page.locator(part).first.evaluate(direction) == "ltr", part
    # No mark of direction and no other digits, in words that we have.
    cop = page.locator("[data-kpi=cop]")
    expect(cop).to_contain_text(re.compile(r"[0-9]\.[0-9]{2}"))
    expect(cop).not_to_contain_text(re.compile("[\u200e\u200f\u0660-\u0669]"))
    expect(page.locator("hp-pills")).to_contain_text("Compressor")


def test_a_swedish_table_has_decimal_commas(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, reader=True)
    open_in(window, {"language": "sv"}, "?pump=thermia&range=24h")
    menu = window.page.locator("hp-app-bar hp-menu")
    _, content = saved(window, menu, "readings")
    head, *rows = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert head[0] == "time" and "supply_temp [°C]" in head
    values = [cell for row in rows for cell in row[1:]]
    assert any(re.fullmatch(r"\d+,\d+", value) for value in values)
    assert not any("." in value for value in values)
    assert datetime.fromisoformat(rows[0][0]).tzinfo


# All that is written in the panel, its shadows included, and what of it is English.
ENGLISH = ["Compressor", "Heating", "Hot water", "Supply", "Return", "Electricity"]
WORDS = """(panel, english) => {
  const found = [];
  const read = node => {
    if (node.shadowRoot) read(node.shadowRoot);
    for (const child of node.childNodes) {
      if (child.nodeType === 3 && english.some(word => child.data.includes(word)))
        found.push(child.data.trim());
      else if (child.nodeType === 1 && child.localName !== 'style') read(child);
    }
  };
  read(panel);
  return found;
}"""


def test_fahrenheit_and_twelve_hours(home: HomeAssistant, open_page: Open) -> None:
    owner = open_page(home)
    window = open_page(home, reader=True)
    with units(owner, "us_customary"):
        open_in(window, {"time_format": "12"}, "?pump=thermia&range=24h")
        page = window.page
        schematic = page.locator("hp-schematic")
        supply = schematic.locator(".label.supply_temp")
        expect(supply).to_contain_text(re.compile(r"\d{2,3}[.,]?\d*\s?°F?"))
        assert number(supply.text_content() or "") > 65  # °C would be 20 to 60
        expect(window.view("temperature").locator(".remark")).to_contain_text("°F")
        expect(page.locator("hp-events time").first).to_contain_text(
            re.compile("AM|PM", re.IGNORECASE)
        )
        for _ in window.pictures("fahrenheit"):
            assert number(supply.text_content() or "") > 65
        page.goto(f"{window.url}/{PANEL}?pump={MODEST}&range=24h")
        stale = window.view("temperature").locator(".line.stale")
        expect(stale).to_contain_text(re.compile("AM|PM", re.IGNORECASE))


def number(text: str) -> float:
    found = re.search(r"\d+(\.\d+)?", text)
    assert found, text
    return float(found[0])


CALENDARS = (
    ({"language": "sv"}, "mån", "sön", "24", r"\d\d:\d\d"),
    ({"language": "en", "time_format": "12"}, "Sun", "Sat", "12", r"1?\d:\d\d"),
    ({"language": "en", "first_weekday": "monday"}, "Mon", "Sun", "24", r"\d\d:\d\d"),
)


@pytest.mark.parametrize(("locale", "first", "last", "hours", "clock"), CALENDARS)
def test_the_calendar_is_the_user_s_not_the_browser_s(
    home: HomeAssistant,
    open_page: Open,
    locale: dict[str, str],
    first: str,
    last: str,
    hours: str,
    clock: str,
) -> None:
    window = open_page(home, reader=True)
    open_in(window, locale, "?pump=thermia&range=24h")
    page = window.page
    page.locator("hp-period-picker .opener").click()
    calendar = page.locator("hp-date-range")
    days = calendar.locator("th")
    expect(days.first).to_have_text(first)
    expect(days.last).to_have_text(last)
    calendar.locator(".by-time input").check()
    expect(calendar.locator("input[name=end]")).to_have_value(re.compile(clock))
    expect(calendar.locator(".half")).to_have_count(2 if hours == "12" else 0)

    # By the keyboard alone: the day before today, whole.
    calendar.locator(".by-time input").uncheck()
    today = calendar.locator("[aria-current=date]")
    today.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(calendar.locator("td[aria-selected=true]")).to_have_count(1)
    calendar.locator("[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(calendar).to_have_count(0)
    yesterday = "I går" if locale["language"] == "sv" else "Yesterday"
    expect(page.locator("hp-app-bar .period")).to_contain_text(yesterday)
