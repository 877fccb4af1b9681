"""The websocket commands of the panel and the cards; any user may read."""

from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
import probatio

from ..analysis.periods import UNITS, Period, Unit
from ..analysis.times import milliseconds, utc
from ..analysis.words import EVENT_KINDS
from ..const import DOMAIN, SUBENTRY_HEAT_PUMP
from ..coordinator import HeatPumpCoordinator
from ..loading import data_of
from ..panel import async_bundle
from ..pump.limits import MOST_EVENTS, USUAL_EVENTS
from ..view.ranges import RANGES, WINDOWS_KEPT, Span
from ..worker import async_compute
from .event_pages import Before, before, next_page, whole_number
from .info import describe, describe_unloaded
from .pumps import Absence, absence_of, coordinator_of, entries_of, why_not
from .shared_span import Viewer
from .subscriptions import (
    MOST_OF_A_CONNECTION,
    MOST_OF_A_PUMP,
    async_follow_entries,
    async_has_room,
    async_subscriptions_of,
)

ERR_INVALID_RANGE: Final = "invalid_range"
_END_BEFORE_START: Final = "The end must be after the start"
_TOO_LONG: Final = (
    "These are more than 800 periods: choose a longer unit or a shorter span"
)

_NO_INSIGHT: Final = "There is no such insight"
_NO_DAY: Final = "Only a change has a day: between the first reading and today"
_TOO_EARLY: Final = "The start must not be more than a year before the first reading"
# The calendar's year in which readings begin may be asked for.
_BEFORE_FIRST: Final = timedelta(days=366)

_TIMES: Final = ("start_time", "end_time")


_TOO_MANY: Final = (
    *Absence(
        "too_many",
        f"At most {MOST_OF_A_CONNECTION} free periods can be looked at in one page, and "
        f"{MOST_OF_A_PUMP} of one heat pump in all",
        "too_many",
    ),
    {
        "connection": str(MOST_OF_A_CONNECTION),
        "pump": str(MOST_OF_A_PUMP),
    },
)


@callback
def async_register_commands(hass: HomeAssistant) -> None:
    """Register the commands."""
    websocket_api.async_register_command(hass, async_info)
    websocket_api.async_register_command(hass, async_subscribe)
    websocket_api.async_register_command(hass, async_periods)
    websocket_api.async_register_command(hass, async_calendar)
    websocket_api.async_register_command(hass, async_events)
    websocket_api.async_register_command(hass, async_insights)
    websocket_api.async_register_command(hass, async_insight)
    async_follow_entries(hass)


