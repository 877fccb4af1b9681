"""What must not matter: points that come hours late, a restart, a changed setting."""

from datetime import UTC, datetime, timedelta

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.const import (
    CONF_FLOW_FACTOR,
    DEFAULT_FLOW_FACTOR,
)
from custom_components.heatpump_dashboard.pump import look_back
from tests.support.influx import Influx
from tests.support.running_collector import RunningCollector

from .conftest import MakeCollector
from .home import SETTINGS, Viewer, direct, load_entry, poll, settle

HOUR = timedelta(hours=1)


def write_without(
    collector: RunningCollector, *gaps: tuple[datetime, datetime]
) -> None:
    """Write the last 20 hours but for what lies in the gaps."""
    stop = datetime.now(UTC) - timedelta(seconds=30)
    rows = collector.happened(stop - 20 * HOUR, stop)
    for start, end in gaps:
        rows = rows[(rows.index < start) | (rows.index >= end)]
    collector.write(rows)


@pytest.mark.parametrize("brand", SETTINGS)
async def test_points_written_hours_later_give_the_figures_of_an_undisturbed_run(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    make_collector: MakeCollector,
    monkeypatch: pytest.MonkeyPatch,
    brand: str,
) -> None:
    collector, now = make_collector(brand), datetime.now(UTC)
    early, late = (now - 15 * HOUR, now - 9 * HOUR), (now - 2 * HOUR, now - HOUR / 4)
    write_without(collector, early, late)
    await load_entry(hass, influx, collector)
    viewer = Viewer(await hass_ws_client(hass))
    before = await viewer.look("24h")
    assert before["totals"]["uncovered_s"] > 7.5 * 3600
    await poll(hass)

    # The newest first, the oldest last, some of them twice.
    for gap in (late, early):
        collector.write(collector.happened(*gap).iloc[::-1])
    influx.write(brand, collector.happened(*late), collector.bucket)
    monkeypatch.setattr(look_back, "_POLLS", 1)
    for _ in range(look_back._DAY // look_back._SLICE):
        await poll(hass)

    await viewer.received()
    expected = direct(collector, viewer.shown["start"])
    assert (
        viewer.shown["totals"]["covered_s"] > before["totals"]["covered_s"] + 7 * 3600
    )
    for name, value in expected.items():
        if isinstance(value, float):
            assert viewer.shown["totals"][name] == pytest.approx(value, abs=1e-3), name


async def test_a_restart_and_a_changed_setting_give_the_figures_anew(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    influx: Influx,
    collector: RunningCollector,
) -> None:
    entry = await load_entry(hass, influx, collector)
    before = await Viewer(await hass_ws_client(hass)).look("6h")
    for _ in range(3):
        collector.next()
        await poll(hass)
    polled = await Viewer(await hass_ws_client(hass)).look("6h")
    assert polled["totals"]["covered_s"] > before["totals"]["covered_s"]

    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    restarted = await Viewer(await hass_ws_client(hass)).look("6h")
    assert restarted["totals"] == polled["totals"]
    assert restarted["ledger"] == polled["ledger"]

    (pump,) = entry.subentries.values()
    changed = {**pump.data, CONF_FLOW_FACTOR: 2 * DEFAULT_FLOW_FACTOR}
    hass.config_entries.async_update_subentry(entry, pump, data=changed)
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    after = (await Viewer(await hass_ws_client(hass)).look("6h"))["totals"]
    # The heater's own heat, while the compressor rests, does not come from the flow.
    assert polled["totals"]["auxiliary_s"] == 0
    twice = pytest.approx(2 * polled["totals"]["heat_kwh"], abs=1e-3)
    assert after["heat_kwh"] == twice
    assert after["electricity_kwh"] == polled["totals"]["electricity_kwh"]
