"""Takes the pictures of the README: the demo, as somebody sees it who opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
import os
from pathlib import Path
import tempfile

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from script.demo import COMPONENT, demo
from script.measure.browser import FLAGS
from tests.e2e.watched import Watched
from tests.support.home_assistant import HomeAssistant
from tests.support.influx import free_port

IMAGES = Path(__file__).parents[1] / "docs" / "images"
COLOURS = 256
# Of these, as many as they are in the picture, the most frequent ones.
EXACT = 192
LARGEST = 400_000
READ_MS = 120_000
# Red, green and blue as one number.
PACKED = np.array([65536, 256, 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A window with the panel; `whole`: as high as all of it."""

    name: str
    query: str
    width: int
    height: int
    scale: float = 1
    dark: bool = False
    whole: bool = False


PICTURES = (
    Picture(
        name="panel",
        query="?pump=demo_thermia&range=24h",
        width=1440,
        height=1400,
    ),
    Picture(
        name="views",
        query="?pump=demo_thermia&range=24h",
        width=1100,
        height=900,
        whole=True,
    ),
    Picture(
        name="dark",
        query="?pump=demo_ivt&range=7d",
        width=1024,
        height=1000,
        scale=1.25,
        dark=True,
    ),
    Picture(
        name="phone",
        query="?pump=demo_thermia&range=24h",
        width=390,
        height=844,
        scale=1.5,
    ),
)


def main() -> None:
    """Run Home Assistant and a browser, and take all pictures."""
    with running_home() as home, running_browser() as browser:
        for picture in PICTURES:
            taken = take(browser, home, picture)
            target = IMAGES / f"{picture.name}.png"
            reduced(taken).save(target, optimize=True)
            size = target.stat().st_size
            print(f"{target.relative_to(IMAGES.parents[1])}: {size / 1000:.0f} kB")
            if size > LARGEST:
                raise SystemExit(f"error: {target.name} is too large")


def take(browser: Browser, home: HomeAssistant, picture: Picture) -> bytes:
    """Return a PNG of the panel with all charts painted and all of the past read."""
    context = browser.new_context(
        color_scheme="dark" if picture.dark else "light",
        device_scale_factor=picture.scale,
        has_touch=picture.width < 700,
        viewport=ViewportSize(width=picture.width, height=picture.height),
        reduced_motion="reduce",
    )
    window = Watched(context.new_page(), home.url, IMAGES)
    window.open_panel(picture.query)
    expect(window.page.get_by_text("Reading history")).to_have_count(0, timeout=READ_MS)
    if picture.whole:
        panel = window.page.locator("heatpump-dashboard-panel")
        height: int = panel.evaluate("panel => Math.ceil(panel.scrollHeight)")
        window.page.set_viewport_size({"width": picture.width, "height": height})
    window.page.wait_for_timeout(1500)
    # Such as "Home Assistant has started!", over the charts for some seconds.
    expect(window.page.locator("ha-toast")).to_have_count(0, timeout=READ_MS)
    taken = window.page.screenshot()
    window.assert_quiet()
    context.close()
    return taken


def reduced(taken: bytes) -> Image.Image:
    """Return a picture with few enough colours to be small.

    Those of large areas stay as they are; what is small, such as the live dot, shares
    the others, chosen to lie far apart.
    """
    with Image.open(BytesIO(taken)) as image:
        full = image.convert("RGB")
    apart = full.quantize(COLOURS - EXACT, method=Image.Quantize.MAXCOVERAGE)
    known, places, counts = np.unique(
        np.asarray(full).reshape(-1, 3) @ PACKED,
        return_inverse=True,
        return_counts=True,
    )
    colours = (known[:, None] // PACKED % 256).astype(np.int32)
    others = np.array(apart.getpalette()).reshape(-1, 3)
    palette = np.concatenate([colours[np.argsort(-counts)[:EXACT]], others])
    nearest = [np.argmin(((palette - one) ** 2).sum(axis=1)) for one in colours]
    small = Image.new("P", full.size)
    small.putdata(np.array(nearest)[places].tolist())
    small.putpalette(palette.ravel().tolist())
    return small


@contextmanager
def running_home() -> Iterator[HomeAssistant]:
    """Run a Home Assistant with the demo in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="heatpump-pictures-") as folder:
        home = HomeAssistant(Path(folder), free_port())
        home.seed([demo()], COMPONENT)
        home.start()
        try:
            yield home
        finally:
            home.stop()


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run the browser that HEATPUMP_CHROMIUM names."""
    with sync_playwright() as playwright:
        program = os.environ["HEATPUMP_CHROMIUM"]
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


if __name__ == "__main__":
    main()
