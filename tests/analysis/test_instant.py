"""What is so now, and what is not known of it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.align import align
from custom_components.heatpump_dashboard.analysis.basis import FigureBasis, basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.instant import (
    Instant,
    StatesNow,
    instant,
    instant_of,
    power_kw,
    states_now,
)
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.rhythm import Rhythm
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import UNKNOWN_CODE, Kind
from custom_components.heatpump_dashboard.analysis.windows import LEDGER
from custom_components.heatpump_dashboard.profiles import SeriesRule
from tests.support.cases import read_cases

from .factory import HOUR, every, readings, running

CASES = read_cases("rolling_cop")["cases"]
STEPS = Equipment(auxiliary_step_kw=(3.0, 6.0))
NAN = np.nan


def now(frame: pd.DataFrame, *, latched: bool = False) -> StatesNow:
    return states_now(align(frame, Rhythm()), STEPS, latched_alarm=latched)


def at(**metrics: Any) -> StatesNow:
    """Return the states by one reading; what is not named is not reported."""
    return now(readings(every(0), **metrics))


def test_nothing_is_known_before_the_first_reading() -> None:
    assert now(readings(every(0)).iloc[:0]) == StatesNow()


@pytest.mark.parametrize(
    ("metrics", "mode"),
    [
        ({"compressor": 1}, "heating"),
        ({"compressor": 1, "hot_water_valve": 0}, "heating"),
        ({"compressor": 1, "hot_water_valve": 1}, "hot_water"),
        ({"compressor": 0}, "idle"),
        ({"compressor": 0, "hot_water_valve": 1}, "idle"),
        ({"compressor": 0, "hot_water_valve": NAN}, "idle"),
        ({"compressor": 0, "auxiliary_percent": 0}, "idle"),
        ({"compressor": 0, "auxiliary_percent": 33}, "auxiliary"),
        ({"compressor": 1, "auxiliary_percent": NAN}, "heating"),
        (
            {"compressor": 0, "auxiliary_step_1": 1, "auxiliary_step_2": NAN},
            "auxiliary",
        ),
        # It may be either.
        ({"compressor": 1, "hot_water_valve": NAN}, None),
        ({"compressor": 0, "auxiliary_percent": NAN}, None),
        ({"compressor": 0, "auxiliary_step_1": 0, "auxiliary_step_2": NAN}, None),
        ({"compressor": 0, "auxiliary_power": NAN, "auxiliary_percent": 0}, None),
        ({"compressor": NAN, "hot_water_valve": 1}, None),
        ({"supply_temp": 40}, None),
    ],
)
def test_the_mode_is_not_known_where_it_may_be_another(
    metrics: dict[str, float], mode: str | None
) -> None:
    found = at(**metrics)

    assert found.mode == mode
    assert (Kind.MODE in found.known) == (mode is not None)


@pytest.mark.parametrize(
    ("signs", "is_on"),
    [
        ({}, None),
        ({"auxiliary_percent": 0}, False),
        ({"auxiliary_percent": 33}, True),
        ({"auxiliary_percent": NAN}, None),
        ({"auxiliary_step_1": 0, "auxiliary_step_2": 0}, False),
        ({"auxiliary_step_1": 0, "auxiliary_step_2": 1}, True),
        ({"auxiliary_step_1": 0, "auxiliary_step_2": NAN}, None),
        ({"auxiliary_step_1": NAN, "auxiliary_step_2": 1}, True),
        ({"auxiliary_power": 0, "auxiliary_percent": NAN}, None),
        ({"auxiliary_power": NAN, "auxiliary_percent": 0}, None),
        ({"auxiliary_power": NAN, "auxiliary_percent": 50}, True),
        ({"auxiliary_power": 0.5, "auxiliary_step_1": NAN}, True),
    ],
)
def test_a_heater_is_off_only_where_every_sign_says_so(
    signs: dict[str, float], is_on: bool | None
) -> None:
    assert at(compressor=0, **signs).auxiliary is is_on
    assert at(compressor=1, **signs).auxiliary is is_on


@pytest.mark.parametrize(
    ("metrics", "is_on"),
    [
        ({"compressor": 1, "hot_water_valve": 1}, True),
        ({"compressor": 1, "hot_water_valve": 0}, False),
        ({"compressor": 0, "hot_water_valve": 1}, False),
        ({"compressor": 0, "hot_water_valve": NAN}, False),
        ({"compressor": 1, "hot_water_valve": NAN}, None),
        ({"compressor": NAN, "hot_water_valve": 1}, None),
        ({"compressor": 1}, None),
        ({"compressor": 0}, None),
    ],
)
def test_hot_water_is_charged_while_compressor_and_valve_say_so(
    metrics: dict[str, float], is_on: bool | None
) -> None:
    assert at(**metrics).hot_water is is_on


def silent_since(minutes: float, **metrics: float) -> pd.DataFrame:
    """Return an hour of readings in which these stopped so long before its end."""
    frame = readings(every(3600), compressor=1)
    values = np.arange(121) <= 120 - 2 * minutes
    for name, value in metrics.items():
        frame[name] = np.where(values, value, NAN)
    return frame


@pytest.mark.parametrize("latched", [True, False])
def test_an_alarm_that_falls_silent_is_neither_on_nor_off(*, latched: bool) -> None:
    active = {"alarm": 1.0, "alarm_code": 14.0}

    assert now(silent_since(4, **active), latched=latched).alarm == 14
    gone = now(silent_since(6, **active), latched=latched)
    assert gone.alarm is None
    assert Kind.ALARM not in gone.known


def test_a_status_that_falls_silent_leaves_a_latched_code_alone() -> None:
    frame = silent_since(6, alarm=1.0).assign(alarm_code=14.0)

    assert now(frame, latched=True).alarm is None
    assert now(frame, latched=False).alarm == 14


def test_an_alarm_without_a_code_has_none() -> None:
    assert at(alarm=1, alarm_code=0).alarm == UNKNOWN_CODE
    assert at(alarm=0, alarm_code=0).alarm == 0
    assert at(compressor=0).alarm is None


@pytest.mark.parametrize(
    "kind", [Kind.BRINE_PUMP, Kind.CIRCULATION_PUMP, Kind.HOT_WATER_VALVE]
)
def test_what_falls_silent_is_not_among_what_is_known(kind: Kind) -> None:
    metric = kind.name.lower()

    assert kind in now(silent_since(4, **{metric: 1.0})).known
    assert kind not in now(silent_since(6, **{metric: 1.0})).known


def of_rows(case: Mapping[str, Any], row: int) -> Instant:
    """Return what is said of the rows of a ledger up to and with one of them."""
    ledger = pd.DataFrame(
        {name: column for name, column in case["ledger"].items() if name != "step"}
    )
    step = case["ledger"]["step"]
    end = ledger["time"][row] / 1000 + step
    until = ledger[: row + 1]

    def sums_of_last(seconds: int) -> dict[str, float]:
        rows = until[until["time"] / 1000 >= end - seconds]
        return dict.fromkeys(LEDGER, 0.0) | rows.sum().to_dict()

    own = ledger.loc[row]
    counts = {name: case.get(name, 0.0) for name in ("count_kwh", "heat_count_kwh")}
    runs = bool(own["heating_s"] + own["hot_water_s"] > 0)
    return instant_of(sums_of_last, FigureBasis(**counts), runs=runs, step_s=step)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_cop_of_now_is_the_one_the_browser_draws(case: Mapping[str, Any]) -> None:
    found = [of_rows(case, row).cop for row in range(len(case["expected"]))]

    assert found == [
        None if cop is None else pytest.approx(cop, abs=1e-6)
        for cop in case["expected"]
    ]


def at_end(
    frame: pd.DataFrame, equipment: Equipment | None = None, **source: Any
) -> Instant:
    operation = operation_of(Samples.of(frame), equipment or Equipment())
    return instant(operation, FigureBasis(**source))


def test_cop_heat_and_power_are_those_of_the_last_15_minutes() -> None:
    found = at_end(running(return_temp=[30] * 90 + [35] * 31))

    assert found.cop == pytest.approx(4.5)
    assert found.heat_kw == pytest.approx(13.5)
    assert found.electricity_kw == pytest.approx(3)
    assert found.reason is None


def test_a_hold_that_began_before_the_window_is_cut() -> None:
    cold, last = 6 * 70, 17 * 70
    frame = readings(
        every(last, 70),
        compressor=1,
        supply_temp=40,
        return_temp=[30] * 6 + [35] * 12,
        power=3000,
    )

    assert (last - 900) % 70
    expected = pytest.approx(4.5 * (900 + cold - (last - 900)) / 900)
    assert at_end(frame).cop == expected


@pytest.mark.parametrize(
    ("minutes", "is_said"), [(0.5, False), (2, False), (4.5, False), (5, True)]
)
def test_a_start_says_nothing_for_five_minutes(
    minutes: float, *, is_said: bool
) -> None:
    """In a moment's reach of a start, temperatures and power tell of something else."""
    on = round(2 * minutes)
    frame = running(compressor=[0] * (120 - on) + [1] * (on + 1))
    found = at_end(frame)

    assert (found.cop is not None) is is_said
    assert (found.heat_kw is not None) is is_said
    assert (found.electricity_kw is not None) is is_said
    assert found.reason == (None if is_said else "just_started")
    if is_said:
        assert found.heat_kw == pytest.approx(13.5)


