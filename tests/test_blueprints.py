"""The blueprints, each in a Home Assistant that takes it from its file."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
import shutil
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    async_mock_service,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from tests.support.logged import complaints

FOLDER = Path(__file__).parents[1] / "blueprints/automation/heatpump_dashboard"
NOTIFY = [
    {
        "action": "notify.mobile_app_phone",
        "data": {"title": "{{ title }}", "message": "{{ message }}"},
    }
]

type Use = Callable[..., Awaitable[list[ServiceCall]]]


@pytest.fixture
async def use(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[Use]:
    """Return what makes an automation of a blueprint; it gives the phone's messages."""
    hass.config.config_dir = str(tmp_path)
    target = tmp_path / "blueprints/automation/heatpump_dashboard"
    shutil.copytree(FOLDER, target)

    async def use_(name: str, **inputs: Any) -> list[ServiceCall]:
        messages: list[ServiceCall] = async_mock_service(
            hass, "notify", "mobile_app_phone"
        )
        blueprint = {
            "path": f"heatpump_dashboard/{name}.yaml",
            "input": {"actions": NOTIFY, **inputs},
        }
        config = {"automation": {"use_blueprint": blueprint}}
        assert await async_setup_component(hass, "automation", config)
        await hass.async_block_till_done()
        [automation] = hass.states.async_all("automation")
        assert automation.state == "on"
        return messages

    yield use_
    # What waits for a time would still wait after the test.
    await hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )


async def at(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, moment: datetime
) -> None:
    """Let it be `moment`, and all that happens then happen."""
    freezer.move_to(moment)
    async_fire_time_changed(hass, moment)
    await hass.async_block_till_done()


def local(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment of January 2026, whose fifth is a Monday, of the home's clock."""
    return datetime(2026, 1, day, hour, minute, tzinfo=dt_util.get_default_time_zone())


def test_every_blueprint_says_where_it_comes_from_and_what_it_needs() -> None:
    names = {path.stem for path in FOLDER.glob("*.yaml")}
    assert names == {
        "alarm",
        "auxiliary_heater_too_long",
        "hot_water_not_hot",
        "low_cop",
        "verdict",
        "weekly_letter",
    }
    for name in names:
        blueprint = load_yaml_dict(str(FOLDER / f"{name}.yaml"))["blueprint"]
        assert blueprint["source_url"].endswith(
            f"/blueprints/automation/heatpump_dashboard/{name}.yaml"
        )
        assert blueprint["homeassistant"]["min_version"] == "2026.10.0"


@pytest.mark.parametrize(
    ("cop", "told"), [("2.1", True), ("2.9", False), (STATE_UNKNOWN, False)]
)
async def test_a_low_cop_of_the_day_is_told_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    use: Use,
    cop: str,
    told: bool,
) -> None:
    freezer.move_to(local(5, 20))
    messages = await use("low_cop", cop_sensor="sensor.villa_cop_today", limit=2.5)
    hass.states.async_set("sensor.villa_cop_today", cop)
    await at(hass, freezer, local(5, 23))
    assert not messages
    await at(hass, freezer, local(5, 23, 30))
    assert [call.data["message"] for call in messages] == (
        ["The heat pump's COP today is 2.1, under 2.5."] if told else []
    )


async def test_an_auxiliary_heater_that_stays_on_is_told(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, use: Use
) -> None:
    heater = "binary_sensor.villa_auxiliary_heater"
    freezer.move_to(local(5, 8))
    hass.states.async_set(heater, "off")
    messages = await use(
        "auxiliary_heater_too_long", auxiliary_heater=heater, duration={"minutes": 90}
    )
    hass.states.async_set(heater, "on")
    await hass.async_block_till_done()
    await at(hass, freezer, local(5, 9))
    hass.states.async_set(heater, "off")
    await hass.async_block_till_done()
    await at(hass, freezer, local(5, 10))
    assert not messages, "It was off in between"

    hass.states.async_set(heater, "on")
    await hass.async_block_till_done()
    await at(hass, freezer, local(5, 11, 31))
    assert [call.data["message"] for call in messages] == [
        "The auxiliary heater has been on for 91 minutes."
    ]


async def tell_alarm(hass: HomeAssistant, minute: int, kind: str) -> None:
    """Let the event entity tell of an alarm."""
    hass.states.async_set(
        "event.villa_alarms",
        local(5, 8, minute).isoformat(),
        {"event_type": kind, "code": 10, "text": "High pressure", "severity": "stop"},
    )
    await hass.async_block_till_done()


