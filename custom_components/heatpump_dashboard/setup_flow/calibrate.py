"""The step in which an owner accepts what the readings say of the calibration."""

from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import (
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from ..calibration import Findings, findings
from ..const import (
    CONF_DELTA_T_OFFSET,
    CONF_FLOW_CHECKED,
    CONF_FLOW_FACTOR,
    CONF_FLOW_MEASURED,
)
from ..loading import data_of

if TYPE_CHECKING:
    from ..insights.calibration import Estimate

_USE_FACTOR = "use_factor"
_USE_OFFSET = "use_offset"


class CalibrationStep(ConfigSubentryFlow):
    """Shows the flow factor by each method side by side, and the sensors' offset."""

    _found = Findings()

    async def async_find(self, pump: ConfigSubentry) -> bool:
        """Return whether the readings of a heat pump say anything to accept."""
        coordinator = data_of(self._get_entry()).coordinators.get(pump.subentry_id)
        if coordinator is not None:
            self._found = await self.hass.async_add_executor_job(
                findings, coordinator.pump, pump.data
            )
        return bool(self._found)

    async def async_step_calibrate(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what of it is to be used; nothing is changed without."""
        pump = self._get_reconfigure_subentry()
        if user_input is not None:
            return self.async_update_and_abort(
                self._get_entry(),
                pump,
                data={**pump.data, **self._accepted(user_input)},
            )
        found = self._found
        fields: dict[Any, Any] = {}
        if found.together is not None:
            fields[vol.Required(_USE_FACTOR, default=True)] = BooleanSelector()
        if found.offset_k is not None:
            fields[vol.Required(_USE_OFFSET, default=True)] = BooleanSelector()
        told = "\n".join(f"- {_told(estimate)}" for estimate in found.estimates)
        return self.async_show_form(
            step_id="calibrate",
            data_schema=vol.Schema(fields),
            description_placeholders={
                "methods": told or "–",
                "together": "–" if found.together is None else _told(found.together),
                "offset": "0" if found.offset_k is None else f"{found.offset_k:.2f}",
            },
        )

    def _accepted(self, user_input: dict[str, Any]) -> dict[str, Any]:
        """Return the settings that follow from what was accepted."""
        settings: dict[str, Any] = {}
        if user_input.get(_USE_FACTOR) and self._found.together is not None:
            factor = round(self._found.together.factor, 3)
            settings = {
                CONF_FLOW_FACTOR: factor,
                CONF_FLOW_CHECKED: factor,
                CONF_FLOW_MEASURED: False,
            }
        if user_input.get(_USE_OFFSET) and self._found.offset_k is not None:
            settings[CONF_DELTA_T_OFFSET] = self._found.offset_k
        return settings


def _told(estimate: Estimate) -> str:
    """Return a factor with its ± and its count: signs rather than words."""
    names = {"plate": "B0/W35", "heat_counter": "kWh", "together": "="}
    name = names.get(estimate.method, estimate.method)
    return f"{name}: {estimate.factor:.2f} ± {estimate.sigma:.2f} kW/K (n = {estimate.count})"
