"""What the tests of the coordinator share."""

from datetime import timedelta

import pytest

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.coordinator import HeatPumpCoordinator
from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    InvalidAuth,
    QueryFailed,
)

DAY = timedelta(days=1)
REFUSED_TOKEN = InvalidAuth(
    "The token is not valid", key="invalid_auth", placeholders={"host": "localhost"}
)
QUERY = QueryFailed("odd", key="query_failed")
BUSY = CannotConnect("busy", key="server_error")


def all_read(coordinator: HeatPumpCoordinator) -> bool:
    return coordinator.pump.history.complete


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged for everyone to see."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == f"custom_components.{DOMAIN}" and record.levelname != "DEBUG"
    ]
