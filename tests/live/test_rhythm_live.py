"""Collectors of other rhythms, written to a real InfluxDB and read back."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.support.influx import Influx
from tests.support.rhythms import Floats, apart, jittered, polled

DAY_S = 86_400.0


def thermia(times: Floats) -> dict[str, Floats]:
    """Return 20 min on at 3 kW and 5 K, and 20 min off."""
    on = times % 2400 < 1200
    return {
        "compressor_status": on.astype("float64"),
        "radiator_forward": np.where(on, 40.0, 30.0),
        "radiator_return": np.where(on, 35.0, 29.0),
        "power_consumption": np.where(on, 3000.0, 50.0),
        "switch_valve_status": np.zeros(len(times)),
    }


@pytest.mark.parametrize("rhythm", ["every 600 s", "each series 7 ms later"])
async def test_a_day_has_its_figures_in_any_rhythm(
    influx: Influx,
    source: FluxSource,
    bucket: str,
    rhythm: str,
    figures: list[str],
) -> None:
    now = datetime.now(UTC)
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    begin, span = pd.Timestamp(start), (-6300.0, DAY_S + 900)
    written = (
        jittered(begin, thermia, span, (597, 603))
        if "600" in rhythm
        else apart(polled(begin, thermia, span, 30))
    )
    influx.write("thermia", written, bucket)
    profile, first = load("thermia"), start - CONTEXT
    stop = start + timedelta(seconds=span[1])
    raw = await source.readings(bucket, profile.series, [(first, stop)])
    pump = HeatPump(profile, {"flow_factor": 2.7})
    pump.load([raw], first, stop)
    total = pump.figures().between(start, start + timedelta(days=1))

    figures.append(
        f"{rhythm}: heat {total['heat_kwh']:.2f} kWh, electricity"
        f" {total['electricity_kwh']:.2f} kWh, coverage {total['coverage']:.4f}"
    )
    tolerance = 0.05 if "600" in rhythm else 0.001
    assert total["heat_kwh"] == pytest.approx(162, rel=tolerance)
    assert total["electricity_kwh"] == pytest.approx(36.6, rel=tolerance)
    assert total["cop_compressor"] == pytest.approx(4.5)
    assert total["coverage"] >= 0.99
