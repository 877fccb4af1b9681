"""Which heat pump it is, where several are in one database: told by its entities.

The collector's bucket is one heat pump. Home Assistant exports, and records, a whole
house: there a heat pump is what its entities are.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Final

from homeassistant.config_entries import ConfigSubentry
from homeassistant.helpers import entity_registry as er

from ..const import CONF_BUCKET, CONF_SERIES
from ..profiles import METRICS
from ..sources import Bucket, SeriesInfo
from ..sources.influx.layouts import Exported
from .words import HOUSE_WIDE

# What a heat pump has for itself, the surest first: two may send their water into the
# same pipe, but none has another one's compressor. Then what a meter may tell of two.
_OWN: Final = (
    *("compressor", "compressor_speed"),
    *(m for m in METRICS if m not in {"compressor", "compressor_speed", *HOUSE_WIDE}),
    *("power", "energy", "heat_energy"),
)
# The entity that every heat pump has.
_ALWAYS: Final = "verdict"


class Others:
    """The heat pumps that a source has beside the one that is set up.

    `is_one`: whether the source is one database, whatever its buckets are called.
    """

    def __init__(self, pumps: Iterable[ConfigSubentry], *, is_one: bool) -> None:
        """Keep them."""
        self._pumps = list(pumps)
        self._is_one = is_one

    def has_all_of(self, bucket: str) -> bool:
        """Return whether a bucket, as far as a collector writes to it, is one of them."""
        return any(
            pump.data[CONF_BUCKET] == bucket and not has_entities(_mapping(pump))
            for pump in self._pumps
        )

    def free(self, buckets: Iterable[Bucket]) -> list[Bucket]:
        """Return the buckets that may have one more heat pump, unused ones first."""
        used = {pump.data[CONF_BUCKET] for pump in self._pumps}
        return sorted(
            (bucket for bucket in buckets if not self.has_all_of(bucket.name)),
            key=lambda bucket: (not bucket.has_readings, bucket.name in used),
        )

    def not_in(self, bucket: str, series: Iterable[SeriesInfo]) -> list[SeriesInfo]:
        """Return the series of a bucket that none of them has for itself."""
        taken = {
            _series(mapping[metric])
            for pump in self._beside(bucket)
            for mapping in [_mapping(pump)]
            for metric in _OWN
            if metric in mapping
        }
        return [info for info in series if info.name not in taken]

    def same_as(
        self, bucket: str, mapping: Mapping[str, str]
    ) -> tuple[str, ConfigSubentry] | None:
        """Return the one that a heat pump is, and the metric that tells; None if none.

        It is the surest of the metrics that both have which tells.
        """
        for pump in self._beside(bucket):
            other = _mapping(pump)
            metric = next((m for m in _OWN if m in mapping and m in other), None)
            if metric is None:
                if mapping == other:
                    return next(iter(mapping)), pump
            elif _series(mapping[metric]) == _series(other[metric]):
                return metric, pump
        return None

    def unique_id(
        self,
        bucket: str,
        mapping: Mapping[str, str],
        registry: er.EntityRegistry,
        entry_id: str | None,
    ) -> str:
        """Return what tells a new heat pump from them, for good.

        What its bucket is called; of entities the surest one beside it, whichever of
        its attributes: by what the registry knows it by, which stays when it is
        renamed, else by its name. So one that is removed and added again is the same,
        also where it was told by the other of the two. `entry_id`: of its entry, None
        where that is new.
        """
        told = [bucket]
        if has_entities(mapping):
            metric = next((m for m in _OWN if m in mapping), next(iter(mapping)))
            entity_id = _series(mapping[metric]).partition("#")[0]
            known = registry.async_get(entity_id)
            names = (entity_id,) if known is None else (known.id, entity_id)
            told = [f"{bucket} {name}" for name in names]
        taken = {pump.unique_id for pump in self._pumps}
        removed = {one.unique_id for one in registry.deleted_entities.values()}
        for name in told:
            if name not in taken and f"{entry_id}_{name}_{_ALWAYS}" in removed:
                return name
        numbered = (f"{told[0]} {number}" for number in count(2))
        return next(name for name in chain(told[:1], numbered) if name not in taken)

    def _beside(self, bucket: str) -> Sequence[ConfigSubentry]:
        """Return those whose entities are in the same database."""
        return [
            pump
            for pump in self._pumps
            if self._is_one or pump.data[CONF_BUCKET] == bucket
        ]


def _mapping(pump: ConfigSubentry) -> Mapping[str, str]:
    mapping: Mapping[str, str] = pump.data.get(CONF_SERIES, {})
    return mapping


def has_entities(mapping: Mapping[str, str]) -> bool:
    """Return whether series are entities, and not all that a collector writes."""
    return any(Exported.of(name) is not None for name in mapping.values())


def _series(name: str) -> str:
    return name.partition("=")[0]
