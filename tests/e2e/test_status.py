"""The present and its figures in a real browser: pills, drawing, explanations."""

from playwright.sync_api import Page, expect
import pytest

from tests.support.home_assistant import HomeAssistant

from .conftest import BRANDS, Open

MOVING = "hp-schematic .moving"
# How many of ours are in motion.
RUNNING = """() => {
  const within = (root) => [...root.querySelectorAll('*')].flatMap((each) =>
    [each, ...(each.shadowRoot ? within(each.shadowRoot) : [])]);
  return within(document.querySelector('home-assistant').shadowRoot)
    .filter((each) => each.localName.startsWith('hp-'))
    .flatMap((each) => each.getAnimations({ subtree: true })).length;
}"""


def drawing(page: Page) -> str:
    """Return what the drawing says in a sentence, once there is one."""
    sentence = page.locator("hp-schematic .sentence")
    expect(sentence).to_contain_text("°C")
    return sentence.inner_text()


@pytest.mark.parametrize("brand", BRANDS)
def test_the_present_of_a_brand_is_drawn_and_told(
    home: HomeAssistant, open_page: Open, brand: str
) -> None:
    window = open_page(home)
    window.open_panel(f"?pump={brand}&range=1h")
    labels = window.page.locator("hp-schematic .label .value")

    def is_told() -> bool:
        told = drawing(window.page)
        return all(label in told for label in labels.all_text_contents())

    # A reading may come between the one and the other.
    assert window.eventually(is_told)
    assert labels.count()
    pills = window.page.locator("hp-pills li")
    expect(pills).to_have_count(6)
    # The demo says of all of its parts what they do.
    expect(window.page.locator("hp-pills")).not_to_contain_text("–")


def test_a_temperature_opens_its_details(home: HomeAssistant, open_page: Open) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=1h")
    window.page.locator("hp-schematic .outdoor_temp[role=button]").focus()
    window.page.keyboard.press("Enter")
    details = window.page.locator("ha-more-info-dialog")
    expect(details).to_contain_text("Outdoor temperature")


def test_nothing_moves_for_those_who_asked_for_rest(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=1h")
    window.page.emulate_media(reduced_motion="reduce")
    expect(window.page.locator(MOVING)).to_have_count(0)
    assert drawing(window.page)
    assert window.eventually(lambda: window.page.evaluate(RUNNING) == 0)


def test_a_figure_explains_itself_by_mouse_key_and_tap(
    home: HomeAssistant, open_page: Open
) -> None:
    window = open_page(home)
    window.open_panel("?pump=thermia&range=24h")
    figure = window.page.locator("[data-kpi=cop] hp-explain button")
    explanation = window.page.locator("hp-explain [role=dialog]")
    figure.hover()
    expect(explanation).to_contain_text("divided last")
    window.page.mouse.move(1, 1)
    expect(explanation).to_have_count(0)
    figure.focus()
    window.page.keyboard.press("Enter")
    expect(explanation).to_be_focused()
    window.page.keyboard.press("Escape")
    expect(figure).to_be_focused()

    phone = open_page(home, width=390, height=844)
    phone.open_panel("?pump=thermia&range=24h")
    phone.page.locator("[data-kpi=heat] hp-explain button").tap()
    tapped = phone.page.locator("hp-explain [role=dialog]")
    expect(tapped).to_contain_text("Coverage")
    box = tapped.bounding_box()
    value = phone.page.locator("[data-kpi=heat] .value").first.bounding_box()
    assert box and value
    # It does not cover what it explains.
    below, above = value["y"] + value["height"], box["y"] + box["height"]
    assert box["y"] >= below or above <= value["y"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
