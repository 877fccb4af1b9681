"""Alarms: when one is active by the signs a brand has of it, and what is told of it."""

from typing import Any

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import (
    UNKNOWN_CODE,
    Kind,
    alarm_values,
)

from .factory import every, readings, told


def alarms(status: Any, code: Any, *, latched: bool) -> list[tuple[str, float]]:
    """Return what is told of alarms: the step and the code."""
    frame = readings(every(150), compressor=0, alarm=status, alarm_code=code)
    found = told(frame, Kind.ALARM, latched=latched)
    return [(event.step, event.code) for event in found]


def test_a_latched_code_counts_only_while_the_status_is_on() -> None:
    code = [14, 14, 14, 18, 18, 18]
    assert alarms([0, 0, 1, 1, 0, 0], code, latched=True) == [
        ("begin", 14),
        ("change", 18),
        ("end", 18),
    ]
    assert alarms(0, code, latched=True) == []


def test_a_code_that_is_not_latched_is_an_alarm_by_itself() -> None:
    assert alarms(0, [0, 8, 9, 9, 0, 0], latched=False) == [
        ("begin", 8),
        ("change", 9),
        ("end", 9),
    ]
    # Two alarms one after the other without a 0 between are two events.
    assert len(alarms(0, [0, 0, 1, 4, 4, 4], latched=False)) == 2


def test_an_alarm_without_a_code_is_told_with_zero() -> None:
    assert alarms([0, 1, 1, 1, 0, 0], 0, latched=False) == [("begin", 0), ("end", 0)]


def test_codes_are_never_averaged_or_made_up() -> None:
    code = [0, 1, np.nan, 16, np.nan, 0]
    frame = readings(every(150), compressor=0, alarm_code=code)
    assert {event.code for event in told(frame, Kind.ALARM)} == {1, 16}


ON, OFF, SILENT = 1.0, 0.0, np.nan


@pytest.mark.parametrize(
    ("latched", "status", "code", "expected"),
    [
        # The code of a latched alarm is that of the last one, and says nothing of now.
        (True, ON, 14, 14),
        (True, OFF, 14, 0),
        (True, SILENT, 14, np.nan),
        (True, None, 14, np.nan),
        (True, ON, SILENT, UNKNOWN_CODE),
        (True, OFF, SILENT, 0),
        # Of the others, any sign of an alarm is one, and a silent one may be.
        (False, ON, 0, UNKNOWN_CODE),
        (False, ON, 8, 8),
        (False, ON, SILENT, UNKNOWN_CODE),
        (False, ON, None, UNKNOWN_CODE),
        (False, OFF, 8, 8),
        (False, SILENT, 8, 8),
        (False, None, 8, 8),
        (False, OFF, 0, 0),
        (False, OFF, None, 0),
        (False, None, 0, 0),
        (False, OFF, SILENT, np.nan),
        (False, SILENT, 0, np.nan),
        (False, SILENT, SILENT, np.nan),
        (False, None, SILENT, np.nan),
        (False, None, None, np.nan),
    ],
)
def test_an_alarm_is_active_by_the_rule_of_the_brand_or_not_known(
    *, latched: bool, status: float | None, code: float | None, expected: float
) -> None:
    """None = the heat pump does not report it at all."""
    signs = {"alarm": status, "alarm_code": code}
    reported = {name: value for name, value in signs.items() if value is not None}
    frame = readings(every(0), compressor=1, **reported)

    found = alarm_values(Samples.of(frame), latched=latched)
    np.testing.assert_array_equal(found, [expected])
