"""A heat pump that Home Assistant exports: from the set-up to the figures."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import (
    CONF_PASSWORD,
    CONF_TOKEN,
    CONF_URL,
    CONF_USERNAME,
    CONF_VERIFY_SSL,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pandas as pd
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.heatpump_dashboard.analysis.basis import basis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.readings import choose_series, clean
from custom_components.heatpump_dashboard.analysis.windows import ledger
from custom_components.heatpump_dashboard.const import (
    CONF_BRAND,
    CONF_BUCKET,
    CONF_ORGANIZATION,
    CONF_SERIES,
    CONF_UNITS,
    SOURCE_INFLUXDB,
    SOURCE_INFLUXQL,
)
from custom_components.heatpump_dashboard.profiles import load, map_series
from tests.support.exported_pump import ENTITIES, said, written
from tests.support.running_collector import CYCLE

from .conftest import Store
from .exporting import export
from .home import Viewer, asked, coordinator_of, open_form, poll, settle, submit

VIEWS: Final = (
    *("sankey", "cop", "runtime", "temperature", "performance", "power", "valve"),
)
# Rounded to what the screen shows.
TOLERANCE: Final = 0.002


@pytest.fixture
def readings() -> pd.DataFrame:
    return written()


def expected(rows: pd.DataFrame, start: float, end: float) -> dict[str, Any]:
    """Return the totals from `start` to `end` (ms), from all readings at once."""
    profile = map_series(load("generic"), {m: e.series for m, e in ENTITIES.items()})
    rules = choose_series(rows, profile, {})
    pump = Equipment.of(profile, {})
    begin, stop = (pd.Timestamp(t, unit="ms", tz="UTC") for t in (start, end))
    found = ledger(clean(rows, rules), pump, rows.index[0], stop)
    span_s = (stop - begin).total_seconds()
    rests_on = basis(rules, pump, CYCLE.total_seconds())
    return totals(found[found.index >= begin], span_s, rests_on)


def source_of(connection: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the kind of source, and what its form asks for."""
    if connection["api_version"] == "1":
        url = f"http://{connection['host']}:{connection['port']}"
        login = {key: connection[key] for key in (CONF_USERNAME, CONF_PASSWORD)}
        return SOURCE_INFLUXQL, {CONF_URL: url, CONF_VERIFY_SSL: True, **login}
    login = {key: connection[key] for key in (CONF_URL, CONF_TOKEN, CONF_ORGANIZATION)}
    return SOURCE_INFLUXDB, {CONF_VERIFY_SSL: True, **login}


async def test_what_home_assistant_exports_becomes_the_same_figures(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    exported_to: Store,
    readings: pd.DataFrame,
) -> None:
    _, bucket, connection = exported_to
    all_said = said(readings)
    newest = all_said[-1][2]
    await export(hass, connection, {}, [one for one in all_said if one[2] < newest])

    kind, answers = source_of(connection)
    form = await submit(hass, await open_form(hass, kind), answers)
    form = await submit(hass, form, {CONF_BUCKET: bucket})
    assert form["step_id"] == "brand"
    form = await submit(hass, form, {"name": "Cellar"})
    assert form["step_id"] == "entities"
    guessed = {key: name for key, name in asked(form).items() if name}
    assert guessed == {metric: entity.mapped for metric, entity in ENTITIES.items()}
    result = await submit(hass, form, guessed)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await settle(hass)
    entry = result["result"]
    (pump,) = entry.subentries.values()
    assert pump.data[CONF_BRAND] == "generic"
    assert pump.data[CONF_SERIES] == guessed
    assert pump.data[CONF_UNITS] == {"power": "kW", "energy": "Wh"}

    viewer = Viewer(await hass_ws_client(hass), pump.subentry_id)
    info = await viewer.info()
    assert {n for n, view in info["views"].items() if view["available"]} == set(VIEWS)
    shown = await viewer.look("24h")
    told, true = shown["totals"], expected(readings, shown["start"], shown["end"])
    for key in ("heat_kwh", "electricity_kwh", "cop_compressor", "cop_system"):
        assert told[key] == pytest.approx(true[key], rel=TOLERANCE), key
    for key in ("heating_s", "hot_water_s", "auxiliary_on_s", "compressor_s"):
        assert told[key] == pytest.approx(true[key], abs=60), key
    assert (told["starts"], told["hot_water_charges"]) == (
        true["starts"],
        true["hot_water_charges"],
    )
    assert told["coverage"] > 0.99
    assert true["heat_kwh"] > 50

    before = coordinator_of(entry).last_reading
    await export(hass, connection, {}, [one for one in all_said if one[2] == newest])
    await poll(hass)
    assert before is not None and newest > before
    assert coordinator_of(entry).last_reading == newest
    assert [message["type"] for message in await viewer.received()] == ["update"]
