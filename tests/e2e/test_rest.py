"""On a wall all day, with nobody near: what moves costs the page nothing."""

from playwright.sync_api import Browser
import pytest

from script.measure.figures import Figures
from script.measure.rest import measure_rest
from tests.support.home_assistant import HomeAssistant

from .conftest import Open

MOST_PERCENT = 2
TIMES = 5
# What each animation of the drawing changes.
CHANGED = """() => {
  const find = root => [...root.querySelectorAll('*')].map(each =>
    each.localName === 'hp-schematic' ? each : each.shadowRoot && find(each.shadowRoot))
    .find(Boolean);
  const known = ['offset', 'computedOffset', 'easing', 'composite'];
  const changed = find(document).shadowRoot.getAnimations().flatMap(({ effect }) =>
    effect.getKeyframes().flatMap(Object.keys));
  return [...new Set(changed)].filter(name => !known.includes(name));
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_the_drawing_moves_without_being_drawn_anew(
    home: HomeAssistant, browser: Browser, open_page: Open, width: int
) -> None:
    window = open_page(home, width=width)
    window.open_panel("?pump=thermia&range=24h")
    figures = Figures()
    # New readings, which come every 30 s, are drawn: that is no matter of rest, and
    # may happen while it is measured.
    for _ in range(TIMES):
        measure_rest(browser, window.page, figures)
        if figures["rest_main"][-1] < MOST_PERCENT:
            break
    assert window.page.evaluate(CHANGED) == ["transform"]
    assert min(figures["rest_main"]) < MOST_PERCENT
