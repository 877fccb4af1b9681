"""What the menus save is what one has looked at."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, expect
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import ARTIFACTS, Open
from .watched import VIEWS, Watched

# A day, and the window in which it begins.
LONGEST = timedelta(hours=24, minutes=15)


def saved(window: Watched, menu: Locator, key: str) -> tuple[str, bytes]:
    """Choose from a menu; return name and content of the file it saves."""
    window.open_menu(menu)
    with window.page.expect_download() as download:
        menu.locator(f'[data-key="{key}"]').click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def table(content: bytes) -> tuple[list[str], list[list[str]]]:
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    assert all(len(row) == len(head) for row in rows)
    return head, rows


def colours(content: bytes) -> int:
    found = Image.open(BytesIO(content)).convert("RGB").getcolors(1 << 24)
    assert found
    return len(found)


def test_the_page_saves_its_readings(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    menu = window.page.locator("hp-app-bar hp-menu")
    name, content = saved(window, menu, "readings")
    head, rows = table(content)
    assert name.startswith("Thermia") and name.endswith(".csv")
    assert head[0] == "time" and "supply_temp [°C]" in head
    times = [datetime.fromisoformat(row[0]) for row in rows]
    assert times == sorted(times)
    assert timedelta(hours=20) < times[-1] - times[0] <= LONGEST
    assert times[-1] > datetime.now(UTC) - timedelta(minutes=30)
    supply = head.index("supply_temp [°C]")
    assert all(10 < float(row[supply]) < 70 for row in rows if row[supply])


def test_the_page_saves_its_sums_and_figures(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    menu = window.page.locator("hp-app-bar hp-menu")
    name, content = saved(window, menu, "windows")
    assert " sums " in name
    head, rows = table(content)
    heat = head.index("heat [kWh]")
    total = sum(float(row[heat]) for row in rows if row[heat])
    head, figures = table(saved(window, menu, "figures")[1])
    assert len(figures) == 1
    figure = dict(zip(head, figures[0], strict=True))
    assert float(figure["heat [kWh]"]) == pytest.approx(total, rel=0.02)
    assert 1 < float(figure["cop_compressor"]) < 8


@pytest.mark.parametrize("dark", [False, True])
def test_views_save_crisp_pictures(
    home: HomeAssistant, open_page: Open, dark: bool
) -> None:
    window = open_page(home, dark=dark)
    window.open_panel("?pump=thermia&range=24h")
    for view in ("sankey", "temperature", "runtime"):
        card = window.view(view)
        width = card.locator(".canvas").evaluate("canvas => canvas.clientWidth")
        name, content = saved(window, card.locator("hp-menu"), "image")
        assert view in name and colours(content) > 20
        image = Image.open(BytesIO(content)).convert("RGB")
        # Twice the pixels of the chart and of the margin around it.
        assert image.width == 2 * (width + 32)
        background = image.getpixel((2, 2))
        assert isinstance(background, tuple) and (max(background) < 80) == dark
        ARTIFACTS.mkdir(exist_ok=True)
        look = "dark" if dark else "light"
        (ARTIFACTS / f"export-{view}-{look}.png").write_bytes(content)


def test_the_page_prints_itself_light_and_nothing_else(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home, dark=True)
    page = window.page
    # Without a screen there is no dialog, and nobody says that it was left.
    page.add_init_script("window.print = () => { window.asked = true; }")
    window.open_panel("?pump=thermia&range=24h")
    menu = page.locator("hp-app-bar hp-menu")
    window.open_menu(menu)
    menu.locator('[data-key="print"]').click()
    page.wait_for_function("() => window.asked")
    page.emulate_media(media="print")
    paper = page.locator("hp-print-page")
    expect(page.locator("home-assistant")).to_be_hidden()
    expect(paper.locator("hp-kpi-card")).to_have_count(6)
    images = paper.locator("img")
    expect(images).to_have_count(len(VIEWS))
    fine = "images => images.map(({ naturalWidth, width }) => naturalWidth / width)"
    assert all(ratio > 1.8 for ratio in images.evaluate_all(fine))
    text = paper.locator("h1").evaluate("head => getComputedStyle(head).color")
    assert text == "rgb(20, 20, 20)"
    ARTIFACTS.mkdir(exist_ok=True)
    content = page.pdf(path=ARTIFACTS / "print.pdf", format="A4", print_background=True)
    assert 2 <= content.count(b"/Type /Page\n") <= 6
    expect(paper).to_have_count(0)

    # The browser's own keys do the same.
    page.emulate_media(media="screen")
    page.evaluate("() => { window.asked = false; }")
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.asked")
    expect(paper.locator("img")).to_have_count(len(VIEWS))


def test_a_view_and_the_events_save_tables(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    head, rows = table(
        saved(window, window.view("temperature").locator("hp-menu"), "csv")[1]
    )
    assert any("°C" in column for column in head) and len(rows) > 100
    head, rows = table(
        saved(window, window.page.locator("hp-events hp-menu"), "csv")[1]
    )
    assert head[:3] == ["begin", "end", "kind"]
    assert {row[2] for row in rows} >= {"compressor"}
