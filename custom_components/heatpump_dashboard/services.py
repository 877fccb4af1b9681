"""The actions: figures, events and insights, for automations and scripts."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import (
    async_get_device_and_config_entry,
    async_register_admin_service,
)
from homeassistant.util import dt as dt_util
import probatio

from .analysis.periods import PERIODS, Period, named_periods
from .analysis.times import utc
from .analysis.words import EVENT_KINDS
from .const import DOMAIN
from .coordinator import HeatPumpCoordinator
from .identity import identity
from .loading import data_of
from .pump.limits import MOST_EVENTS, USUAL_EVENTS
from .worker import async_compute

SERVICE_GET_FIGURES: Final = "get_figures"
SERVICE_GET_EVENTS: Final = "get_events"
SERVICE_READ_AGAIN: Final = "read_again"
SERVICE_GET_INSIGHTS: Final = "get_insights"

ATTR_PERIOD: Final = "period"
ATTR_START: Final = "start"
ATTR_END: Final = "end"
ATTR_KINDS: Final = "kinds"
ATTR_LIMIT: Final = "limit"

_DEVICE: Final = {probatio.Required(ATTR_DEVICE_ID): cv.string}
_SPAN: Final[dict[Any, Any]] = {
    **_DEVICE,
    probatio.Optional(ATTR_PERIOD): probatio.In(list(PERIODS)),
    probatio.Optional(ATTR_START): cv.datetime,
    probatio.Optional(ATTR_END): cv.datetime,
}
_EVENTS: Final = {
    **_SPAN,
    probatio.Optional(ATTR_KINDS, default=list(EVENT_KINDS)): probatio.All(
        cv.ensure_list, [probatio.In(list(EVENT_KINDS))]
    ),
    probatio.Optional(ATTR_LIMIT, default=USUAL_EVENTS): probatio.All(
        probatio.Coerce(int), probatio.Range(min=1, max=MOST_EVENTS)
    ),
}
# A span that is longer than anybody has had a heat pump is a slip.
_LONGEST: Final = timedelta(days=100 * 366)
# Nothing is known of later, however far an end is.
_DAY: Final = timedelta(days=1)


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, answer, fields in (
        (SERVICE_GET_FIGURES, _async_get_figures, _SPAN),
        (SERVICE_GET_EVENTS, _async_get_events, _EVENTS),
        (SERVICE_GET_INSIGHTS, _async_get_insights, _DEVICE),
    ):
        hass.services.async_register(
            DOMAIN,
            name,
            answer,
            schema=probatio.Schema(fields),
            supports_response=SupportsResponse.ONLY,
        )
    # It loads everybody's heat pumps anew, and keeps the database busy for long.
    async_register_admin_service(
        hass,
        DOMAIN,
        SERVICE_READ_AGAIN,
        _async_read_again,
        schema=probatio.Schema(_SPAN),
    )


async def _async_get_figures(call: ServiceCall) -> ServiceResponse:
    """Return the figures of a heat pump in a period."""
    coordinator = _coordinator(call.hass, call.data[ATTR_DEVICE_ID])
    zone, now = dt_util.get_default_time_zone(), dt_util.utcnow()
    span = _span(call.data, now, zone)
    await coordinator.years.async_open()
    return await async_compute(call.hass, _figures, coordinator, span, now, zone)


async def _async_get_events(call: ServiceCall) -> ServiceResponse:
    """Return the events of a heat pump in a period, the newest first."""
    coordinator = _coordinator(call.hass, call.data[ATTR_DEVICE_ID])
    zone = dt_util.get_default_time_zone()
    span = _span(call.data, dt_util.utcnow(), zone)
    events, more = await coordinator.years.async_events(
        span, kinds=call.data[ATTR_KINDS], limit=call.data[ATTR_LIMIT]
    )
    told = [event | {"time": _text(event["time"], zone)} for event in events]
    answer: dict[str, Any] = {"events": told, "more": more}
    return answer


async def _async_get_insights(call: ServiceCall) -> ServiceResponse:
    """Return the verdict on a heat pump, and the insights by their ids."""
    coordinator = _coordinator(call.hass, call.data[ATTR_DEVICE_ID])
    zone = dt_util.get_default_time_zone()
    time, answers = await coordinator.insights.async_answers()
    told = answers.by_id()
    verdict = dict(told.pop("verdict"))
    checks = {one["id"]: _dated(one, zone) for one in verdict.pop("checks")}
    answer: dict[str, Any] = {
        "time": dt_util.as_local(time).isoformat(),
        "verdict": verdict | {"checks": checks},
        "insights": {name: _dated(one, zone) for name, one in told.items()},
    }
    return answer


def _dated(told: Mapping[str, Any], zone: tzinfo) -> dict[str, Any]:
    """Return an answer with its days as texts in local time, and without its id."""
    edges = {
        key: None if told[key] is None else _text(told[key], zone)
        for key in ("from", "to")
    }
    return {key: value for key, value in told.items() if key != "id"} | edges


async def _async_read_again(call: ServiceCall) -> None:
    """Have a period read again: from the source, or all that is in memory with it."""
    coordinator = _coordinator(call.hass, call.data[ATTR_DEVICE_ID])
    now, zone = dt_util.utcnow(), dt_util.get_default_time_zone()
    span = _span(call.data, now, zone)
    await coordinator.years.async_read_again(span)
    if coordinator.gone:
        # The one that has taken its place knows nothing of it; there may be none.
        await _async_read_again(call)
        return
    since = coordinator.pump.records.since
    first = coordinator.pump.first_reading
    if first is None or since is None or span.start < first or span.end > since:
        entry_id = coordinator.config_entry.entry_id
        call.hass.config_entries.async_schedule_reload(entry_id)


def _figures(
    coordinator: HeatPumpCoordinator, span: Period, now: datetime, zone: tzinfo
) -> dict[str, Any]:
    """Return the figures of a span, times as texts in local time. Slow."""
    from .history.calendar import figures_of
    from .view.snapshot import plain

    pump, years = coordinator.pump, coordinator.years
    figures = figures_of(
        pump, years.store, years.left_out, span, now, zone, years.outdated
    )
    edges = {key: _text(figures[key], zone) for key in ("start", "end")}
    return figures | edges | {"totals": figures["totals"] and plain(figures["totals"])}


def _coordinator(hass: HomeAssistant, device_id: str) -> HeatPumpCoordinator:
    """Return the coordinator of the heat pump that a device is.

    Raises ServiceValidationError where it is none, or is not read yet.
    """
    device, entry = async_get_device_and_config_entry(hass, DOMAIN, device_id)
    for coordinator in data_of(entry).coordinators.values():
        own = (DOMAIN, identity(entry, coordinator.subentry))
        if coordinator.has_read and own in device.identifiers:
            return coordinator
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="not_read",
        translation_placeholders={"device": device.name_by_user or device.name or ""},
    )


def _span(data: Mapping[str, Any], now: datetime, zone: tzinfo) -> Period:
    """Return the span that is asked for: a period by its name, or from start to end.

    Without an end it is now. Raises ServiceValidationError where it is not clear.
    """
    if (ATTR_PERIOD in data) == (ATTR_START in data):
        raise _invalid("period_or_start")
    if ATTR_PERIOD in data:
        if ATTR_END in data:
            raise _invalid("period_or_start")
        return named_periods(now, zone)[data[ATTR_PERIOD]]
    start, end = (utc(data.get(key, now), zone) for key in (ATTR_START, ATTR_END))
    if not start < min(end, now):
        raise _invalid("end_before_start")
    return Period(max(start, now - _LONGEST), min(end, now + _DAY))


def _invalid(key: str) -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key)


def _text(milliseconds: int, zone: tzinfo) -> str:
    """Return a time as a text in local time, as templates read it."""
    return datetime.fromtimestamp(milliseconds / 1000, zone).isoformat()
