"""Joins the past of a heat pump onto the statistics of its own sensors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from homeassistant.const import Platform, UnitOfEnergy, UnitOfTemperature
from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import DATA_INSTANCE, get_instance

from ...const import DOMAIN, LOGGER
from ...worker import async_compute
from .forgetting import async_forget, async_forget_joint, async_pause
from .joints import Joint, Joints, async_joints

if TYPE_CHECKING:
    from homeassistant.components.recorder.models import StatisticMetaData
    import pandas as pd

    from ...pump.heat_pump import HeatPump
    from ..years import Years
    from .recorded import Recorded
    from .rows import Edit, Rows

# By the keys of the sensors: the columns of the ledger that growing totals add up, and
# the metrics of which there are means.
SUMS: Final = {
    "electricity": "electricity_kwh",
    "compressor_electricity": "compressor_electricity_kwh",
    "auxiliary_energy": "auxiliary_kwh",
    "heat": "heat_kwh",
    "heat_hot_water": "heat_hot_water_kwh",
    "cost_today": "cost",
}
MEANS: Final = ("outdoor_temp", "supply_temp", "return_temp")
_COST: Final = "cost_today"
# One of these is what somebody would miss in the Energy dashboard.
_ASKED_OF: Final = ("electricity", "heat")
_HOUR_S: Final = 3600
_LEAST_PAST_S: Final = 86_400
# Days become final one at a time; what could not be done is tried again after it.
_LOOK_INTERVAL_S: Final = 3600.0


@dataclass(slots=True)
class _Series:
    """A statistic that the past is joined onto.

    `level`: the sum before the hours that are as they should be, in our unit. `joined`:
    there are any of ours. `cleared`: somebody has removed all of it meanwhile.
    """

    key: str
    recorded: Recorded
    joint: Joint
    level: float = 0.0
    joined: bool = False
    cleared: bool = False


class JoinedStatistics:
    """Has the statistics of one heat pump's sensors begin with its first reading.

    `identity`: what the unique IDs of its sensors begin with. `wanted`: whether somebody
    wants it; None where nobody was asked yet. `ask`: called with whether there is a past
    that could be joined.

    Each time all that is there is compared with all that should be: so it does not
    matter where it was interrupted, what has been corrected since, or who changed it.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        pump: HeatPump,
        years: Years,
        *,
        pump_id: str,
        name: str,
        identity: str,
        wanted: bool | None,
        ask: Callable[[bool], None],
    ) -> None:
        """Begin with nothing compared."""
        self._hass = hass
        self._pump = pump
        self._years = years
        self._pump_id = pump_id
        self._name = name
        self._identity = identity
        self._wanted = wanted
        self._ask = ask
        self._running = False
        self._failing = False
        self._next_look = 0.0
        # The revision of the hours that nothing is left to be done of.
        self._done: int | None = None
        # The revision, and the joints, that were compared last.
        self._compared: tuple[int, dict[str, Joint]] | None = None

    @callback
    def async_is_due(self) -> bool:
        """Return whether to compare after a poll that succeeded."""
        if self._running or DATA_INSTANCE not in self._hass.data:
            return False
        if self._hass.state is not CoreState.running or not self._years.whole:
            return False
        changed = self._done != self._years.revision
        return changed and self._hass.loop.time() >= self._next_look

    async def async_go_on(self) -> None:
        """Compare, and do what is to be done."""
        self._running = True
        self._next_look = self._hass.loop.time() + _LOOK_INTERVAL_S
        revision = self._years.revision
        try:
            if await self._async_compare():
                self._done = revision
            self._failing = False
        except Exception as err:  # noqa: BLE001 - the recorder may fail of anything
            if not self._failing:
                LOGGER.warning(
                    "The past of %s cannot be joined onto its statistics, and is tried "
                    "again every hour: %r",
                    self._name,
                    err,
                )
            self._failing = True
        finally:
            self._running = False

    async def _async_compare(self) -> bool:
        """Do what is wanted; return whether nothing is left to wait for."""
        joints = await async_joints(self._hass)
        if self._wanted:
            async with joints.turn:
                return await self._async_join(joints)
        if joints.of(self._pump_id):
            await async_forget(self._hass, self._pump_id)
        if self._wanted is None:
            has_past = await self._async_has_past()
            self._ask(has_past)
            return has_past
        return True

    async def _async_has_past(self) -> bool:
        """Return whether there is something to join, of a day at least."""
        first = self._years.first_known
        if first is None:
            return False
        found = await self._async_series({}, _ASKED_OF)
        return any(
            one.joint.before - first.timestamp() > _LEAST_PAST_S for one in found
        )

    async def _async_join(self, joints: Joints) -> bool:
        """Join, the newest month first; return whether that is all of it."""
        first = self._years.first_known
        if first is None:
            return False
        known = joints.of(self._pump_id)
        found = await self._async_series(known, (*SUMS, *MEANS))
        rows = {one.recorded.row for one in found}
        for one in found:
            left = known.get(one.key)
            if left is not None and left.row not in (None, *rows):
                # The recorder renames no statistic to a name that is taken.
                await async_forget_joint(self._hass, left)
        # On disk first: what is ours must be known, whatever happens from here on.
        kept = known | {one.key: one.joint for one in found}
        await joints.async_keep(self._pump_id, kept)
        everything = len(found) == len(self._entities((*SUMS, *MEANS)))
        compared = self._years.revision, {one.key: one.joint for one in found}
        if compared != self._compared:
            since = _hour(first)
            # What was there before the first reading is somebody's own.
            await self._async_join_all(
                [one for one in found if one.joint.before > since], since
            )
            self._compared = compared
        return everything

    async def _async_join_all(self, found: list[_Series], since: int) -> None:
        """Make all statistics what they should be, from an hour on."""
        for one in found:
            one.level = await self._async_level(one)
        stop = max((one.joint.before for one in found), default=since)
        while stop > since:
            start = max(_month(stop - 1), since)
            hours = await self._async_hours(start, stop)
            for one in found:
                await self._async_month(one, hours, start, stop)
            stop = start
        for one in found:
            await self._async_begin_at_zero(one, since)

    def _entities(self, keys: tuple[str, ...]) -> dict[str, str]:
        """Return the entities that there are now, by the keys of the sensors."""
        registry = er.async_get(self._hass)
        names = {
            key: registry.async_get_entity_id(
                Platform.SENSOR, DOMAIN, f"{self._identity}_{key}"
            )
            for key in keys
        }
        return {
            key: name
            for key, name in names.items()
            if name is not None and self._hass.states.get(name) is not None
        }

    async def _async_series(
        self, known: Mapping[str, Joint], keys: tuple[str, ...]
    ) -> list[_Series]:
        """Return the statistics that there are, each with its joint.

        Where the hour is gone at which it was joined, all of it has been cleared: then
        it is joined before what has come since, as is another one of that name.
        """
        from .recorded import first_hour, metadata_of, rows_between

        first = self._years.first_known
        assert first is not None
        run, hass = get_instance(self._hass).async_add_executor_job, self._hass
        names = self._entities(keys)
        metadata = await run(metadata_of, hass, list(names.values()))
        found = []
        for key, name in names.items():
            recorded = self._recorded(key, metadata.get(name))
            if recorded is None:
                continue
            joint = known.get(key)
            if joint is not None and joint.row not in (None, recorded.row):
                joint = None
            before: int | None = None
            if joint is not None:
                edge = joint.before
                if len(
                    (await run(rows_between, hass, recorded, edge, edge + 1)).starts
                ):
                    before = edge
            if before is None:
                before = await run(first_hour, hass, recorded.row)
            if before is not None:
                since = min(_hour(first), joint.since if joint else before, before)
                joint = Joint(name, since, before, recorded.row)
                found.append(_Series(key, recorded, joint))
        return found

    def _recorded(
        self, key: str, found: tuple[int, StatisticMetaData] | None
    ) -> Recorded | None:
        """Return a statistic as the recorder has it, None where it is of another kind."""
        from .recorded import Recorded

        unit: str = UnitOfEnergy.KILO_WATT_HOUR
        if key in MEANS:
            unit = UnitOfTemperature.CELSIUS
        elif key == _COST:
            unit = self._hass.config.currency
        recorded = None if found is None else Recorded.of(found, unit)
        if recorded is None or recorded.has_sum == (key in MEANS):
            return None
        return recorded

    async def _async_level(self, one: _Series) -> float:
        """Return the sum that there has to be before the first hour of Home Assistant.

        That hour may have begun before the entity did: it gets what it had in whole.
        """
        from .recorded import rows_between
        from .rows import changes_of

        if not one.recorded.has_sum:
            return 0.0
        edge = one.joint.before
        run = get_instance(self._hass).async_add_executor_job
        rows = await run(rows_between, self._hass, one.recorded, edge, edge + 1)
        hours = await self._async_hours(edge, edge + _HOUR_S)
        changes = changes_of(hours, SUMS[one.key], self._pump.prices)
        known = changes.values[changes.values == changes.values]
        return float(rows.values.sum() - known.sum())

    async def _async_hours(self, start: int, stop: int) -> pd.DataFrame:
        """Return the hours that are known of a span."""
        return await async_compute(self._hass, self._hours, start, stop)

    def _hours(self, start: int, stop: int) -> pd.DataFrame:
        from ..hours import known_hours

        edges = (datetime.fromtimestamp(edge, UTC) for edge in (start, stop))
        hours = known_hours(self._pump, store := self._years.store, *edges)
        if store is not None and not store.readable:
            # What is not known now must not be taken away.
            raise OSError("the disk does not hand all hours out")
        return hours

    async def _async_month(
        self, one: _Series, hours: pd.DataFrame, start: int, stop: int
    ) -> None:
        """Make a month of a statistic what it should be."""
        from .recorded import async_lift, async_remove, async_write, data_of

        stop = min(stop, one.joint.before)
        if one.cleared or start >= stop:
            return
        run, hass = get_instance(self._hass).async_add_executor_job, self._hass
        edit = await run(self._edit, one, hours, start, stop)
        if not edit:
            return
        data = await run(data_of, one.recorded, edit.write)
        async_remove(hass, one.recorded, edit.forget.tolist())
        async_write(hass, one.recorded, data)
        async_lift(hass, one.recorded, stop, edit.lift)
        await async_pause(hass)

    def _edit(self, one: _Series, hours: pd.DataFrame, start: int, stop: int) -> Edit:
        """Return what is to be done of a month. For the recorder's executor."""
        from .recorded import rows_between, sum_before
        from .rows import Edit, changes_of, filled, means_edit, means_of, sums_edit

        hass, recorded = self._hass, one.recorded
        had = rows_between(hass, recorded, start, stop)
        edge = one.joint.before
        if not len(rows_between(hass, recorded, edge, edge + 1).starts):
            # Somebody has just cleared it.
            one.cleared = True
            return Edit(had.of(had.starts < 0))
        if not recorded.has_sum:
            return means_edit(had, _before(means_of(hours, one.key), stop))
        changes = _before(changes_of(hours, SUMS[one.key], self._pump.prices), stop)
        base = sum_before(hass, recorded, start)
        wanted = filled(changes, had, base)
        one.joined |= len(wanted.starts) > 0
        edit, one.level = sums_edit(had, wanted, one.level)
        return edit

    async def _async_begin_at_zero(self, one: _Series, since: int) -> None:
        """Lift all sums so that the first one is what its hour has added.

        Until here they end at what Home Assistant has, and begin below 0: whoever
        looks at the first hour would see that as its change.
        """
        from .recorded import async_lift, sum_before
        from .rows import is_off

        if one.cleared or not one.joined:
            return
        run, hass = get_instance(self._hass).async_add_executor_job, self._hass
        base = await run(sum_before, hass, one.recorded, since)
        if is_off(base - one.level):
            async_lift(hass, one.recorded, since, base - one.level)
            await async_pause(hass)


def _before(rows: Rows, stop: int) -> Rows:
    return rows.of(rows.starts < stop)


def _hour(moment: datetime) -> int:
    """Return the full hour that a moment lies in, s since 1970."""
    return int(moment.timestamp()) // _HOUR_S * _HOUR_S


def _month(moment: int) -> int:
    """Return the beginning of the month, UTC, that a moment lies in."""
    day = datetime.fromtimestamp(moment, UTC).date().replace(day=1)
    return int(datetime(day.year, day.month, 1, tzinfo=UTC).timestamp())
