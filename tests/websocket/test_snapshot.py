"""The snapshot: all of the contract, and what it says of the present."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.memory_source import thermia
from tests.support.pump_entry import NOW, PUMP
from tests.support.receiver import subscribe

from .common import RANGES, SetUpWith, ms

if TYPE_CHECKING:
    from custom_components.heatpump_dashboard.view.snapshot import Snapshot

COLD = ["radiator_forward", "radiator_return", "outdoor_temp"]

TOTALS = {
    "heat_kwh",
    "heat_hot_water_kwh",
    "electricity_kwh",
    "compressor_electricity_kwh",
    "auxiliary_kwh",
    "standby_kwh",
    "cost",
    "cop_compressor",
    "cop_system",
    "cop_uncertainty",
    "heating_s",
    "hot_water_s",
    "auxiliary_s",
    "idle_s",
    "compressor_s",
    "auxiliary_on_s",
    "starts",
    "hot_water_charges",
    "covered_s",
    "uncovered_s",
    "coverage",
    "degree_days",
    "outdoor_mean",
    "estimated",
    "extremes",
}
LEDGER = {
    "step",
    "time",
    "heating_s",
    "hot_water_s",
    "auxiliary_s",
    "idle_s",
    "uncovered_s",
    "auxiliary_on_s",
    "running_known_s",
    "delta_t_ks",
    "delta_t_running_s",
    "brine_delta_t_ks",
    "brine_running_s",
    "heat_kwh",
    "heat_hot_water_kwh",
    "compressor_heat_kwh",
    "electricity_kwh",
    "compressor_electricity_kwh",
    "auxiliary_kwh",
    "starts",
    "hot_water_charges",
}


@pytest.mark.parametrize(
    ("name", "step", "ledger_step", "rows"),
    [
        ("1h", 0, 300, 120),
        ("6h", 0, 300, 720),
        ("24h", 120, 300, 720),
        ("7d", 900, 900, 672),
        ("30d", 3600, 3600, 720),
        ("90d", 10_800, 10_800, 720),
        ("1y", 86_400, 86_400, 366),
    ],
)
async def test_a_snapshot_has_the_whole_contract(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    name: str,
    step: int,
    ledger_step: int,
    rows: int,
) -> None:
    client = await hass_ws_client(hass)
    snapshot = (await subscribe(client, PUMP, range=name)).snapshot

    assert set(snapshot) == {
        "type",
        "pump",
        "range",
        "start",
        "end",
        "step",
        "readings",
        "ledger",
        "totals",
        "status",
        "events",
    }
    assert (snapshot["pump"], snapshot["range"]) == (PUMP, name)
    assert (snapshot["step"], snapshot["ledger"]["step"]) == (step, ledger_step)
    assert snapshot["end"] == ms(NOW - timedelta(seconds=10))
    # A day, and a part of one, begins at local midnight.
    edge = 3600 if step > 3600 else max(step, ledger_step)
    assert snapshot["start"] % (1000 * edge) == 0
    assert set(snapshot["totals"]) >= TOTALS
    assert set(snapshot["ledger"]) == LEDGER
    times = [event["time"] for event in snapshot["events"]]
    assert times == sorted(times)
    if step <= 3600:
        assert snapshot["start"] <= times[0] < times[-1] <= snapshot["end"]
    else:
        assert times == []
    readings = snapshot["readings"]
    assert rows <= len(readings["time"]) <= rows + 11
    lengths = {len(column) for column in readings.values()}
    assert lengths == {len(readings["time"])}
    assert readings["time"][0] == snapshot["start"]
    assert readings["time"][-1] <= snapshot["end"]
    assert {"supply_temp", "return_temp", "compressor", "power"} <= set(readings)
    # Rows shorter than a run show it themselves.
    assert ("delta_t" in readings) == (step >= 300)


async def test_extremes_are_those_of_the_readings(
    set_up_with: SetUpWith, hass_ws_client: WebSocketGenerator
) -> None:
    stored = thermia(NOW - timedelta(hours=3), NOW)
    stored.loc[NOW - timedelta(minutes=90, seconds=10), "hot_water_top"] = 61.0
    stored["indoor_temp"] = -48.3
    await set_up_with(stored)
    receiver = await subscribe(await hass_ws_client(), PUMP, range="24h")
    totals = receiver.snapshot["totals"]

    assert totals["extremes"]["hot_water_temp"][1] == 61
    assert totals["extremes"]["hot_water_temp"][0] < 61
    assert "indoor_temp" not in totals["extremes"]


async def test_the_status_is_the_present(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    snapshot = (await subscribe(client, PUMP, range="1h")).snapshot
    status = snapshot["status"]

    assert status["metrics"].pop("supply_temp") == 30
    assert {**status, "metrics": None} == {
        "time": ms(NOW - timedelta(seconds=10)),
        "mode": "idle",
        "metrics": None,
        "cop": None,
        "cop_reason": "not_running",
        "electricity_kw": None,
        "heat_kw": None,
        "alarm": {"active": False, "code": 0, "text": None},
        "since": dict.fromkeys(
            ("brine_pump", "compressor", "hot_water_valve", "mode"),
            ms(datetime(2026, 1, 22, 14, 20, tzinfo=UTC)),
        ),
        "source": "ok",
        "history": {
            "from": ms(datetime(2026, 1, 20, 12, tzinfo=UTC)),
            "complete": True,
            "progress": 1.0,
            "revision": ms(NOW),
        },
        "verdict": {"state": "unknown", "code": "not_found"},
    }


@pytest.mark.parametrize(("minute", "is_said"), [(42, False), (44, False), (46, True)])
async def test_cop_heat_and_power_of_now_are_said_together(
    set_up_with: SetUpWith,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
    minute: int,
    *,
    is_said: bool,
) -> None:
    """The compressor starts twenty minutes before the full hour."""
    now = NOW.replace(minute=minute)
    freezer.move_to(now)
    stored = thermia(now - timedelta(hours=6), now)
    assert stored["compressor_status"].iloc[-1] == 1
    await set_up_with(stored)
    receiver = await subscribe(await hass_ws_client(), PUMP, range="1h")
    status = receiver.snapshot["status"]

    keys = ("cop", "heat_kw", "electricity_kw", "cop_reason")
    said, blank = [4.5, 13.5, 3, None], [None, None, None, "just_started"]
    assert [status[key] for key in keys] == (said if is_said else blank)


@pytest.mark.parametrize(("step_s", "stale_s"), [(30, None), (300, 900), (900, 1800)])
async def test_the_screen_is_told_how_old_a_reading_may_become(
    set_up_with: SetUpWith,
    hass_ws_client: WebSocketGenerator,
    step_s: int,
    stale_s: int | None,
) -> None:
    """Ten minutes, and longer only where the rhythm of the heat pump is slower."""
    await set_up_with(thermia(NOW - timedelta(hours=20), NOW, step_s=step_s))
    receiver = await subscribe(await hass_ws_client(), PUMP, range="1h")
    assert receiver.snapshot["status"].get("stale_after_s") == stale_s


async def test_figures_and_tables_cover_the_same_time(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    for name in RANGES:
        snapshot = (await subscribe(client, PUMP, range=name)).snapshot
        ledger, totals = snapshot["ledger"], snapshot["totals"]
        seconds = (snapshot["end"] - snapshot["start"]) / 1000
        modes = ("heating_s", "hot_water_s", "auxiliary_s", "idle_s", "uncovered_s")
        for key in (*modes, "starts", "heat_kwh", "electricity_kwh"):
            assert sum(ledger[key]) == pytest.approx(totals[key], abs=0.3), key
        assert sum(sum(ledger[key]) for key in modes) == pytest.approx(seconds, abs=1)
        assert totals["covered_s"] + totals["uncovered_s"] == pytest.approx(seconds)
        assert totals["cop_compressor"] == pytest.approx(4.5, abs=1e-3)


def built(stored: pd.DataFrame) -> Snapshot:
    """Return what is shown of the last day of a Thermia that has stored this."""
    from custom_components.heatpump_dashboard.analysis.equipment import Equipment
    from custom_components.heatpump_dashboard.profiles import load
    from custom_components.heatpump_dashboard.pump.memory import PumpMemory
    from custom_components.heatpump_dashboard.view.ranges import Span, grid
    from custom_components.heatpump_dashboard.view.snapshot import build

    profile = load("thermia")
    rest = Equipment.of(profile, {})
    memory = PumpMemory(profile, rest)
    memory.take_in(stored, stored.index[0].to_pydatetime(), NOW)
    last = memory.records.last
    assert last is not None
    return build(
        pump="p",
        range_="24h",
        grid=grid(Span("24h"), last.timestamp(), NOW.timestamp()),
        records=memory.records,
        equipment=rest,
        status={},
        profile=profile,
        language="en",
    )


def test_times_without_readings_are_null() -> None:
    """A gap of the readings is a gap in the table, not a line through it."""
    stored = thermia(NOW - timedelta(hours=31), NOW)
    gap = (stored.index >= NOW - timedelta(hours=5)) & (
        stored.index < NOW - timedelta(hours=4)
    )
    snapshot = built(stored[~gap])

    supply = pd.Series(snapshot.readings.columns["supply_temp"])
    assert supply.isna().sum() in (29, 30)
    assert snapshot.totals["uncovered_s"] == pytest.approx(3600, abs=100)


def test_the_rows_tell_of_cooling_where_there_was_some() -> None:
    stored = thermia(NOW - timedelta(hours=31), NOW)
    few = {"cooling_s", "cooling_kwh", "cooling_electricity_kwh", "defrost_s"}
    assert few.isdisjoint(built(stored).ledger.columns)

    stored.loc[stored.index >= NOW - timedelta(hours=5), COLD] = [12.0, 16.0, 25.0]
    snapshot = built(stored)
    sums = {name: column.sum() for name, column in snapshot.ledger.columns.items()}
    assert few & sums.keys() == few - {"defrost_s"}
    assert sums["cooling_s"] > 3600
    for name in ("cooling_s", "cooling_kwh", "cooling_electricity_kwh"):
        assert sums[name] == pytest.approx(snapshot.totals[name], abs=0.1), name
