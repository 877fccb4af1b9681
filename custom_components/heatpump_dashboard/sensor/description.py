"""How a sensor is described, and which heat pumps have it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.typing import StateType

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
    return lambda coordinator: coordinator.profile.metrics.keys() >= set(metrics)


def has_power(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether the electric power is reported, or configured."""
    configured = coordinator.equipment.compressor_kw is not None
    return configured or has("power")(coordinator)


def has_electricity(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether the electricity the pump takes can be added up."""
    sourced = has_power(coordinator) or has("energy")(coordinator)
    return sourced and has("compressor")(coordinator)


def has_heat(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether the heat the pump gives can be added up."""
    metrics = coordinator.profile.metrics.keys()
    sourced = metrics >= {"supply_temp", "return_temp"} or "heat_energy" in metrics
    return sourced and "compressor" in metrics


def has_hot_water(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether it is known when the compressor makes hot water."""
    return has("compressor", "hot_water_valve")(coordinator)


def has_auxiliary(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether the pump reports an auxiliary heater."""
    metrics = coordinator.profile.metrics
    return any(metric.startswith("auxiliary_") for metric in metrics)


def has_auxiliary_energy(coordinator: HeatPumpCoordinator) -> bool:
    """Return whether what the auxiliary heater takes can be added up."""
    return has_auxiliary(coordinator) and has("compressor")(coordinator)
