"""Modes, electric power, auxiliary heater and heat of single readings."""

from typing import Any

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.power import Operation, operation_of
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.water import water_kj
from tests.support.cases import read_cases

from .factory import HOUR, every, figures, readings, running, seconds, sums

# The browser's test has the same.
SHARED = read_cases("auxiliary_power")


def _operation_of(equipment: Equipment | None = None, **metrics: Any) -> Operation:
    """Return what is known at two readings of the same values."""
    frame = readings(every(30), **metrics)
    return operation_of(Samples.of(frame), equipment or Equipment())


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [pytest.param(c["metrics"], c["expected"], id=c["name"]) for c in SHARED["cases"]],
)
def test_auxiliary_power(
    metrics: dict[str, float | None], expected: float | None
) -> None:
    columns = {name: np.nan if one is None else one for name, one in metrics.items()}
    equipment = Equipment(
        auxiliary_max_kw=SHARED["auxiliary_power"],
        auxiliary_step_kw=tuple(SHARED["auxiliary_step_kw"]),
    )

    operation = _operation_of(equipment, compressor=0, **columns)

    kw = np.nan if expected is None else expected
    np.testing.assert_allclose(operation.auxiliary, [kw, kw])


def test_steps_are_parts_of_the_configured_heater() -> None:
    equipment = Equipment(auxiliary_max_kw=12, auxiliary_step_kw=(3, 6))

    assert equipment.step_kw == pytest.approx((4, 8))
    assert Equipment().step_kw == ()


@pytest.mark.parametrize(
    ("metrics", "compressor_kw", "kw"),
    [
        ({"power": 3000}, None, 3.0),
        ({"power": 3000}, 2.5, 3.0),
        ({"power": 3000, "energy": 5}, 2.5, 3.0),
        ({}, 2.5, 2.5),
        ({"auxiliary_percent": 50}, 2.5, 7.0),
        ({"compressor": 0}, 2.5, 0.0),
        ({"compressor": 0, "auxiliary_percent": 50}, 2.5, 4.5),
        ({"compressor": 0, "power": 40}, 2.5, 0.04),
        ({}, None, np.nan),
    ],
)
def test_electric_power(
    metrics: dict[str, float], compressor_kw: float | None, kw: float
) -> None:
    equipment = Equipment(compressor_kw=compressor_kw)
    operation = _operation_of(equipment, **({"compressor": 1} | metrics))

    np.testing.assert_allclose(operation.electricity, [kw, kw])


def test_a_running_compressor_takes_power() -> None:
    operation = _operation_of(
        compressor=1, supply_temp=40, return_temp=35, power=[0, 3000]
    )

    assert operation.known.tolist() == [False, True]


def test_a_power_that_is_missing_for_a_moment_is_not_guessed() -> None:
    frame = running()
    frame.iloc[20:40, frame.columns.get_loc("power")] = np.nan
    total = sums(frame, Equipment(compressor_kw=2.0))

    assert total["energy_s"] == HOUR - 600
    assert total["electricity_kwh"] == pytest.approx(3.0 * 5 / 6)


def test_before_a_power_series_began_the_configured_power_counts() -> None:
    frame = running(4 * HOUR)
    frame.iloc[:240, frame.columns.get_loc("power")] = np.nan
    total = sums(frame, Equipment(compressor_kw=2.0))

    assert total["energy_s"] == 4 * HOUR
    assert total["electricity_kwh"] == pytest.approx(2 * 2.0 + 2 * 3.0)


@pytest.mark.parametrize(
    (
        "heats_supply",
        "includes",
        "heat",
        "compressor_heat",
        "power",
        "compressor_power",
    ),
    [
        (True, True, 13.5, 13.5 - 4.5, 6.0, 6.0 - 4.5),
        (False, True, 13.5 + 4.5, 13.5, 6.0, 6.0 - 4.5),
        (True, False, 13.5, 13.5 - 4.5, 6.0 + 4.5, 6.0),
        (False, False, 13.5 + 4.5, 13.5, 6.0 + 4.5, 6.0),
    ],
)
def test_where_the_auxiliary_heater_sits(
    heats_supply: bool,
    includes: bool,
    heat: float,
    compressor_heat: float,
    power: float,
    compressor_power: float,
) -> None:
    equipment = Equipment(
        auxiliary_heats_supply=heats_supply, power_includes_auxiliary=includes
    )
    total = sums(running(power=6000, auxiliary_percent=50), equipment)

    assert total["heat_kwh"] == pytest.approx(heat)
    assert total["compressor_heat_kwh"] == pytest.approx(compressor_heat)
    assert total["electricity_kwh"] == pytest.approx(power)
    assert total["compressor_electricity_kwh"] == pytest.approx(compressor_power)
    assert total["auxiliary_kwh"] == pytest.approx(4.5)


