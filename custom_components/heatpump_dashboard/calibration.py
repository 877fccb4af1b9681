"""Has the flow factor follow from the kW on the plate, and asks for them once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from homeassistant.core import callback
from homeassistant.util.dt import start_of_local_day

from .const import CONF_HEAT_OUTPUT, CONF_RATED_DELTA_T
from .issues import async_ask_for_plate

if TYPE_CHECKING:
    from .coordinator import HeatPumpCoordinator
    from .insights.calibration import Estimate
    from .insights.methods import Row
    from .insights.subject import Subject
    from .pump.heat_pump import HeatPump

# Less between two sensors of a pair is not worth having all the past read again.
_LEAST_OFFSET_K: Final = 0.1
_SAME: Final = 1e-3


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
    gives what is on its plate at one of them only. What another heat pump did before it
    says nothing of it.
    """
    from .insights.calibration import RATED_DELTA_T_SUMS, rated_delta_t

    ledger, day = pump.records.ledger, pump.in_operation_since
    if ledger.empty or "compressor_speed" in pump.records.rules:
        return None
    begin = 0 if day is None else ledger.index.searchsorted(start_of_local_day(day))
    # With every poll, in the event loop: all columns would take a hundred times as long.
    sums = {name: float(ledger[name].iloc[begin:].sum()) for name in RATED_DELTA_T_SUMS}
    kelvin = rated_delta_t(sums, pump.equipment.delta_t_offset_k)
    return None if kelvin is None else round(kelvin, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a heat pump's own readings say of its calibration.

    `rows`: all methods. `estimates`: the factors that may be taken over, the mean of
    methods that agree first, without the one that is in use already. `offset_k`: what
    supply − return shows too much, with what is corrected already; None where that is
    right. `asks`: the methods that could say one, were they told what they need.
    """

    rows: tuple[Row, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    offset_k: float | None = None
    asks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything to accept."""
        return bool(self.estimates or self.asks) or self.offset_k is not None

    def of(self, method: str) -> Estimate | None:
        """Return the factor by a method, None where it has none to take over."""
        return next((one for one in self.estimates if one.method == method), None)


def findings(subject: Subject) -> Findings:
    """Return what there is to accept. Slow, for an executor."""
    from .insights.calibration import together
    from .insights.methods import methods, pair_offset

    rows = tuple(methods(subject))
    if not rows:
        return Findings()
    found = [row.estimate for row in rows if row.estimate is not None]
    both = together(found)
    heat = subject.heat
    estimates = (*([] if both is None else [both]), *found)
    beside = pair_offset(subject) or 0.0
    total = round(subject.offset_k + beside, 2)
    return Findings(
        rows=rows,
        estimates=()
        if heat.kind in ("checked", "measured")
        else tuple(one for one in estimates if not _is_in_use(one, subject)),
        offset_k=total if abs(beside) >= _LEAST_OFFSET_K else None,
        asks=_asks(rows, subject),
    )


def _asks(rows: Sequence[Row], subject: Subject) -> tuple[str, ...]:
    """Return the methods that could check what nobody has: charges are known already."""
    from .insights.calibration import LEAST_CHARGES

    enough = len(subject.charges) >= LEAST_CHARGES
    if subject.heat.kind != "unchecked" or not enough:
        return ()
    return tuple(
        row.method for row in rows if row.method == "tank" and row.code == "not_told"
    )


def _is_in_use(estimate: Estimate, subject: Subject) -> bool:
    """Return whether the factor in use is this one already, by the same method."""
    same = abs(estimate.factor / subject.heat.factor - 1) < _SAME
    return same and estimate.method == subject.heat.kind


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
