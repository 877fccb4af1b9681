"""Follows an entity that tells what electricity costs, and reads what it told."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.recorder import DATA_INSTANCE, get_instance
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..const import CONF_PRICE_ENTITY, DOMAIN, LOGGER
from ..coordinator import HeatPumpCoordinator
from ..issues import ISSUE_PRICE, async_take_back
from ..pump.limits import LEDGER_KEPT
from .downtime import ended_while_off, times_off
from .unit import per_kwh

if TYPE_CHECKING:
    from ..analysis.prices import Prices

_HOUR: Final = timedelta(hours=1)
# A recorder that is migrated or repaired does not answer for long.
_RECORDER_TIMEOUT_S: Final = 300.0
_DAY: Final = timedelta(days=1)
_MONTH: Final = timedelta(days=30)
# An entity that changes more often in a piece is not read state by state: that piece and
# those before it are told by the hours of the statistics.
_MOST_CHANGES: Final = 20_000

type _Step = tuple[float, float | None]


@callback
def async_follow_price(hass: HomeAssistant, coordinator: HeatPumpCoordinator) -> None:
    """Have a heat pump's price follow its entity, until the entry is unloaded."""
    if (entity_id := coordinator.subentry.data.get(CONF_PRICE_ENTITY)) is not None:
        PriceEntity(hass, coordinator, entity_id).async_start()
    else:
        ir.async_delete_issue(hass, DOMAIN, f"{ISSUE_PRICE}_{coordinator.pump_id}")


class PriceEntity:
    """The prices of one entity: what the recorder has of them, and what comes."""

    def __init__(
        self, hass: HomeAssistant, coordinator: HeatPumpCoordinator, entity_id: str
    ) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._coordinator = coordinator
        self._entity_id = entity_id
        self._issue = f"{ISSUE_PRICE}_{coordinator.pump_id}"
        # The price told last, which is in force.
        self._price: float | None = None

    @callback
    def async_start(self) -> None:
        """Listen from now on, and read what was told before.

        The price of now is in force at once, whatever becomes of the past.
        """
        entry = self._coordinator.config_entry
        # One that is not there says nothing of now, whatever the recorder has of it.
        steps: list[_Step] = [(dt_util.utcnow().timestamp(), None)]
        if (state := self._hass.states.get(self._entity_id)) is not None:
            steps = [_step(state, self._currency)]
            self._price = steps[-1][1]
        self._coordinator.pump.prices = _prices(steps)
        entry.async_on_unload(
            async_track_state_change_event(
                self._hass, [self._entity_id], self._async_changed
            )
        )
        entry.async_on_unload(async_at_started(self._hass, self._async_check))
        entry.async_create_background_task(
            self._hass, self._async_read_past(), f"{self._coordinator.name} prices"
        )

    @property
    def _currency(self) -> str:
        return self._hass.config.currency

    @callback
    def _async_changed(self, event: Event[EventStateChangedData]) -> None:
        """Take the price that is in force from now on."""
        if (state := event.data["new_state"]) is not None:
            step = _step(state, self._currency)
        else:
            step = (event.time_fired_timestamp, None)
        self._async_check(self._hass)
        if step[1] == self._price:
            # Only its attributes changed; nothing has to be computed again for that.
            return
        self._price = step[1]
        if (prices := self._coordinator.pump.prices) is not None:
            self._coordinator.pump.prices = prices.then(*step)

    async def _async_read_past(self) -> None:
        """Put what was told before what is being told."""
        past = await self._async_recorded()
        if (prices := self._coordinator.pump.prices) is not None:
            self._coordinator.pump.prices = past.followed_by(prices)
        if len(past.times):
            self._coordinator.years.async_price_again()
        self._coordinator.async_refresh_soon()

    async def _async_recorded(self) -> Prices:
        """Return what the recorder has, nothing where it cannot say."""
        if DATA_INSTANCE not in self._hass.data:
            return _prices([])
        try:
            async with asyncio.timeout(_RECORDER_TIMEOUT_S):
                return await get_instance(self._hass).async_add_executor_job(
                    _read, self._hass, self._entity_id, self._currency
                )
        except Exception as err:  # noqa: BLE001 - it may fail of anything
            LOGGER.warning(
                "The past prices of %s are unknown: %s",
                self._coordinator.name,
                str(err) or type(err).__name__,
            )
            return _prices([])

    @callback
    def _async_check(self, hass: HomeAssistant) -> None:
        """Say it where the entity is no price; what is just unavailable may be one."""
        state = hass.states.get(self._entity_id)
        key = None
        if state is None:
            key = "price_missing" if hass.is_running else None
        elif _number(state) is not None and _factor(state, self._currency) is None:
            key = "price_unit"
        if key is None:
            if state is not None and _number(state) is not None:
                ir.async_delete_issue(hass, DOMAIN, self._issue)
            else:
                # Not known now: one that is ignored stays so.
                async_take_back(hass, self._issue)
            return
        ir.async_create_issue(
            hass,
            DOMAIN,
            self._issue,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders={
                "currency": self._currency,
                "entity": self._entity_id,
                "name": self._coordinator.name,
                "unit": str(_unit(state) or "–"),
            },
        )


