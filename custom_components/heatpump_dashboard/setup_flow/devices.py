"""Which devices are one heat pump: integrations make several of one, or of several one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..sources.influx.layouts import Exported
from .presets import PAIR

# A heat pump has one of these, and its pair of temperatures.
_COMPRESSOR: Final = frozenset(("compressor", "compressor_speed"))
# A washing machine of the same maker has these as well.
_OF_ANY_APPLIANCE: Final = frozenset(
    ("power", "energy", "alarm", "alarm_code", "operating_mode", "cooling", "defrost")
)
# What has one entry for all the devices of a house, whoever made them.
_OF_ALL_MAKERS: Final = frozenset(
    (
        *("mqtt", "zha", "zwave_js", "matter", "deconz", "homekit_controller", "hue"),
        *("tasmota", "knx", "modbus", "homematic", "homematicip_cloud", "hassio"),
        *("tuya", "localtuya", "smartthings", "lg_thinq", "home_connect", "overkiz"),
        *("homee", "fibaro", "isy994", "rfxtrx", "tellduslive", "bthome", "mysensors"),
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """The device of an entity, those that it is connected by, the nearest first.

    `entry`: the integration's entry that made it, None where that is a whole house's.
    """

    device: str
    above: tuple[str, ...] = ()
    entry: str | None = None


def place_of(hass: HomeAssistant, entity: er.RegistryEntry) -> Place | None:
    """Return where an entity is, None where it has no device."""
    if entity.device_id is None:
        return None
    registry = dr.async_get(hass)
    above: list[str] = []
    at: str | None = entity.device_id
    while at is not None and at not in above:
        above.append(at)
        at = getattr(registry.async_get(at), "via_device_id", None)
    entry = None if entity.platform in _OF_ALL_MAKERS else entity.config_entry_id
    return Place(entity.device_id, tuple(above[1:]), entry)


def heat_pumps(
    places: Mapping[str, Place], candidates: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return what heat pump each entity belongs to: one of its devices' names for all.

    `candidates`: the series that may be each metric. Devices that hang together, by a
    device in between or by the entry that made them, are one heat pump, unless several
    of them have what a heat pump has once.
    """
    metrics: dict[str, set[str]] = {place.device: set() for place in places.values()}
    for metric, names in candidates.items():
        for name in names:
            if (place := places.get(_entity(name))) is not None:
                metrics[place.device].add(metric)
    found = _Parts(metrics)
    by_device = {place.device: place for place in places.values()}
    below: dict[str, list[str]] = {}
    for device, place in by_device.items():
        # A hub that has nothing of a heat pump connects whatever a house has.
        if (one := next((d for d in place.above if metrics.get(d)), None)) is not None:
            below.setdefault(one, []).append(device)
    for parent in sorted(below, key=lambda device: -len(by_device[device].above)):
        found.join_to(parent, below[parent])
    by_entry: dict[str, list[str]] = {}
    for device, place in by_device.items():
        if place.entry is not None and metrics[device] - _OF_ANY_APPLIANCE:
            by_entry.setdefault(place.entry, []).append(device)
    for devices in by_entry.values():
        found.join(devices)
    return {entity: found.of(place.device) for entity, place in places.items()}


class _Parts:
    """Devices, put together to heat pumps."""

    def __init__(self, metrics: Mapping[str, set[str]]) -> None:
        self._metrics = {device: set(known) for device, known in metrics.items()}
        self._heat_pump = {device: device for device in metrics}

    def of(self, device: str) -> str:
        """Return the heat pump that a device is part of."""
        return self._heat_pump[device]

    def join(self, devices: Iterable[str]) -> bool:
        """Make one heat pump of devices; not if they are several. Return if done."""
        pumps = list(dict.fromkeys(self.of(device) for device in devices))
        if _are_several([self._metrics[pump] for pump in pumps]):
            return False
        for device, pump in self._heat_pump.items():
            if pump in pumps:
                self._heat_pump[device] = pumps[0]
        self._metrics[pumps[0]].update(*(self._metrics[pump] for pump in pumps))
        return True

    def join_to(self, parent: str, devices: Sequence[str]) -> None:
        """Make one heat pump of a device and those below it, or of those that fit."""
        if self.join((parent, *devices)):
            return
        if _has_compressor(self._metrics[parent]) or _has_pair(self._metrics[parent]):
            for device in devices:
                self.join((parent, device))


def _are_several(parts: Sequence[Collection[str]]) -> bool:
    """Return whether parts that have these metrics are more than one heat pump.

    One that only tells of the compressor may have several circuits of water.
    """
    compressors = [part for part in parts if _has_compressor(part)]
    pairs = [part for part in parts if _has_pair(part)]
    apart = len(compressors) == 1 and not _has_pair(compressors[0])
    return len(compressors) > 1 or (len(pairs) > 1 and not apart)


def _has_compressor(metrics: Collection[str]) -> bool:
    return not _COMPRESSOR.isdisjoint(metrics)


def _has_pair(metrics: Collection[str]) -> bool:
    return PAIR.issubset(metrics)


def _entity(name: str) -> str:
    """Return the entity of a series; empty for a collector's."""
    exported = Exported.of(name)
    return "" if exported is None else f"{exported.domain}.{exported.entity_id}"
