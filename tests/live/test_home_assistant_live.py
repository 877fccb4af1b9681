"""The whole integration on the real InfluxDB: set-up, history, polls, views."""

from collections.abc import Mapping
from datetime import datetime, timedelta
import json
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.profiles import METRICS, load
from tests.support.influx import Influx
from tests.support.running_collector import RunningCollector

from .conftest import PAST, MakeCollector
from .home import (
    SETTINGS,
    Viewer,
    add_entry,
    asked,
    connection,
    coordinator_of,
    direct,
    load_entry,
    open_form,
    poll,
    set_up,
    settle,
    state,
    states,
    submit,
)

MINUTE = timedelta(minutes=1)
HOUR = 3_600_000
# What the three brands call the water that leaves the heat pump.
SUPPLY = {
    "thermia": "radiator_forward",
    "ivt": "heat_carrier_forward",
    "nibe": "heat_carrier_forward",
}
VIEWS = ("sankey", "cop", "runtime", "temperature", "performance", "power", "valve")


def newest(collector: RunningCollector) -> dict[str, float]:
    """Return the latest valid value of each metric, as it was written."""
    recent = collector.written.iloc[-10:]
    rules = choose_series(collector.written, load(collector.brand), {})
    values = clean(recent, rules).ffill().iloc[-1].dropna()
    return {str(metric): float(value) for metric, value in values.items()}


def ran_for_minutes(collector: RunningCollector) -> bool:
    """Return whether the compressor has run since before the window of a COP of now."""
    since = collector.last - 15 * MINUTE
    recent = collector.truth(since, collector.last)
    return bool((recent["compressor"] == 1).all())


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


@pytest.mark.parametrize("brand", PAST)
async def test_user_sets_up_a_recognised_pump_and_sees_its_last_reading(
    hass: HomeAssistant,
    influx: Influx,
    collectors: Mapping[str, RunningCollector],
    brand: str,
) -> None:
    collector = collectors[brand]
    form = await submit(hass, await open_form(hass), connection(influx))
    assert form["step_id"] == "heat_pump"
    form = await submit(hass, form, {"bucket": collector.bucket})
    assert form["step_id"] == "brand"
    assert asked(form)["brand"] == brand
    assert ("compressor_power" in asked(form)) == (brand == "nibe")
    done = await submit(hass, form, dict(SETTINGS[brand]))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    entry = done["result"]
    await settle(hass)

    assert entry.state is ConfigEntryState.LOADED
    temperatures = {
        metric: value
        for metric, value in newest(collector).items()
        if METRICS[metric].kind == "temperature" and metric != "hot_gas_temp"
    }
    assert len(temperatures) >= 6
    for metric, value in temperatures.items():
        assert float(state(hass, entry, metric).state) == value, metric
    supply = collector.written[SUPPLY[brand]].iloc[-1]
    assert float(state(hass, entry, "supply_temp").state) == supply
    # It runs in the evening that is played, but for how long this has taken so far.
    running = newest(collector)["compressor"] == 1
    compressor = state(hass, entry, "compressor", "binary_sensor").state
    assert compressor == (STATE_ON if running else STATE_OFF)
    cop = state(hass, entry, "cop").state
    if cop != STATE_UNKNOWN:
        assert float(cop) == pytest.approx(3.5, abs=1.5)
    else:
        assert not ran_for_minutes(collector)


@pytest.mark.parametrize("brand", PAST)
async def test_past_read_backwards_gives_what_one_computation_gives(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collectors: Mapping[str, RunningCollector],
    brand: str,
) -> None:
    collector = collectors[brand]
    entry = await load_entry(hass, influx, collector)
    shown = await Viewer(await hass_ws_client(hass)).look("30d")

    history = shown["status"]["history"]
    assert history["complete"]
    # All there is, or 31 days of it.
    begin = max(shown["end"] - 31 * 24 * HOUR, milliseconds(collector.written.index[0]))
    assert 0 <= begin - history["from"] < 3 * HOUR
    assert shown["end"] == milliseconds(collector.last)
    assert 720 * HOUR <= shown["end"] - shown["start"] < 721 * HOUR
    expected = direct(collector, shown["start"])
    days = min(PAST[brand], 30)
    assert expected["covered_s"] > 0.95 * days * 86_400
    assert expected["starts"] > 5 * days
    for name, value in expected.items():
        if isinstance(value, float):
            assert shown["totals"][name] == pytest.approx(value, abs=1e-3), name
        else:
            assert shown["totals"][name] == value, name
    assert_adds_up(shown)
    today = float(state(hass, entry, "compressor_starts_today").state)
    midnight = dt_util.start_of_local_day()
    assert today == direct(collector, milliseconds(midnight))["starts"]


def assert_adds_up(shown: Mapping[str, Any]) -> None:
    """Check that the table adds up to the totals, but for the rounding of its rows.

    Hours have two decimals, and hours that are alike are all rounded the same way.
    """
    table = shown["ledger"]
    half = 0.005 if table["step"] >= 3600 else 0.0005
    for name in ("heat_kwh", "electricity_kwh", "auxiliary_kwh"):
        rounding = half * len(table["time"])
        assert sum(table[name]) == pytest.approx(shown["totals"][name], abs=rounding)
    for name in ("starts", "hot_water_charges"):
        assert sum(table[name]) == shown["totals"][name]


