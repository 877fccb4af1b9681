"""What reading the past needed for a while is given back."""

import ctypes
from pathlib import Path
from unittest.mock import Mock, patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import numpy as np
import pytest

from custom_components.heatpump_dashboard.heap import give_back
from tests.support.pump_entry import (
    COMPONENT,
    NOW,
    add_entry,
    served_by,
    set_up,
    two_days,
)

MB = 1_000_000


def resident() -> int:
    """Return how much memory this process has, in bytes."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="not a glibc system"
)
def test_what_lies_between_what_is_needed_is_given_back() -> None:
    """Pieces small enough to lie on the heap, and every hundredth is kept."""
    pieces = [np.ones(10_000) for _ in range(1000)]
    kept = pieces[::100]
    del pieces
    before = resident()
    give_back()
    assert resident() < before - 40 * MB
    assert all(piece.all() for piece in kept)


def test_a_library_that_cannot_is_left_alone() -> None:
    with patch("ctypes.CDLL", return_value=object()):
        give_back()


async def test_memory_is_given_back_once_all_of_the_past_is_read(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    entry = add_entry(hass)
    wholes: list[bool] = []
    give = Mock(
        side_effect=lambda: wholes.append(
            entry.runtime_data.coordinators["pump_1"].history.whole
        )
    )
    with served_by(two_days()), patch(f"{COMPONENT}.coordinator.give_back", give):
        await set_up(hass, entry)
        assert wholes == [True]
        await hass.config_entries.async_unload(entry.entry_id)
