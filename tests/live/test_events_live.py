"""Events on the real InfluxDB: each of them, and no other, as the physics knows them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from tests.support.running_collector import CYCLE, RunningCollector

from .conftest import PAST
from .home import Viewer

RANGES = ("24h", "7d", "30d")

type Edges = list[tuple[int, int]]


def true_edges(
    collector: RunningCollector, shown: Mapping[str, Any]
) -> dict[str, Edges]:
    """Return when what became 1 or 0, at the readings that were stored."""
    stored = collector.written.index
    stored = stored[
        stored <= pd.Timestamp(shown["end"], unit="ms", tz="UTC") + CYCLE / 10
    ]
    true = collector.truth(
        stored[0].to_pydatetime(), (stored[-1] + CYCLE / 2).to_pydatetime()
    ).reindex(stored)
    states = {
        "compressor": true["compressor"],
        "hot_water": true["compressor"] * true["hot_water"],
        "auxiliary": (true["auxiliary_kw"] > 0).astype(float),
        "alarm": true["alarm"],
    }
    return {kind: edges(state, shown["start"]) for kind, state in states.items()}


def edges(state: pd.Series, start: int) -> Edges:
    """Return the changes of a state from `start` (ms) on."""
    change = state.diff().dropna()
    change = change[change != 0]
    times = change.index.to_numpy("datetime64[ms]").astype("int64").tolist()
    begun = (change > 0).astype(int).tolist()
    pairs = zip(times, begun, strict=True)
    return [(time, value) for time, value in pairs if time >= start]


def found_edges(events: list[dict[str, Any]], kind: str) -> Edges:
    """Return the changes that are told, of whatever size."""
    own = [event for event in events if event["kind"] == kind]
    if kind == "alarm":
        return [(event["time"], int(event["change"] != "cleared")) for event in own]
    switched: Edges = []
    for event in own:
        value = int(event["value"] > 0)
        # The heater may change what it gives while it is on.
        if not (kind == "auxiliary" and value and switched and switched[-1][1]):
            switched.append((event["time"], value))
    return switched


@pytest.mark.parametrize("brand", PAST)
async def test_every_start_charge_and_alarm_is_told_once(
    onlooker: MockHAClientWebSocket,
    veteran: RunningCollector,
    figures: list[str],
    brand: str,
) -> None:
    for range_ in RANGES:
        shown = await Viewer(onlooker).look(range_)
        true = true_edges(veteran, shown)
        events, totals = shown["events"], shown["totals"]
        told = {kind: found_edges(events, kind) for kind in true}
        begun = {kind: sum(value for _, value in told[kind]) for kind in told}
        figures.append(
            f"{brand:8}{range_:>4}  events {len(events):5}  starts "
            f"{begun['compressor']}/{sum(v for _, v in true['compressor'])}  charges "
            f"{begun['hot_water']}/{sum(v for _, v in true['hot_water'])}  alarms "
            f"{begun['alarm']}/{sum(v for _, v in true['alarm'])}"
        )
        assert told == true
        assert begun["compressor"] == totals["starts"] > 0
        assert begun["hot_water"] == totals["hot_water_charges"] > 0
        charged = [e["heat_kwh"] for e in events if "from" in e and "heat_kwh" in e]
        assert len(charged) >= 0.9 * begun["hot_water"]


@pytest.mark.parametrize("brand", ["thermia"])
async def test_alarms_of_a_month_have_their_texts(
    onlooker: MockHAClientWebSocket,
) -> None:
    shown = await Viewer(onlooker).look("30d")
    alarms = [event for event in shown["events"] if event["kind"] == "alarm"]

    assert {event["change"] for event in alarms} == {"raised", "cleared"}
    for event in alarms:
        assert event["text"] == event["texts"]["en"]
        assert f"({event['value']})" in event["texts"]["sv"]
        assert ("duration_s" in event) == (event["change"] == "cleared")
