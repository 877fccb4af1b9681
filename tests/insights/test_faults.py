"""What moves with a fallen COP, and which fault that points to."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from custom_components.heatpump_dashboard.insights.brine import brine_flow
from custom_components.heatpump_dashboard.insights.cop import cop
from custom_components.heatpump_dashboard.insights.faults import Moved, fault_of
from custom_components.heatpump_dashboard.insights.ground import ground
from custom_components.heatpump_dashboard.insights.index import index_of
from custom_components.heatpump_dashboard.insights.subject import HeatBasis, Subject

from .factory import METRICS, subject, winter

COUNT, BREAKS = 100, 86
FLOW = 2.0


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Factors on what a heat pump has; `ground`: K, `hot_gas`: K."""

    brine_flow: float = 1.0
    heating_flow: float = 1.0
    efficiency: float = 1.0
    capacity: float = 1.0
    ground: float = 0.0
    hot_gas: float = 0.0


@dataclass(frozen=True)
class Steady:
    """What it tells at a return and a brine, with the flow that it was built with."""

    supply: np.ndarray
    brine_out: np.ndarray
    heat: np.ndarray
    electricity: np.ndarray
    hot_gas: np.ndarray


def steady(back: np.ndarray, brine: np.ndarray, fault: Fault) -> Steady:
    """Return the balance of a heat pump of 8 kW: 4 K of heating, 2.85 K of brine."""
    heat = 8.0 * fault.capacity * (1 + 0.025 * brine)
    supply = back + heat / (FLOW * fault.heating_flow)
    out = brine - 3.0
    for _ in range(30):
        warm, cold = supply + 3 + 273.15, out - 5 + 273.15
        paid = heat / (0.5 * fault.efficiency * warm / (warm - cold))
        out = brine - (heat - paid) / (1.975 * fault.brine_flow)
    hot_gas = 70 + 1.2 * (supply - 35) - brine + fault.hot_gas
    return Steady(supply, out, FLOW * (supply - back), paid, hot_gas)


FAULTS = {
    "brine_20": Fault(brine_flow=0.8),
    "brine_40": Fault(brine_flow=0.6),
    "heating_20": Fault(heating_flow=0.8),
    "compressor": Fault(efficiency=0.92),
    "refrigerant": Fault(capacity=0.85, efficiency=0.92, hot_gas=10.0),
    "ground": Fault(ground=-2.0),
}


def told(fault: Fault, **others: object) -> Subject:
    """Return a winter in the last two weeks of which something is wrong."""
    day = np.arange(COUNT)
    outdoor = 0.5 + 6 * np.sin(day / 7) + 2.5 * np.sin(day / 2.3)
    back = 31 - 0.6 * (outdoor - 0.5)
    brine = 0.06 * outdoor - 0.8 * np.sin(day / 8)
    before, after = (
        steady(back, brine + each.ground, each) for each in (Fault(), fault)
    )
    sums = winter(COUNT, outdoor=outdoor)
    seconds, broken = sums["steady_heating_s"], day >= BREAKS

    def mixed(name: str) -> np.ndarray:
        return np.where(broken, getattr(after, name), getattr(before, name))

    brine = brine + np.where(broken, fault.ground, 0.0)
    for name, values in (
        ("supply", mixed("supply")),
        ("return", back),
        ("brine_in", brine),
        ("brine_out", mixed("brine_out")),
        ("hot_gas", mixed("hot_gas")),
    ):
        sums[f"steady_heating_{name}_ks"] = values * seconds
    sums["steady_heating_hot_gas_s"] = seconds
    for name in ("heat", "electricity"):
        sums[f"steady_heating_{name}_kwh"] = mixed(name) * seconds / 3600
    metrics = METRICS | {"hot_gas_temp"}
    return subject(sums, metrics=metrics, **others)  # type: ignore[arg-type]