@pytest.mark.parametrize("heats_supply", [True, False])
def test_alone_the_auxiliary_heater_gives_what_it_takes(heats_supply: bool) -> None:
    frame = running(compressor=0, auxiliary_percent=50, power=4600, return_temp=np.nan)
    total = sums(frame, Equipment(auxiliary_heats_supply=heats_supply))

    assert total["heat_kwh"] == pytest.approx(4.5)
    assert total["auxiliary_kwh"] == pytest.approx(4.5)
    assert total["electricity_kwh"] == pytest.approx(4.6)
    assert total["compressor_heat_kwh"] == total["compressor_electricity_kwh"] == 0
    assert total["standby_kwh"] == 0


def test_at_rest_there_is_no_heat_and_no_temperature_is_needed() -> None:
    total = sums(running(compressor=0, power=50, supply_temp=np.nan))

    assert total["heat_kwh"] == 0
    assert total["energy_s"] == HOUR
    assert total["standby_kwh"] == total["electricity_kwh"] == pytest.approx(0.05)


def test_a_flow_sensor_is_better_than_a_flow_factor() -> None:
    total = sums(running(flow=0.5))

    kilojoules = float(water_kj(np.array([37.5]))[0])
    assert total["heat_kwh"] == pytest.approx(0.5 * kilojoules * 5)


def test_a_heat_meter_is_better_than_a_flow() -> None:
    metered = running(heat_energy=np.linspace(0, 12, 121), flow=0.5)

    assert sums(metered, Equipment(heat_meter=True))["heat_kwh"] == pytest.approx(12)
    assert sums(metered)["heat_kwh"] != pytest.approx(12, rel=0.05)


def test_a_heat_meter_counts_at_rest_too() -> None:
    frame = running(compressor=0, power=50, heat_energy=np.linspace(0, 1, 121))

    assert sums(frame, Equipment(heat_meter=True))["heat_kwh"] == pytest.approx(1)


def test_the_pumps_own_counter_is_used_where_it_is_all_there_is() -> None:
    frame = running(heat_energy=np.linspace(0, 12, 121))
    frame = frame.drop(columns=["supply_temp", "return_temp"])

    assert sums(frame)["heat_kwh"] == pytest.approx(12)


def test_after_run() -> None:
    frame = readings(
        every(600), compressor=[1] * 10 + [0] * 11, supply_temp=40, return_temp=35
    )
    frame["power"] = np.where(frame["compressor"] == 1, 3000.0, 60.0)

    def heat(**equipment: float) -> float:
        return float(sums(frame, Equipment(**equipment))["heat_kwh"])

    running_kwh = 13.5 * 300 / HOUR
    assert heat() == pytest.approx(running_kwh)
    assert heat(after_run_s=100) == pytest.approx(13.5 * 400 / HOUR)
    assert heat(after_run_s=3000) == pytest.approx(13.5 * 600 / HOUR)
    frame["circulation_pump"] = frame["compressor"]
    assert heat(after_run_s=100) == pytest.approx(running_kwh)


def test_after_run_needs_the_temperatures_only_while_it_lasts() -> None:
    frame = readings(
        every(600),
        compressor=[1] * 10 + [0] * 11,
        supply_temp=40,
        return_temp=[35] * 10 + [np.nan] * 11,
        power=100,
    )

    assert sums(frame, Equipment(after_run_s=90))["energy_s"] == 600 - 90


def test_no_after_run_beyond_a_gap() -> None:
    times = seconds(0.0, 30.0, np.arange(3600, 4200, 30.0))
    frame = readings(times, compressor=[1, 1] + [0] * 20, power=100)
    frame["supply_temp"], frame["return_temp"] = 40.0, 35.0
    total = sums(frame, Equipment(after_run_s=3000))

    assert total["heat_kwh"] == pytest.approx(13.5 * (30 + 90) / HOUR)


