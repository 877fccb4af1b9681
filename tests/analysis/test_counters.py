"""Energy by a counter: resets, steps that cannot be, gaps."""

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.align import ENDED, align
from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.instant import instant
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.rhythm import Rhythm
from custom_components.heatpump_dashboard.analysis.samples import Samples

from .factory import HOUR, every, readings, seconds, sums
from .sane_day import CYCLE_S, DAY_S

RATED = Equipment(compressor_kw=4.0, auxiliary_max_kw=9.0)


def _energy(
    counter: list[float], equipment: Equipment | None = None
) -> dict[str, float]:
    """Return the sums of a compressor that runs, and of which a counter says how much."""
    times = every(30 * (len(counter) - 1))
    frame = readings(times, compressor=1, energy=counter)
    return sums(frame, equipment).to_dict()


def test_the_differences_of_the_counter_count() -> None:
    total = _energy(np.linspace(1000, 1003, 121).tolist())

    assert total["electricity_kwh"] == pytest.approx(3.0)
    assert total["energy_s"] == HOUR


def test_a_counter_of_whole_kwh_loses_nothing() -> None:
    total = _energy(np.floor(np.linspace(1000, 1003, 121)).tolist())

    assert total["electricity_kwh"] == pytest.approx(3.0)
    assert total["dropped_steps"] == 0


def test_a_missing_value_is_bridged() -> None:
    total = _energy([1000, 1000.1, np.nan, np.nan, 1000.4, 1000.5])

    assert total["electricity_kwh"] == pytest.approx(0.5)


def test_a_counter_that_falls_counts_from_0() -> None:
    total = _energy([1000.0, 1000.1, 0.05, 0.15])

    assert total["electricity_kwh"] == pytest.approx(0.1 + 0.05 + 0.1)
    assert total["dropped_steps"] == 0


def test_a_counter_that_was_0_for_a_moment_does_not_count_its_life() -> None:
    total = _energy([1000.0, 1000.1, 0.0, 1000.2, 1000.3])

    assert total["electricity_kwh"] == pytest.approx(0.3)
    assert total["dropped_steps"] == 1
    assert total["energy_s"] == 120


@pytest.mark.parametrize("lone", [0.0, 0.5, 999.9, 1001.0, 65535.0, 4294967295.0])
def test_a_lone_value_that_cannot_be_between_its_neighbours_counts_nothing(
    lone: float,
) -> None:
    total = _energy([1000.0, 1000.1, lone, 1000.2, 1000.3])

    assert total["electricity_kwh"] == pytest.approx(0.3)
    assert total["energy_s"] == 120
    assert total["dropped"] == total["dropped_steps"] == 1


@pytest.mark.parametrize("counter", [[0.8, 0.85, 65535.0, 0.9], [0.1, 0.2, 9.0, 0.3]])
def test_a_spike_of_a_young_counter_is_no_reset(counter: list[float]) -> None:
    total = _energy(counter)

    assert total["electricity_kwh"] == pytest.approx(counter[-1] - counter[0])


def test_several_values_that_cannot_be_count_nothing() -> None:
    total = _energy([1000.0, 1000.1, 65535.0, 65535.0, 65535.0, 1000.2, 1000.3])

    assert total["electricity_kwh"] == pytest.approx(0.2)


def test_a_counter_of_tenths_takes_no_whole_kwh_at_once() -> None:
    total = _energy([1000.1, 1000.2, 1001.1, 1001.2])

    assert total["electricity_kwh"] == pytest.approx(0.2)
    assert total["dropped_steps"] == 1


def test_a_step_beyond_the_rated_power_is_dropped_and_reported() -> None:
    jump = [1000.0, 1000.1, 1005.0, 1005.1]

    assert _energy(jump, RATED)["dropped_steps"] == 1
    assert _energy(jump, RATED)["electricity_kwh"] == pytest.approx(0.2)


def test_the_energy_of_a_gap_belongs_to_no_moment() -> None:
    times = seconds(np.arange(0, 630, 30.0), np.arange(7200, 7830, 30.0))
    counter = np.concatenate([np.linspace(0, 0.5, 21), np.linspace(6, 6.5, 21)])
    total = sums(readings(times, compressor=1, energy=counter))

    assert total["electricity_kwh"] == pytest.approx(1.0)
    assert total["energy_s"] == 1200
    assert total["heating_s"] == 1200 + 90


