"""How a sensor is described, and which heat pumps have it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.typing import StateType

from ..analysis.capabilities import Capabilities
from ..profiles import Profile
from ..pump.present import Present

type Has = Callable[[Capabilities], bool]
type Value = Callable[[Present], StateType]
type Word = Callable[[Present, Profile, str], str | None]
type Attributes = Callable[[Present], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class HeatPumpSensorDescription(SensorEntityDescription):
    """A sensor, the pumps that have it, where its value is and what that rests on.

    `options_fn`: its words, of the brand; a pump of a brand without any has it not.
    `word_fn`: instead of a value, a word of the brand or of the home's language.
    `daily`: it begins at 0 at midnight, which is its last reset. `currency`: its unit
    is the home's; a pump has it whose settings say what electricity costs.
    """

    has_fn: Has = lambda _: True
    options_fn: Callable[[Profile], list[str]] | None = None
    value_fn: Value = lambda _: None
    word_fn: Word | None = None
    attributes_fn: Attributes | None = None
    daily: bool = False
    currency: bool = False

    def is_of(
        self, profile: Profile, capabilities: Capabilities, *, has_price: bool
    ) -> bool:
        """Return whether a heat pump has this sensor."""
        named = self.options_fn is None or bool(self.options_fn(profile))
        paid = has_price or not self.currency
        return named and paid and self.has_fn(capabilities)


def has(*metrics: str) -> Has:
    """Return what tells whether a pump reports all of the metrics."""
    return lambda capabilities: capabilities.reports(*metrics)
