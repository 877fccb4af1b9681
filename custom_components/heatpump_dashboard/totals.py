"""What was told of the growing totals, on disk: at once, then at most a minute old."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, override

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError
from homeassistant.util.hass_dict import HassKey

from .const import DOMAIN, LOGGER
from .pump.running_total import RunningTotal

_VERSION: Final = 1
# With the poll of 30 s before it, what is on disk is never older than a minute.
_DELAY_S: Final = 25.0
# Where a stored total says of which heat pump it is; most are told by their bucket.
PUMP: Final = "bucket"

type Stored = dict[str, dict[str, Any]]


class TotalsStore(Store[Stored]):
    """A file that may not be writable for a while, which is said once.

    Home Assistant's store logs an error at every attempt, and raises none that one
    could catch: there is no public way in between, so what writes is replaced.
    `tests/sensor/test_totals.py` fails where that is called otherwise one day.
    """

    _failing = False

    @override
    def _write_prepared_data(self, mode: str, json_data: str | bytes) -> None:
        """Write the data; while it cannot be written, try without a word."""
        if self._failing and not _is_written(Path(self.path), json_data):
            return
        try:
            super()._write_prepared_data(mode, json_data)
        except OSError as err:
            self._failing = True
            raise WriteError(err) from err
        except WriteError:
            self._failing = True
            raise
        if self._failing:
            self._failing = False
            LOGGER.info("%s can be written again", self.key)


class Totals:
    """The growing totals of an entry's heat pumps, by the unique IDs of the sensors.

    One object as long as Home Assistant runs: what is not written yet when an entry
    is loaded again is not lost.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Know where they are stored; nothing is read yet."""
        self._hass = hass
        self._store = TotalsStore(hass, _VERSION, _key(entry_id))
        self._totals: Stored | None = None
        self._writing = False
        self._waiting = False
        self._removed = False

    async def async_load(self, pumps: Collection[str]) -> None:
        """Read what is stored the first time; forget heat pumps that were removed.

        What cannot be read is as good as nothing, and is said.
        """
        if self._totals is None:
            self._totals = {}
            try:
                stored = await self._store.async_load()
            except (
                HomeAssistantError,
                OSError,
                ValueError,
                KeyError,
                TypeError,
            ) as err:
                LOGGER.warning("%s cannot be read: %s", self._store.key, err)
                stored = None
            if isinstance(stored, dict):
                self._totals = {
                    name: total for name, total in stored.items() if _is_total(total)
                }
        self._totals = {
            name: total
            for name, total in self._totals.items()
            if total.get(PUMP) in pumps
        }

    def get(self, unique_id: str) -> RunningTotal | None:
        """Return the total that was told last, None where there is none."""
        assert self._totals is not None
        stored = self._totals.get(unique_id)
        return None if stored is None else RunningTotal.from_dict(stored)

    @callback
    def put(self, unique_id: str, total: RunningTotal, pump: str) -> None:
        """Have a total written: at once where there was none, else soon."""
        assert self._totals is not None
        told = {**total.as_dict(), PUMP: pump}
        before = self._totals.get(unique_id)
        if told == before:
            return
        self._totals[unique_id] = told
        if before is None and not self._writing:
            # Later than its brothers, which are told in the same moment.
            self._writing = True
            write = self._async_write()
            self._hass.async_create_task(write, f"{DOMAIN} totals", eager_start=False)
        elif not self._waiting:
            # Asked for again before it is written, it would wait for ever.
            self._waiting = True
            self._store.async_delay_save(self._to_write, _DELAY_S)

    async def async_remove(self) -> None:
        """Remove what is stored, and write no more."""
        self._removed = True
        await self._store.async_remove()

    async def _async_write(self) -> None:
        """Write what there is now."""
        self._writing = False
        if self._removed:
            return
        await self._store.async_save(self._to_write())

    @callback
    def _to_write(self) -> Stored:
        """Return what is to be written now."""
        assert self._totals is not None
        self._waiting = False
        return self._totals


_TOTALS: HassKey[dict[str, Totals]] = HassKey(f"{DOMAIN}_totals")


async def async_totals(
    hass: HomeAssistant, entry_id: str, pumps: Collection[str]
) -> Totals:
    """Return the totals of an entry's heat pumps, told by their own IDs."""
    all_totals = hass.data.setdefault(_TOTALS, {})
    totals = all_totals.setdefault(entry_id, Totals(hass, entry_id))
    await totals.async_load(pumps)
    return totals


async def async_remove_totals(hass: HomeAssistant, entry_id: str) -> None:
    """Remove what is stored of an entry."""
    totals = hass.data.get(_TOTALS, {}).pop(entry_id, None)
    await (totals or Totals(hass, entry_id)).async_remove()


def _key(entry_id: str) -> str:
    return f"{DOMAIN}.totals.{entry_id}"


def _is_total(stored: object) -> bool:
    """Return whether what was stored is a total."""
    return isinstance(stored, dict) and RunningTotal.from_dict(stored) is not None


def _is_written(path: Path, data: str | bytes) -> bool:
    """Return whether data can be written beside a file, and put in its place."""
    trial = path.with_name(f"{path.name}.trial")
    try:
        trial.write_bytes(data.encode() if isinstance(data, str) else data)
        trial.replace(path)
    except OSError:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
        return False
    return True
