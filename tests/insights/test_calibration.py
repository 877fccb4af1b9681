"""Flow factors without a meter, with the reference numbers of the specification."""

import pytest

from custom_components.heatpump_dashboard.insights.calibration import (
    Estimate,
    by_brine_flow,
    by_heat_counter,
    by_heater_sums,
    by_plate,
    by_tank,
    is_possible,
    offset,
    rated_delta_t,
    together,
)

HOUR = 3600.0
# One step: the kW that it takes, and the K that supply − return grows by.
STEP = (3.0, 6.6 - 4.8)


def steady(hours: float, supply: float, back: float, brine: float | None = 0.0):
    """Return the sums of so many hours of steady heating."""
    seconds = hours * HOUR
    brine_s = 0.0 if brine is None else seconds
    return {
        "steady_heating_s": seconds,
        "steady_heating_supply_ks": supply * seconds,
        "steady_heating_return_ks": back * seconds,
        "steady_heating_brine_s": brine_s,
        "steady_heating_brine_in_ks": (brine or 0.0) * brine_s,
    }


def estimate(factor: float, share: float) -> Estimate:
    return Estimate(method="plate", factor=factor, sigma=share * factor, count=1)


def test_a_step_of_the_heater() -> None:
    """3.0 kW from 4.8 to 6.6 K: 1.667 kW/K, less what the compressor gives less."""
    found = by_heater_sums(*STEP, 1, digits=1)

    assert found is not None
    assert found.factor * 1.03 == pytest.approx(1.667, abs=5e-4)
    assert found.sigma / found.factor == pytest.approx(0.054, abs=1e-3)


@pytest.mark.parametrize(
    ("count", "digits", "share"),
    [(1, 0, 0.149), (20, 0, 0.061), (20, 1, 0.052), (20, 2, 0.052)],
)
def test_steps_are_as_sure_as_sensors_and_power_are(
    count: int, digits: int, share: float
) -> None:
    kw, kelvin = STEP
    found = by_heater_sums(count * kw, count * kelvin, count, digits)

    assert found is not None
    assert found.count == count
    assert found.sigma / found.factor == pytest.approx(share, abs=1e-3)


def test_a_step_that_does_not_show_says_nothing() -> None:
    assert by_heater_sums(0.0, 0.0, 0, 1) is None
    assert by_heater_sums(3.0, 0.0, 1, 1) is None


def test_the_plate() -> None:
    """9.64 kW at 5.8 K: 1.662 kW/K."""
    found = by_plate(9.64, 5.8, 40 * HOUR)

    assert found.factor == pytest.approx(1.662, abs=5e-4)
    assert found.sigma == pytest.approx(0.08 * 1.662, rel=1e-3)
    assert found.count == 40


def test_the_difference_at_the_conditions_of_the_plate() -> None:
    assert rated_delta_t(steady(5, 35, 30)) == pytest.approx(5.0)
    # 10 K more supply: 3 % less capacity, and as much less difference.
    assert rated_delta_t(steady(5, 45, 45 - 4.85)) == pytest.approx(5.0)
    # 4 K warmer brine: 10 % more.
    assert rated_delta_t(steady(5, 35, 29.5, brine=4)) == pytest.approx(5.0)
    assert rated_delta_t(steady(5, 35, 30, brine=None)) == pytest.approx(5.0)
    assert rated_delta_t(steady(5, 35, 29.7), offset_k=0.3) == pytest.approx(5.0)


def test_no_difference_of_a_few_runs_or_of_hardly_any_kelvin() -> None:
    assert rated_delta_t(steady(2.9, 35, 30)) is None
    assert rated_delta_t(steady(0, 0, 0)) is None
    assert rated_delta_t(steady(50, 35, 34.1)) is None
    assert rated_delta_t(steady(50, 35, 40)) is None


def test_the_heat_counter() -> None:
    """120 kWh over Σ 160,000 K·s: 2.7 kW/K."""
    found = by_heat_counter(120, 160_000, 40)

    assert found is not None
    assert found.factor == pytest.approx(2.7)
    assert found.sigma / found.factor == pytest.approx(0.054, abs=1e-3)
    assert found.count == 120


@pytest.mark.parametrize(
    "counted", [(99, 160_000, 33), (120, 0, 40), (120, 160_000, 0)]
)
def test_a_counter_that_has_counted_too_little(counted: tuple[float, ...]) -> None:
    assert by_heat_counter(*counted) is None


@pytest.mark.parametrize("electricity_kwh", [119, 61, 19])
def test_a_counter_that_counts_something_else_than_delivered_heat(
    electricity_kwh: float,
) -> None:
    assert by_heat_counter(120, 160_000, electricity_kwh) is None


def test_the_tank() -> None:
    """180 l from 42 to 52 °C hold 2.093 kWh; most charges have draws in them."""
    true_kelvin_h = 2.093 / 1.66
    seen = [0.98 * n / 40 for n in range(4, 45)]
    charges = [(10.0, true_kelvin_h / share) for share in seen]
    found = by_tank(charges, 180)

    assert found is not None
    assert found.factor == pytest.approx(1.66, rel=1e-3)
    assert found.sigma / found.factor == pytest.approx(0.15)
    assert found.count == 41


def test_a_tank_of_which_little_is_known() -> None:
    charges = [(10.0, 1.3)] * 29

    assert by_tank(charges, 180) is None
    assert by_tank([*charges, (10.0, 0.0)], 180) is None
    assert by_tank([*charges, (10.0, 1.3)], 0) is None


def test_the_flow_of_the_brine() -> None:
    """0.95 · 2.0 + 1.765 · 3.4 = 7.9 kW over 4.76 K."""
    found = by_brine_flow(2.0, 1.765, 3.4, 4.76)

    assert found is not None
    assert found.factor == pytest.approx(1.66, abs=5e-3)
    assert by_brine_flow(2.0, 1.765, 0.9, 4.76) is None
    assert by_brine_flow(2.0, 1.765, 3.4, 0.9) is None


def test_methods_together() -> None:
    found = together(
        [estimate(1.667, 0.035), estimate(1.60, 0.15), estimate(1.66, 0.08)]
    )

    assert found is not None
    assert found.factor == pytest.approx(1.663, abs=5e-4)
    assert found.sigma / found.factor == pytest.approx(0.031, abs=5e-4)
    assert found.count == 3


def test_methods_that_cannot_both_be_right_say_nothing() -> None:
    assert together([estimate(1.66, 0.05), estimate(2.7, 0.05)]) is None
    assert together([estimate(1.66, 0.05)]) is None
    assert together([]) is None


@pytest.mark.parametrize(
    ("cop", "possible"),
    [(1.79, False), (1.8, True), (6.0, True), (6.1, False), (None, True)],
)
def test_a_cop_that_no_heat_pump_has(cop: float | None, possible: bool) -> None:
    assert is_possible(cop) is possible


def test_a_pair_of_sensors_that_does_not_agree() -> None:
    rest = {"idle_delta_t_s": 10 * HOUR, "idle_delta_t_ks": 0.3 * 10 * HOUR}

    assert offset(rest) == pytest.approx(0.3)
    assert offset({"idle_delta_t_s": 5 * HOUR, "idle_delta_t_ks": 0.0}) is None
