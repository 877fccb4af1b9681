"""How right are my kWh: the methods side by side, and what is said of the one in use."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.calibration import Estimate, together
from custom_components.heatpump_dashboard.insights.methods import calibration, methods
from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import FIRST, METRICS, at, subject, winter

DAYS = 60
# 3.0 kW from 4.8 to 6.6 K, as the specification has it: 1.667 kW/K, of which the
# weaker compressor beside the heater is 3 %.
STEPS = {"heater_steps": 20, "heater_steps_kw": 60.0, "heater_steps_k": 20 * 1.8}
PLATE = HeatBasis(plate_kw=9.64, rated_k=5.8)


def of(heat: HeatBasis, sums: dict[str, float] | None = None, **others: Any) -> Subject:
    """Return a heat pump of these sums over its days."""
    values = winter(DAYS)
    for name, total in (sums or {}).items():
        values[name] = np.full(DAYS, total / DAYS)
    return subject(values, heat=heat, **others)


def by_method(found: Subject) -> dict[str, Estimate | None]:
    return {row.method: row.estimate for row in methods(found)}


def codes(found: Subject) -> dict[str, str]:
    return {row.method: row.code for row in methods(found)}


def charges(count: int, rise: float, kwh: float) -> tuple[Event, ...]:
    return tuple(
        Event(
            at(FIRST, number),
            Kind.HOT_WATER,
            0.0,
            1.0,
            1800.0,
            kwh,
            (42.0, 42.0 + rise),
        )
        for number in range(count)
    )


def test_all_five_stand_side_by_side_with_what_they_lack() -> None:
    assert codes(of(HeatBasis())) == {
        "heater_steps": "days",
        "heat_counter": "not_reported",
        "plate": "not_told",
        "tank": "not_told",
        "brine_flow": "not_told",
    }


def test_the_heaters_steps() -> None:
    found = by_method(of(HeatBasis(), STEPS))["heater_steps"]

    assert found is not None
    assert found.factor * 1.03 == pytest.approx(1.667, abs=5e-4)
    assert found.count == 20


def test_the_plate() -> None:
    """9.64 kW at 5.8 K: 1.662 kW/K."""
    found = by_method(of(PLATE))["plate"]

    assert found is not None
    assert found.factor == pytest.approx(1.662, abs=5e-4)


def test_the_counter() -> None:
    """Of 420 kWh that are 115 kWh of electricity."""
    sums = {"heat_meter_kwh": 420.0, "delta_t_ks": 420 * 3600 / 1.7}
    sums |= {"electricity_kwh": 115.0}
    found = by_method(of(HeatBasis(counted=True), counted() | sums))["heat_counter"]

    assert found is not None
    assert found.factor == pytest.approx(1.7)


def counted() -> dict[str, float]:
    """Return the sums of a counter that is read all the time, true to 2.7 kW/K."""
    values = winter(DAYS)
    heat = float(values["heat_kwh"].sum())
    return {
        "heat_meter_steps": DAYS * 288.0,
        "heat_meter_kwh": heat,
        "delta_t_ks": heat * 3600 / 2.7,
        "delta_t_running_s": float((values["heating_s"] + values["hot_water_s"]).sum()),
    }


def with_a_counter(**changed: np.ndarray) -> Subject:
    """Return a heat pump with it, with a factor on each day of some of its sums."""
    values = winter(DAYS)
    heat = values["heat_kwh"].copy()
    values |= {
        "heat_meter_steps": np.full(DAYS, 288.0),
        "heat_meter_kwh": heat,
        "delta_t_ks": heat * 3600 / 2.7,
        "delta_t_running_s": values["heating_s"] + values["hot_water_s"],
    }
    for name, factor in changed.items():
        values[name] = values[name] * factor
    return subject(values, heat=HeatBasis(counted=True))


DAY = np.arange(DAYS)


@pytest.mark.parametrize(
    "changed",
    [
        # It was put in on the evening of the 20th day,
        {
            "heat_meter_steps": np.where(DAY > 20, 1.0, np.where(DAY < 20, 0, 0.2)),
            "heat_meter_kwh": np.where(DAY > 20, 1.0, np.where(DAY < 20, 0, 0.2)),
        },
        # told nothing for ten days, and then what it had counted in them,
        {
            "heat_meter_steps": np.where((DAY >= 20) & (DAY < 30), 0.0, 1.0),
            "heat_meter_kwh": np.where(
                (DAY >= 20) & (DAY < 30), 0.0, np.where(DAY == 30, 11.0, 1.0)
            ),
        },
        # or nobody read anything for so long, nor for an hour and a half of others,
        {
            name: np.where(
                (DAY >= 20) & (DAY < 30), 0.0, np.where(DAY % 10 == 5, 0.94, 1.0)
            )
            for name in (
                *("heating_s", "hot_water_s", "idle_s", "energy_s"),
                *("delta_t_ks", "delta_t_running_s", "heat_meter_steps"),
            )
        }
        | {
            "heat_meter_kwh": np.where(
                (DAY >= 20) & (DAY < 30), 0.0, np.where(DAY == 30, 11.0, 1.0)
            )
        },
        # supply and return were silent on half of the days,
        {
            "delta_t_ks": np.where(DAY < 30, 0.0, 1.0),
            "delta_t_running_s": np.where(DAY < 30, 0.0, 1.0),
        },
        # or the meter of electricity is newer, without which there is no COP.
        {"electricity_kwh": np.where(DAY < 40, 0.0, 1.0)},
    ],
    ids=["newer", "silent", "gap", "supply", "electricity"],
)
def test_a_counter_is_compared_over_the_time_that_all_of_it_is_known(
    changed: dict[str, np.ndarray],
) -> None:
    found = by_method(with_a_counter(**changed))["heat_counter"]

    assert found is not None
    assert found.factor == pytest.approx(2.7)
    assert calibration(with_a_counter(**changed)).code == "agrees"


def test_the_brine_is_compared_over_the_time_that_all_of_it_is_known() -> None:
    """The meter of electricity, or the sensors of the brine, are newer."""
    basis = HeatBasis(brine_l_s=1.8 / 4.1)
    usual = by_method(of(basis))["brine_flow"]
    assert usual is not None
    values = winter(DAYS)
    values["steady_heating_electricity_kwh"][:20] = 0.0
    for name in ("s", "in_ks", "out_ks"):
        brine = values[f"steady_heating_brine_{name}"]
        values[f"steady_heating_brine_{name}"] = np.where(DAY < 30, 0.0, brine)
    found = by_method(subject(values, heat=basis))["brine_flow"]

    assert found is not None
    assert found.factor == pytest.approx(usual.factor, rel=0.02)


def test_the_tank() -> None:
    """10 K in 180 l are 2.093 kWh; the heat of the charges was told with 2.7 kW/K."""
    seen = charges(40, 10.0, 2.093 / 1.66 * 2.7)
    found = by_method(of(HeatBasis(tank_l=180.0), charges=seen))["tank"]

    assert found is not None
    assert found.factor == pytest.approx(1.66 / 0.98, rel=1e-3)
    few = of(HeatBasis(tank_l=180.0), charges=seen[:29])
    assert codes(few)["tank"] == "days"


def test_the_brine() -> None:
    """2 kW of the compressor and 1.8 kW/K at what the brine is cooled by."""
    found = by_method(of(HeatBasis(brine_l_s=1.8 / 4.1)))["brine_flow"]

    # The winter's heat is what brine and electricity are together, less the shell.
    assert found is not None
    days = of(HeatBasis()).days
    heat_kw = (
        days["steady_heating_heat_kwh"].sum() * 3600 / days["steady_heating_s"].sum()
    )
    assert found.factor == pytest.approx(heat_kw / 5, rel=0.03)
    assert found.count > 100


@pytest.mark.parametrize(
    ("heat", "others", "method", "code"),
    [
        (HeatBasis(shows_heater=False), {}, "heater_steps", "not_seen"),
        (
            HeatBasis(),
            {"metrics": METRICS - {"auxiliary_percent"}},
            "heater_steps",
            "not_reported",
        ),
        (HeatBasis(sees_tank=False, tank_l=180.0), {}, "tank", "not_seen"),
        (
            HeatBasis(),
            {"metrics": METRICS - {"hot_water_temp"}},
            "tank",
            "not_reported",
        ),
        (HeatBasis(plate_kw=9.0), {}, "plate", "days"),
        (
            HeatBasis(brine_l_s=0.5),
            {"metrics": METRICS - {"brine_in_temp"}},
            "brine_flow",
            "not_reported",
        ),
        (HeatBasis(brine_l_s=0.5), {"electricity": None}, "brine_flow", "not_told"),
        (HeatBasis(counted=True), {}, "heat_counter", "days"),
    ],
)
def test_a_method_says_why_it_says_nothing(
    heat: HeatBasis, others: dict[str, Any], method: str, code: str
) -> None:
    assert codes(of(heat, **others))[method] == code


def test_the_factor_in_use_is_63_percent_too_high() -> None:
    found = calibration(of(PLATE, STEPS))

    assert (found.state, found.code, found.unit) == ("act", "off", "kW/K")
    assert found.value == pytest.approx(1.63, abs=0.04)
    assert found.params["too_high"] == pytest.approx(64, abs=4)
    assert found.params["method"] == "together"
    assert found.params["in_use"] == 2.7
    assert found.n == 2


def test_the_reference_of_three_methods_together() -> None:
    """1.667 ± 3.5 %, 1.60 ± 15 % and 1.66 ± 8 % are 1.663 ± 3.1 %."""
    found = together(
        [
            Estimate(method=method, factor=factor, sigma=share * factor, count=1)
            for method, factor, share in (
                ("heater_steps", 1.667, 0.035),
                ("tank", 1.60, 0.15),
                ("plate", 1.66, 0.08),
            )
        ]
    )
    assert found is not None
    assert found.factor == pytest.approx(1.663, abs=1e-3)
    assert found.sigma / found.factor == pytest.approx(0.031, abs=1e-3)


def test_one_that_agrees_is_all_right() -> None:
    near = replace(PLATE, factor=1.7)

    assert calibration(of(near)).code == "agrees"
    checked = calibration(of(replace(near, kind="checked"), heat_scale=0.03))
    assert (checked.state, checked.code, checked.scale) == ("ok", "checked", 0.03)


def test_methods_that_differ_are_both_told() -> None:
    found = calibration(of(HeatBasis(plate_kw=20.0, rated_k=5.8), STEPS))

    assert (found.state, found.code) == ("watch", "differ")
    assert found.params["method"] == "heater_steps"


@pytest.mark.parametrize(
    ("heat", "state", "code"),
    [
        (HeatBasis(source=None), "unknown", "no_metric"),
        (HeatBasis(varies=True), "unknown", "variable_speed"),
        (HeatBasis(), "unknown", "unchecked"),
        (HeatBasis(kind="measured"), "ok", "measured"),
        (HeatBasis(source="meter", kind="meter"), "ok", "meter"),
        (HeatBasis(source="flow", kind="measured"), "ok", "flow"),
        (HeatBasis(source="counter", kind="measured"), "ok", "counter"),
    ],
)
def test_what_is_said_without_any_method(
    heat: HeatBasis, state: str, code: str
) -> None:
    found = calibration(of(heat))
    assert (found.state, found.code) == (state, code)


def test_what_it_rests_on_is_a_table_of_methods() -> None:
    table = answers(of(PLATE, STEPS)).evidence("calibration")

    rows = {row["method"]: row for row in table["methods"]}
    assert len(rows) == 5
    assert rows["plate"]["factor"] == pytest.approx(1.662, abs=5e-4)
    assert rows["plate"]["sigma"] > 0
    assert rows["tank"] == {
        "method": "tank",
        "code": "not_told",
        "factor": None,
        "sigma": None,
        "count": None,
    }
    assert answers(of(HeatBasis(source=None))).evidence("calibration") == {
        "methods": []
    }


def test_the_pair_of_sensors_stands_beside_it() -> None:
    assert calibration(of(PLATE)).params["offset"] == pytest.approx(0.05)
