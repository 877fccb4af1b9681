"""The traps other dashboards fell into, each by its name."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import events
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.instant import instant
from custom_components.heatpump_dashboard.analysis.periods import calendar
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.prices import Prices, with_cost
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import Kind, states
from custom_components.heatpump_dashboard.analysis.windows import extremes, resample
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.sources.demo.physics import stored

from .factory import HOUR, START, book, every, figures, readings, running, seconds, sums


def test_mean_of_cops() -> None:
    """10 kWh at COP 5 and 1 kWh at COP 1 (of electricity) are 51 / 11, not 3."""
    one, other = (
        running(return_temp=40 - 5 * 10 / 2.7, power=10_000),
        running(return_temp=40 - 1 / 2.7, power=1000),
    )
    other.index += pd.Timedelta(hours=2)
    rows = pd.concat([book(one), book(other)])

    assert totals(rows, 3 * HOUR, FigureBasis())["cop_system"] == pytest.approx(51 / 11)


def test_standby_auxiliary_heater_and_ramp_left_out() -> None:
    frame = running(3 * HOUR, auxiliary_percent=0)
    frame.iloc[120:240, frame.columns.get_loc("compressor")] = 0
    frame.iloc[120:240, frame.columns.get_loc("power")] = 100
    frame.iloc[240:, frame.columns.get_loc("auxiliary_percent")] = 50
    frame.iloc[240:, frame.columns.get_loc("power")] = 7500
    # The first minutes of a run: power, and hardly any heat yet.
    frame.iloc[:20, frame.columns.get_loc("return_temp")] = 39.8
    total = figures(frame, span_s=3 * HOUR)

    ramp_kwh = 2.7 * 0.2 / 6
    heat = ramp_kwh + 13.5 * 5 / 6 + 13.5
    assert total["heat_kwh"] == pytest.approx(heat)
    assert total["electricity_kwh"] == pytest.approx(3 + 0.1 + 7.5)
    assert total["cop_system"] == pytest.approx(heat / 10.6)
    assert total["cop_compressor"] == pytest.approx((heat - 4.5) / (10.5 - 4.5))


def test_24_hour_cop_called_scop() -> None:
    day = running(86_400)
    year = book(day) * 365

    assert figures(day, span_s=86_400)["cop_name"] == "period"
    assert totals(year * 0.89, 365 * 86_400, FigureBasis())["cop_name"] == "period"
    assert totals(year, 365 * 86_400, FigureBasis())["cop_name"] == "scop"


def test_spikes() -> None:
    """A run that has just begun or ended: blank, or about what the run gives."""
    frame = running(2 * HOUR, compressor=0, power=20)
    run = slice(100, 140)
    frame.iloc[run, frame.columns.get_loc("compressor")] = 1
    frame.iloc[run, frame.columns.get_loc("power")] = 3000
    # Supply and return drift apart where nothing flows, and power lags behind.
    frame.iloc[99:102, frame.columns.get_loc("return_temp")] = 15
    frame.iloc[138:144, frame.columns.get_loc("power")] = 100
    cops = [
        instant(
            operation_of(Samples.of(frame.iloc[:rows]), Equipment()), FigureBasis()
        ).cop
        for rows in range(2, len(frame))
    ]
    shown = [cop for cop in cops if cop is not None]

    assert cops[:99] == [None] * 99
    assert cops[-1] is None
    assert min(shown) > 0
    assert 4 < shown[len(shown) // 2] < 7


def test_starts_undercounted() -> None:
    frame = readings(every(86_400), compressor=np.arange(2881) % 4 == 3)

    assert [resample(book(frame), step)["starts"].sum() for step in (300, 7200)] == [
        720,
        720,
    ]


def test_alarm_code_averaged() -> None:
    frame = readings(seconds(0.0, 30.0, 60.0), alarm_code=[10.0, 20.0, np.nan])
    hours = resample(extremes(frame), HOUR)

    assert hours["alarm_code|last"].tolist() == [20]
    assert not {"alarm_code|sum", "alarm_code|min"} & set(hours.columns)


def test_alarm_that_changes_without_0_between() -> None:
    codes = [0.0, 10.0, 10.0, 20.0, 0.0]
    frame = readings(every(120), alarm=np.sign(codes), alarm_code=codes)
    stream = states(
        operation_of(Samples.of(frame), Equipment()),
        Equipment(),
        START,
        latched_alarm=False,
    )
    told = [
        (event.before, event.value)
        for event in events(stream, book(frame))
        if event.kind is Kind.ALARM
    ]

    assert told == [(0, 10), (10, 20), (20, 0)]


@pytest.mark.parametrize(
    ("brand", "series", "missing"),
    [
        ("ivt", "heat_carrier_return", -48.3),
        ("nibe", "heat_carrier_return", 3275.8),
        ("nibe", "heat_carrier_return", -3276.8),
        ("thermia", "radiator_return", -50.0),
    ],
)
def test_minus_48_degrees_when_missing(brand: str, series: str, missing: float) -> None:
    raw = readings(every(90), **{series: [30.0, missing, 31.0, 31.0]})
    frame = clean(raw, choose_series(raw, load(brand), {}))
    windows = extremes(frame)

    assert windows["return_temp|min"].tolist() == [30]
    assert windows["return_temp|max"].tolist() == [31]
    mean = windows["return_temp|sum"] / windows["return_temp|s"]
    assert mean.tolist() == pytest.approx([30.5], abs=1e-4)


def test_gap_counted_as_running() -> None:
    times = seconds(np.arange(0, 601, 30.0), np.arange(36_000, 36_601, 30.0))
    frame = readings(times, compressor=1, supply_temp=40, return_temp=35, power=3000)
    total = figures(frame, span_s=36_600)

    assert total["compressor_s"] == 1200 + 90
    assert total["electricity_kwh"] == pytest.approx(3.0 * 1290 / HOUR)
    assert total["coverage"] == pytest.approx(1290 / 36_600)


def test_hot_water_heat_with_radiator_sensors() -> None:
    frame = running(hot_water_valve=1)

    assert "hot_water" in figures(frame, hot_water_estimated=True)["estimated"]
    assert load("thermia").hot_water_estimated
    for brand in ("ivt", "nibe"):
        assert not load(brand).hot_water_estimated
        sensor = load(brand).metrics["supply_temp"].candidates[0]
        assert sensor.name.startswith("heat_carrier")


def test_negative_delta_t_and_after_run() -> None:
    frame = running(return_temp=[42] * 12 + [35] * 109)
    total = figures(frame)

    assert total["negative_heat_kwh"] == pytest.approx(2.7 * 2 * 0.1)
    assert total["heat_kwh"] == pytest.approx(13.5 * 0.9 - 2.7 * 2 * 0.1)


def test_electricity_and_heat_not_simultaneous() -> None:
    frame = running()
    frame.iloc[:20, frame.columns.get_loc("power")] = np.nan
    frame.iloc[-41:, frame.columns.get_loc("supply_temp")] = np.nan
    total = figures(frame)

    assert total["energy_s"] == 1800
    assert total["heat_kwh"] == pytest.approx(13.5 / 2)
    assert total["electricity_kwh"] == pytest.approx(3.0 / 2)


def test_runtime_as_100_minus_compressor_minus_auxiliary_heater() -> None:
    frame = running(
        auxiliary_percent=[50] * 60 + [0] * 61, compressor=[1] * 90 + [0] * 31
    )
    total = figures(frame, auxiliary="state")

    modes = [
        total[f"{mode}_s"] for mode in ("heating", "hot_water", "auxiliary", "idle")
    ]
    assert modes == [2700, 0, 0, 900]
    assert sum(modes) == total["covered_s"]
    assert total["auxiliary_on_s"] == 1800


def test_counter_reset_and_offline_0() -> None:
    frame = readings(
        every(150), compressor=1, energy=[9000, 9000.02, 0, 9000.04, 0.02, 0.04]
    )

    assert sums(frame)["electricity_kwh"] == pytest.approx(0.02 + 0.02 + 0.02 + 0.02)
    assert sums(frame)["dropped_steps"] == 1


def test_auxiliary_heater_as_runtime_times_a_half() -> None:
    frame = running(
        power=12_000, auxiliary_step_1=1, auxiliary_step_2=[1] * 60 + [0] * 61
    )
    equipment = Equipment(auxiliary_step_kw=(3, 6), auxiliary_max_kw=9)

    assert sums(frame, equipment)["auxiliary_kwh"] == pytest.approx(3 + 3)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_dst_and_time_zone_day_edges(day: str, hours: int) -> None:
    zone = ZoneInfo("Europe/Stockholm")
    noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=zone)
    today = calendar(noon.astimezone(UTC), zone)["today"]
    around = running((hours + 48) * HOUR)
    around.index += today.start - START - timedelta(days=1)
    rows = book(around)
    rows = rows[(rows.index >= today.start) & (rows.index < today.end)]
    total = totals(rows, (today.end - today.start).total_seconds(), FigureBasis())

    assert total["compressor_s"] == hours * HOUR
    assert total["heat_kwh"] == pytest.approx(13.5 * hours)
    assert total["coverage"] == 1


@pytest.mark.parametrize("watts", [30.0, 300.0, 3000.0])
def test_watts_or_kilowatts_guessed(watts: float) -> None:
    assert sums(running(power=watts))["electricity_kwh"] == pytest.approx(watts / 1000)


def test_price_ignored() -> None:
    """Each window at the price in force in it, not all at one."""
    rows = book(running(2 * HOUR))
    begin = START.timestamp()
    prices = Prices.of([(begin, 1.0), (begin + HOUR, 3.0)])
    total = totals(with_cost(rows, prices), 2 * HOUR, FigureBasis())

    assert total["cost"] == pytest.approx(3.0 * 1 + 3.0 * 3)


def test_names_of_nibes_series() -> None:
    """What the collector really stores, and what is said to be missing."""
    stop = datetime(2026, 1, 20, tzinfo=UTC)
    nibe = load("nibe")
    rules = choose_series(stored("nibe", stop - timedelta(days=1), stop), nibe, {})

    assert rules["hot_water_temp"].name == "warm_water_top"
    assert rules["degree_minutes"].name == "degree_minutes_integral"
    assert "power" not in rules
    assert {"power", "energy"} <= set(nibe.missing)


def test_whole_degree_temperatures() -> None:
    """Whole degrees of a slow drift: the mean is right, and the doubt is shown."""
    times = every(6 * HOUR)
    into = np.asarray((times - START).total_seconds())
    exact = 5 + 0.8 * np.sin(into / 500)
    frame = readings(
        times,
        compressor=1,
        supply_temp=np.round(38 + 2 * np.sin(into / 3000)),
        return_temp=np.round(38 + 2 * np.sin(into / 3000) - exact),
        power=3000,
    )
    total = figures(frame, span_s=6 * HOUR, delta_t_k=0.4082, calibration="plate")

    assert total["heat_kwh"] == pytest.approx(2.7 * exact.mean() * 6, rel=0.02)
    assert total["cop_uncertainty"] > 0.09 * total["cop_compressor"]


def test_range_exclusion() -> None:
    """A run that is still going on, and one that began before: both count in full."""
    frame = running(2 * HOUR, compressor=[0] * 20 + [1] * 221)
    windows = book(frame)
    last_hour = windows[windows.index >= START + pd.Timedelta(hours=1)]

    assert totals(windows, 2 * HOUR, FigureBasis())["starts"] == 1
    assert totals(last_hour, HOUR, FigureBasis())["compressor_s"] == HOUR
    assert totals(last_hour, HOUR, FigureBasis())["starts"] == 0
