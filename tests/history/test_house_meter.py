"""What a house takes in each hour, by Home Assistant's own statistics."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.models import StatisticMeanType
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.history.statistics.house import (
    async_house_hours,
)
from custom_components.heatpump_dashboard.history.subject import subject_of
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.present import AlarmState

ZONE = ZoneInfo("Europe/Stockholm")
METER = "sensor.house"
TARIFF = {
    "house_energy": METER,
    "peak_price": 45.0,
    "peak_count": 2.0,
    "peak_rules": ["one_a_day", "night_half"],
}
SETTINGS = {"power_tariff": TARIFF}
NOW = datetime(2026, 2, 10, 12, tzinfo=ZONE)
# The first is of December there, the next of January.
FIRST = datetime(2025, 12, 31, 22, tzinfo=UTC)


async def counted(
    hass: HomeAssistant,
    sums: list[float],
    unit: str = "kWh",
    since: datetime = FIRST,
) -> None:
    """Put the sums of a meter into the statistics, an hour apart."""
    async_import_statistics(
        hass,
        {
            "statistic_id": METER,
            "source": "recorder",
            "name": None,
            "has_sum": True,
            "mean_type": StatisticMeanType.NONE,
            "unit_of_measurement": unit,
            "unit_class": "energy",
        },
        [
            {"start": since + timedelta(hours=number), "sum": total}
            for number, total in enumerate(sums)
        ],
    )
    await async_wait_recording_done(hass)


async def test_hours_of_this_month_and_the_one_before(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await counted(hass, [10, 12, 15, 14, 19])
    found = await async_house_hours(hass, SETTINGS, NOW)
    assert found is not None
    # The first is of the year before; an hour in which it went back says nothing.
    assert found.index[0] == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert found.tolist() == pytest.approx([2, 3, float("nan"), 5], nan_ok=True)


async def test_what_was_counted_in_a_hole_is_no_high_hour(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    """Nor what it had counted before anybody wrote it down."""
    late = datetime(2026, 1, 10, tzinfo=UTC)
    await counted(hass, [1000, 1002, 1004], since=late)
    await counted(hass, [1028, 1030], since=late + timedelta(hours=14))
    found = await async_house_hours(hass, SETTINGS, NOW)
    assert found is not None
    assert found.dropna().tolist() == [2, 2, 2]


async def test_wh_are_told_in_kwh(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    await counted(hass, [0, 2500], "Wh")
    found = await async_house_hours(hass, SETTINGS, NOW)
    assert found is not None
    assert found.tolist() == [2.5]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"power_tariff": {"house_energy": METER}},
        {"power_tariff": {"peak_price": 1}},
    ],
)
async def test_without_a_price_of_power_nobody_asks(
    recorder_mock: Recorder, hass: HomeAssistant, settings: dict[str, Any]
) -> None:
    await counted(hass, [10, 12, 15])
    assert await async_house_hours(hass, settings, NOW) is None


async def test_a_meter_without_statistics_tells_nothing(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    assert await async_house_hours(hass, SETTINGS, NOW) is None


async def test_without_a_recorder_nothing_is_told(hass: HomeAssistant) -> None:
    assert await async_house_hours(hass, SETTINGS, NOW) is None


async def test_a_database_that_fails_costs_only_the_meter(
    recorder_mock: Recorder, hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    failing = "homeassistant.components.recorder.statistics.statistics_during_period"
    with patch(failing, side_effect=OSError):
        assert await async_house_hours(hass, SETTINGS, NOW) is None
    assert f"The statistics of {METER} cannot be read" in caplog.text


@pytest.fixture
def house() -> Callable[[dict[str, Any]], Any]:
    """Return what makes the house of a heat pump with these settings."""
    index = pd.date_range(FIRST, periods=30, freq="h")
    kwh = pd.Series(range(30), index, dtype="float64")

    def of(settings: dict[str, Any]) -> Any:
        pump = HeatPump(load("thermia"), settings)
        found = subject_of(pump, None, NOW, ZONE, AlarmState(), house_kwh=kwh)
        return found.house

    return of


def test_the_tariff_is_the_one_of_the_settings(
    house: Callable[[dict[str, Any]], Any],
) -> None:
    found = house(SETTINGS)
    assert (found.tariff.price, found.tariff.count) == (45, 2)
    assert (found.tariff.one_a_day, found.tariff.night_half) == (True, True)
    assert (found.tariff.working_hours, found.tariff.winter) == (False, False)
    assert found.hours.index[0] == FIRST
    assert found.hours.index[0].hour == 23
    assert found.hours["house"].tolist() == list(range(30))
    # Nothing is known of this heat pump, which is not nothing.
    assert found.hours["electricity_kwh"].isna().all()
    assert house({}) is None
