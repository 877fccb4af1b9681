"""Every width and theme in which a window is looked at, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page, TimeoutError

WIDTHS = (1440, 1024, 390)
# Whether they are dark.
THEMES = (False, True)
PHONE_BELOW = 700
# All of a page is in sight at once, so that all of it is drawn.
TALL = 6_000
TURN_MS = 20_000
TURNS = 9

type Scheme = Literal["light", "dark"]

# Resolves when neither the sizes of pages, elements and canvases nor what moves once have
# changed for so many frames: on a busy machine much later than a clock would say.
AT_REST = """async frames => {
  const found = () => {
    const sizes = [document.scrollingElement.scrollHeight];
    const read = root => root.querySelectorAll('*').forEach(each => {
      if (each.shadowRoot) read(each.shadowRoot);
      if (/^(hp|heatpump)-/.test(each.localName))
        sizes.push(each.clientWidth, each.clientHeight);
      if (each.localName === 'canvas') sizes.push(each.width, each.height);
    });
    read(document);
    return sizes.join();
  };
  const moves = () => document.getAnimations().some(({ playState, effect }) =>
    playState === 'running' && effect?.getComputedTiming().iterations !== Infinity);
  let last = '';
  for (let same = 0; same < frames;) {
    await new Promise(requestAnimationFrame);
    const now = moves() ? '' : found();
    same = now && now === last ? same + 1 : 0;
    last = now;
  }
}"""
# A chart is drawn a frame after what it shows, and that after the element around it.
REST_FRAMES = 8

IN_THEME = """dark =>
  document.querySelector('home-assistant')?.hass?.themes.darkMode === dark"""

# What is wider than its place: the page, or one of our elements. A chart takes a
# moment to follow, and more on a busy machine.
TOO_WIDE = """async () => {
  const found = () => {
    const wide = [];
    const check = (name, { scrollWidth }, width) =>
      width && scrollWidth > width + 1 && wide.push(`${name}: ${scrollWidth} > ${width}`);
    const read = root => root.querySelectorAll('*').forEach(each => {
      if (each.shadowRoot) read(each.shadowRoot);
      if (/^(hp|heatpump)-/.test(each.localName))
        check(each.localName, each, each.clientWidth);
    });
    read(document);
    check('page', document.scrollingElement, innerWidth);
    return wide;
  };
  for (let attempt = 0; attempt < 600 && found().length; attempt++)
    await new Promise(resolve => setTimeout(resolve, 100));
  return found();
}"""


@dataclass(frozen=True)
class Look:
    """A width in px and a theme."""

    width: int
    dark: bool

    def __str__(self) -> str:
        """Return what names a picture of it."""
        return f"{'dark' if self.dark else 'light'}-{self.width}"

    @property
    def phone(self) -> bool:
        """Return whether it is a phone's."""
        return self.width < PHONE_BELOW

    @property
    def telling(self) -> bool:
        """Return whether it is one of two that have both themes and both extremes."""
        return self.width != WIDTHS[1] and self.dark == self.phone


def wait_for_drawing(page: Page) -> None:
    """Wait until what has changed is drawn, and what moved has come to rest."""
    page.evaluate(AT_REST, REST_FRAMES)


def turn(page: Page, *, dark: bool) -> None:
    """Change the theme of the browser, and wait until Home Assistant has followed.

    A window that is not drawn for a while may miss that it changed: it is told again.
    """
    schemes: tuple[Scheme, Scheme] = ("light", "dark") if dark else ("dark", "light")
    for _ in range(TURNS):
        page.emulate_media(color_scheme=schemes[1])
        try:
            page.wait_for_function(IN_THEME, arg=dark, polling=100, timeout=TURN_MS)
        except TimeoutError:
            page.emulate_media(color_scheme=schemes[0])
        else:
            return
    raise AssertionError(f"Home Assistant stays {schemes[0]}")


def looks(
    page: Page,
    height: int = TALL,
    widths: Sequence[int] = WIDTHS,
    themes: Sequence[bool] = THEMES,
) -> Iterator[Look]:
    """Show a page, opened at any width, in every width and theme; leave it in the last.

    In none of them may anything be wider than its place. A theme and a width are
    followed without loading the page again, as a user's window does.
    """
    session = page.context.new_cdp_session(page)
    for dark in themes:
        turn(page, dark=dark)
        for width in widths:
            look = Look(width, dark)
            touch = {"enabled": look.phone}
            session.send("Emulation.setTouchEmulationEnabled", touch)
            page.set_viewport_size({"width": width, "height": height})
            wait_for_drawing(page)
            too_wide = page.evaluate(TOO_WIDE)
            assert not too_wide, (str(look), too_wide)
            yield look
    session.detach()
