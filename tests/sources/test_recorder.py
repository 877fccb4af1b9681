"""Home Assistant's own recorder as a source, with a real recorder."""

import asyncio
from datetime import timedelta
import math
import threading
from typing import Any

from homeassistant.components.recorder import get_instance, history
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.heatpump_dashboard.const import RECORDED
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from custom_components.heatpump_dashboard.sources import (
    CannotConnect,
    QueryFailed,
    recorder as recorder_source,
)
from custom_components.heatpump_dashboard.sources.recorder import RecorderSource
from tests.analysis.sane_day import by_hand

from .recorded import BEGIN, CELSIUS, METRICS, MODE, SUPPLY, House, at, points


async def test_states_are_readings_at_the_time_of_their_change(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.becomes(2, SUPPLY, 35)
    assert await house.read(SUPPLY, start=-1, stop=10) == {
        SUPPLY: [(0, 34.5), (2, 35.0)]
    }


async def test_what_is_unavailable_or_unknown_has_no_value(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.becomes(2, SUPPLY, "unavailable")
    await house.becomes(3, SUPPLY, 35)
    await house.becomes(4, SUPPLY, "unknown")
    await house.becomes(5, SUPPLY, "nan")
    assert await house.read(SUPPLY, start=-1, stop=10) == {
        SUPPLY: [(0, 34.5), (2, math.inf), (3, 35), (4, math.inf), (5, math.inf)]
    }


async def test_a_value_said_again_holds_until_then(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.becomes(1, SUPPLY, 34.5)
    await house.becomes(3, SUPPLY, 34.5)
    await house.becomes(9, SUPPLY, 35)
    assert await house.read(SUPPLY, start=-1, stop=10) == {
        SUPPLY: [(0, 34.5), (3, 34.5), (9, 35)]
    }


@pytest.mark.parametrize("minutes", [-5, -90])
async def test_the_value_in_force_has_the_time_at_which_it_was_said(
    house: House, minutes: float
) -> None:
    await house.becomes(minutes - 1, SUPPLY, 30)
    await house.becomes(minutes, SUPPLY, 34.5)
    await house.becomes(2, SUPPLY, 35)
    assert await house.read(SUPPLY, start=0, stop=10) == {
        SUPPLY: [(minutes, 34.5), (2, 35)]
    }


async def test_a_value_in_force_that_was_confirmed_is_one_value(house: House) -> None:
    await house.becomes(-9, SUPPLY, 34.5)
    await house.becomes(-4, SUPPLY, 34.5)
    await house.becomes(2, SUPPLY, 35)
    assert await house.read(SUPPLY, start=0, stop=10) == {SUPPLY: [(-4, 34.5), (2, 35)]}


async def test_a_value_that_is_days_old_is_in_force(house: House) -> None:
    await house.becomes(-2 * 1440, SUPPLY, 34.5)
    (row,) = (await house.read(SUPPLY, start=0, stop=10))[SUPPLY]
    assert row[0] <= -1440
    assert row[1] == 34.5


async def test_the_value_in_force_is_not_asked_for_where_it_is_not_wanted(
    house: House,
) -> None:
    await house.becomes(-5, SUPPLY, 34.5)
    await house.becomes(2, SUPPLY, 35)
    await async_wait_recording_done(house.hass)
    span = (at(0), at(10))
    frame = await house.source.readings(RECORDED, [SUPPLY], [span], in_force=False)
    assert points(frame[SUPPLY]) == [(2, 35)]


async def test_a_change_at_the_start_belongs_to_the_span(house: House) -> None:
    await house.becomes(-1, SUPPLY, 34)
    await house.becomes(0, SUPPLY, 35)
    await house.becomes(10, SUPPLY, 36)
    found = await house.read(SUPPLY, start=0, stop=10)
    assert found[SUPPLY][-1] == (0, 35)


async def test_words_are_asked_for_one_by_one(house: House) -> None:
    await house.becomes(0, MODE, "heating")
    await house.becomes(1, MODE, "hot water")
    await house.becomes(2, MODE, "unavailable")
    heating, water = f"{MODE}=heating", f"{MODE}=hot water"
    either = f"{MODE}=heating|hot water"
    assert await house.read(heating, water, either, start=-1, stop=10) == {
        heating: [(0, 1), (1, 0), (2, math.inf)],
        water: [(0, 0), (1, 1), (2, math.inf)],
        either: [(0, 1), (1, 1), (2, math.inf)],
    }


async def test_what_is_recorded_is_listed(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5, **CELSIUS)
    await house.becomes(0, MODE, "heating")
    await house.becomes(
        0, "climate.hp", "heat", current_temperature=20.5, hvac_action="idle"
    )
    found = {one.name: one for one in await house.source.list_series(RECORDED)}
    assert list(found) == [
        "climate.hp#current_temperature",
        "climate.hp#hvac_action",
        MODE,
        SUPPLY,
        "sensor.something_else",
    ]
    assert found[SUPPLY].unit == "°C"
    assert found[SUPPLY].last_value == 34.5
    assert found[SUPPLY].last_time == at(0)
    assert math.isnan(found[MODE].last_value)
    assert found["climate.hp#current_temperature"].unit == "°C"
    assert found["climate.hp#current_temperature"].last_value == 20.5
    assert found["climate.hp#hvac_action"].words == ("idle",)


async def test_a_number_in_an_attribute_may_be_a_text(house: House) -> None:
    """The export makes a number of it, too."""
    name = "climate.hp#current_temperature"
    for minute, told in enumerate(("35.5", "none", 36)):
        await house.becomes(minute, "climate.hp", "heat", current_temperature=told)
    assert await house.read(name, start=-1, stop=9) == {
        name: [(0, 35.5), (1, math.inf), (2, 36)]
    }
    await house.becomes(9, "climate.hp", "heat", current_temperature="35.5")
    found = {one.name: one for one in await house.source.list_series(RECORDED)}
    assert found[name].last_value == 35.5


async def test_a_climate_entity_that_can_cool_says_so_at_times(house: House) -> None:
    modes = {"off": ["off", "heat"], "cool": ["off", "cool"], "any": ["heat_cool"]}
    for name, can in modes.items():
        await house.becomes(
            0, f"climate.{name}", "off", hvac_action="cooling", hvac_modes=can
        )
        await house.becomes(
            1, f"climate.{name}", "off", hvac_action="idle", hvac_modes=can
        )
    found = {one.name: one for one in await house.source.list_series(RECORDED)}
    words = {name: found[f"climate.{name}#hvac_action"].words for name in modes}
    assert words == {
        "off": ("idle",),
        "cool": ("idle", "cooling"),
        "any": ("idle", "cooling"),
    }
    series = "climate.cool#hvac_action=cooling"
    assert (await house.read(series, start=-1, stop=2))[series] == [(0, 1), (1, 0)]


async def test_polls_do_not_ask_the_database(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.read(SUPPLY, start=-1, stop=1)
    for name in ("state_changes_during_period", "get_significant_states"):
        monkeypatch.setattr(history, name, lambda *_, **__: pytest.fail("asked"))
    await house.becomes(2, SUPPLY, 35)
    await house.becomes(3, SUPPLY, 35)
    assert await house.read(SUPPLY, start=1, stop=5) == {
        SUPPLY: [(0, 34.5), (2, 35), (3, 35)]
    }


async def test_nor_does_the_first_poll_of_what_stands_still(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since its last change Home Assistant itself knows all of an entity."""
    await house.becomes(0, SUPPLY, 34.5)
    monkeypatch.setattr(
        history, "state_changes_during_period", lambda *_, **__: pytest.fail("asked")
    )
    assert await house.read(SUPPLY, start=7, stop=12) == {SUPPLY: [(0, 34.5)]}


@pytest.mark.parametrize("at_once", [True, False])
async def test_what_was_gathered_is_what_is_recorded(
    house: House, at_once: bool
) -> None:
    await house.read(SUPPLY, start=-1, stop=-0.5)
    for minute, state in enumerate((34.5, 34.5, 35, "unavailable", 36, 36, 36)):
        await house.becomes(minute, SUPPLY, state)
        if at_once:
            await async_wait_recording_done(house.hass)
    gathered = await house.read(SUPPLY, start=0, stop=30)
    another = RecorderSource(house.hass, house.hass.async_add_executor_job)
    house.source = another
    assert await house.read(SUPPLY, start=0, stop=30) == gathered
    assert len(gathered[SUPPLY]) == 6


async def test_who_says_the_same_for_hours_is_heard_after_a_reload(
    house: House,
) -> None:
    await house.becomes(-3000, SUPPLY, 34.5)
    await house.becomes(-200, MODE, "idle")
    # Recorded before it is said again, and nothing follows it.
    await async_wait_recording_done(house.hass)
    for minute in (-100, 7):
        await house.becomes(minute, SUPPLY, 34.5)
        await house.becomes(minute, MODE, "idle")
    mode = f"{MODE}=idle"
    found = await house.read(SUPPLY, mode, start=0, stop=10)
    assert found[SUPPLY] == [(-3000, 34.5), (7, 34.5)]
    assert found[mode] == [(-200, 1), (7, 1)]
    found = await house.read(SUPPLY, mode, start=8, stop=10)
    assert found == {SUPPLY: [(7, 34.5)], mode: [(7, 1)]}


async def test_what_is_older_than_what_was_gathered_is_recorded(house: House) -> None:
    await house.read(SUPPLY, start=-1, stop=-0.5)
    for minute in range(60):
        await house.becomes(minute, SUPPLY, minute)
    found = await house.read(SUPPLY, start=1, stop=61)
    assert found[SUPPLY] == [(minute, minute) for minute in range(60)]


async def test_an_entity_that_is_removed_has_no_value(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.read(SUPPLY, start=-1, stop=1)
    house.hass.states.async_remove(SUPPLY)
    await house.hass.async_block_till_done()
    found = await house.read(SUPPLY, start=1, stop=5)
    assert found[SUPPLY][-1] == (1, math.inf)


async def test_an_entity_that_never_was_has_no_column(house: House) -> None:
    assert await house.read("sensor.never", start=0, stop=5) == {}


async def test_states_begin_with_the_oldest(house: House) -> None:
    await async_wait_recording_done(house.hass)
    first = await house.source.first_time(RECORDED)
    assert first == BEGIN - timedelta(days=3)


async def test_a_heat_pump_begins_with_the_oldest_of_its_own(house: House) -> None:
    """What else the house has may be recorded for longer."""
    await house.becomes(0, SUPPLY, 34.5)
    await house.becomes(5, SUPPLY, 35.5)
    await house.becomes(10, MODE, "idle")
    await async_wait_recording_done(house.hass)
    mode = f"{MODE}=heat"
    asked = {(mode,): at(10), (mode, SUPPLY): at(0), ("sensor.never",): None}
    for series, first in asked.items():
        assert await house.source.first_time(RECORDED, series) == first


async def test_a_span_in_which_no_state_begins_has_nothing(house: House) -> None:
    await house.becomes(0, SUPPLY, 34.5)
    await house.becomes(50, SUPPLY, 34.5)
    await house.becomes(60, SUPPLY, "unavailable")
    await house.becomes(70, MODE, "idle")
    await house.becomes(70, "climate.hp", "heat", current_temperature=21)
    await async_wait_recording_done(house.hass)
    attribute = "climate.hp#current_temperature"

    async def has_nothing(start: float, stop: float, *series: str) -> bool:
        span = at(start), at(stop)
        return await house.source.has_nothing(RECORDED, series, span)

    assert await has_nothing(-10, 0, SUPPLY)
    assert not await has_nothing(0, 10, SUPPLY)
    assert await has_nothing(10, 60, SUPPLY, f"{MODE}=heat", "sensor.never")
    assert not await has_nothing(60, 61, "sensor.never", SUPPLY)
    assert await has_nothing(61, 90, SUPPLY)
    assert not await has_nothing(61, 90, SUPPLY, f"{MODE}=heat")
    # Of these it cannot be told.
    assert not await has_nothing(-10, 0, SUPPLY, attribute)


async def test_nothing_is_listened_to_after_the_end(house: House) -> None:
    await house.read(SUPPLY, start=-1, stop=0)
    await house.source.close()
    await house.becomes(1, SUPPLY, 34.5)
    assert await house.read(SUPPLY, start=0, stop=5) == {SUPPLY: [(1, 34.5)]}


async def test_a_database_that_fails_is_a_question_that_failed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    def fail(*_: object, **__: object) -> None:
        raise OperationalError("select", {}, Exception("disk"))

    monkeypatch.setattr(history, "state_changes_during_period", fail)
    with pytest.raises(QueryFailed, match="cannot be read") as failed:
        await house.read(SUPPLY, start=-1, stop=5)
    assert failed.value.key == "recorder_unreadable"


async def test_a_slow_database_keeps_nothing_new_from_being_known(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is told by events: only the past waits for it."""
    await house.becomes(0, SUPPLY, 34.5)
    await house.read(SUPPLY, start=-1, stop=1)
    answers = threading.Event()

    def wait(*_: object, **__: object) -> dict[str, list[Any]]:
        answers.wait(timeout=20)
        return {}

    monkeypatch.setattr(history, "state_changes_during_period", wait)
    read = house.source.readings
    past = asyncio.create_task(read(RECORDED, [SUPPLY], [(at(-1000), at(-900))]))
    await house.becomes(2, SUPPLY, 35)
    try:
        async with asyncio.timeout(5):
            frame = await read(RECORDED, [SUPPLY], [(at(1), at(5))])
        assert points(frame[SUPPLY]) == [(0, 34.5), (2, 35)]
        assert not past.done()
    finally:
        answers.set()
        await past


async def test_without_a_recorder_there_is_nothing_to_read(hass: HomeAssistant) -> None:
    source = RecorderSource(hass, hass.async_add_executor_job)
    with pytest.raises(CannotConnect) as missing:
        await source.check()
    assert missing.value.key == "recorder_missing"


@pytest.mark.parametrize(
    ("usable", "key"), [(None, "recorder_busy"), (False, "recorder_failed")]
)
async def test_a_database_that_is_not_ready_is_told_apart(
    house: House, monkeypatch: pytest.MonkeyPatch, usable: bool | None, key: str
) -> None:
    ready: asyncio.Future[bool] = asyncio.Future()
    if usable is not None:
        ready.set_result(usable)
    monkeypatch.setattr(get_instance(house.hass), "async_db_ready", ready)
    monkeypatch.setattr(recorder_source, "_READY_S", 0.0)
    for asking in (
        house.source.check(),
        house.source.list_series(RECORDED),
        house.source.readings(RECORDED, [SUPPLY], [(at(0), at(1))]),
        house.source.first_time(RECORDED),
        house.source.hours(RECORDED, [SUPPLY], (at(0), at(1)), units={}),
    ):
        with pytest.raises(CannotConnect) as failed:
            await asking
        assert failed.value.key == key


async def test_the_reference_day_as_it_is_recorded(house: House) -> None:
    """20 min on at 3 kW and 5 K, 20 min off; nothing else is ever said."""
    start = BEGIN + timedelta(hours=4)
    series = {f"sensor.{metric}": metric for metric in METRICS}
    running = dict(zip(series, (1, 40, 35, 3000), strict=True))
    resting = dict(zip(series, (0, 30, 29, 50), strict=True))
    for minutes in range(50, 30 * 60, 20):
        for name, value in (running if minutes % 40 == 10 else resting).items():
            await house.becomes(minutes, name, value)
    await async_wait_recording_done(house.hass)
    # What holds into the first window is added with the past: the day begins later.
    first, stop = start - CONTEXT - timedelta(hours=1), start + timedelta(hours=25)
    frame = await house.source.readings(RECORDED, list(series), [(first, stop)])
    pump = HeatPump(by_hand(*METRICS), {})
    pump.load([frame.rename(columns=series)], first, stop)
    day = pump.figures().between(start, start + timedelta(days=1))

    assert day["heat_kwh"] == pytest.approx(162)
    assert day["electricity_kwh"] == pytest.approx(36.6)
    assert day["cop_compressor"] == pytest.approx(4.5)
    assert day["starts"] == 36
    assert day["coverage"] == pytest.approx(1)