def test_all_three_are_blank_after_the_stop() -> None:
    found = at_end(running(compressor=[1] * 118 + [0] * 3))

    assert found == Instant(reason="not_running")


def test_a_last_reading_without_the_compressor_is_no_stop() -> None:
    """A row that arrives in halves."""
    assert at_end(running(compressor=[1] * 120 + [NAN])).cop == pytest.approx(4.5)
    silent = running(compressor=[1] * 108 + [NAN] * 13)
    assert at_end(silent) == Instant(reason="not_known")


def test_the_heater_is_no_part_of_it() -> None:
    frame = running(auxiliary_percent=33, power=6000)
    found = at_end(frame, auxiliary="state")

    assert found.heat_kw == pytest.approx(13.5 - 2.97)
    assert found.electricity_kw == pytest.approx(6 - 2.97)
    assert found.cop == pytest.approx(3.475, abs=1e-3)


def test_heat_or_power_alone_can_be_said() -> None:
    no_power = at_end(running().drop(columns="power"), electricity=None)
    assert (no_power.cop, no_power.electricity_kw) == (None, None)
    assert no_power.heat_kw == pytest.approx(13.5)
    assert no_power.reason == "no_electricity_source"

    no_heat = at_end(running().drop(columns="return_temp"), heat=None)
    assert (no_heat.cop, no_heat.heat_kw) == (None, None)
    assert no_heat.electricity_kw == pytest.approx(3)
    assert no_heat.reason == "no_heat_source"


