"""What the demo has to find is found, and its healthy heat pump is no worse than that."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.heatpump_dashboard.insights.ground import ground
from custom_components.heatpump_dashboard.insights.heater import heater
from custom_components.heatpump_dashboard.insights.house import house
from custom_components.heatpump_dashboard.sources.demo.physics import heater_spans
from tests.support.simulated.demo import demo_pump_of

NOW = datetime(2026, 11, 29, tzinfo=UTC)
DAY = timedelta(days=1)
# Two healthy months of the winter before, to compare with, and the last days.
WINTER = (datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 3, 14, tzinfo=UTC))


def test_the_clogged_filter_is_found_and_nothing_of_the_healthy_one() -> None:
    spans = (WINTER, (NOW - 8 * DAY, NOW))
    clogged = ground(demo_pump_of("ivt", *spans).subject(NOW.date()))
    healthy = ground(demo_pump_of("nibe", *spans).subject(NOW.date()))

    assert (clogged.state, clogged.code) == ("act", "flow_low")
    assert clogged.value is not None
    assert -44 < clogged.value < -36
    assert (healthy.state, healthy.code) == ("ok", "flow")


@pytest.mark.parametrize(
    ("brand", "loss", "error"),
    [("thermia", 0.284, 0.005), ("ivt", 0.319, 0.006), ("nibe", 0.355, 0.006)],
)
def test_the_house_is_what_the_demo_makes_it(
    brand: str, loss: float, error: float
) -> None:
    """A hundred days of winter: as they were worked out beside the integration."""
    start = datetime(2025, 11, 15, tzinfo=UTC)
    stop = start + 100 * DAY
    found = house(demo_pump_of(brand, (start, stop)).subject(stop.date()))

    assert found.code == "signature"
    assert found.value == pytest.approx(loss, abs=error)
    assert found.scatter == pytest.approx(error, abs=0.0025)
    assert found.params["base"] == pytest.approx(18.0, abs=0.2)
    assert found.params["r2"] == pytest.approx(0.97, abs=0.015)


def test_the_heater_ran_for_what_the_demo_says() -> None:
    start = NOW - 30 * DAY
    found = heater(demo_pump_of("nibe", (start, NOW)).subject(NOW.date()))
    true: dict[str, float] = {}
    for span in heater_spans("nibe", start, NOW):
        kwh = span.kw * (span.stop - span.start).total_seconds() / 3600
        true[span.cause] = true.get(span.cause, 0.0) + kwh

    assert (found.state, found.code) == ("watch", "compressor_off")
    assert found.value is not None
    assert abs(found.value - sum(true.values())) < 0.5
    for cause, kwh in true.items():
        said = found.params.get(f"{cause}_kwh", 0.0)
        assert abs(said - kwh) < 0.5, cause
