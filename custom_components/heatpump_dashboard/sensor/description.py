"""How a sensor is described, and which heat pumps have it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.typing import StateType

from ..analysis.capabilities import Capabilities
from ..coordinator import HeatPumpCoordinator
from ..profiles import Profile

type Has = Callable[[HeatPumpCoordinator], bool]
type Value = Callable[[HeatPumpCoordinator], StateType]
type Attributes = Callable[[HeatPumpCoordinator], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class HeatPumpSensorDescription(SensorEntityDescription):
    """A sensor, the pumps that have it, where its value is and what that rests on.

    `daily`: it begins at 0 at midnight, which is its last reset. `currency`: its unit
    is the home's.
    """

    has_fn: Has = lambda _: True
    options_fn: Callable[[Profile], list[str]] | None = None
    value_fn: Value
    attributes_fn: Attributes | None = None
    daily: bool = False
    currency: bool = False


def has(*metrics: str) -> Has:
    """Return what tells whether a pump reports all of the metrics."""
    return lambda coordinator: coordinator.pump.capabilities.reports(*metrics)


def can(capability: Callable[[Capabilities], bool]) -> Has:
    """Return what tells whether a pump is capable of something."""
    return lambda coordinator: capability(coordinator.pump.capabilities)