@pytest.mark.parametrize("brand", PAST)
async def test_each_view_is_there_or_says_what_is_missing(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    make_collector: MakeCollector,
    brand: str,
) -> None:
    collector = make_collector(brand)
    collector.begin(timedelta(hours=1))
    await load_entry(hass, influx, collector)
    info = await Viewer(await hass_ws_client(hass)).info()

    reasons = {name: view.get("reason") for name, view in info["views"].items()}
    assert reasons == dict.fromkeys(VIEWS)
    for view in info["views"].values():
        assert view["available"] == ("reason" not in view)
    assert info["brand"] == brand
    assert info["metrics"]["supply_temp"] == {"unit": "°C", "series": SUPPLY[brand]}
    assert info["first_reading"] == milliseconds(collector.written.index[0])
    assert info["last_reading"] == milliseconds(collector.last)
    assert influx.token not in json.dumps(info)
    assert str(influx.port) not in json.dumps(info)


async def test_a_nibe_without_a_power_says_which_views_need_it(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    make_collector: MakeCollector,
) -> None:
    collector = make_collector("nibe")
    collector.begin(timedelta(hours=1))
    await load_entry(hass, influx, collector, settings={})
    info = await Viewer(await hass_ws_client(hass)).info()

    reasons = {name: view.get("reason") for name, view in info["views"].items()}
    needing = dict.fromkeys(("sankey", "cop", "power"), "no_power")
    assert reasons == dict.fromkeys(VIEWS) | needing


@pytest.mark.parametrize(("range_", "step"), [("1h", 0), ("24h", 120), ("7d", 900)])
async def test_poll_sends_what_is_new_to_each_viewer(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collector: RunningCollector,
    range_: str,
    step: int,
) -> None:
    entry = await load_entry(hass, influx, collector)
    client = await hass_ws_client(hass)
    viewer, other = Viewer(client), Viewer(await hass_ws_client(hass))
    await viewer.look(range_)
    await other.look("6h")
    before = milliseconds(collector.last)
    collector.next()
    new = milliseconds(collector.last)

    await poll(hass)

    (update,) = await viewer.received()
    assert update["type"] == "update"
    first = new // (1000 * step) * 1000 * step if step else new
    *earlier, latest = update["readings"]["time"]
    assert latest == first
    # The reading before may end another step: only now is known how long it held.
    assert not earlier or earlier == [before // (1000 * step) * 1000 * step]
    # The reading before it holds until this one: its window has changed too. One
    # that begins with this reading has nothing in it yet.
    edge = update["ledger"]["step"] * 1000
    windows = {time // edge * edge for time in (before, new - 1)}
    assert update["ledger"]["time"] == sorted(windows)
    assert update["end"] == update["status"]["time"] == new
    assert len(await other.received()) == 1
    assert viewer.shown == await Viewer(client).look(range_)
    assert newest(collector).items() >= update["status"]["metrics"].items()
    values = newest(collector)
    assert float(state(hass, entry, "supply_temp").state) == values["supply_temp"]


async def test_poll_is_one_query_whoever_looks(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collector: RunningCollector,
) -> None:
    await load_entry(hass, influx, collector)
    for range_ in ("1h", "24h", "30d"):
        await Viewer(await hass_ws_client(hass)).look(range_)
    before = influx.queries()
    for polls in (1, 2, 3):
        await poll(hass)
        assert influx.queries() - before == polls


async def test_poll_without_news_sends_nothing(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collector: RunningCollector,
) -> None:
    await load_entry(hass, influx, collector)
    viewer = Viewer(await hass_ws_client(hass))
    await viewer.look("24h")
    await poll(hass)
    assert await viewer.received() == []


async def test_late_points_are_taken_in(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    make_collector: MakeCollector,
) -> None:
    collector = make_collector("ivt")
    now = dt_util.utcnow()
    rows = collector.happened(now - timedelta(hours=2), now)
    late = (rows.index >= now - 4 * MINUTE) & (rows.index < now - 2 * MINUTE)
    collector.write(rows[~late])
    await load_entry(hass, influx, collector)
    viewer = Viewer(await hass_ws_client(hass))
    shown = await viewer.look("1h")
    assert late.sum() == 4
    missing = shown["totals"]["compressor_s"]

    collector.write(rows[late])
    await poll(hass)

    (update,) = await viewer.received()
    assert set(update["readings"]["time"]) >= set(
        rows.index[late].as_unit("ms").astype("int64")
    )
    expected = direct(collector, viewer.shown["start"])
    totals = viewer.shown["totals"]
    assert totals["compressor_s"] > missing
    for name in ("compressor_s", "heat_kwh"):
        assert totals[name] == pytest.approx(expected[name], abs=1e-4)


async def test_readings_that_come_to_an_empty_bucket_are_shown(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    make_collector: MakeCollector,
) -> None:
    collector = make_collector("nibe")
    form = await submit(hass, await open_form(hass), connection(influx))
    form = await submit(hass, form, {"bucket": collector.bucket})
    assert form["errors"] == {"bucket": "bucket_empty"}

    entry = add_entry(hass, influx, collector.bucket, "nibe")
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert states(hass, entry) == {STATE_UNAVAILABLE}
    viewer = Viewer(await hass_ws_client(hass))
    shown = await viewer.look("24h")
    assert shown["readings"]["time"] == [] or set(shown["readings"]) == {"time"}
    assert shown["status"]["source"] == "stale"
    assert shown["totals"]["coverage"] == 0
    assert (await viewer.info())["last_reading"] is None

    collector.begin(timedelta(minutes=2))
    await poll(hass)
    await viewer.received()
    assert viewer.shown["status"]["source"] == "ok"
    assert viewer.shown["readings"]["supply_temp"][-1] is not None
    assert state(hass, entry, "compressor", "binary_sensor").state == STATE_ON
    assert coordinator_of(entry).last_reading == collector.last
