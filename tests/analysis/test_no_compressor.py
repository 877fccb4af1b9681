"""A heat pump that does not tell of its compressor: energies, but no running times."""

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.align import align
from custom_components.heatpump_dashboard.analysis.basis import basis
from custom_components.heatpump_dashboard.analysis.capabilities import Capabilities
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.rhythm import Rhythm
from custom_components.heatpump_dashboard.analysis.windows import ledger_of
from custom_components.heatpump_dashboard.profiles import SeriesRule

from .factory import FAR, HOUR, START, book, every, readings

COUNTED = {
    "energy": np.round(np.linspace(1000, 1003, 121), 3),
    "heat_energy": np.round(np.linspace(5000, 5012, 121), 3),
}
WATER = {"supply_temp": 40, "return_temp": 35}


def _figures(metrics: dict[str, object], **settings: object) -> dict[str, object]:
    equipment = Equipment(has_compressor=False, **settings)  # type: ignore[arg-type]
    frame = readings(every(HOUR), **metrics)
    rests_on = basis({name: SeriesRule(name=name) for name in frame}, equipment)
    return totals(book(frame, equipment), HOUR, rests_on)


@pytest.mark.parametrize("beside", [{}, WATER, {"outdoor_temp": 3}])
@pytest.mark.parametrize("heat_meter", [True, False])
def test_what_is_counted_goes_on(beside: dict[str, float], heat_meter: bool) -> None:
    total = _figures(COUNTED | beside, heat_meter=heat_meter)

    assert total["electricity_kwh"] == pytest.approx(3, abs=0.01)
    assert total["heat_kwh"] == pytest.approx(12, abs=0.01)
    assert total["cop_system"] == pytest.approx(4, abs=0.01)
    assert total["counted_s"] == HOUR
    assert total["coverage"] == 0


@pytest.mark.parametrize(
    "name", ["starts", "compressor_s", "standby_kwh", "cop_compressor", "idle_s"]
)
def test_what_the_compressor_did_is_not_known(name: str) -> None:
    assert _figures(COUNTED)[name] is None


@pytest.mark.parametrize("power", [{"energy": COUNTED["energy"]}, {"power": 3000}])
@pytest.mark.parametrize("beside", [{}, WATER])
def test_temperatures_alone_tell_no_heat(
    power: dict[str, object], beside: dict[str, float]
) -> None:
    total = _figures(power | beside, compressor_kw=3.0)

    assert total["electricity_kwh"] == pytest.approx(3, abs=0.01)
    assert total["heat_kwh"] is total["cop_system"] is None
    assert total["cop_system_reason"] == "no_heat_source"


def test_metered_energies_have_entities_without_it() -> None:
    can = Capabilities({"energy", "heat_energy"})
    assert can.electricity and can.heat and can.system_cop and not can.cop

    none = Capabilities(WATER, power_configured=True)
    assert not (none.electricity or none.heat or none.system_cop)


@pytest.mark.parametrize("on_change", [True, False])
def test_a_counter_alone_holds_as_other_series_do(on_change: bool) -> None:
    """It is told every two minutes, or polled every five."""
    times = every(2 * HOUR, 120 if on_change else 300)
    frame = readings(times, energy=np.round(np.linspace(1000, 1006, len(times)), 1))
    told = Rhythm(on_change=frozenset(("energy",) if on_change else ()))
    equipment = Equipment(has_compressor=False)
    operation = operation_of(align(frame, told), equipment)
    total = ledger_of(operation, START - FAR, START + FAR).sum()

    assert total["electricity_kwh"] == pytest.approx(6, abs=0.3)
    assert total["energy_s"] >= 2 * HOUR - 300
