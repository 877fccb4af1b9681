"""Which prices end while Home Assistant is off."""

import pytest

from custom_components.heatpump_dashboard.price.downtime import (
    Step,
    TimeOff,
    ended_while_off,
)

HOUR = 3600.0


@pytest.mark.parametrize(
    ("steps", "off", "ends"),
    [
        ([(0, 1.0), (5 * HOUR, 2.0)], (1 * HOUR, 5 * HOUR, True), [1 * HOUR]),
        # It is the same again, or never was known, or it was a mere restart.
        ([(0, 1.0), (5 * HOUR, 1.0)], (1 * HOUR, 5 * HOUR, True), []),
        ([(0, None), (5 * HOUR, 1.0)], (1 * HOUR, 5 * HOUR, True), []),
        ([(0, 1.0), (5 * HOUR, 2.0)], (4.9 * HOUR, 5 * HOUR, True), []),
        ([(5 * HOUR, 2.0)], (1 * HOUR, 5 * HOUR, True), []),
        # Unavailable for a moment, as at any start.
        (
            [(0, 1.0), (5 * HOUR, None), (5.1 * HOUR, 1.0)],
            (1 * HOUR, 5 * HOUR, True),
            [],
        ),
        # Power failed: the run was closed by the next one.
        ([(0, 1.0), (5.1 * HOUR, 2.0)], (5 * HOUR, 5 * HOUR, False), [1 * HOUR]),
        # Nothing came after it.
        ([(0, 1.0)], (1 * HOUR, 5 * HOUR, True), [1 * HOUR]),
    ],
)
def test_a_price_ends_where_another_came_meanwhile(
    steps: list[Step], off: TimeOff, ends: list[float]
) -> None:
    expected = sorted([*steps, *((end, None) for end in ends)])
    assert ended_while_off(steps, [off]) == expected