def _prices(steps: list[_Step]) -> Prices:
    """Return the prices of steps. pandas has been imported by the first refresh."""
    from ..analysis.prices import Prices

    return Prices.of(steps)


def _unit(state: State | None) -> object:
    return None if state is None else state.attributes.get("unit_of_measurement")


def _factor(state: State, currency: str) -> float | None:
    return per_kwh(_unit(state), currency)


def _number(state: State) -> float | None:
    """Return the state as a number, None if it is not one."""
    try:
        value = float(state.state)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _step(state: State, currency: str) -> _Step:
    """Return the price a state tells, and from when on."""
    value, factor = _number(state), _factor(state, currency)
    price = None if value is None or factor is None else value * factor
    return state.last_updated_timestamp, price


def _read(hass: HomeAssistant, entity_id: str, currency: str) -> Prices:
    """Return what the recorder has: states, and hourly means of what is purged. Slow.

    As far back as either reaches: the hours of all years are priced when they are read.
    """
    now = dt_util.utcnow()
    start = now - LEDGER_KEPT
    if (oldest := get_instance(hass).states_manager.oldest_ts) is not None:
        start = min(start, datetime.fromtimestamp(oldest, UTC))
    told = _told(hass, entity_id, currency, start, now)
    steps = ended_while_off(told, times_off(hass, start))
    first = datetime.fromtimestamp(steps[0][0], UTC) if steps else now
    try:
        hours = _hourly(hass, entity_id, currency, first)
    except Exception as err:  # noqa: BLE001 - the states have been read all the same
        LOGGER.warning("The statistics of %s cannot be read: %s", entity_id, err)
        hours = []
    return _prices([*hours, *steps])


def _told(
    hass: HomeAssistant, entity_id: str, currency: str, start: datetime, now: datetime
) -> list[_Step]:
    """Return the recorded prices, oldest first, back to a piece that has too many.

    A day at a time; what is older than figures of now, a month at a time. Of each only
    the prices are kept: years of states are a hundred megabytes.
    """
    from homeassistant.components.recorder.history import state_changes_during_period

    pieces: list[list[_Step]] = []
    end: datetime | None = None
    begin = now
    while begin > start:
        piece = _DAY if now - begin < LEDGER_KEPT else _MONTH
        begin = max(begin - piece, start)
        states = state_changes_during_period(
            hass,
            begin,
            end,
            entity_id,
            limit=_MOST_CHANGES,
            include_start_time_state=begin == start,
        ).get(entity_id, [])
        if len(states) >= _MOST_CHANGES:
            break
        pieces.append([_step(state, currency) for state in states])
        end = begin
    return [step for piece in reversed(pieces) for step in piece]


def _hourly(
    hass: HomeAssistant, entity_id: str, currency: str, stop: datetime
) -> list[_Step]:
    """Return the hourly means of long-term statistics; an hour without has no price."""
    from homeassistant.components.recorder.statistics import (
        get_metadata,
        statistics_during_period,
    )

    metadata = get_metadata(hass, statistic_ids={entity_id}).get(entity_id)
    factor = metadata and per_kwh(metadata[1]["unit_of_measurement"], currency)
    if not factor:
        return []
    start = datetime.fromtimestamp(0, UTC)
    read = partial(statistics_during_period, hass, start, stop, {entity_id}, "hour")
    steps: dict[float, float | None] = {}
    for row in read(None, {"mean"}).get(entity_id, []):
        begin, mean = row["start"], row.get("mean")
        steps[begin] = None if mean is None else mean * factor
        steps.setdefault(begin + _HOUR.total_seconds(), None)
    last = stop.timestamp()
    return [(time, price) for time, price in steps.items() if time < last]
