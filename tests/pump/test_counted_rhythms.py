"""The same day in any rhythm has the same figures by counters."""

from datetime import timedelta

import numpy as np
import pytest

from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from tests.analysis.sane_day import by_hand
from tests.support.rhythms import Floats, Physics, apart, in_force, on_change, polled

from .test_rhythms import DAY, DAY_S, FIRST, SPAN, START, cycles


def counting(resolution: float) -> Physics:
    """Return the same counted in steps of so many kWh, heat by a meter."""

    def counted(times: Floats, on_kw: float, off_kw: float) -> Floats:
        runs, into = np.divmod(times, 2400)
        on, off = np.minimum(into, 1200), np.maximum(into - 1200, 0)
        kwh = 500 + (runs * 1200 + on) * on_kw / 3600
        kwh += (runs * 1200 + off) * off_kw / 3600
        return np.round(np.floor(kwh / resolution + 1e-6) * resolution, 3)

    def physics(times: Floats) -> dict[str, Floats]:
        told = cycles(times)
        del told["power"]
        counters = {"energy": (3.0, 0.05), "heat_energy": (13.5, 0.0)}
        return told | {name: counted(times, *kw) for name, kw in counters.items()}

    return physics


@pytest.mark.parametrize("resolution", [0.001, 0.01, 0.1, 1.0])
@pytest.mark.parametrize("step_s", [30, 60])
@pytest.mark.parametrize("way", ["polled", "on change"])
def test_the_reference_day_by_counters(
    resolution: float, step_s: float, way: str
) -> None:
    """On change they stand still while it rests: that is no gap of any energy."""
    stored = polled(FIRST, counting(resolution), SPAN, step_s)
    if way == "on change":
        stored = in_force(apart(on_change(stored)), FIRST - CONTEXT)
    names = ("compressor", "supply_temp", "return_temp", "energy", "heat_energy")
    pump = HeatPump(by_hand(*names), {"heat_metered": True})
    pump.load([stored], START - CONTEXT, START + DAY + timedelta(hours=1))
    total = pump.figures().between(START, START + DAY)

    assert total["heat_kwh"] == pytest.approx(162, abs=resolution + 0.01)
    assert total["electricity_kwh"] == pytest.approx(36.6, abs=resolution + 0.01)
    # A count may be told when the compressor has just stopped.
    assert total["cop_compressor"] == pytest.approx(4.5, rel=0.02)
    assert total["energy_s"] >= 0.999 * DAY_S
    assert total["coverage"] >= 0.99
    assert total["dropped"] == 0
