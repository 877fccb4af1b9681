"""Repairs that a person can make in a dialog: questions about one heat pump."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import voluptuous as vol

from .calibration import cop_with, suggestion
from .const import (
    CONF_FLOW_FACTOR,
    CONF_HEAT_OUTPUT,
    CONF_RATED_DELTA_T,
    CONF_STATISTICS,
    DOMAIN,
)
from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from .insights.calibration import is_possible
from .issues import ISSUE_STATISTICS
from .loading import data_of
from .setup_flow.forms import HEAT_OUTPUT
from .worker import async_compute


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the dialog of an issue."""
    pump_id = str((data or {}).get("pump"))
    if issue_id.startswith(ISSUE_STATISTICS):
        return StatisticsFlow(pump_id)
    return PlateFlow(pump_id)


class PumpFlow(RepairsFlow):
    """A question about one heat pump, which need not be answered.

    `_yes`: the step of who answers it.
    """

    _yes: str

    def __init__(self, pump_id: str) -> None:
        """Begin with nothing said."""
        self._pump_id = pump_id

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask, or let it be."""
        if (coordinator := self._coordinator) is None:
            return self.async_abort(reason="not_loaded")
        return self.async_show_menu(
            menu_options=[self._yes, "ignore"],
            description_placeholders=self._words(coordinator),
        )

    async def async_step_ignore(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Do not ask again; what is over, or not loaded, is not asked now."""
        if ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id) is None:
            return self.async_abort(reason="not_loaded")
        ir.async_ignore_issue(self.hass, DOMAIN, self.issue_id, True)
        return self.async_abort(reason="issue_ignored")

    @property
    def _coordinator(self) -> HeatPumpCoordinator | None:
        """Return the heat pump, None while it is not loaded."""
        entries: list[HeatPumpConfigEntry]
        entries = self.hass.config_entries.async_entries(DOMAIN)
        found = (data_of(entry).coordinators.get(self._pump_id) for entry in entries)
        return next((one for one in found if one is not None), None)

    def _words(self, coordinator: HeatPumpCoordinator) -> dict[str, str]:
        """Return what the question says of the heat pump as it is now."""
        return {"name": coordinator.name}

    def _settle(
        self, coordinator: HeatPumpCoordinator, data: dict[str, Any]
    ) -> RepairsFlowResult:
        """Change the settings of the heat pump, with which the question is answered."""
        self.hass.config_entries.async_update_subentry(
            coordinator.config_entry, coordinator.subentry, data=data
        )
        return self.async_create_entry(data={})


class StatisticsFlow(PumpFlow):
    """Asks whether to join the past onto the statistics of a heat pump's sensors."""

    _yes = "join"

    async def async_step_join(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Have it joined from now on."""
        if (coordinator := self._coordinator) is None:
            return self.async_abort(reason="not_loaded")
        return self._settle(
            coordinator, {**coordinator.subentry.data, CONF_STATISTICS: True}
        )


class PlateFlow(PumpFlow):
    """Asks for the kW on the plate, and shows what would follow from them."""

    _yes = "plate"

    def __init__(self, pump_id: str) -> None:
        """Begin with nothing said."""
        super().__init__(pump_id)
        self._changes: dict[str, float] = {}

    async def async_step_plate(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Ask for the kW."""
        if (coordinator := self._coordinator) is None:
            return self.async_abort(reason="not_loaded")
        errors: dict[str, str] = {}
        words = self._words(coordinator)
        if user_input is not None:
            heat_kw = user_input[CONF_HEAT_OUTPUT]
            kelvin = _asked(coordinator)["rated_delta_t"]
            self._changes = {CONF_HEAT_OUTPUT: heat_kw, CONF_RATED_DELTA_T: kelvin}
            cop = await async_compute(
                self.hass, cop_with, coordinator.pump, heat_kw / kelvin
            )
            if is_possible(cop):
                return await self.async_step_confirm()
            errors[CONF_HEAT_OUTPUT] = "impossible_cop"
            words["cop"] = f"{cop:.1f}"
        return self.async_show_form(
            step_id="plate",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Required(CONF_HEAT_OUTPUT): HEAT_OUTPUT}), user_input
            ),
            errors=errors,
            description_placeholders=words,
        )

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Show the factor that follows, and take it if that is wanted."""
        if (coordinator := self._coordinator) is None:
            return self.async_abort(reason="not_loaded")
        if user_input is not None:
            kept = dict(coordinator.subentry.data)
            kept.pop(CONF_FLOW_FACTOR, None)
            return self._settle(coordinator, kept | self._changes)
        factor = self._changes[CONF_HEAT_OUTPUT] / self._changes[CONF_RATED_DELTA_T]
        in_use = coordinator.pump.equipment.flow_factor
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            description_placeholders=self._words(coordinator)
            | {
                "heat_output": f"{self._changes[CONF_HEAT_OUTPUT]:g}",
                "found": f"{factor:.2f}",
                "share": f"{100 * factor / in_use:.0f}",
            },
        )

    @property
    @override
    def _coordinator(self) -> HeatPumpCoordinator | None:
        """Return the heat pump, None also where its factor is no question any more."""
        coordinator = super()._coordinator
        return coordinator if coordinator and _asked(coordinator) else None

    @override
    def _words(self, coordinator: HeatPumpCoordinator) -> dict[str, str]:
        """Return the name, and the numbers that are not what they should be."""
        found = _asked(coordinator)
        numbers = {key: f"{value:.2f}" for key, value in found.items()}
        kilowatts = {"would_be": f"{found['would_be']:.0f}"}
        return {**super()._words(coordinator), **numbers, **kilowatts}


def _asked(coordinator: HeatPumpCoordinator) -> Mapping[str, float]:
    """Return what the question is about, nothing where there is none."""
    return suggestion(coordinator.pump) or {}