def test_heat_and_electricity_share_the_gaps_of_the_counter() -> None:
    frame = readings(
        every(180),
        compressor=1,
        supply_temp=40,
        return_temp=35,
        energy=[0, 0.025, 999, 999.025, 999.05, 999.075, 999.1],
    )
    total = sums(frame)

    assert total["energy_s"] == 150
    assert total["heat_kwh"] / total["electricity_kwh"] == pytest.approx(4.5)


def test_a_counter_beside_a_power_series_is_not_asked() -> None:
    frame = readings(every(60), compressor=1, power=3000, energy=[0, 5000, 5001])

    assert sums(frame)["dropped_steps"] == 0
    assert sums(frame)["electricity_kwh"] == pytest.approx(3.0 / 60)


NAN = float("nan")


def _paused(counts: dict[int, float], *, polled: bool = False) -> list[float]:
    """Return the power (kW) of each minute by a counter that told these, by minute.

    An hour in which the compressor rests until minute 40, and its state is told each
    minute.
    """
    minutes = np.arange(61)
    told = [counts.get(minute, NAN) for minute in minutes]
    frame = readings(every(3600, 60), compressor=minutes >= 40, energy=told)
    changing = frozenset(("energy",)) - ({"energy"} if polled else set())
    aligned = align(frame, Rhythm(on_change=changing))
    power = operation_of(aligned, Equipment()).electricity
    return np.round(power[:-1], 6).tolist()


def test_a_counter_on_change_stands_still_until_it_says_another_value() -> None:
    """Then it has counted in the end; polled it is not known when."""
    counts = {0: 100.0, 42: 100.1, 44: 100.2}
    minutes = [0.0] * 41 + [6.0] + [3.0] * 2 + [NAN] * 16
    np.testing.assert_equal(_paused(counts), minutes)
    np.testing.assert_equal(
        _paused(counts, polled=True), [NAN] * 42 + [3.0] * 2 + [NAN] * 16
    )


def test_a_counter_of_whole_kwh_on_change_counts_them_where_it_says_so() -> None:
    power = _paused({0: 100.0, 10: 101.0, 55: 102.0})
    expected = np.zeros(60)
    expected[[9, 54]] = 60.0
    np.testing.assert_equal(power[:55], expected[:55])


def test_a_counter_on_change_that_says_nothing_more_stands_still_at_rest() -> None:
    """What it counts while the compressor runs is not known before it says so."""
    np.testing.assert_equal(_paused({0: 100.0}), [0.0] * 40 + [NAN] * 20)
    np.testing.assert_equal(_paused({0: 100.0, 20: ENDED}), [0.0] * 20 + [NAN] * 40)


@pytest.mark.parametrize(
    ("counts", "known_from"),
    [
        # More than there can be in half a minute: since it was asked last, which it
        # is every five minutes,
        ({0: 100.0, 45: 101.23, 50: 101.5}, 40),
        # or once in an hour: it is not known when.
        ({0: 100.0, 45: 101.23}, 45),
        # It was not there meanwhile.
        ({0: 100.0, 20: ENDED, 45: 100.1, 50: 100.2}, 45),
    ],
)
def test_what_was_counted_in_a_pause_is_not_put_anywhere(
    counts: dict[int, float], known_from: int
) -> None:
    power = np.array(_paused(counts))
    known = known_from == 40
    np.testing.assert_equal(power[:40], 0.0 if known else NAN)
    if known:
        np.testing.assert_allclose(power[40:45], 1.23 * 12)


def test_an_hour_without_anything_is_not_known_of_a_counter_on_change() -> None:
    times = seconds(0.0, 60.0, 4000.0, 4060.0, 4120.0)
    frame = readings(times, compressor=0, energy=[100.0, NAN, NAN, 100.1, NAN])
    aligned = align(frame, Rhythm(on_change=frozenset(("energy",))))
    power = operation_of(aligned, Equipment()).electricity
    assert np.isnan(power[:-1]).all()


