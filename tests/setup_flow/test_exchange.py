"""Supply and return, which may be called the wrong way round."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.setup_flow.names import may_be_exchanged
from custom_components.heatpump_dashboard.setup_flow.recent import told_apart

TIME = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("supply", "other", "may"),
    [
        ("sensor.supply", "sensor.return", True),
        ("sensor.hp_framledning_temp", "sensor.hp_retur_temp", True),
        ("sensor.hp_flow_in", "sensor.hp_flow_out", True),
        ("sensor.hp_water_in", "sensor.hp_heating_out", True),
        ("sensor.hp_boiler_flow_temp", "sensor.hp_return_temp", False),
        ("sensor.hp_feed_temp", "sensor.hp_z1_return_temp", False),
        ("sensor.hp_framledning_bt2", "sensor.hp_returledning_bt3", False),
    ],
)
def test_a_name_that_is_plain_is_only_exchanged_with_its_own_pair(
    supply: str, other: str, may: bool
) -> None:
    assert may_be_exchanged(supply, other) is may
    assert may_be_exchanged(other, supply) is may


def test_readings_make_no_supply_of_another_circuits_return() -> None:
    """A cold boiler is colder than the return, whatever its own flow is called."""
    index = pd.date_range(TIME, periods=240, freq="1min", name="time")
    on = np.arange(240) % 60 < 40
    back, boiler = "sensor.hp_return_temp", "sensor.hp_boiler_flow_temp"
    readings = pd.DataFrame(
        {"binary_sensor.c": on * 1.0, back: on * 3.0 + 27, boiler: on * 0.0 + 20},
        index=index,
    )
    candidates = {
        "compressor": ["binary_sensor.c"],
        "supply_temp": [boiler],
        "return_temp": [back],
    }
    assert told_apart(readings, candidates) == candidates
