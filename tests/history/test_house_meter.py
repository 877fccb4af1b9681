"""What a house takes in each hour, by Home Assistant's own statistics."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.models import StatisticMeanType
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.history.house_meter import (
    HouseMeter,
    async_house_meter,
)
from custom_components.heatpump_dashboard.history.subject import subject_of
from custom_components.heatpump_dashboard.insights.tariff import Tariff
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.present import AlarmState
from custom_components.heatpump_dashboard.sources.demo.physics import truth

ZONE = ZoneInfo("Europe/Stockholm")
METER = "sensor.house"
TARIFF = {
    "house_energy": METER,
    "peak_price": 45.0,
    "peak_count": 2.0,
    "peak_rules": ["one_a_day", "night_half"],
}
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


async def meter_of(
    hass: HomeAssistant,
    tariff: dict[str, Any] = TARIFF,
    *,
    source: str = "influxdb",
    brand: str = "thermia",
) -> HouseMeter | None:
    await hass.config.async_set_time_zone("Europe/Stockholm")
    entry = MockConfigEntry(domain=DOMAIN, data={"source": source})
    pump = ConfigSubentry(
        data=MappingProxyType(
            {"bucket": brand, "brand": brand, "power_tariff": tariff}
        ),
        subentry_type="heat_pump",
        title="Villa",
        unique_id=brand,
    )
    return await async_house_meter(hass, entry, pump, NOW)


async def hours_of(
    hass: HomeAssistant, tariff: dict[str, Any] = TARIFF
) -> pd.Series | None:
    meter = await meter_of(hass, tariff)
    return None if meter is None else meter.kwh


async def test_hours_of_this_month_and_the_one_before(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await counted(hass, [10, 12, 15, 14, 19])
    found = await hours_of(hass)
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
    found = await hours_of(hass)
    assert found is not None
    assert found.dropna().tolist() == [2, 2, 2]


async def test_wh_are_told_in_kwh(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    await counted(hass, [0, 2500], "Wh")
    found = await hours_of(hass)
    assert found is not None
    assert found.tolist() == [2.5]


@pytest.mark.parametrize(
    "tariff", [{}, {"house_energy": METER}, {"peak_price": 1, "peak_count": 2}]
)
async def test_without_a_price_of_power_nobody_asks(
    recorder_mock: Recorder, hass: HomeAssistant, tariff: dict[str, Any]
) -> None:
    await counted(hass, [10, 12, 15])
    assert await hours_of(hass, tariff) is None


async def test_a_meter_without_statistics_tells_nothing(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    assert await hours_of(hass) is None


async def test_without_a_recorder_nothing_is_told(hass: HomeAssistant) -> None:
    assert await hours_of(hass) is None


async def test_a_database_that_fails_costs_only_the_meter(
    recorder_mock: Recorder, hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    failing = "homeassistant.components.recorder.statistics.statistics_during_period"
    with patch(failing, side_effect=OSError):
        assert await hours_of(hass) is None
    assert f"The statistics of {METER} cannot be read" in caplog.text


async def test_the_hours_of_a_day_that_count(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await counted(hass, [10, 12])
    rules = {"peak_rules": ["working_hours", "no_holidays", "midwinter"]}
    found = await meter_of(hass, TARIFF | rules | {"peak_from": 6.0, "peak_to": 20.0})
    assert found is not None
    assert found.tariff == Tariff(
        price=45,
        count=2,
        hours=(6, 20),
        working_hours=True,
        no_holidays=True,
        midwinter=True,
    )


async def test_the_tariff_is_the_one_of_the_settings(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    await counted(hass, list(range(31)))
    meter = await meter_of(hass)
    assert meter is not None
    pump = HeatPump(load("thermia"), {})
    found = subject_of(pump, None, NOW, ZONE, AlarmState(), meter=meter).house

    assert found is not None
    assert (found.tariff.price, found.tariff.count) == (45, 2)
    assert (found.tariff.one_a_day, found.tariff.night_half) == (True, True)
    assert (found.tariff.working_hours, found.tariff.winter) == (False, False)
    assert found.hours.index[0] == FIRST + timedelta(hours=1)
    assert found.hours.index[0].hour == 0
    assert found.hours["house"].tolist() == [1.0] * 30
    # Nothing is known of this heat pump, which is not nothing.
    assert found.hours["electricity_kwh"].isna().all()
    assert subject_of(pump, None, NOW, ZONE, AlarmState()).house is None


async def test_the_demo_has_a_meter_of_its_own(hass: HomeAssistant) -> None:
    """What it says of the highest hours is what really happened in them."""
    meter = await meter_of(hass, {}, source="demo")
    assert meter is not None
    edges = FIRST + timedelta(hours=1), NOW.astimezone(UTC)
    assert (meter.kwh.index[0], meter.kwh.index[-1]) == (
        edges[0],
        edges[1] - timedelta(hours=1),
    )
    pump = truth("thermia", *edges)["electricity_kw"].resample("h").mean()
    beside = meter.kwh - pump
    assert beside.min() > 0.2
    assert 8 < beside.resample("D").sum().mean() < 30

    january = meter.kwh[: datetime(2026, 1, 31, 22, tzinfo=UTC)].tz_convert(ZONE)
    highest = meter.tariff.highest(january)
    days = {hour.date() for hour in highest.index}
    assert len(highest) == len(days) == 3
    assert meter.tariff.fee(january) == pytest.approx(
        meter.tariff.price * highest.mean()
    )
    # Of a cold morning the heat pump has the most, and the auxiliary heater of that.
    assert pump[highest.index].sum() > highest.sum() / 2


@pytest.mark.parametrize(
    ("source", "brand", "tariff"),
    [
        ("influxdb", "thermia", {}),
        ("demo", "ivt", {}),
        ("demo", "thermia", {"peak_price": 1.0, "house_energy": METER}),
    ],
)
async def test_no_other_house_has_one(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    source: str,
    brand: str,
    tariff: dict[str, Any],
) -> None:
    """Nor one of which somebody has said where its meter is."""
    assert await meter_of(hass, tariff, source=source, brand=brand) is None


async def test_the_price_of_power_is_in_the_currency_of_the_house(
    hass: HomeAssistant,
) -> None:
    price = []
    for currency in ("SEK", "EUR"):
        await hass.config.async_update(currency=currency)
        meter = await meter_of(hass, {}, source="demo")
        assert meter is not None
        price.append(meter.tariff.price)
    assert price == [45, pytest.approx(45 / 11)]


async def test_before_the_demo_was_built_it_has_no_meter(hass: HomeAssistant) -> None:
    with patch(f"{__name__}.NOW", datetime(2015, 3, 1, tzinfo=ZONE)):
        assert await meter_of(hass, {}, source="demo") is None
