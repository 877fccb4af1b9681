"""Energy by a counter: resets, steps that cannot be, gaps."""

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment

from .factory import HOUR, every, readings, seconds, sums

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
