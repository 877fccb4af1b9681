"""Alarms: what one says, by the rule of each brand."""

import pytest

from custom_components.heatpump_dashboard.profiles import (
    SEVERITIES,
    alarm_severity,
    alarm_text,
    brands,
    load,
)


@pytest.mark.parametrize(
    ("key", "code", "language", "text"),
    [
        ("thermia", 4, "en", "Compressor motor protection tripped (4)"),
        (
            "thermia",
            9,
            "en",
            "High pressure switch tripped (1), Brine flow too low (8)",
        ),
        ("thermia", 72, "sv", "För lågt flöde i köldbäraren (8), Larm 64"),
        ("thermia", 64, "en", "Alarm 64"),
        ("thermia", 0.5, "en", "Alarm 0.5"),
        ("ivt", 14, "sv-SE", "Lågtryckspressostaten har löst ut (LP) (14)"),
        ("ivt", 99, "sv", "Larm 99"),
        ("nibe", 51, "en", "Low pressure alarm (51)"),
        ("nibe", 51, "de", "Low pressure alarm (51)"),
        ("nibe", 9999, "en", "Alarm 9999"),
        ("nibe", 0, "sv", "Larm"),
        ("nibe", None, "en", "Alarm"),
    ],
)
def test_text_has_the_number_and_unknown_codes_are_shown(
    key: str, code: float | None, language: str, text: str
) -> None:
    assert alarm_text(load(key), code, active=True, language=language) == text


def test_no_active_alarm_has_no_text() -> None:
    assert alarm_text(load("ivt"), 14, active=False) is None


def test_uncertain_meanings_are_marked() -> None:
    assert load("thermia").alarms[1].sure
    assert not load("thermia").alarms[2].sure
    assert load("nibe").alarms[51].severity == "critical"


@pytest.mark.parametrize(
    ("key", "code", "severity"),
    [
        ("thermia", 8, "error"),
        ("thermia", 9, "critical"),
        ("thermia", 72, "error"),
        ("thermia", 64, None),
        ("ivt", 22, "info"),
        ("nibe", 0, None),
    ],
)
def test_severity_is_that_of_the_worst_part(
    key: str, code: float, severity: str | None
) -> None:
    assert alarm_severity(load(key), code) == severity


def test_every_severity_has_its_place() -> None:
    known = {alarm.severity for key in brands() for alarm in load(key).alarms.values()}
    assert known == set(SEVERITIES)
