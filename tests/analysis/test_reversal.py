"""A heat pump that draws heat out of its water: it cools, or it thaws its ice."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.instant import instant, states_now
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.steady import STEADY_FLOWS
from custom_components.heatpump_dashboard.analysis.windows import ledger

from .factory import FAR, HOUR, START, book, every, figures, readings, running, sums

BASIS = FigureBasis(heat="factor", electricity="gateway")
SUMMER = {"outdoor_temp": 26.0, "supply_temp": 12.0, "return_temp": 16.0, "power": 800}
# For eight minutes of an hour of heating, in frost.
ICE = np.arange(121)
ICE = (ICE >= 60) & (ICE < 76)
THAWING: dict[str, Any] = {
    "outdoor_temp": -2.0,
    "supply_temp": np.where(ICE, 28.0, 36.0),
    "return_temp": np.where(ICE, 32.0, 31.0),
}
BRINE = {"brine_in_temp": 4.0, "brine_out_temp": 1.0}


def mode(frame: pd.DataFrame) -> str | None:
    """Return what it does at the end."""
    return states_now(Samples.of(frame), Equipment(), latched_alarm=False).mode


def test_cooling_is_negative_heat_with_a_word_and_no_cop() -> None:
    frame = running(**SUMMER)
    total = figures(frame)
    assert total["heat_kwh"] == pytest.approx(-2.7 * 4)
    assert total["cooling_kwh"] == total["negative_heat_kwh"] == -total["heat_kwh"]
    assert total["cooling_electricity_kwh"] == pytest.approx(0.8)
    assert total["electricity_kwh"] == pytest.approx(0.8)
    assert total["cooling_s"] == total["heating_s"] == HOUR
    assert total["cop_compressor"] is total["cop_system"] is None
    assert total["cop_reason"] == total["cop_system_reason"] == "cooling"
    assert mode(frame) == "cooling"
    now = instant(operation_of(Samples.of(frame), Equipment()), BASIS)
    assert (now.cop, now.reason) == (None, "cooling")
    assert now.heat_kw == pytest.approx(-2.7 * 4)


METERED = Equipment(heat_meter=True)


def test_what_a_meter_of_heat_counts_of_cold_is_cold() -> None:
    """Its register only grows, whichever way the heat flows."""
    frame = running(**SUMMER, heat_energy=np.linspace(100, 104.8, 121))
    total = figures(frame, METERED, heat="meter")
    assert total["heat_kwh"] == pytest.approx(-4.8)
    assert total["cooling_kwh"] == total["negative_heat_kwh"] == pytest.approx(4.8)
    assert total["cooling_electricity_kwh"] == pytest.approx(0.8)
    assert total["cop_reason"] == total["cop_system_reason"] == "cooling"
    assert total["cop_compressor"] is total["cop_system"] is None


@pytest.mark.parametrize("begun", [1000.0, 5.0])
@pytest.mark.parametrize("said", [{}, {"cooling": 1.0}])
def test_what_a_meter_takes_back_while_it_cools_is_cold(
    begun: float, said: dict[str, float]
) -> None:
    """A signed one, however much it has counted: that is no reset."""
    counter = np.linspace(begun, begun - 4.8, 121)
    total = figures(
        running(**SUMMER | said, heat_energy=counter), METERED, heat="meter"
    )
    assert total["heat_kwh"] == pytest.approx(-4.8)
    assert total["cooling_kwh"] == total["negative_heat_kwh"] == -total["heat_kwh"]
    assert total["dropped"] == 0
    assert total["energy_s"] == HOUR


@pytest.mark.parametrize("late", [0, 8])
@pytest.mark.parametrize("begun", [1000.0, 9.0])
@pytest.mark.parametrize("resolution", [0.01, 0.1, 1.0])
def test_what_a_meter_takes_back_while_it_thaws_counts_against_heating(
    begun: float, resolution: float, late: int
) -> None:
    """Also where it tells it some minutes after the ice is gone."""
    kw = np.roll(np.where(ICE, -10.8, 13.5), late)
    counter = begun + np.cumsum(kw) / 120
    counter = np.round(np.floor(counter / resolution) * resolution, 2)
    frame = running(**THAWING, heat_energy=counter)
    total = figures(frame, METERED, heat="meter")
    assert total["heat_kwh"] == pytest.approx(counter[-1] - counter[0])
    assert total["dropped"] == 0
    assert total["energy_s"] == HOUR
    pieces = pd.concat(
        ledger(frame, METERED, START + begin, START + begin + pd.Timedelta(minutes=12))
        for begin in pd.timedelta_range("0min", "60min", freq="12min")
    )
    assert pieces["heat_kwh"].sum() == pytest.approx(total["heat_kwh"])


@pytest.mark.parametrize(
    ("counter", "heat_kwh"),
    [
        # It was reset, and counted its new value from 0,
        ([1000.0, 999.96, 0.04, 0.08], -0.12),
        # was 0 for a moment,
        ([1000.0, 999.96, 0.0, 999.92, 999.88], -0.12),
        # or fell by more than there can be: what follows counts.
        ([1000.0, 999.96, 900.0, 899.96], -0.08),
    ],
)
def test_a_meter_that_was_reset_while_it_cools_does_not_count_its_life(
    counter: list[float], heat_kwh: float
) -> None:
    times = every(30 * (len(counter) - 1))
    frame = readings(
        times, compressor=1, heat_energy=counter, **SUMMER | {"cooling": 1}
    )
    total = figures(frame, METERED, heat="meter")
    assert total["heat_kwh"] == pytest.approx(heat_kwh)


def test_a_meter_that_falls_while_it_heats_was_reset() -> None:
    frame = running(heat_energy=np.where(np.arange(121) < 60, 0.06, 0.05))
    assert figures(frame, METERED, heat="meter")["heat_kwh"] == pytest.approx(0.05)


@pytest.mark.parametrize("falls", [-1.0, 1.0])
def test_a_counter_beside_an_estimate_is_compared_without_the_cold(
    falls: float,
) -> None:
    """As the difference of temperatures, by which the flow factor is checked, is."""
    frame = running(**SUMMER, heat_energy=1000 + np.linspace(0, 4.8 * falls, 121))
    total = figures(frame, heat_counter=True)
    assert total["heat_meter_kwh"] == sums(frame)["delta_t_running_s"] == 0


def test_cold_that_a_meter_of_heat_does_not_count_is_not_known() -> None:
    """It is no reason to say that there was none."""
    frame = running(**SUMMER, heat_energy=100.0)
    total = figures(frame, METERED, heat="meter")
    assert total["heat_kwh"] == 0
    assert total["cooling_kwh"] is None
    assert total["cooling_s"] == HOUR
    assert total["cooling_electricity_kwh"] == pytest.approx(0.8)
    assert total["cop_reason"] == total["cop_system_reason"] == "cooling"
    assert total["cop_compressor"] is total["cop_system"] is None
    short = figures(frame.iloc[:5], METERED, heat="meter")
    assert short["cooling_kwh"] == 0


def test_a_meter_counts_hot_water_before_cold_as_heat() -> None:
    hot = np.arange(241) < 120
    frame = running(
        2 * HOUR,
        outdoor_temp=26,
        hot_water_valve=hot,
        supply_temp=np.where(hot, 50.0, 12.0),
        return_temp=np.where(hot, 45.0, 16.0),
        power=np.where(hot, 4500.0, 800.0),
        heat_energy=100 + np.cumsum(np.where(hot, 13.5, 4.0)) / 120,
    )
    total = figures(frame, METERED, 2 * HOUR, heat="meter")
    assert total["heat_hot_water_kwh"] == pytest.approx(13.5, rel=0.01)
    assert total["cooling_kwh"] == pytest.approx(4.0)
    assert total["heat_kwh"] == pytest.approx(9.5, rel=0.01)
    assert total["cop_compressor"] == pytest.approx(3.0, rel=0.01)


def test_of_heat_and_cold_together_there_is_no_cop() -> None:
    """An hour of cooling behind one of hot water: that of the hot water."""
    hot = np.arange(241) < 120
    frame = running(
        2 * HOUR,
        outdoor_temp=26,
        hot_water_valve=hot,
        supply_temp=np.where(hot, 50.0, 12.0),
        return_temp=np.where(hot, 45.0, 16.0),
        power=np.where(hot, 4500.0, 800.0),
    )
    total = figures(frame, span_s=2 * HOUR)
    assert total["cop_compressor"] == pytest.approx(3.0)
    assert total["cop_system"] == pytest.approx(3.0)
    assert total["heat_kwh"] == pytest.approx(13.5 - 10.8)
    assert total["heat_hot_water_kwh"] == pytest.approx(13.5)
    # Of the last fifteen minutes, too, when it has cooled for five of them.
    now = instant(operation_of(Samples.of(frame.iloc[:131]), Equipment()), BASIS)
    assert now.cop == pytest.approx(3.0)


def test_thawing_is_a_part_of_heating_whose_heat_and_electricity_count() -> None:
    frame = running(**THAWING)
    total = figures(frame)
    assert total["defrost_s"] == 480
    assert total["cooling_s"] == total["cooling_kwh"] == 0
    assert total["heat_kwh"] == pytest.approx(2.7 * (5 * 52 - 4 * 8) / 60)
    assert total["cop_compressor"] == pytest.approx(total["heat_kwh"] / 3)
    assert mode(frame.iloc[:70]) == "defrost"
    assert mode(frame) == "heating"
    alone = figures(frame.iloc[60:77], span_s=480)
    assert alone["cop_reason"] == "negative_heat"
    behind = ledger(frame, Equipment(), START + pd.Timedelta(minutes=30), FAR + START)
    assert behind["defrost_s"].sum() == 480


@pytest.mark.parametrize(
    ("metrics", "what"),
    [
        ({}, "cooling"),
        ({"outdoor_temp": np.nan}, "cooling"),
        # Of brine, cooled by the same compressor.
        (BRINE, "cooling"),
        # The sensors are swapped, or water flows back: nobody cools with 30 °C,
        ({"supply_temp": 30.0, "return_temp": 35.0}, "heating"),
        # nor in frost;
        ({"outdoor_temp": -5.0}, "heating"),
        # and this is rounding.
        ({"return_temp": 12.2}, "heating"),
        # It has just started, and the water stood still,
        ({"compressor": np.arange(121) >= 112}, "heating"),
        # or has cooled before.
        ({"compressor": abs(np.arange(121) - 107) > 5}, "cooling"),
        ({"hot_water_valve": 1}, "hot_water"),
        ({"compressor": 0}, "idle"),
    ],
)
def test_what_is_cooling_and_what_is_not(metrics: dict[str, Any], what: str) -> None:
    frame = running(**SUMMER | metrics)
    assert mode(frame) == what
    seconds = 30 * np.broadcast_to(frame["compressor"], 121)[:-1].sum()
    assert sums(frame)["cooling_s"] == (seconds if what == "cooling" else 0)
    assert sums(frame)["defrost_s"] == 0


@pytest.mark.parametrize(
    ("metrics", "seconds"),
    [
        ({}, 480),
        ({"outdoor_temp": np.nan}, 480),
        # With brine there is no ice, in mild air neither.
        (BRINE, 0),
        ({"outdoor_temp": 12.0}, 0),
        # It was hot water, or rest, before: the pipes are warm still.
        ({"hot_water_valve": np.arange(121) < 60}, 0),
        ({"compressor": np.arange(121) >= 60}, 0),
        # What lasts for longer is another thing, and is no ice after a while.
        ({"supply_temp": 28.0, "return_temp": np.where(ICE | ~ICE, 32.0, 0)}, 0),
        ({"supply_temp": np.where(np.arange(121) < 60, 36.0, 28.0)}, 900),
    ],
)
def test_what_is_thawing_and_what_is_not(
    metrics: dict[str, Any], seconds: float
) -> None:
    assert sums(running(**THAWING | metrics))["defrost_s"] == seconds


@pytest.mark.parametrize("case", [SUMMER, THAWING])
def test_neither_is_steady_running(case: dict[str, Any]) -> None:
    """Of which the insights are made."""
    table = ledger(running(**case), Equipment(), START, FAR + START)
    steady = table[[name for name in STEADY_FLOWS if name.endswith("heating_s")]]
    lasts = HOUR if case is THAWING else 0
    assert steady.sum().sum() == max(lasts - 600 - 480, 0)


# Ten hours of a day in July, 25 minutes of each: it takes two to cool the water.
CYCLE = np.arange(1200) % 120
COOLS = (CYCLE >= 60) & (CYCLE < 110)
JULY = readings(
    every(1200 * 30 - 30),
    compressor=COOLS,
    outdoor_temp=26.0,
    supply_temp=np.where(COOLS, np.maximum(16 - (CYCLE - 60) / 2, 12), 16.0),
    return_temp=16.0,
    power=np.where(COOLS, 800.0, 0.0),
    circulation_pump=1.0,
)


def test_what_cools_is_cooling_from_its_start_and_no_run_of_heating() -> None:
    total = sums(JULY)
    assert total["starts"] == 10
    assert total["heating_runs"] == total["heating_runs_short"] == 0
    # The first five minutes of all, and then until the water is colder.
    assert total["heating_s"] - total["cooling_s"] == 300 + 9 * 30
    assert total["heat_kwh"] + total["cooling_kwh"] == pytest.approx(
        -2.7 * sum(min(row / 2, 4) for row in range(10)) * 30 / 3600
    )
    # The cold water goes on cooling the house between the runs: it is never at rest.
    assert total["idle_delta_t_s"] == 0


def test_cooling_however_it_is_cut_is_the_same() -> None:
    whole = book(JULY)
    edges = pd.timedelta_range("0min", "600min", freq="7min")
    pieces = pd.concat(
        ledger(
            JULY[JULY.index >= START + begin - pd.Timedelta(hours=1)],
            Equipment(),
            START + begin,
            START + begin + pd.Timedelta(minutes=7),
        )
        for begin in edges
    )
    total = pieces.groupby(level=0).sum()
    pd.testing.assert_frame_equal(total, whole, check_freq=False)


def test_a_run_that_turns_to_cooling_is_none_of_heating() -> None:
    cools = np.arange(121) >= 60
    frame = running(
        compressor=(np.arange(121) >= 30) & (np.arange(121) < 110),
        outdoor_temp=18.0,
        supply_temp=np.where(cools, 12.0, 30.0),
        return_temp=np.where(cools, 16.0, 25.0),
    )
    assert sums(frame)["cooling_s"] == 50 * 30
    assert sums(frame)["heating_runs"] == 0


WARM = {"supply_temp": 40.0, "return_temp": 35.0}


@pytest.mark.parametrize(
    ("metrics", "what"),
    [
        # What it says counts, with brine, without temperatures and from the start,
        (
            SUMMER | BRINE | {"cooling": 1, "compressor": np.arange(121) >= 112},
            "cooling",
        ),
        ({"cooling": 1, "supply_temp": np.nan, "return_temp": np.nan}, "cooling"),
        (SUMMER | {"supply_temp": 21.0, "return_temp": 24.0, "cooling": 1}, "cooling"),
        (THAWING | BRINE | {"defrost": ICE}, "defrost"),
        (WARM | {"defrost": 1}, "defrost"),
        # also that it does not,
        (SUMMER | {"cooling": 0}, "heating"),
        (THAWING | {"defrost": 0}, "heating"),
        # and the temperatures where it says nothing.
        (SUMMER | {"cooling": np.nan}, "cooling"),
        (THAWING | {"defrost": np.nan}, "defrost"),
        # A thermostat that wants it cool does not make it so,
        (WARM | {"cooling": 1}, "heating"),
        (SUMMER | {"cooling": 1, "compressor": 0}, "idle"),
        (SUMMER | {"cooling": 1, "hot_water_valve": 1}, "hot_water"),
        (WARM | {"defrost": 1, "hot_water_valve": 1}, "hot_water"),
    ],
)
def test_what_it_says_itself_counts_before_what_the_temperatures_show(
    metrics: dict[str, Any], what: str
) -> None:
    frame = running(**metrics)
    if (
        metrics.keys() >= THAWING.keys()
        and metrics["supply_temp"] is THAWING["supply_temp"]
    ):
        frame = frame.iloc[:70]
    assert mode(frame) == what
    table = sums(frame)
    assert (table["cooling_s"] > 0) == (what == "cooling")
    assert (table["defrost_s"] > 0) == (what == "defrost")


def test_cold_that_only_a_meter_counts_is_told_by_what_it_says() -> None:
    frame = running(
        supply_temp=np.nan,
        return_temp=np.nan,
        power=800,
        cooling=1,
        heat_energy=np.linspace(100, 104.8, 121),
    ).drop(columns=["supply_temp", "return_temp"])
    total = figures(frame, heat="counter")
    assert total["cooling_kwh"] == -total["heat_kwh"] == pytest.approx(4.8)
    assert total["cop_reason"] == "cooling"
