"""The pictures by which Home Assistant and HACS show the integration."""

from pathlib import Path
import struct

import pytest

FOLDER = (
    Path(__file__).parents[1] / "custom_components" / "heatpump_dashboard" / "brand"
)
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 50_000


def size(name: str) -> tuple[int, int]:
    """Return width and height of a PNG."""
    head = (FOLDER / f"{name}.png").read_bytes()[:24]
    assert head.startswith(PNG)
    width, height = struct.unpack(">II", head[16:24])
    return width, height


@pytest.mark.parametrize("prefix", ["", "dark_"])
def test_icon_is_square(prefix: str) -> None:
    assert size(f"{prefix}icon") == (256, 256)
    assert size(f"{prefix}icon@2x") == (512, 512)


@pytest.mark.parametrize("prefix", ["", "dark_"])
def test_logo_lies_and_doubles(prefix: str) -> None:
    width, height = size(f"{prefix}logo")
    assert width > height
    assert 128 <= height <= 256
    assert size(f"{prefix}logo@2x") == (2 * width, 2 * height)


def test_pictures_are_small() -> None:
    pictures = list(FOLDER.glob("*.png"))
    assert len(pictures) == 8
    assert all(picture.stat().st_size < LARGEST for picture in pictures)
