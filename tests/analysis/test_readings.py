"""Stored values become readings: names, scales, signs, and what is no measurement."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.profiles import SeriesRule, load

from .factory import START, every, readings

TEMPERATURE = SeriesRule(name="t", minimum=-47.5, maximum=150.0, signed=True)


def _raw(**series: list[float]) -> pd.DataFrame:
    """Return stored values, a row each 30 s."""
    rows = len(next(iter(series.values())))
    return readings(every(30 * (rows - 1)), **series)


def _clean(rule: SeriesRule, metric: str = "supply_temp", **series: Any) -> list[float]:
    """Return the values of one metric."""
    return clean(_raw(**series), {metric: rule})[metric].to_list()


def _same(values: list[float], expected: list[float]) -> None:
    np.testing.assert_array_equal(values, expected)


@pytest.mark.parametrize(
    "stored", [-48.3, -49.0, -50.0, -3276.8, 3275.8, 150.1, np.inf, -np.inf, np.nan]
)
def test_a_sensor_that_is_not_there_measures_nothing(stored: float) -> None:
    _same(_clean(TEMPERATURE, t=[stored, 20.0]), [np.nan, 20.0])


@pytest.mark.parametrize(
    ("stored", "meant"), [(6553.5, -0.1), (6543.1, -10.5), (6506.1, -47.5)]
)
def test_a_lost_sign_is_repaired(stored: float, meant: float) -> None:
    assert _clean(TEMPERATURE, t=[stored]) == [pytest.approx(meant, abs=1e-9)]


def test_what_cannot_be_negative_keeps_its_sign() -> None:
    rule = SeriesRule(name="power", minimum=0.0)

    assert _clean(rule, "power", power=[4000.0]) == [4000.0]


def test_states_are_0_or_1() -> None:
    rule = SeriesRule(name="c", minimum=0.0, maximum=1.0)
    values = _clean(rule, "compressor", c=[0, 1, 0.5, 2, -1])

    _same(values, [0, 1, np.nan, np.nan, np.nan])


def test_percent_is_0_to_100() -> None:
    rule = SeriesRule(name="p", minimum=0.0, maximum=100.0)
    values = _clean(rule, "auxiliary_percent", p=[0, 33, 100, 101, -1])

    _same(values, [0, 33, 100, np.nan, np.nan])


def test_some_controllers_count_their_alarms() -> None:
    rule = load("ivt").metrics["alarm"].candidates[0]

    _same(_clean(rule, "alarm", alarm_status=[0, 1, 3, -1]), [0, 1, 1, np.nan])


def test_scales_follow_the_version_that_stored() -> None:
    times = every(120)
    end = (START + pd.Timedelta(seconds=60)).timestamp()
    rule = SeriesRule(name="n", scale=0.1, eras=((end - 30, 10.0), (end, 1.0)))
    values = clean(readings(times, n=[1, 2, 30, 40, 50]), {"degree_minutes": rule})

    _same(values["degree_minutes"].to_list(), [10, 2, 3, 4, 5])


def test_known_stored_values_are_replaced_and_not_scaled() -> None:
    rule = SeriesRule(name="m", scale=0.1, replace=((10.0, 1.0), (0.1, 1.0)))

    _same(_clean(rule, "operating_mode", m=[10, 0.1, 30]), [1, 1, 3])


def test_an_old_name_fills_what_todays_has_not() -> None:
    rule = SeriesRule(name="new", aliases=("old",))
    values = _clean(rule, old=[1.0, 2.0, np.nan], new=[np.nan, 5.0, np.nan])

    _same(values, [1, 5, np.nan])


def test_factors_leave_no_dust() -> None:
    rule = SeriesRule(name="d", scale=0.1)

    assert _clean(rule, "degree_minutes", d=[235.0]) == [23.5]


def test_a_metric_whose_every_value_is_dropped_is_absent() -> None:
    raw = _raw(radiator_forward=[-48.3, -48.3], outdoor_temp=[1.0, 2.0])
    rules = choose_series(raw, load("thermia"), {})

    assert set(rules) == {"outdoor_temp"}
    assert list(clean(raw, rules)) == ["outdoor_temp"]


def test_another_sensor_is_taken_where_the_usual_one_has_nothing() -> None:
    raw = _raw(heat_carrier_forward=[-48.3, -48.3], radiator_forward=[30.0, 31.0])
    rules = choose_series(raw, load("ivt"), {})

    assert rules["supply_temp"].name == "radiator_forward"
    assert clean(raw, rules)["supply_temp"].to_list() == [30, 31]


def test_a_metric_does_not_change_its_sensor() -> None:
    first = _raw(heat_carrier_forward=[-48.3, -48.3], radiator_forward=[30.0, 31.0])
    later = _raw(heat_carrier_forward=[33.0, 33.0], radiator_forward=[np.nan, 31.0])
    chosen = choose_series(first, load("ivt"), {})

    assert choose_series(later, load("ivt"), chosen) == chosen


@pytest.mark.parametrize("metric", ["power", "energy"])
def test_a_gateway_that_was_told_no_power_reports_none(metric: str) -> None:
    name = load("thermia").metrics[metric].candidates[0].name
    silent = _raw(**{name: [0.0, 0.0]})
    telling = _raw(**{name: [0.0, 10.0]})

    assert metric not in choose_series(silent, load("thermia"), {})
    assert metric in choose_series(telling, load("thermia"), {})


def test_a_chosen_metric_without_a_value_stays_a_column() -> None:
    rules = choose_series(_raw(outdoor_temp=[1.0]), load("thermia"), {})
    frame = clean(_raw(indoor_temp=[20.0, 21.0]), rules)

    assert list(frame) == ["outdoor_temp"]
    assert frame["outdoor_temp"].isna().all()
    assert len(frame) == 2


def test_nibe_has_an_alarm_while_its_code_is_not_0() -> None:
    raw = _raw(alarm_code=[0.0, 510.0, np.nan])
    rules = choose_series(raw, load("nibe"), {})
    frame = clean(raw, rules)

    _same(frame["alarm"].to_list(), [0, 1, np.nan])
    _same(frame["alarm_code"].to_list(), [0, 51, np.nan])


def test_a_code_that_stays_is_no_alarm() -> None:
    raw = _raw(alarm_code=[180.0, 180.0])
    rules = choose_series(raw, load("ivt"), {})

    assert "alarm" not in clean(raw, rules)


def test_order_and_repetition_of_rows_do_not_matter() -> None:
    raw = _raw(t=[1.0, 2.0, np.nan, 4.0])
    mixed = pd.concat([raw.iloc[[2, 0, 3]], raw.iloc[[1, 1, 0]]])
    rules = {"supply_temp": TEMPERATURE}

    pd.testing.assert_frame_equal(
        clean(mixed, rules), clean(raw, rules), check_freq=False
    )


def test_nothing_stored_gives_no_readings() -> None:
    raw = _raw(t=[1.0]).iloc[:0]
    frame = clean(raw, {"supply_temp": TEMPERATURE})

    assert frame.empty
    assert list(frame) == ["supply_temp"]
    assert isinstance(frame.index, pd.DatetimeIndex)
    assert choose_series(raw[[]], load("nibe"), {}) == {}


def test_readings_are_not_the_stored_values() -> None:
    raw = _raw(t=[-48.3, 1.0])
    clean(raw, {"supply_temp": TEMPERATURE})

    assert raw["t"].to_list() == [-48.3, 1.0]


@pytest.mark.parametrize("none", [65535.0, 32767.0, -32768.0, 255.0, 4294967295.0])
@pytest.mark.parametrize("brand", ["thermia", "ivt", "nibe"])
def test_a_code_is_a_whole_number_and_what_says_none_raises_no_alarm(
    brand: str, none: float
) -> None:
    raw = _raw(alarm_code=[0.0, none, 20.0])
    frame = clean(raw, choose_series(raw, load(brand), {}))
    _same(frame["alarm_code"].to_list(), [0, np.nan, 2])
    assert frame["dropped"].to_list()[1] == 1
    if "alarm" in frame:
        _same(frame["alarm"].to_list(), [0, np.nan, 1])


@pytest.mark.parametrize(
    ("metric", "most"), [("alarm_code", 9999.0), ("operating_mode", 255.0)]
)
def test_a_code_has_as_many_digits_as_a_list_of_codes(metric: str, most: float) -> None:
    rule = SeriesRule(name="code")
    _same(_clean(rule, metric, code=[most, most + 1, -1]), [most, np.nan, np.nan])