@websocket_api.websocket_command({probatio.Required("type"): f"{DOMAIN}/info"})
@websocket_api.async_response
async def async_info(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send what there is to be shown."""
    for entry in entries_of(hass):
        for loaded in data_of(entry).coordinators.values():
            # How far back it is known is to be seen on disk.
            await loaded.years.async_open()
    pumps = [
        describe(coordinator)
        if (coordinator := coordinator_of(hass, subentry.subentry_id)) is not None
        else describe_unloaded(subentry, hass.config.currency)
        | {"error": absence_of(entry, subentry)._asdict()}
        for entry in entries_of(hass)
        for subentry in entry.get_subentries_of_type(SUBENTRY_HEAT_PUMP)
    ]
    connection.send_result(msg["id"], {"pumps": pumps, "bundle": async_bundle(hass)})


def _one_span(msg: dict[str, Any]) -> dict[str, Any]:
    """Check that either a range or both of its ends are given."""
    given = [key for key in _TIMES if key in msg]
    if "range" in msg and given:
        raise probatio.Invalid("range excludes start_time and end_time")
    if "range" not in msg and len(given) < len(_TIMES):
        raise probatio.Invalid(
            "either range, or start_time and end_time, must be given"
        )
    return msg


@websocket_api.websocket_command(
    probatio.All(
        probatio.Schema(
            {
                probatio.Required("type"): f"{DOMAIN}/subscribe",
                probatio.Required("pump"): str,
                probatio.Optional("range"): probatio.In(list(RANGES)),
                probatio.Optional("start_time"): cv.datetime,
                probatio.Optional("end_time"): cv.datetime,
            }
        ),
        _one_span,
    )
)
@websocket_api.async_response
async def async_subscribe(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send a snapshot of a pump and a span, then what changes in it."""
    if (problem := _problem(msg)) is not None:
        connection.send_error(msg["id"], ERR_INVALID_RANGE, problem)
        return
    pump_id: str = msg["pump"]
    span = _span(msg)
    if (coordinator := _asked_of(hass, connection, msg)) is None:
        return
    subscriptions = async_subscriptions_of(hass, pump_id)
    viewer = Viewer(connection, msg["id"])
    # Before anything is waited for: who leaves meanwhile looks no more.
    connection.subscriptions[msg["id"]] = viewer.close
    refused: tuple[Any, ...] | None = None
    shown = False
    try:
        if await _async_is_too_early(coordinator, span):
            refused = (ERR_INVALID_RANGE, _TOO_EARLY)
        elif (
            # Who has left takes no place, nor do the few ranges.
            viewer.gone
            or span.range is not None
            or async_has_room(hass, pump_id, connection)
        ):
            shown = await subscriptions.async_subscribe(viewer, span)
        else:
            refused = _TOO_MANY
    finally:
        if not shown:
            connection.subscriptions.pop(msg["id"], None)
    if not shown:
        connection.send_error(msg["id"], *(refused or why_not(hass, pump_id)))


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/periods",
        probatio.Required("pump"): str,
    }
)
@websocket_api.async_response
async def async_periods(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send the figures of today, yesterday, this and last week and month."""
    if (coordinator := _asked_of(hass, connection, msg)) is None:
        return
    subscriptions = async_subscriptions_of(hass, coordinator.pump_id)
    periods = await subscriptions.async_periods(coordinator)
    connection.send_result(msg["id"], {"periods": periods})


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/calendar",
        probatio.Required("pump"): str,
        probatio.Required("unit"): probatio.In(list(UNITS)),
        probatio.Required("start_time"): cv.datetime,
        probatio.Required("end_time"): cv.datetime,
    }
)
@websocket_api.async_response
async def async_calendar(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send the figures of the local days, weeks, months or years of a span."""
    if (span := _asked_span(connection, msg)) is None:
        return
    if (coordinator := _asked_of(hass, connection, msg)) is None:
        return
    await coordinator.years.async_open()
    zone, now = dt_util.get_default_time_zone(), dt_util.utcnow()
    rows = await async_compute(
        hass, _calendar, coordinator, msg["unit"], span, now, zone
    )
    if rows is None:
        connection.send_error(msg["id"], ERR_INVALID_RANGE, _TOO_LONG)
    else:
        connection.send_result(msg["id"], {"rows": rows})


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/events",
        probatio.Required("pump"): str,
        probatio.Required("start_time"): cv.datetime,
        probatio.Required("end_time"): cv.datetime,
        probatio.Optional("kinds", default=list(EVENT_KINDS)): [
            probatio.In(list(EVENT_KINDS))
        ],
        probatio.Optional("before"): before,
        probatio.Optional("limit", default=USUAL_EVENTS): probatio.All(
            whole_number, probatio.Range(min=1, max=MOST_EVENTS)
        ),
    }
)
@websocket_api.async_response
async def async_events(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send the newest events of a span, or those before a moment of it.

    `next`: what to ask for `before` to get those that come next.
    """
    if (span := _asked_span(connection, msg)) is None:
        return
    if (coordinator := _asked_of(hass, connection, msg)) is None:
        return
    asked: Before | None = msg.get("before")
    told = (-1, 0)
    if asked is not None:
        span = Period(span.start, max(span.start, min(span.end, asked.end)))
        told = (asked.time, asked.told)
    events, more = await coordinator.years.async_events(
        span, kinds=msg["kinds"], limit=msg["limit"], told=told
    )
    following = next_page(events, asked) if more else None
    connection.send_result(
        msg["id"], {"events": events, "more": more, "next": following}
    )


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/insights",
        probatio.Required("pump"): str,
    }
)
@websocket_api.async_response
async def async_insights(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send the verdict, and the answer to every question."""
    if (coordinator := _asked_of(hass, connection, msg)) is None:
        return
    insights = coordinator.insights
    time, answers = await insights.async_answers()
    told = {"time": milliseconds(time), "whole": insights.whole}
    connection.send_result(msg["id"], told | answers.as_dict())


@websocket_api.websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/insight",
        probatio.Required("pump"): str,
        probatio.Required("insight"): str,
        # Of a change that only its owner knows of; else it is of the last setting.
        probatio.Optional("date"): cv.date,
    }
)
@websocket_api.async_response
async def async_insight(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
) -> None:
    """Send the answer to one question, with the tables of what it rests on."""
    if (coordinator := _asked_of(hass, connection, msg)) is None:
        return
    insights, day = coordinator.insights, msg.get("date")
    time, answers = await insights.async_answers()
    if day is not None and not answers.knows(day):
        # It may have been read since they were found.
        time, answers = await insights.async_answers(at_once=True)
    if (insight := answers.answer(msg["insight"])) is None:
        connection.send_error(msg["id"], websocket_api.ERR_NOT_FOUND, _NO_INSIGHT)
        return
    if day is not None:
        if insight.id != "change" or not answers.knows(day):
            connection.send_error(msg["id"], ERR_INVALID_RANGE, _NO_DAY)
            return
        answers = await async_compute(hass, answers.of_change, day)
        insight = answers.insights[insight.id]
    evidence = await async_compute(hass, answers.evidence, insight.id)
    told = insight.as_dict(answers.subject.zone) | {"evidence": evidence}
    connection.send_result(msg["id"], {"time": milliseconds(time), "insight": told})


