"""What is known of a heat pump beside its readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..const import (
    CONF_AUXILIARY_POWER,
    CONF_COMPRESSOR_POWER,
    CONF_DELTA_T_OFFSET,
    CONF_FLOW_SCALE,
    CONF_HEAT_METERED,
    CONF_POWER_METERED,
)
from ..profiles import Profile
from .flow_factor import Calibration, flow_factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """The settings and the construction that turn readings into power.

    `has_compressor`: the pump tells whether its compressor runs. One that does not has
    only energies that are counted or measured.
    `flow_factor`: kW of heat per kelvin between supply and return, that is the flow
    in l/s times the heat capacity of a litre.
    `calibration`: what the flow factor rests on, `method_scale`: how far off it may be
    (1 σ, a share) by the method it was taken over from; no energy depends on these.
    `delta_t_offset_k`: what supply − return shows too much.
    `compressor_kw`: what the compressor takes while it runs, where nothing measures
    it; None where the settings do not say.
    `auxiliary_max_kw`: the auxiliary heater at 100 %, with all its steps on.
    `auxiliary_step_kw`: its steps where each has a status, of which the proportions
    count.
    `auxiliary_heats_supply`: the supply sensor sits after the heater.
    `power_includes_auxiliary`: the power (or energy) series has the heater in it.
    `power_metered`: that series is a meter's, not a sum of typed-in watts.
    `heat_meter`: the counter `heat_energy` is a heat meter's.
    `after_run_s`: how long heat is still fetched from the pump when the compressor
    has stopped, at most 55 min.
    `hot_water_estimated`: the sensors do not see the circuit of the tank.
    """

    has_compressor: bool = True
    flow_factor: float = 2.7
    calibration: Calibration = "unchecked"
    method_scale: float | None = None
    delta_t_offset_k: float = 0.0
    compressor_kw: float | None = None
    auxiliary_max_kw: float = 9.0
    auxiliary_step_kw: tuple[float, ...] = ()
    auxiliary_heats_supply: bool = True
    power_includes_auxiliary: bool = True
    power_metered: bool = False
    heat_meter: bool = False
    after_run_s: float = 0.0
    hot_water_estimated: bool = False

    @classmethod
    def of(cls, profile: Profile, settings: Mapping[str, Any]) -> Self:
        """Return the equipment of a heat pump of this brand with these settings."""
        auxiliary = profile.auxiliary
        factor, calibration = flow_factor(settings)
        return cls(
            has_compressor="compressor" in profile.metrics,
            flow_factor=factor,
            calibration=calibration,
            method_scale=settings.get(CONF_FLOW_SCALE),
            delta_t_offset_k=settings.get(CONF_DELTA_T_OFFSET, 0.0),
            compressor_kw=settings.get(CONF_COMPRESSOR_POWER),
            auxiliary_max_kw=settings.get(CONF_AUXILIARY_POWER, auxiliary.max_kw),
            auxiliary_step_kw=auxiliary.step_kw,
            auxiliary_heats_supply=auxiliary.heats_supply,
            power_includes_auxiliary=profile.power_includes_auxiliary,
            power_metered=settings.get(CONF_POWER_METERED, False),
            heat_meter=settings.get(CONF_HEAT_METERED, False),
            hot_water_estimated=profile.hot_water_estimated,
        )

    @property
    def step_kw(self) -> tuple[float, ...]:
        """Return what each step takes, kW: together they are the whole heater."""
        whole = sum(self.auxiliary_step_kw)
        if not whole:
            return ()
        return tuple(
            self.auxiliary_max_kw * step / whole for step in self.auxiliary_step_kw
        )