# The specification's table: heating ΔT, apparent heat, apparent COP, brine ΔT and kW per
# kelvin of brine, %, at the same return and brine.
TABLE = {
    "brine_20": (0, 0, -1.5, 24, -20),
    "brine_40": (0, 0, -4.0, 64, -40),
    "heating_20": (25, 25, 23, -1, 36),
    "compressor": (0, 0, -7.8, -4, 0),
    "refrigerant": (-15, -15, -5.8, -17, 0),
    "ground": (-5, -5, -3.3, -7, 0),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_moves_in_the_steady_model(name: str) -> None:
    back, fault = np.array([31.0]), FAULTS[name]
    brine = np.array([0.0])
    was = steady(back, brine, Fault())
    now = steady(back, brine + fault.ground, fault)
    brine_k = was.brine_out - brine, now.brine_out - brine - fault.ground
    flow = [
        (one.heat - one.electricity) / kelvin
        for one, kelvin in zip((was, now), brine_k, strict=True)
    ]
    found = [
        (now.supply - back) / (was.supply - back),
        now.heat / was.heat,
        now.heat / now.electricity / (was.heat / was.electricity),
        brine_k[1] / brine_k[0],
        flow[1] / flow[0],
    ]
    percent = [100 * (float(each[0]) - 1) for each in found]
    assert percent == pytest.approx(TABLE[name], abs=0.7)


# COP index and brine flow of that table, %, as they are found in the days.
INDEX = {
    "brine_20": (-1.5, -20),
    "brine_40": (-4.0, -40),
    "heating_20": (25, 36),
    "compressor": (-7.8, 0),
    "refrigerant": (-7.0, 0),
    "ground": (0.7, 0),
}


@pytest.mark.parametrize("name", INDEX)
def test_what_is_found_of_it(name: str) -> None:
    days = told(FAULTS[name])
    index, flow = index_of(days), brine_flow(days)
    assert not isinstance(index, int)
    assert not isinstance(flow, int)
    found = 100 * float(index.values.iloc[-14:].mean()), 100 * flow.change
    # Days of a winter are not all at the temperatures that the table is of.
    assert found == pytest.approx(INDEX[name], abs=1.2)


@pytest.mark.parametrize(
    ("fault", "code", "cause"),
    [
        (Fault(), "cop", None),
        # Of these no COP falls so far that it would be told; the ground is.
        (FAULTS["brine_40"], "cop", None),
        (FAULTS["ground"], "cop", None),
        (FAULTS["compressor"], "cop_low", "compressor"),
        (FAULTS["refrigerant"], "cop_low", "refrigerant"),
        (Fault(brine_flow=0.45), "cop_low", "brine"),
        # A tenth less is not from less brine: two things are wrong.
        (Fault(brine_flow=0.7, efficiency=0.9), "cop_low", None),
        # Less heat alone is no sign of less refrigerant.
        (replace(FAULTS["refrigerant"], hot_gas=6.0), "cop_low", None),
        (Fault(efficiency=0.9, hot_gas=12.0), "cop_low", "compressor"),
    ],
)
def test_the_fault_that_fits(fault: Fault, code: str, cause: str | None) -> None:
    found = cop(told(fault))
    assert (found.code, found.params.get("cause")) == (code, cause)
    if code == "cop":
        assert "capacity_change" not in found.params
    else:
        assert found.params["hot_gas_change"] == pytest.approx(fault.hot_gas, abs=1.0)
        capacity = 100 * (fault.capacity - 1)
        assert found.params["capacity_change"] == pytest.approx(capacity, abs=1.0)
        flow = 100 * (fault.brine_flow - 1)
        assert found.params["brine_change"] == pytest.approx(flow, abs=1.0)


def test_without_a_meter_two_signs_are_told_all_the_same() -> None:
    """Of the compressor nothing is: what it takes is not known."""
    found = cop(told(FAULTS["refrigerant"], electricity="gateway"))
    assert (found.code, found.params["cause"]) == ("capacity_low", "refrigerant")
    assert cop(told(FAULTS["compressor"], electricity="gateway")).code == "capacity"


def test_what_is_not_reported_points_to_nothing() -> None:
    days = told(FAULTS["refrigerant"])
    days = replace(days, days=days.days.assign(hot_gas=np.nan))
    found = cop(days)
    assert found.code == "cop_low"
    assert not {"cause", "hot_gas_change"} & found.params.keys()
    varies = replace(told(FAULTS["compressor"]), heat=HeatBasis(varies=True))
    assert not {"cause", "capacity_change"} & cop(varies).params.keys()


def test_brine_that_follows_the_speed_points_to_nothing() -> None:
    """It flows as its setting says: no filter is clogged."""
    varies = replace(told(Fault(brine_flow=0.45)), heat=HeatBasis(varies=True))
    found = cop(varies)
    assert found.code == "cop_low"
    assert not {"cause", "brine_change"} & found.params.keys()


def test_less_heating_water_comes_before_the_brine() -> None:
    """It fakes 36 % more of it: nothing is said, neither that a filter is clogged."""
    fault = FAULTS["heating_20"]
    for each in (fault, replace(fault, brine_flow=0.6)):
        found = ground(told(each))
        assert (found.state, found.code) == ("unknown", "flow_changed")
    assert ground(told(FAULTS["brine_40"])).code == "flow_low"


@pytest.mark.parametrize(
    ("moved", "cause"),
    [
        (Moved(-0.06, 0.0, -0.21), "brine"),
        (Moved(-0.06, None, -0.21), "brine"),
        (Moved(-0.06, 0.0, -0.19), "compressor"),
        (Moved(-0.06, 0.0, None), "compressor"),
        (Moved(-0.06, None, -0.1), None),
        (Moved(-0.07, -0.08, 0.0, 8.0), "refrigerant"),
        (Moved(-0.07, -0.07, 0.0, 9.0), None),
        (Moved(-0.07, -0.15, -0.3, 10.0), None),
        (Moved(None, -0.15, -0.3, 10.0), None),
        (Moved(None, -0.06, 0.0, 0.0), None),
    ],
)
def test_only_what_can_be_told_apart(moved: Moved, cause: str | None) -> None:
    assert fault_of(moved, 0.20) == cause