def test_a_pump_without_any_electricity_still_has_heat() -> None:
    frame = running(auxiliary_percent=0).drop(columns="power")
    total = sums(frame)

    assert total["heat_kwh"] == pytest.approx(13.5)
    assert total["electricity_kwh"] == total["compressor_electricity_kwh"] == 0
    assert total["energy_s"] == HOUR


def test_a_pump_without_any_heat_still_has_electricity() -> None:
    total = sums(running().drop(columns=["supply_temp", "return_temp"]))

    assert total["electricity_kwh"] == pytest.approx(3.0)
    assert total["heat_kwh"] == total["compressor_heat_kwh"] == 0


def test_a_pump_without_either_has_times_alone() -> None:
    total = sums(readings(every(HOUR), compressor=1))

    assert total["heating_s"] == HOUR
    assert total["energy_s"] == 0


@pytest.mark.parametrize(
    ("metrics", "is_believed"),
    [
        ({"power": 21}, True),
        ({"power": 3}, False),
        ({"power": 0}, False),
        ({"power": 3, "compressor": 0}, True),
        ({"power": 9300, "auxiliary_percent": 100}, True),
        ({"power": 9100, "auxiliary_percent": 100}, False),
        ({"power": 3000, "auxiliary_percent": 100}, False),
        ({"power": 3170, "auxiliary_percent": 33}, True),
        ({"power": 3169, "auxiliary_percent": 33}, False),
        ({"power": 3000, "auxiliary_percent": 100, "compressor": 0}, True),
    ],
)
def test_a_running_compressor_takes_power_beside_the_heater(
    metrics: dict[str, float], is_believed: bool
) -> None:
    usual = {"compressor": 1, "supply_temp": 40, "return_temp": 35}
    operation = _operation_of(**(usual | metrics))

    assert operation.known.tolist() == [is_believed] * 2
    assert operation.dropped.tolist() == [0 if is_believed else 1] * 2
    assert (operation.compressor_electricity[operation.known] >= 0).all()


@pytest.mark.parametrize("watts", [0, 50, 500, 2000, 2970, 3100])
@pytest.mark.parametrize("metered", [True, False])
def test_alone_the_heater_is_no_more_than_what_is_measured(
    watts: float, metered: bool
) -> None:
    """It is asked for 2.97 kW: a resistor has no COP above 1.

    Watts that were typed in are no measurement: they may be without the heater's.
    """
    frame = running(compressor=0, auxiliary_percent=33, power=watts)
    total = figures(frame, Equipment(power_metered=metered), auxiliary="state")

    kw, asked = watts / 1000, 2.97
    assert total["electricity_kwh"] == pytest.approx(kw if metered else max(kw, asked))
    assert total["auxiliary_kwh"] == pytest.approx(min(kw, asked) if metered else asked)
    assert total["heat_kwh"] == total["auxiliary_kwh"]
    assert total["auxiliary_on_s"] == total["auxiliary_s"] == HOUR
    assert (total["cop_system"] or 1) <= 1


def test_a_heater_beside_the_measured_power_may_take_more_than_it() -> None:
    operation = _operation_of(
        Equipment(power_includes_auxiliary=False),
        compressor=1,
        power=3000,
        auxiliary_percent=100,
        supply_temp=40,
        return_temp=35,
    )
    assert operation.electricity.tolist() == [12, 12]


def test_a_power_in_kw_that_passes_for_one_in_w_makes_no_cop() -> None:
    said = figures(running(power=3))

    assert said["cop_compressor"] is None
    assert said["cop_reason"] == "not_plausible"
    assert said["electricity_kwh"] is None


@pytest.mark.parametrize(("flow", "is_believed"), [(2.8, True), (2.95, False)])
def test_no_house_has_more_than_60_kw_of_heat(flow: float, is_believed: bool) -> None:
    operation = _operation_of(
        compressor=1, power=9000, supply_temp=40, return_temp=35, flow=flow
    )
    assert operation.known.tolist() == [is_believed] * 2
    assert operation.dropped.tolist() == [0 if is_believed else 1] * 2
