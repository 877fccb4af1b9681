"""Why the auxiliary heater ran is kept with its times, and told of all years."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.history.causes import Causes
from custom_components.heatpump_dashboard.history.event_table import (
    CAUSES,
    events_of_table,
    table_of,
)
from custom_components.heatpump_dashboard.history.events import newest_events
from custom_components.heatpump_dashboard.history.month import Month, is_outdated
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.insights.episodes import Cause
from custom_components.heatpump_dashboard.profiles import Profile, load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import (
    PastHours,
    around_of,
    events_of,
    midnight,
    past_day,
)
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.pump.memory import PumpMemory, Records
from custom_components.heatpump_dashboard.setup_flow.demo import demo_pump
from custom_components.heatpump_dashboard.sources.demo.physics import (
    heater_spans,
    stored,
)
from tests.support.memory_source import thermia

DAY = timedelta(days=1)
FIRST = date(2025, 12, 18)
DAYS = 12
THERMIA = load("thermia")
HEATER_KWH = 3.0


def walked(
    profile: Profile, equipment: Equipment, raw: pd.DataFrame, days: int
) -> list[Event]:
    """Return the events of days as a walk through the past keeps them."""
    last = FIRST + days * DAY

    def between(start: datetime, stop: datetime) -> pd.DataFrame:
        return raw[(raw.index >= start) & (raw.index < stop)]

    past = PastHours(
        profile, equipment, last, between(midnight(last), midnight(last + DAY))
    )
    found = {}
    for number in reversed(range(days)):
        start = midnight(FIRST + number * DAY)
        found |= past.add(between(start - CONTEXT, start + DAY))
    found |= past.finish()
    return [
        Causes(found[day].around, profile).told(event)
        for day in sorted(found)
        for event in found[day].events
    ]


def at_once(
    profile: Profile, equipment: Equipment, raw: pd.DataFrame, days: int
) -> Records:
    """Return what memory has of the same days, and of the one after them."""
    memory = PumpMemory(profile, equipment)
    start = midnight(FIRST)
    memory.take_in(raw, start - CONTEXT, start + (days + 1) * DAY)
    return memory.records


def ended(events: list[Event]) -> list[tuple[int, str | None]]:
    """Return when the times of the heater ended, with their causes."""
    return [
        (one.time, one.cause)
        for one in events
        if one.kind is Kind.AUXILIARY and one.value == 0
    ]


@pytest.mark.parametrize("brand", ["thermia", "nibe"])
def test_a_walk_tells_the_causes_that_memory_tells(brand: str) -> None:
    """And these are the true ones."""
    profile = load(brand)
    equipment = Equipment.of(profile, demo_pump(profile)["data"])
    start, stop = midnight(FIRST), midnight(FIRST + DAYS * DAY)
    raw = stored(brand, start - CONTEXT, stop + DAY)
    records = at_once(profile, equipment, raw, DAYS)
    causes = Causes(around_of(records), profile)

    found = ended(walked(profile, equipment, raw, DAYS))
    memory = [causes.told(one) for one in events_of(records, start, stop)]
    assert found == ended(memory)
    told = [cause for _, cause in found if cause is not None]
    assert len(told) == len(found) >= 8
    true = [span.cause for span in heater_spans(brand, start, stop)]
    assert set(told) <= {*true, "unknown"}
    assert sum(cause in true for cause in told) > 0.9 * len(told)


def test_a_compressor_that_never_stops_is_too_small_in_the_walk_too() -> None:
    """Of days without any event of the compressor it is known that it ran."""
    equipment = Equipment.of(THERMIA, {"auxiliary_power": 9.0})
    start = midnight(FIRST)
    raw = thermia(start - CONTEXT, start + 5 * DAY, step_s=60)
    heats = raw.index.hour == 14
    raw = raw.assign(
        compressor_status=1.0,
        switch_valve_status=0.0,
        power_consumption=np.where(heats, 6000.0, 3000.0),
        additional_heat_percent=np.where(heats, 33.0, 0.0),
    )
    found = ended(walked(THERMIA, equipment, raw, 4))
    assert [cause for _, cause in found] == ["capacity"] * 4


def test_what_follows_after_midnight_tells_the_cause_too() -> None:
    """A charge that gets hot at five past twelve."""
    equipment = Equipment.of(THERMIA, {"auxiliary_power": 9.0})
    start = midnight(FIRST)
    raw = thermia(start - CONTEXT, start + 3 * DAY, step_s=60)
    minute = (raw.index.hour * 60 + raw.index.minute).to_numpy()
    heats = (minute > 1410) & (minute < 1435)
    raw = raw.assign(
        hot_water_top=np.where(minute < 10, 61.0, 45.0),
        switch_valve_status=((minute >= 23 * 60) | (minute < 5)).astype(float),
        compressor_status=1.0,
        power_consumption=np.where(heats, 6000.0, 3000.0),
        additional_heat_percent=np.where(heats, 33.0, 0.0),
    )
    found = ended(walked(THERMIA, equipment, raw, 2))
    assert [cause for _, cause in found] == ["hygiene"] * 2


def test_a_time_that_has_just_ended_has_no_cause_yet() -> None:
    equipment = Equipment.of(THERMIA, {"auxiliary_power": 9.0})
    start = midnight(FIRST)
    raw = thermia(start, start + DAY, step_s=60)
    minutes = np.arange(len(raw))
    for off, cause in ((10, None), (20, "hot_water")):
        heats = (minutes >= len(raw) - 90) & (minutes < len(raw) - off)
        told = raw.assign(
            power_consumption=raw["power_consumption"] + 2970 * heats,
            additional_heat_percent=np.where(heats, 33.0, 0.0),
            switch_valve_status=heats.astype(float),
        )
        records = at_once(THERMIA, equipment, told, 0)
        causes = Causes(around_of(records), THERMIA)
        assert [
            one for _, one in ended([causes.told(event) for event in records.events])
        ] == [cause]


def heated(time: int, cause: str | None) -> Event:
    kwh = HEATER_KWH
    return Event(time, Kind.AUXILIARY, 0.0, 33.0, 3600.0, kwh, cause=cause)


def test_every_cause_has_a_place_on_disk() -> None:
    assert set(CAUSES) == set(get_args(Cause.__value__))
    events = [heated(number, cause) for number, cause in enumerate([*CAUSES, None])]
    assert events_of_table(table_of(events), {Kind.AUXILIARY}) == events


def test_events_of_an_older_file_stay_and_are_read_again_for_their_cause(
    tmp_path: Path,
) -> None:
    time = round(midnight(FIRST).timestamp() * 1000)
    month = Month.empty().with_day(
        FIRST,
        pd.DataFrame(index=pd.DatetimeIndex([], tz=UTC)),
        table_of([heated(time, "capacity")]),
        "a",
    )
    older = replace(month, events=month.events[:, :-1])
    with patch(f"{Month.__module__}._FORMAT", 3):
        (tmp_path / "2025-12.npz").write_bytes(older.encode())
    store = HourStore(tmp_path, "Villa")
    store.open()
    assert is_outdated(store.days[FIRST])

    start, stop = midnight(FIRST), midnight(FIRST) + DAY

    def kept() -> list[Event]:
        [events] = store.events_backwards(start, stop, {Kind.AUXILIARY})
        return events

    assert kept() == [heated(time, None)]
    store.put(FIRST, month.hours, "b", [heated(time, "capacity")])
    store.write()
    store = HourStore(tmp_path, "Villa")
    store.open()
    assert kept() == [heated(time, "capacity")]


def test_the_cause_of_long_ago_and_of_today_is_told(tmp_path: Path) -> None:
    now = midnight(FIRST) + 9 * DAY
    pump = HeatPump(THERMIA, {"auxiliary_power": 9.0})
    raw = thermia(now - DAY, now, step_s=60)
    heats = raw.index.hour == 14
    told = raw.assign(
        compressor_status=0.0,
        switch_valve_status=0.0,
        additional_heat_percent=np.where(heats, 33.0, 0.0),
    )
    pump.load([told], now - DAY, now)
    pump.first_reading = midnight(FIRST)
    store = HourStore(tmp_path, "Villa")
    old = heated(round(midnight(FIRST).timestamp() * 1000), "hygiene")
    store.put(FIRST, past_day(pump.records, FIRST).hours, "a", [old])
    span = Period(midnight(FIRST), now)
    events, _ = newest_events(
        pump, store, span, kinds=("auxiliary",), limit=9, language="en"
    )
    assert [event.get("cause") for event in events] == [
        "compressor_off",
        None,
        "hygiene",
    ]