def test_heat_that_flows_backwards_is_no_cop() -> None:
    found = at_end(running(return_temp=41))

    assert found.cop is None
    assert found.reason == "negative_heat"
    assert found.heat_kw == pytest.approx(-2.7)


@pytest.mark.parametrize(
    ("step_kwh", "hours", "is_said"),
    [(0.01, 1, True), (0.1, 1, True), (0.25, 1, True), (0.34, 2, False), (1, 2, False)],
)
def test_a_counter_is_given_an_hour_for_ten_steps(
    step_kwh: float, hours: float, *, is_said: bool
) -> None:
    """3 kW: ten steps of 0.25 kWh take 50 minutes, those of 1 kWh more than three hours."""
    rows = round(hours * 120) + 1
    counted = 3 * np.arange(rows) / 120
    energy = step_kwh * np.floor(counted / step_kwh + 1e-9)
    frame = running(hours * HOUR, energy=energy).drop(columns="power")
    found = at_end(frame, count_kwh=step_kwh)

    if is_said:
        assert found.cop == pytest.approx(4.5, rel=0.11)
        assert found.electricity_kw == pytest.approx(3, rel=0.11)
    else:
        assert found == Instant(reason="too_few_steps")


def test_before_the_first_reading_there_is_nothing() -> None:
    assert at_end(running().iloc[:0]) == Instant(reason="no_readings")
    assert at_end(running().iloc[:1]) == Instant(reason="just_started")


@pytest.mark.parametrize(
    ("metrics", "equipment", "steps"),
    [
        ({"power": 0, "energy": 1}, {}, (0, 0)),
        ({"energy": 1}, {}, (0.1, 0)),
        ({"energy": 2, "heat_energy": 0}, {}, (0.01, 1)),
        ({"heat_energy": 1, "supply_temp": 1, "return_temp": 1}, {}, (0, 0)),
        (
            {"heat_energy": 1, "supply_temp": 1, "return_temp": 1},
            {"heat_meter": True},
            (0, 0.1),
        ),
    ],
)
def test_only_what_is_counted_comes_in_steps(
    metrics: dict[str, int], equipment: dict[str, Any], steps: tuple[float, float]
) -> None:
    rules = {name: SeriesRule(name=name, digits=d) for name, d in metrics.items()}
    found = basis(rules, Equipment(**equipment))

    assert (found.count_kwh, found.heat_count_kwh) == steps


@pytest.mark.parametrize(
    ("resolution", "kw"), [(0.01, 3.0), (0.1, 3.0), (1.0, None)], ids=str
)
def test_the_power_of_now_is_no_step_of_a_counter(
    resolution: float, kw: float | None
) -> None:
    """3 kW all the time: of whole kWh there are three an hour."""
    times = every(2 * HOUR)
    count = np.floor((1000 + 3 * np.arange(len(times)) * 30 / 3600) / resolution)
    frame = running(2 * HOUR, energy=np.round(count * resolution, 2))
    operation = operation_of(Samples.of(frame.drop(columns="power")), Equipment())
    found = power_kw(operation, FigureBasis(count_kwh=resolution))
    assert found == (None if kw is None else pytest.approx(kw, rel=0.1))


def test_the_power_of_now_is_that_of_the_last_reading_that_has_one() -> None:
    frame = running(10 * 30, power=[3000.0] * 9 + [2800.0, NAN])
    operation = operation_of(Samples.of(frame), Equipment())
    assert power_kw(operation, FigureBasis()) == pytest.approx(2.8)
    silent = running(20 * 30, power=[3000.0] + [NAN] * 20)
    operation = operation_of(Samples.of(silent), Equipment())
    assert power_kw(operation, FigureBasis()) is None
    nothing = operation_of(Samples.of(silent.iloc[:0]), Equipment())
    assert power_kw(nothing, FigureBasis()) is None
