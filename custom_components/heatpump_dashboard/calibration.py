"""Has the flow factor follow from the kW on the plate, and asks for them once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from homeassistant.core import callback

from .const import CONF_HEAT_OUTPUT, CONF_RATED_DELTA_T
from .issues import async_ask_for_plate

if TYPE_CHECKING:
    from .coordinator import HeatPumpCoordinator
    from .pump.heat_pump import HeatPump


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
