"""The demo's physics knows the truth: through the real InfluxDB it must come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from custom_components.heatpump_dashboard.const import DEMO_COMPRESSOR_POWER
from tests.support.running_collector import CYCLE, RunningCollector

from .home import Viewer

RANGES = ("24h", "7d", "30d")
# Of energies and COP: a Thermia reports whole degrees, the others tenths.
TOLERANCE = {"thermia": 0.005, "ivt": 0.002, "nibe": 0.002}
COVERAGE = 0.001
# The hot water of a day is an hour of readings: too few for whole degrees to even out.
HOT_WATER = {"thermia": 0.02, "ivt": 0.005, "nibe": 0.005}
# What is not covered is asked of no one: a gap ends somewhere within a reading's hold.
HOURS = CYCLE.total_seconds() / 3600


@dataclass(frozen=True)
class Truth:
    """What happened while readings were stored; kWh and numbers.

    `heat_meter` is what a counter would have counted, which no gap of the readings
    stops.
    """

    heat: float
    hot_water: float
    electricity: float
    auxiliary: float
    starts: int
    charges: int
    coverage: float
    heat_meter: float


def truth_of(collector: RunningCollector, start: float, end: float) -> Truth:
    """Return the truth of start ≤ time ≤ end (ms)."""
    first, last = (pd.Timestamp(t, unit="ms", tz="UTC") for t in (start, end))
    all_rows = collector.truth(first.to_pydatetime(), last.to_pydatetime())
    stored = collector.written[collector.written.index <= last + CYCLE / 10]
    true = collector.truth(
        stored.index[0].to_pydatetime(), (last + CYCLE / 2).to_pydatetime()
    ).reindex(stored.index)
    charging = true["compressor"] * true["hot_water"]
    edges = (
        pd.DataFrame({"starts": true["compressor"], "charges": charging}).diff() == 1
    )
    here = true.index >= first
    # What the last reading says has not lasted yet.
    lasting = true[here].iloc[:-1]
    auxiliary = lasting["auxiliary_kw"].sum() * HOURS
    if "power_consumption" in stored:
        watts = stored.loc[here, "power_consumption"].iloc[:-1]
        electricity = watts.sum() / 1000 * HOURS
    else:
        running = lasting["compressor"].sum() * HOURS
        electricity = running * DEMO_COMPRESSOR_POWER + auxiliary
    tank = lasting["heat_kw"] * charging[here].iloc[:-1]
    return Truth(
        heat=lasting["heat_kw"].sum() * HOURS,
        hot_water=tank.sum() * HOURS,
        electricity=electricity,
        auxiliary=auxiliary,
        starts=int(edges.loc[here, "starts"].sum()),
        charges=int(edges.loc[here, "charges"].sum()),
        coverage=len(lasting) * CYCLE / (last - first),
        heat_meter=all_rows["heat_kw"].sum() * HOURS,
    )


def off(found: float, true: float) -> str:
    """Return how far a figure is from the truth, in percent."""
    return f"{found:9.2f} ({100 * (found / true - 1):+.3f} %)"


def line(brand: str, range_: str, totals: Mapping[str, Any], true: Truth) -> str:
    """Return a line of the table that is printed."""
    cop = true.heat / true.electricity
    return "  ".join(
        (
            f"{brand:8}{range_:>4}",
            f"heat {off(totals['heat_kwh'], true.heat)}",
            f"electricity {off(totals['electricity_kwh'], true.electricity)}",
            f"COP {off(totals['cop_system'], cop)}",
            f"starts {totals['starts']}/{true.starts}",
            f"charges {totals['hot_water_charges']}/{true.charges}",
            f"coverage {totals['coverage']:.4f}/{true.coverage:.4f}",
        )
    )


@pytest.mark.parametrize("brand", TOLERANCE)
async def test_figures_of_1_7_and_30_days_are_those_of_the_physics(
    onlooker: MockHAClientWebSocket,
    veteran: RunningCollector,
    figures: list[str],
    brand: str,
) -> None:
    found: dict[str, tuple[dict[str, Any], Truth]] = {}
    for range_ in RANGES:
        shown = await Viewer(onlooker).look(range_)
        true = truth_of(veteran, shown["start"], shown["end"])
        found[range_] = shown["totals"], true
        figures.append(line(brand, range_, *found[range_]))

    for totals, true in found.values():
        near = TOLERANCE[brand]
        assert totals["heat_kwh"] == pytest.approx(true.heat, rel=near)
        assert totals["heat_hot_water_kwh"] == pytest.approx(
            true.hot_water, rel=HOT_WATER[brand]
        )
        assert totals["electricity_kwh"] == pytest.approx(true.electricity, rel=near)
        assert totals["auxiliary_kwh"] == pytest.approx(true.auxiliary, rel=near)
        assert totals["cop_system"] == pytest.approx(
            true.heat / true.electricity, rel=near
        )
        assert totals["starts"] == true.starts
        assert totals["hot_water_charges"] == true.charges
        assert totals["coverage"] == pytest.approx(true.coverage, abs=COVERAGE)
        assert totals["dropped_steps"] == 0


@pytest.mark.parametrize("brand", ["nibe"])
async def test_the_heat_counter_of_a_nibe_confirms_the_estimate(
    onlooker: MockHAClientWebSocket, veteran: RunningCollector, figures: list[str]
) -> None:
    for range_ in RANGES:
        shown = await Viewer(onlooker).look(range_)
        totals = shown["totals"]
        true = truth_of(veteran, shown["start"], shown["end"])
        counted = totals["heat_meter_kwh"]
        figures.append(f"nibe    {range_:>4}  counter {off(counted, true.heat_meter)}")

        assert counted == pytest.approx(true.heat_meter, rel=0.002, abs=0.2)
        assert totals["basis"] == {
            "heat": "factor",
            "electricity": "configured",
            "auxiliary": "power",
            "hot_water_estimated": False,
        }
        assert totals["boundary"] == "H1"
        assert {"heat", "electricity"} <= set(totals["estimated"])
    info = await Viewer(onlooker).info()
    assert info["settings"]["boundary"] == "H1"
