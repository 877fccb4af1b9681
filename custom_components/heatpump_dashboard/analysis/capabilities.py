"""What can be said of a heat pump, by its metrics and its settings.

Entities ask with the metrics of the brand, the panel with those that have been seen,
and the figures with the columns they are computed from: all ask the same rules.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ..profiles.metrics import METRICS

# Each tells what the auxiliary heater takes; the first that exists counts.
AUXILIARY_METRICS: Final = (
    "auxiliary_power",
    "auxiliary_step_1",
    "auxiliary_step_2",
    "auxiliary_percent",
)
_TEMPERATURES: Final = frozenset(
    metric for metric, rule in METRICS.items() if rule.kind == "temperature"
)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What can be said of a heat pump.

    `metrics`: what it reports.
    `power_configured`: the settings say what the compressor takes while it runs.
    """

    metrics: Collection[str]
    power_configured: bool = False

    def reports(self, *metrics: str) -> bool:
        """Return whether it reports all of these metrics."""
        return all(metric in self.metrics for metric in metrics)

    def reports_any(self, metrics: Collection[str]) -> bool:
        """Return whether it reports any of these metrics."""
        return any(metric in self.metrics for metric in metrics)

    @property
    def power(self) -> bool:
        """Return whether the electric power is reported, or configured."""
        return self.power_configured or self.reports("power")

    @property
    def electricity_source(self) -> bool:
        """Return whether anything says how much electricity it takes."""
        return self.power or self.reports("energy")

    @property
    def delta_t(self) -> bool:
        """Return whether it reports supply and return."""
        return self.reports("supply_temp", "return_temp")

    @property
    def heat_source(self) -> bool:
        """Return whether anything says how much heat it gives."""
        return self.delta_t or self.reports("heat_energy")

    @property
    def electricity(self) -> bool:
        """Return whether the electricity it takes can be added up."""
        if self.reports_any(("power", "energy")):
            return True
        return self.power_configured and self.reports("compressor")

    @property
    def heat(self) -> bool:
        """Return whether the heat it gives can be added up."""
        if self.reports("heat_energy"):
            return True
        return self.delta_t and self.reports("compressor")

    @property
    def cop(self) -> bool:
        """Return whether heat can be divided by electricity while it runs."""
        return self.system_cop and self.reports("compressor")

    @property
    def system_cop(self) -> bool:
        """Return whether heat can be divided by electricity over a period."""
        return self.heat and self.electricity

    @property
    def hot_water(self) -> bool:
        """Return whether it is known when the compressor makes hot water."""
        return self.reports("compressor", "hot_water_valve")

    @property
    def auxiliary(self) -> bool:
        """Return whether it reports an auxiliary heater."""
        return self.reports_any(AUXILIARY_METRICS)

    @property
    def auxiliary_energy(self) -> bool:
        """Return whether what the auxiliary heater takes can be added up."""
        return self.auxiliary and self.reports("compressor")

    @property
    def brine_delta_t(self) -> bool:
        """Return whether it reports the brine before and after it."""
        return self.reports("brine_in_temp", "brine_out_temp")

    @property
    def temperatures(self) -> bool:
        """Return whether it reports any temperature."""
        return self.reports_any(_TEMPERATURES)
