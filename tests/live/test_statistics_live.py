"""Two years on the Energy dashboard of a real Home Assistant, as it sees them itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.heatpump_dashboard.const import (
    CONF_SOURCE,
    CONF_STATISTICS,
    SOURCE_DEMO,
)
from custom_components.heatpump_dashboard.coordinator import made_with
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from script.measure.client import Client, login
from script.measure.serving import Owner
from tests.support.home_assistant import HomeAssistant, entry, pump
from tests.support.influx import free_port

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "custom_components" / "heatpump_dashboard"
# There without the panel, which need not be built for this.
FIRST_PAGE = "manifest.json"
PUMP, ELECTRICITY = "thermia", "sensor.thermia_electricity"
DAYS = 730
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Of each day these hours are known: a recorder takes its time for each row.
KNOWN = (0, 12)
KWH, CORRECTED = 2.0, 5.0
SETTINGS = {**demo_pump(load("thermia"))["data"], "price": 2.0, CONF_STATISTICS: True}
DEMO = {CONF_SOURCE: SOURCE_DEMO}
SOON_S = 400.0


@pytest.fixture
def home(tmp_path: Path, socket_enabled: None) -> Iterator[HomeAssistant]:
    """Return a Home Assistant with the demo in it, whose two years are on disk."""
    home = HomeAssistant(tmp_path, free_port())
    pumps = [pump(PUMP, "Thermia", SETTINGS)]
    home.seed([entry("demo", "Demo", SOURCE_DEMO, DEMO, pumps)], COMPONENT)
    write_hours(home, {})
    yield home
    home.stop()


def write_hours(home: HomeAssistant, corrected: dict[datetime, float]) -> None:
    """Put two years on disk, as if they had been read; some hours are others."""
    profile = load("thermia")
    heat_pump = HeatPump(profile, SETTINGS)
    fingerprint = made_with(MockConfigEntry(data=DEMO), SETTINGS["bucket"], heat_pump)
    folder = home.folder / ".storage" / "heatpump_dashboard" / PUMP
    store = HourStore(folder, "Thermia")
    store.open()
    today = datetime.now(UTC).date()
    for number in range(2, DAYS + 1):
        day = today - number * DAY
        start = midnight(day)
        index = pd.DatetimeIndex([start + hour * HOUR for hour in KNOWN], name="time")
        kwh = [corrected.get(time.to_pydatetime(), KWH) for time in index]
        hours = pd.DataFrame(
            {"electricity_kwh": kwh, "heat_kwh": 4.0, "idle_s": 3600.0},
            index=index.as_unit("ns"),
        )
        store.put(day, hours, fingerprint)
    store.write()


async def told(home: HomeAssistant, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    """Ask a Home Assistant whose recorder, too, has started."""
    async with Client(home.url, await login(home.url)) as client:
        await Owner(client).running()
        return await ask(client)


async def rows(client: Client, what: str = "change", period: str = "hour") -> list[Any]:
    """Return what the recorder tells of the electricity, from before its beginning."""
    found = await client.call(
        "recorder/statistics_during_period",
        start_time=(datetime.now(UTC) - 2 * DAYS * DAY).isoformat(),
        statistic_ids=[ELECTRICITY],
        period=period,
        types=[what],
    )
    return [(row["start"] / 1000, row[what]) for row in found.get(ELECTRICITY, [])]


async def begin_own_hours(client: Client) -> None:
    """Have hours there as Home Assistant compiles them, for which a test has no time.

    None that it may compile itself meanwhile.
    """
    last = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    await client.call(
        "recorder/import_statistics",
        metadata={
            "has_sum": True,
            "mean_type": 0,
            "name": None,
            "source": "recorder",
            "statistic_id": ELECTRICITY,
            "unit_class": "energy",
            "unit_of_measurement": "kWh",
        },
        # It will go on from 0.
        stats=[
            {"start": (last - ago * HOUR).isoformat(), "sum": 0.0, "state": 0.0}
            for ago in (4, 3, 2)
        ],
    )


async def wait_for(client: Client, is_there: Callable[[list[Any]], bool]) -> list[Any]:
    """Return the rows as soon as they are as they should be."""
    async with asyncio.timeout(SOON_S):
        while not is_there(found := await rows(client)):
            await asyncio.sleep(0.5)
    return found


def is_joined(corrected: float = KWH) -> Callable[[list[Any]], bool]:
    """Return what tells whether all is joined: the first hour has what it added."""

    def check(found: list[Any]) -> bool:
        return (
            len(found) > len(KNOWN) * (DAYS - 40)
            and found[0][1] == pytest.approx(KWH)
            and found[3][1] == pytest.approx(corrected)
        )

    return check


def assert_no_jump(found: list[Any], corrected: dict[float, float]) -> None:
    """No hour has more than the demo takes, or less than nothing."""
    begins = [start for start, _ in found]
    assert begins == sorted(set(begins))
    for start, change in found:
        if start in corrected:
            assert change == pytest.approx(corrected[start])
        else:
            assert -1e-6 <= change < 12, (datetime.fromtimestamp(start, UTC), change)
    old = [
        change
        for start, change in found[: len(KNOWN) * (DAYS - 40)]
        if start not in corrected
    ]
    assert old == pytest.approx([KWH] * len(old))


@pytest.mark.waits
async def test_two_years_are_one_series_with_a_price(home: HomeAssistant) -> None:
    """Killed in the middle, with an hour that is corrected meanwhile."""
    await asyncio.to_thread(home.start, FIRST_PAGE)

    async def half(client: Client) -> None:
        await begin_own_hours(client)
        await wait_for(client, lambda found: len(found) > DAYS + 31 * 24)

    await told(home, half)
    await asyncio.to_thread(home.kill)
    time = midnight(datetime.now(UTC).date() - DAYS * DAY) + DAY + 12 * HOUR
    corrected = {time.timestamp(): CORRECTED}
    await asyncio.to_thread(write_hours, home, {time: CORRECTED})
    await asyncio.to_thread(home.start, FIRST_PAGE)

    async def whole(client: Client) -> None:
        found = await wait_for(client, is_joined(CORRECTED))
        assert_no_jump(found, corrected)
        sums = [value for _, value in await rows(client, "sum")]
        assert sums == sorted(sums)
        months = await rows(client, period="month")
        assert 24 <= len(months) <= 26
        # In the first hours of a month there is nothing of it but own hours of 0.
        assert all(change > 0 for _, change in months[:-1])
        assert months[-1][1] >= 0
        await client.call(
            "energy/save_prefs",
            energy_sources=[
                {
                    "type": "grid",
                    "stat_energy_from": ELECTRICITY,
                    "stat_energy_to": None,
                    "stat_cost": None,
                    "entity_energy_price": None,
                    "number_energy_price": 2.0,
                    "stat_compensation": None,
                    "entity_energy_price_export": None,
                    "number_energy_price_export": None,
                    "cost_adjustment_day": 0,
                }
            ],
            device_consumption=[{"stat_consumption": ELECTRICITY}],
        )
        problems = await client.call("energy/validate")
        assert problems["energy_sources"] == [[]]
        assert problems["device_consumption"] == [[]]

    await told(home, whole)
    assert "cannot be joined" not in home.log.read_text(errors="replace")
