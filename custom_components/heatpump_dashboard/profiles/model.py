"""The shape of a brand: what its series mean, its heater, its alarms and modes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .entities import is_entity
from .metrics import Kind

type AlarmRule = Literal["latched", "bitmask", "code"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesRule:
    """How the stored values of one series become a metric's values.

    In this order: a stored value that `replace` knows is exchanged for the value
    beside it; the rest are multiplied by `scale`, or by that of the first of `eras`
    (end in seconds since 1970, scale) which ends after the reading: older versions
    of the collector stored other scales. Then `offset` is added. Then, if `signed`, a
    value above 3276.7 lost its sign on the way (subtract 6553.6); then what is not
    within `minimum` and `maximum` is no measurement. With `speed` it is one (Hz, rpm,
    %) of what the metric only says whether it is on: on above 0. `amount`: kW or l/s,
    where it is a power or a flow: on above what is taken at rest.

    `aliases` are names the same sensor had before, `digits` the decimals it resolves.
    `chosen_as`: what an entity was called when it was chosen, if it is renamed since.
    """

    name: str
    aliases: tuple[str, ...] = ()
    scale: float = 1.0
    offset: float = 0.0
    eras: tuple[tuple[float, float], ...] = ()
    replace: tuple[tuple[float, float], ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    signed: bool = False
    speed: bool = False
    amount: str = ""
    digits: int = 0
    chosen_as: str = ""

    @property
    def first_name(self) -> str:
        """Return what it was called when it was chosen: that names what it is."""
        return self.chosen_as or self.name

    @property
    def is_entity(self) -> bool:
        """Whether it is an entity of Home Assistant, which stores what has changed."""
        return is_entity(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which this sensor may be stored, today's first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricRule:
    """A metric of a brand: the sensor it normally comes from and those to fall back on.

    Another candidate than the first is another sensor: used only where the ones
    before it never have a valid value.
    """

    metric: str
    candidates: tuple[SeriesRule, ...]
    unit: str | None
    kind: Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class AuxiliaryHeater:
    """The electric heater of a brand, in kW.

    `step_kw` are the powers of steps that have a status of their own;
    `heats_supply` says that the supply sensor sits after the heater.
    """

    max_kw: float
    step_kw: tuple[float, ...]
    heats_supply: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """What an alarm code (or the bit of one) means, by language.

    `sure`: sources agree.
    """

    code: int
    texts: Mapping[str, str]
    severity: str
    sure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """Everything known of a brand.

    `missing` are the metrics no pump of this brand reports through the collector,
    `other_series` the series without a metric: they only help to recognise it.
    `alarm_rule`: an alarm is active while its status is on and the code is that of
    the last alarm ("latched"), or while its code is not 0, which is a sum of bits
    ("bitmask") or a number ("code"). `operating_modes`: value to translation key.
    `entities`: of a brand that Home Assistant itself has an integration of, how the
    names of its entities end, by metric, the best first; where one tells in words,
    "=" and the word that means yes. Such a brand has no series but those mapped to it.
    `platform`: what Home Assistant calls that integration.
    `units`: in which unit the values of a series are wanted, of those chosen by hand.
    """

    key: str
    name: str
    models: tuple[str, ...]
    heat_pump_type: Literal["ground", "air"]
    metrics: Mapping[str, MetricRule]
    missing: tuple[str, ...]
    other_series: tuple[str, ...]
    auxiliary: AuxiliaryHeater
    power_includes_auxiliary: bool
    hot_water_estimated: bool
    operating_modes: Mapping[int, str]
    alarm_rule: AlarmRule
    alarms: Mapping[int, Alarm]
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    platform: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return what it is called in a list: two integrations may be of one brand."""
        return f"{self.name} ({self.key})" if self.entities else self.name

    @property
    def series(self) -> tuple[str, ...]:
        """The names to read from a source: every sensor's, old names included."""
        rules = (rule for metric in self.metrics.values() for rule in metric.candidates)
        return tuple(dict.fromkeys(name for rule in rules for name in rule.names))

    @property
    def series_names(self) -> frozenset[str]:
        """Every name the collector may write for this brand."""
        return frozenset(self.series) | frozenset(self.other_series)
