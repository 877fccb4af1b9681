"""docs/insights.md: it names functions that exist, every insight and every check."""

from importlib import import_module
from pathlib import Path
import re

import pytest

from custom_components.heatpump_dashboard import insights
from custom_components.heatpump_dashboard.insights import limits
from custom_components.heatpump_dashboard.insights.registry import QUESTIONS, answers
from tests.insights.factory import subject

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "insights.md").read_text(encoding="utf-8")
FUNCTIONS = sorted(
    set(re.findall(r"`([a-z_]+)\.([a-z_]+)`", TEXT)) - {("limits", "py")}
)


@pytest.mark.parametrize(("module", "function"), FUNCTIONS)
def test_function_exists_and_says_what_it_does(module: str, function: str) -> None:
    found = getattr(import_module(f"{insights.__name__}.{module}"), function)
    assert found.__doc__


def test_every_insight_and_every_check_is_told() -> None:
    checks = {check.id for check in answers(subject()).verdict.checks}
    assert {name for name in (*QUESTIONS, *checks) if f"`{name}`" not in TEXT} == set()
    assert len(FUNCTIONS) > 10


def percent(*shares: float) -> tuple[str, ...]:
    return tuple(f"{100 * share:g}" for share in shares)


def numbers(*values: float) -> tuple[str, ...]:
    return tuple(f"{value:g}".replace("-", "−") for value in values)


# What the document says of limits, with … for the numbers themselves.
PHRASES = (
    ("A day is whole when … % of it is known", percent(limits.DAY_COVERAGE)),
    ("the COP of the last … days", numbers(limits.COP_WINDOW_DAYS)),
    ("own first … days that span enough weather", numbers(limits.COP_FIT_DAYS)),
    ("span … °C of weather", numbers(limits.COP_FIT_OUTDOOR_K)),
    ("more than … % too low is `watch`", percent(limits.COP_WATCH)),
    ("more than … % `act`; within three", percent(limits.COP_ACT)),
    ("two of the last … days", numbers(limits.COP_SINCE_DAYS)),
    (
        "… % less heat together with hot gas that is … °C hotter",
        (
            *percent(limits.REFRIGERANT_CAPACITY),
            *numbers(limits.REFRIGERANT_HOT_GAS_K),
        ),
    ),
    ("has seemed more than … % too good", percent(limits.FLOW_GUARD[0])),
    (
        "More than … % of the heat in weather above … °C is `watch`, more than … % `act`",
        (
            *percent(limits.HEATER_SHARE[0]),
            *numbers(limits.HEATER_MILD_C),
            *percent(limits.HEATER_SHARE[1]),
        ),
    ),
    ("on days below … °C", numbers(limits.HEATER_AIR_C)),
    ("where less than … % of it is known", percent(limits.HEATER_COVERAGE)),
    ("more than … is `watch`, more than … `act`", numbers(*limits.SAFE_DAYS)),
    ("More than … W/K is water", numbers(limits.CIRCULATION_W_K)),
    ("Told above … % and two standard errors; what", percent(limits.CHANGE_FLOOR)),
    ("the supply is … °C above it", numbers(limits.CURVE_OVER_K)),
    ("the supply is … °C below that", numbers(limits.CURVE_SHORT_K)),
    (
        "the line of … days that span … K",
        numbers(limits.SIGNATURE_DAYS, limits.SIGNATURE_SPAN_K),
    ),
    (
        "the factor in use is … % from what they say, `act` from … % on",
        percent(*limits.CALIBRATION_OFF),
    ),
    (
        "… % less is `watch`, … % `act` (… and … % where",
        percent(*limits.GROUND_FALL, *limits.GROUND_FALL_WHOLE),
    ),
    ("more than … °C a year", numbers(limits.DRIFT_K_A_YEAR)),
    ("of a tank below … °C only before", numbers(limits.MOVE_LEAST_C)),
    ("known of … % of them, and of", percent(limits.YEAR_COVERAGE)),
    ("days with … hours of heating", numbers(24 * limits.CYCLING_LEAST_SHARE)),
    ("Below … min, or with a quarter", numbers(limits.CYCLING_RUN_MIN)),
    ("days with more than … % of gaps", percent(1 - limits.CYCLING_COVERAGE)),
    ("told above … % of the electricity", percent(limits.CYCLING_LOSS_SHARE)),
    ("in steps of … °C", numbers(limits.CYCLING_BIN_K)),
    ("Less than … % of the last day", percent(limits.DATA_COVERAGE)),
    ("degree minutes below …", numbers(limits.BLOCKED_DEGREE_MINUTES)),
    ("(or … below what its starts", numbers(limits.BLOCKED_BELOW)),
    ("for … min `watch`", numbers(limits.BLOCKED_MIN[0])),
    ("it left at … °C in the last three days; … °C", numbers(*limits.BRINE_OUT_C)),
    (
        "by more than … % it is `watch`, by more than … % `act`",
        percent(*limits.FLOW_GUARD),
    ),
    ("more than … °C under the stop", numbers(limits.CHARGE_SHORT_K)),
    (
        "never … °C in three hours by day, on two days of a week; never … °C in seven",
        numbers(*limits.HOT_WATER_LOW_C),
    ),
    ("below … °C (… °C) on both", numbers(*limits.ROOM_LOW_C)),
    (
        "room setpoint is below … °C",
        numbers(limits.ROOM_LOW_C[0] + limits.ROOM_BELOW_K),
    ),
    ("heat at B0/W35 … % (… %)", percent(*limits.PLAUSIBLE_PLATE)),
    ("of a week outside … to …", numbers(*limits.PLAUSIBLE_COP)),
    ("differ by … K (… K) when", numbers(*limits.PAIR_OFFSET_K)),
    ("More than … K on most", numbers(limits.PAIR_MOST_K)),
    (
        "Less than … kWh a year and less than … % of the heat",
        (
            *numbers(limits.LETTER_LEAST_KWH),
            *percent(limits.LETTER_LEAST_SHARE),
        ),
    ),
    ("differ by … % and both", numbers(limits.LETTER_LEAST_CHANGE)),
    ("weeks had … K·d", numbers(limits.LETTER_LEAST_COLD)),
)


@pytest.mark.parametrize(("phrase", "values"), PHRASES, ids=lambda each: str(each)[:40])
def test_limits_are_those_of_the_code(phrase: str, values: tuple[str, ...]) -> None:
    parts = phrase.split("…")
    told = "".join(
        part + value for part, value in zip(parts, (*values, ""), strict=True)
    )
    assert told in " ".join(TEXT.split())


def test_a_whole_day_is_the_same_in_the_panel() -> None:
    source = (ROOT / "frontend/src/history/figures.ts").read_text(encoding="utf-8")
    assert f"LEAST_COVERAGE = {limits.DAY_COVERAGE};" in source