def _calendar(
    coordinator: HeatPumpCoordinator,
    unit: Unit,
    span: Period,
    now: datetime,
    zone: tzinfo,
) -> list[dict[str, Any]] | None:
    """Return the rows of the calendar, None where they would be too many. Slow."""
    from ..history.calendar import TooManyPeriodsError, calendar_of
    from ..view.snapshot import sent

    pump, years = coordinator.pump, coordinator.years
    try:
        rows = calendar_of(
            pump, years.store, years.left_out, unit, span, now, zone, years.outdated
        )
    except TooManyPeriodsError:
        return None
    return [row | {"totals": row["totals"] and sent(row["totals"])} for row in rows]


def _problem(msg: dict[str, Any]) -> str | None:
    """Return what is wrong with a free span, None if nothing is."""
    if "range" in msg:
        return None
    start, end, now = _utc(msg["start_time"]), _utc(msg["end_time"]), dt_util.utcnow()
    if start >= end:
        return _END_BEFORE_START
    if start >= now:
        return "The start is in the future"
    return None


async def _async_is_too_early(coordinator: HeatPumpCoordinator, span: Span) -> bool:
    """Return whether a free span begins long before all that can be shown."""
    now = dt_util.utcnow()
    if span.range is not None or span.start >= now.timestamp() - WINDOWS_KEPT:
        return False
    await coordinator.years.async_open()
    first = coordinator.years.first_known
    return first is None or span.start < (first - _BEFORE_FIRST).timestamp()


def _span(msg: dict[str, Any]) -> Span:
    if "range" in msg:
        return Span(msg["range"])
    start, end = (_utc(msg[key]).timestamp() for key in _TIMES)
    return Span(None, start, end)


@callback
def _asked_of(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> HeatPumpCoordinator | None:
    """Return the coordinator that is asked, None where it was said why there is none."""
    coordinator = coordinator_of(hass, msg["pump"])
    if coordinator is None:
        connection.send_error(msg["id"], *why_not(hass, msg["pump"]))
    return coordinator


@callback
def _asked_span(
    connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> Period | None:
    """Return the span that is asked for, None where it was said that it is none."""
    start, end = (_utc(msg[key]) for key in _TIMES)
    if start < end:
        return Period(start, end)
    connection.send_error(msg["id"], ERR_INVALID_RANGE, _END_BEFORE_START)
    return None


def _utc(moment: datetime) -> datetime:
    """Return a time in UTC; one without an offset is the home's."""
    return utc(moment, dt_util.get_default_time_zone())