@pytest.mark.parametrize("tell_end", [False, True])
async def test_an_alarm_reaches_the_phone_with_its_text(
    hass: HomeAssistant, use: Use, tell_end: bool
) -> None:
    entity = "event.villa_alarms"
    hass.states.async_set(entity, STATE_UNKNOWN)
    messages = await use("alarm", alarms=entity, tell_end=tell_end)
    await tell_alarm(hass, 1, "raised")
    assert [call.data for call in messages] == [
        {"title": "Heat pump alarm", "message": "High pressure"}
    ]
    hass.states.async_set(entity, STATE_UNAVAILABLE)
    await hass.async_block_till_done()
    await tell_alarm(hass, 1, "raised")
    assert len(messages) == 1, "The same again, after the source was away"

    await tell_alarm(hass, 2, "cleared")
    titles = [call.data["title"] for call in messages[1:]]
    assert titles == (["Heat pump alarm over"] if tell_end else [])


async def write_letter(hass: HomeAssistant, device: str, *codes: str) -> None:
    """Let a letter of these sentences be told."""
    told = {
        "device_id": device,
        "name": "Villa",
        "sentences": [{"code": code, "params": {}} for code in codes],
        "title": "Villa: the week",
        "text": "All is right. It used 205 kWh.",
        "url": "/heatpump-dashboard/insights/letter?pump=1",
    }
    hass.bus.async_fire("heatpump_dashboard_weekly", told)
    await hass.async_block_till_done()


@pytest.mark.parametrize("only_news", [False, True])
async def test_the_letter_of_a_heat_pump_reaches_the_phone(
    hass: HomeAssistant, use: Use, only_news: bool
) -> None:
    messages = await use("weekly_letter", heat_pump="villa", only_news=only_news)
    await write_letter(hass, "cottage", "verdict_ok", "used", "heater")
    assert not messages, "It is that of another one"
    await write_letter(hass, "villa", "verdict_ok", "used", "nothing")
    assert len(messages) == (not only_news)
    await write_letter(hass, "villa", "verdict_ok", "used", "heater")
    await write_letter(hass, "villa", "verdict_act", "used", "nothing")
    assert len(messages) == 3 - only_news
    assert messages[-1].data == {
        "title": "Villa: the week",
        "message": "All is right. It used 205 kWh.",
    }


def warm_water(hass: HomeAssistant, days: int, highest: float) -> None:
    """Write statistics of `days` before Monday the 19th; one hour is the warmest."""
    start = local(19) - timedelta(days=days)
    metadata = StatisticMetaData(
        mean_type=StatisticMeanType.ARITHMETIC,
        has_sum=False,
        name=None,
        source="recorder",
        statistic_id="sensor.villa_hot_water_temperature",
        unit_class="temperature",
        unit_of_measurement="°C",
    )
    hours = [
        StatisticData(start=start + timedelta(hours=hour), mean=48, min=45, max=52)
        for hour in range(24 * days)
    ]
    hours[24 * days // 2]["max"] = highest
    async_import_statistics(hass, metadata, hours)


@pytest.mark.parametrize(
    ("days", "highest", "told"),
    [
        (20, 57.2, True),
        (20, 61.0, False),
        # The last fortnight must be known whole.
        (9, 57.2, False),
    ],
)
async def test_hot_water_that_never_was_hot_is_told(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    use: Use,
    days: int,
    highest: float,
    told: bool,
) -> None:
    freezer.move_to(local(18, 12))
    messages = await use(
        "hot_water_not_hot", hot_water_sensor="sensor.villa_hot_water_temperature"
    )
    warm_water(hass, days, highest)
    await async_wait_recording_done(hass)
    await at(hass, freezer, local(19, 9))
    await async_wait_recording_done(hass)
    assert len(messages) == told
    if told:
        assert messages[0].data["message"] == (
            "The hot water has not reached 60 °C in the last 14 days;"
            " the highest was 57.2 °C."
        )


async def test_an_alarm_entity_that_is_removed_leaves_the_log_alone(
    hass: HomeAssistant, use: Use, caplog: pytest.LogCaptureFixture
) -> None:
    entity_id = "event.villa_alarm"
    told = {"event_type": "raised", "text": "High pressure"}
    hass.states.async_set(entity_id, "2026-01-05T10:00:00+00:00", told)
    messages = await use("alarm", alarms=[entity_id], tell_end=True)
    caplog.clear()
    hass.states.async_remove(entity_id)
    await hass.async_block_till_done()
    assert complaints(caplog) == []
    assert not messages