def test_a_counter_on_change_is_there_though_it_says_nothing_for_hours() -> None:
    """What the compressor is said to take does not stand in for it."""
    hours = 3
    frame = readings(every(hours * HOUR), compressor=0, energy=NAN)
    frame.loc[frame.index[0], "energy"] = 100.0
    frame.loc[frame.index[-2], "energy"] = 101.0
    aligned = align(frame, Rhythm(on_change=frozenset(("energy",))))
    power = operation_of(aligned, RATED).electricity
    assert (power[:-3] == 0).all()
    assert power[-3] == pytest.approx(120)


def _seldom_read(
    interval_s: float, counts_kwh: float, phase_s: float, **others: float
) -> dict[str, float]:
    """Return the sums of a day of 20 min on and 20 min off: 3 kW, COP 4.5."""
    into = np.arange(phase_s, DAY_S, interval_s)
    on_s = into // CYCLE_S * CYCLE_S / 2 + np.minimum(into % CYCLE_S, CYCLE_S / 2)
    counted = {
        name: np.floor((begun + kw * on_s / HOUR) / counts_kwh + 1e-9) * counts_kwh
        for name, begun, kw in (("energy", 12_000, 3.0), ("heat_energy", 54_000, 13.5))
    }
    on = (into % CYCLE_S < CYCLE_S / 2).astype(float)
    beside = {name: on * value for name, value in others.items()}
    return sums(readings(seconds(into), compressor=on, **counted, **beside)).to_dict()


@pytest.mark.parametrize("interval_s", [300, 600, 900])
@pytest.mark.parametrize(("counts_kwh", "within"), [(0.01, 0.002), (1.0, 0.03)])
@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5, 0.9])
def test_what_is_counted_while_a_compressor_starts_or_stops_is_its_own(
    interval_s: float, counts_kwh: float, within: float, phase: float
) -> None:
    total = _seldom_read(interval_s, counts_kwh, phase * interval_s, hot_water_valve=1)

    assert total["electricity_kwh"] == pytest.approx(36, abs=1.1)
    assert total["standby_kwh"] == 0
    assert total["compressor_electricity_kwh"] == total["electricity_kwh"]
    assert total["electricity_hot_water_kwh"] == total["electricity_kwh"]
    assert total["compressor_heat_kwh"] == total["heat_kwh"]
    assert total["heat_hot_water_kwh"] == total["heat_kwh"]
    assert total["heat_kwh"] / total["electricity_kwh"] == pytest.approx(
        4.5, rel=within
    )


def test_beside_a_power_only_the_heat_is_counted() -> None:
    total = _seldom_read(600, 0.1, 300, power=3000)

    assert total["compressor_electricity_kwh"] == pytest.approx(36, rel=0.03)
    assert total["compressor_heat_kwh"] == pytest.approx(162, rel=0.03)


def test_what_a_compressor_counts_is_its_own_between_two_looks_at_the_counter() -> None:
    """The counter every ten minutes, the compressor every half."""
    into = np.arange(0, DAY_S, 30.0)
    on = into % CYCLE_S < CYCLE_S / 2
    counter = 100 + np.cumsum(np.append(0.0, on[:-1])) * 30 * 3.0 / HOUR
    counter[into % 600 != 300] = np.nan
    total = sums(readings(seconds(into), compressor=on.astype(float), energy=counter))

    assert total["compressor_electricity_kwh"] == pytest.approx(36, rel=0.03)
    assert total["standby_kwh"] == 0


def _beside_a_run(**beside: np.ndarray | float) -> dict[str, float]:
    """Return the sums of 20 min at rest and 20 min of running, read every ten minutes.

    3 kW and COP 4 while it runs, from the middle between two readings on.
    """
    into = np.arange(300, DAY_S, 600.0)
    on_s = into // CYCLE_S * CYCLE_S / 2 + np.maximum(into % CYCLE_S - CYCLE_S / 2, 0)
    on = (into % CYCLE_S >= CYCLE_S / 2).astype(float)
    counted = {"energy": 3.0 * on_s / HOUR, "heat_energy": 12.0 * on_s / HOUR}
    for name, value in beside.items():
        if name in counted:
            counted[name] = counted[name] + value
    others = {name: v for name, v in beside.items() if name not in counted}
    frame = readings(seconds(into), compressor=on, **counted, **others)
    return sums(frame, Equipment(auxiliary_max_kw=6.0)).to_dict()


