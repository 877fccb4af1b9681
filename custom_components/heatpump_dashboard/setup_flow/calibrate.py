"""The step in which an owner accepts what the readings say of the calibration."""

from collections.abc import Container
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import ConfigSubentry, SubentryFlowResult
from homeassistant.const import UnitOfVolume, UnitOfVolumeFlowRate
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from ..calibration import Findings, cop_with, findings
from ..const import (
    CONF_BRINE_FLOW,
    CONF_DELTA_T_OFFSET,
    CONF_FLOW_CHECKED,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
    CONF_FLOW_SCALE,
    CONF_HEAT_METERED,
    CONF_TANK_VOLUME,
    LOGGER,
)
from ..loading import data_of
from ..worker import async_compute
from .deleted import MayBeDeleted
from .forms import number_field, suggest

if TYPE_CHECKING:
    from ..coordinator import HeatPumpCoordinator
    from ..insights.calibration import Estimate

_METHOD: Final = "method"
_KEEP: Final = "keep"
_USE_OFFSET: Final = "use_offset"
# What methods want to be told.
_TOLD: Final = (CONF_TANK_VOLUME, CONF_BRINE_FLOW, CONF_HEAT_METERED)
_TANK: Final = number_field(0, 2000, UnitOfVolume.LITERS)
_BRINE: Final = number_field(0, 5, UnitOfVolumeFlowRate.LITERS_PER_SECOND)


class CalibrationStep(MayBeDeleted):
    """Shows the flow factor by each method side by side, and the sensors' offset."""

    _found = Findings()

    async def async_find(self, pump: ConfigSubentry) -> bool:
        """Return whether the readings of a heat pump say anything to accept."""
        coordinator = self._coordinator(pump)
        if coordinator is not None and coordinator.has_read:
            try:
                _, answers = await coordinator.insights.async_answers()
                self._found = await async_compute(self.hass, findings, answers.subject)
            except Exception:  # noqa: BLE001 - the settings can be changed all the same
                LOGGER.exception("The readings of %s cannot be judged", pump.title)
        return bool(self._found) or CONF_HEAT_METERED in pump.data

    async def async_step_calibrate(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what of it is to be used; nothing is changed without."""
        # It brings numpy, which no start waits for.
        from ..insights.calibration import is_possible

        pump = self._get_reconfigure_subentry()
        schema = self._schema(pump)
        errors: dict[str, str] = {}
        words = self._words()
        if user_input is not None:
            cop = await self._async_cop(pump, user_input)
            if is_possible(cop):
                return self.async_update_and_abort(
                    self._get_entry(),
                    pump,
                    data=self._accepted(
                        dict(pump.data), user_input, schema.schema.keys()
                    ),
                )
            errors[_METHOD] = "impossible_cop"
            words["cop"] = f"{cop:.1f}"
        return self.async_show_form(
            step_id="calibrate",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=errors,
            description_placeholders=words,
        )

    def _schema(self, pump: ConfigSubentry) -> vol.Schema:
        """Return the form: what there is to accept, and what methods want to be told."""
        found, stored = self._found, pump.data
        fields: dict[Any, Any] = {}
        if found.estimates:
            options = [*(one.method for one in found.estimates), _KEEP]
            is_sure = found.of("together") is not None
            default = "together" if is_sure else _KEEP
            fields[vol.Required(_METHOD, default=default)] = SelectSelector(
                SelectSelectorConfig(
                    options=options,
                    mode=SelectSelectorMode.LIST,
                    translation_key="calibration_method",
                )
            )
        if found.offset_k is not None:
            fields[vol.Required(_USE_OFFSET, default=True)] = BooleanSelector()
        codes: dict[str, str] = {row.method: row.code for row in found.rows}
        for key, method, selector in (
            (CONF_TANK_VOLUME, "tank", _TANK),
            (CONF_BRINE_FLOW, "brine_flow", _BRINE),
        ):
            if codes.get(method) not in (None, "not_reported", "not_seen"):
                fields[suggest(key, stored.get(key))] = selector
        metered = stored.get(CONF_HEAT_METERED, False)
        if metered or codes.get("heat_counter") not in (None, "not_reported"):
            fields[vol.Required(CONF_HEAT_METERED, default=metered)] = BooleanSelector()
        return vol.Schema(fields)

    def _words(self) -> dict[str, str]:
        """Return what the form says of the methods and of the sensors."""
        found = self._found
        both = found.of("together")
        told = [row.estimate for row in found.rows if row.estimate is not None]
        return {
            "methods": "\n".join(f"- {_told(one)}" for one in told) or "–",
            "together": "–" if both is None else _told(both),
            "offset": "0" if found.offset_k is None else f"{found.offset_k:.2f}",
        }

    async def _async_cop(
        self, pump: ConfigSubentry, user_input: dict[str, Any]
    ) -> float | None:
        """Return the COP that the chosen factor would have given, None without one."""
        chosen = self._found.of(user_input.get(_METHOD, _KEEP))
        coordinator = self._coordinator(pump)
        if chosen is None or coordinator is None:
            return None
        return await async_compute(self.hass, cop_with, coordinator.pump, chosen.factor)

    def _coordinator(self, pump: ConfigSubentry) -> HeatPumpCoordinator | None:
        return data_of(self._get_entry()).coordinators.get(pump.subentry_id)

    def _accepted(
        self,
        settings: dict[str, Any],
        user_input: dict[str, Any],
        shown: Container[str],
    ) -> dict[str, Any]:
        """Return the settings with what was accepted, and what was told.

        `shown`: the fields of the form; what it did not ask for stays.
        """
        if (chosen := self._found.of(user_input.get(_METHOD, _KEEP))) is not None:
            factor = round(chosen.factor, 3)
            settings |= {
                CONF_FLOW_FACTOR: factor,
                CONF_FLOW_CHECKED: factor,
                CONF_FLOW_SCALE: round(chosen.sigma / chosen.factor, 4),
                CONF_FLOW_MEASURED: False,
            }
        if user_input.get(_USE_OFFSET) and self._found.offset_k is not None:
            settings[CONF_DELTA_T_OFFSET] = self._found.offset_k
        for key in (key for key in _TOLD if key in shown):
            settings.pop(key, None)
            if user_input.get(key):
                settings[key] = user_input[key]
        return settings


def _told(estimate: Estimate) -> str:
    """Return a factor with its ± and its count: signs rather than words."""
    names = {"plate": "B0/W35", "heat_counter": "kWh", "together": "="}
    name = names.get(estimate.method, estimate.method)
    return f"{name}: {estimate.factor:.2f} ± {estimate.sigma:.2f} kW/K (n = {estimate.count})"
