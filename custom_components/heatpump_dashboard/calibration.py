"""Has the flow factor follow from the kW on the plate, and asks for them once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import callback

from .const import CONF_HEAT_OUTPUT, CONF_RATED_DELTA_T
from .issues import async_ask_for_plate

if TYPE_CHECKING:
    from .coordinator import HeatPumpCoordinator
    from .insights.calibration import Estimate
    from .pump.heat_pump import HeatPump

# Less between two sensors of a pair is not worth having all the past read again.
_LEAST_OFFSET_K: Final = 0.1


@callback
def async_follow_plate(coordinator: HeatPumpCoordinator) -> None:
    """See to the flow factor of a heat pump; after every poll that succeeded.

    Where the settings have the kW on the plate, what its own readings say of supply −
    return at their conditions is stored beside them as soon as there is enough of it,
    and is not changed by itself again: all of its heat would be another one. Not before
    the last month is known, which says it better than two days.
    """
    if not coordinator.pump.history.whole:
        return
    settings = coordinator.subentry.data
    if CONF_HEAT_OUTPUT not in settings:
        async_ask_for_plate(coordinator, suggestion(coordinator.pump))
        return
    async_ask_for_plate(coordinator, None)
    if CONF_RATED_DELTA_T in settings:
        return
    if (kelvin := rated_delta_t_of(coordinator.pump)) is not None:
        coordinator.hass.config_entries.async_update_subentry(
            coordinator.config_entry,
            coordinator.subentry,
            data={**settings, CONF_RATED_DELTA_T: kelvin},
        )


def rated_delta_t_of(pump: HeatPump) -> float | None:
    """Return supply − return at the conditions of the plate, K, as the readings say.

    None as long as they say too little, and of a compressor of changing speed, which
    gives what is on its plate at one of them only.
    """
    from .insights.calibration import rated_delta_t

    records = pump.records
    if records.ledger.empty or "compressor_speed" in records.rules:
        return None
    sums = {str(name): float(total) for name, total in records.ledger.sum().items()}
    kelvin = rated_delta_t(sums, pump.equipment.delta_t_offset_k)
    return None if kelvin is None else round(kelvin, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a heat pump's own readings say of its calibration.

    `estimates`: the flow factor by each method that says one. `together`: where two of
    them agree and it is not the one in use. `offset_k`: what supply − return shows too
    much, with what is corrected already; None where that is right.
    """

    estimates: tuple[Estimate, ...] = ()
    together: Estimate | None = None
    offset_k: float | None = None

    def __bool__(self) -> bool:
        """Return whether there is anything to accept."""
        return self.together is not None or self.offset_k is not None


def findings(pump: HeatPump, settings: Mapping[str, Any]) -> Findings:
    """Return what there is to accept. `settings`: those of the heat pump. Slow."""
    from .insights.calibration import is_possible, offset, together

    basis, equipment = pump.basis, pump.equipment
    if basis.heat != "factor" or pump.records.ledger.empty:
        return Findings()
    sums = {str(name): float(sum_) for name, sum_ in pump.records.ledger.sum().items()}
    estimates = tuple(_estimates(sums, settings, counted=basis.heat_counter))
    both = together(estimates)
    if basis.calibration not in ("unchecked", "plate") or (
        both is not None and not is_possible(cop_with(pump, both.factor))
    ):
        both = None
    beside = offset(sums) or 0.0
    total = round(equipment.delta_t_offset_k + beside, 2)
    is_off = abs(beside) >= _LEAST_OFFSET_K
    return Findings(
        estimates=estimates, together=both, offset_k=total if is_off else None
    )


def _estimates(
    sums: Mapping[str, float], settings: Mapping[str, Any], *, counted: bool
) -> Iterator[Estimate]:
    """Yield the flow factor by what is known: the plate, the pump's own counter."""
    from .insights.calibration import by_heat_counter, by_plate

    heat_kw, rated_k = (
        settings.get(key) for key in (CONF_HEAT_OUTPUT, CONF_RATED_DELTA_T)
    )
    if heat_kw and rated_k:
        yield by_plate(heat_kw, rated_k, sums["steady_heating_s"])
    if counted:
        energies = sums["heat_meter_kwh"], sums["delta_t_ks"], sums["electricity_kwh"]
        if (by_counter := by_heat_counter(*energies)) is not None:
            yield by_counter


def suggestion(pump: HeatPump) -> Mapping[str, float] | None:
    """Return what the readings say of a flow factor that nobody has checked.

    `rated_delta_t`: K. `would_be`: the kW that a heat pump with the factor in use
    would have on its plate. None where it is checked, is not the factor that heat is
    made of, or as long as too little is known.
    """
    basis = pump.basis
    unchecked = basis.heat == "factor" and basis.calibration == "unchecked"
    if not unchecked or (kelvin := rated_delta_t_of(pump)) is None:
        return None
    factor = pump.equipment.flow_factor
    return {
        "flow_factor": factor,
        "rated_delta_t": kelvin,
        "would_be": factor * kelvin,
    }


def cop_with(pump: HeatPump, factor: float) -> float | None:
    """Return the compressor COP of all that is in memory, with another flow factor.

    None where there is none. Slow, for an executor.
    """
    figures = pump.figures()
    if figures.since is None or figures.last is None:
        return None
    cop = figures.between(figures.since, figures.last)["cop_compressor"]
    return None if cop is None else cop * factor / pump.equipment.flow_factor