def test_the_heater_of_the_house_is_no_hot_water() -> None:
    into = np.arange(300, DAY_S, 600.0)
    rest_s = into - (
        into // CYCLE_S * CYCLE_S / 2 + np.maximum(into % CYCLE_S - CYCLE_S / 2, 0)
    )
    helped = 6.0 * rest_s / HOUR
    on = (into % CYCLE_S >= CYCLE_S / 2).astype(float)
    total = _beside_a_run(
        energy=helped,
        heat_energy=helped,
        hot_water_valve=on,
        auxiliary_percent=100 * (1 - on),
    )

    assert total["electricity_hot_water_kwh"] == pytest.approx(36, rel=0.3)
    assert total["heat_hot_water_kwh"] == pytest.approx(144, rel=0.2)
    assert total["electricity_kwh"] == pytest.approx(36 + 72, rel=0.03)


def test_what_a_start_takes_is_not_the_power_of_now() -> None:
    """It ran for half of an interval that nobody counts as running."""
    into = np.arange(-7230.0, 901.0, 300.0)
    on_h = np.maximum(into, 0) / HOUR
    frame = readings(
        seconds(into + 7230),
        compressor=(into >= 0).astype(float),
        energy=1000 + 3 * on_h,
        heat_energy=5000 + 12 * on_h,
    )
    operation = operation_of(Samples.of(frame), Equipment())
    basis = FigureBasis(heat="meter", electricity="meter")
    now = instant(operation, basis, interval_s=300)
    assert now.electricity_kw == pytest.approx(3.0)
    assert now.heat_kw == pytest.approx(12.0)


def test_a_counter_on_change_is_known_for_itself() -> None:
    """Its steps may be hours long: a run at their beginning is none at their end."""
    times = seconds(0.0, 60.0, 120.0, 180.0, 300.0)
    on = [1.0, 0.0, 0.0, 0.0, 0.0]
    frame = readings(times, compressor=on, energy=[100.0, NAN, NAN, NAN, 100.25])
    aligned = align(frame, Rhythm(on_change=frozenset(("energy",))))
    assert operation_of(aligned, Equipment()).driven.sum() == 1
    polled = operation_of(Samples.of(frame), Equipment())
    assert polled.driven.sum() == 4


def _ten_minutes_apart(counter: list[float]) -> dict[str, float]:
    """Return the sums of a compressor that runs, its counter read every ten minutes.

    It is known only behind the first ten that they are usual.
    """
    counter = [counter[0], *counter]
    into = every(600 * (len(counter) - 1), 600)
    return sums(readings(into, compressor=1, energy=counter)).to_dict()


@pytest.mark.parametrize("place", [3, 10, 18])
@pytest.mark.parametrize("slip", [0.01, 0.1])
def test_a_counter_of_the_day_that_slips_does_not_count_all_of_it_again(
    place: int, slip: float
) -> None:
    counter = [3 + 0.2 * count for count in range(20)]
    counter.insert(place, counter[place - 1] - slip)
    total = _ten_minutes_apart(counter)

    assert total["electricity_kwh"] == pytest.approx(3.8)
    assert total["dropped"] == total["dropped_steps"] == 1


def test_a_counter_that_slips_for_longer_counts_nothing_then() -> None:
    total = _ten_minutes_apart([4.4, 4.6, 4.8, 4.79, 4.79, 4.79, 5.0])

    assert total["electricity_kwh"] == pytest.approx(0.6)
    assert total["energy_s"] == 6 * 600


@pytest.mark.parametrize(
    ("counter", "kwh"),
    [
        ([0.1, 0.2, 0.05, 0.15], 0.25),
        ([0.01, 0.02, 0.01, 0.02], 0.03),
        ([2.0, 2.1, 0.0, 0.2], 0.3),
        ([0.5, 0.6, 0.5, 0.7], 0.8),
    ],
)
def test_a_small_counter_that_begins_anew_is_no_slip(
    counter: list[float], kwh: float
) -> None:
    assert _ten_minutes_apart(counter)["electricity_kwh"] == pytest.approx(kwh)
