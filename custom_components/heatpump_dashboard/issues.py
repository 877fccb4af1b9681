"""Issues of the repairs dashboard, each until its cause is gone."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import UnitOfTemperature
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import CONF_SOURCE, DOMAIN, LOGGER, SOURCE_DEMO, TANK_SAFE_C
from .identity import heat_pumps
from .insights.limits import HEATER_MILD_C
from .mapped_entities import PROBLEMS
from .numerals import degrees, kelvin, numeral
from .profiles import Profile, alarm_text

if TYPE_CHECKING:
    from .coordinator import HeatPumpCoordinator

BUCKET_NOT_FOUND: Final = "bucket_not_found"
ISSUE_BUCKET_MISSING: Final = "bucket_missing"
ISSUE_UNUSABLE: Final = "unusable_settings"
ISSUE_UNCHECKED: Final = "unchecked_heat"
ISSUE_STATISTICS: Final = "past_statistics"
ISSUE_PRICE: Final = "price"

_ENTITY_ISSUES: Final = {problem: f"entity_{problem}" for problem in PROBLEMS}

# The checks of the verdict of which something is said when they ask for an action, with
# the insight that shows why. The panel leads to the same (`cards.ts`).
SHOWN_BY: Final[Mapping[str, str]] = {
    "alarm": "verdict",
    "data": "verdict",
    "blocked": "heater",
    "brine": "ground",
    "ground": "ground",
    "cop": "cop",
    "flow_guard": "cop",
    "heater": "heater",
    "hot_water": "hot_water",
    "sixty": "hot_water",
    "cycling": "cycling",
    "room": "curve",
    "plausible": "calibration",
    "sensor_pair": "calibration",
}
# Where the code of a check makes it another sentence.
_OTHER_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("alarm", "again"): "act_alarm_again",
    ("cop", "capacity_low"): "act_capacity",
    ("data", "absent"): "act_data_absent",
    ("heater", "compressor_off"): "act_heater_off",
    ("hot_water", "short"): "act_hot_water_short",
}
# What the sentences have in them. Nothing else is handed on: a number that grows with
# every poll would make an issue anew with each.
_NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    "act_alarm": ("alarm",),
    "act_alarm_again": ("alarm", "count"),
    "act_data": ("limit",),
    "act_data_absent": (),
    "act_blocked": (),
    "act_brine": ("value", "limit"),
    "act_ground": ("value",),
    "act_cop": ("value",),
    "act_capacity": ("value",),
    "act_flow_guard": ("value",),
    "act_heater": ("total", "mild", "mild_above"),
    "act_heater_off": ("total",),
    "act_hot_water": ("cold_days",),
    "act_hot_water_short": ("value", "stop", "count"),
    "act_sixty": ("value", "safe"),
    "act_cycling": ("value",),
    "act_room": ("value",),
    "act_plausible": ("heat", "plate", "value", "brine", "supply"),
    "act_sensor_pair": ("value",),
}
# What is always the same in them, °C; brine and supply are those of the plate.
_CELSIUS: Final[Mapping[str, float]] = {
    "brine": 0.0,
    "mild_above": HEATER_MILD_C,
    "safe": TANK_SAFE_C,
    "supply": 35.0,
}
# Who cannot tell for a moment takes nothing back: too little is read, the past is read
# again, or an error of ours is in the way.
_NOT_KNOWN_NOW: Final = frozenset(("coverage", "setting_changed", "failed"))
_ACT_ISSUES: Final = tuple(f"act_{check}" for check in SHOWN_BY)

# What is said of one heat pump; its id follows.
_OF_A_PUMP: Final = (
    ISSUE_BUCKET_MISSING,
    ISSUE_UNUSABLE,
    ISSUE_UNCHECKED,
    ISSUE_STATISTICS,
    ISSUE_PRICE,
    *_ENTITY_ISSUES.values(),
    *_ACT_ISSUES,
)
# These are said once: somebody who ignores them is not told again after a restart.
_KEPT_IGNORED: Final = frozenset(
    (
        ISSUE_UNCHECKED,
        ISSUE_STATISTICS,
        ISSUE_PRICE,
        *_ENTITY_ISSUES.values(),
        *_ACT_ISSUES,
    )
)


@callback
def async_report_bucket(coordinator: HeatPumpCoordinator) -> None:
    """Raise the issue of a missing bucket, or take it back; after every poll.

    A source that does not answer says nothing of its buckets.
    """
    issue = f"{ISSUE_BUCKET_MISSING}_{coordinator.pump_id}"
    delete = partial(ir.async_delete_issue, coordinator.hass, DOMAIN, issue)
    if coordinator.last_update_success:
        delete()
    if coordinator.source_state != BUCKET_NOT_FOUND:
        return
    if _is_shown(coordinator.hass, issue):
        return
    words = getattr(coordinator.last_exception, "translation_placeholders", None)
    ir.async_create_issue(
        coordinator.hass,
        DOMAIN,
        issue,
        is_fixable=False,
        severity=ir.IssueSeverity.ERROR,
        translation_key=ISSUE_BUCKET_MISSING,
        translation_placeholders={**(words or {}), "name": coordinator.name},
    )


@callback
def async_report_entities(coordinator: HeatPumpCoordinator) -> None:
    """Raise an issue for the entities that tell nothing any more, or take it back.

    One for each reason, with all entities that it is true of. One that is ignored stays
    until the reason is surely gone.
    """
    mapped = coordinator.entities
    for problem, key in _ENTITY_ISSUES.items():
        lost = {
            mapped.entity(m) for m, why in mapped.problems.items() if why == problem
        }
        issue = f"{key}_{coordinator.pump_id}"
        if not lost:
            if problem in mapped.over:
                ir.async_delete_issue(coordinator.hass, DOMAIN, issue)
            else:
                async_take_back(coordinator.hass, issue)
            continue
        ir.async_create_issue(
            coordinator.hass,
            DOMAIN,
            issue,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders={
                "name": coordinator.name,
                "entities": ", ".join(sorted(lost)),
            },
        )


@callback
def async_forget_pumps(hass: HomeAssistant, gone: Collection[str]) -> None:
    """Take back what was said of heat pumps that are gone, or unloaded.

    A question that somebody does not want to be asked again is kept, as it would be.
    Not when a set-up fails: that is when the only bucket of an entry is missing, and
    what is unusable is so at the next attempt.
    """
    for pump_id in gone:
        for kind in _OF_A_PUMP:
            issue = f"{kind}_{pump_id}"
            if kind in _KEPT_IGNORED:
                async_take_back(hass, issue)
            else:
                ir.async_delete_issue(hass, DOMAIN, issue)


@callback
def async_forget_removed(hass: HomeAssistant) -> None:
    """Take back what was said of heat pumps that exist no more."""
    there = heat_pumps(hass)
    said = {
        issue.removeprefix(f"{kind}_")
        for domain, issue in ir.async_get(hass).issues
        for kind in _OF_A_PUMP
        if domain == DOMAIN and issue.startswith(f"{kind}_")
    }
    async_forget_pumps(hass, said - there)
    for pump_id in said - there:
        for kind in _KEPT_IGNORED:
            ir.async_delete_issue(hass, DOMAIN, f"{kind}_{pump_id}")


@callback
def async_report_insights(coordinator: HeatPumpCoordinator) -> None:
    """Raise an issue for each check that asks for an action, and take back the others.

    Before the checks were made the first time nothing is said, nor taken back.
    """
    if (verdict := coordinator.data.insights.get("verdict")) is None:
        return
    for check in verdict["checks"]:
        if (name := check["id"]) not in SHOWN_BY:
            continue
        if check["state"] == "act":
            _async_ask_for_action(coordinator, check)
        elif check["code"] not in _NOT_KNOWN_NOW:
            issue = f"act_{name}_{coordinator.pump_id}"
            ir.async_delete_issue(coordinator.hass, DOMAIN, issue)


@callback
def _async_ask_for_action(
    coordinator: HeatPumpCoordinator, check: Mapping[str, Any]
) -> None:
    """Raise the issue of a check, or change its numbers; one that is ignored stays so."""
    hass, name, pump_id = coordinator.hass, check["id"], coordinator.pump_id
    key = _OTHER_WORDS.get((name, check["code"]), f"act_{name}")
    profile, language = coordinator.pump.profile, hass.config.language
    unit = hass.config.units.temperature_unit
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"act_{name}_{pump_id}",
        is_fixable=False,
        learn_more_url=f"homeassistant:/{insight_path(SHOWN_BY[name], pump_id)}",
        severity=ir.IssueSeverity.WARNING,
        translation_key=key,
        translation_placeholders={
            **act_words(check, _NUMBERS[key], profile, language, unit),
            "name": coordinator.name,
        },
    )


def act_words(
    check: Mapping[str, Any],
    wanted: Collection[str],
    profile: Profile,
    language: str,
    unit: str,
) -> dict[str, str]:
    """Return the words and numbers that the sentence of a check has in it.

    What is −9 % is said to be 9 % less. Degrees are told with the home's `unit`.
    """
    value = check["value"]
    if check["unit"] == "%":
        value = round(value)
    told = {**check["params"], "value": value, "limit": check["limit"], **_CELSIUS}
    celsius = {*_CELSIUS, "stop"}
    if check["unit"] == UnitOfTemperature.CELSIUS:
        celsius |= {"value", "limit"}

    def said(name: str, number: float) -> str:
        if name == "alarm":
            return _alarm(profile, number, language)
        if name in celsius:
            return degrees(number, language, unit)
        if name == "value" and check["unit"] == UnitOfTemperature.KELVIN:
            return kelvin(abs(number), language, unit)
        return numeral(abs(number), language)

    return {
        name: said(name, number)
        for name in wanted
        if (number := told.get(name)) is not None
    }


def _alarm(profile: Profile, code: float, language: str) -> str:
    """Return an alarm in words and with its number, also one that is over."""
    number = code if code > 0 else None
    return alarm_text(profile, number, active=True, language=language) or ""


def insight_path(insight: str, pump_id: str) -> str:
    """Return where the panel shows an insight of a heat pump."""
    return f"/heatpump-dashboard/insights/{insight}?pump={pump_id}"


@callback
def async_ask_for_plate(
    coordinator: HeatPumpCoordinator, found: Mapping[str, float] | None
) -> None:
    """Ask for the kW on the plate of a heat pump, or ask no more.

    `found`: what its readings say of the factor in use, see `calibration.suggestion`;
    None where there is nothing to ask, or too little is known.
    """
    is_over = coordinator.pump.basis.calibration != "unchecked"
    _ask(coordinator, ISSUE_UNCHECKED, is_asked=found is not None, is_over=is_over)


@callback
def async_ask_to_join(coordinator: HeatPumpCoordinator, is_asked: bool) -> None:
    """Ask whether to join the past onto statistics, or ask no more.

    The demo asks nobody: its past is nobody's.
    """
    is_demo = coordinator.config_entry.data[CONF_SOURCE] == SOURCE_DEMO
    _ask(coordinator, ISSUE_STATISTICS, is_asked=is_asked and not is_demo)


@callback
def _ask(
    coordinator: HeatPumpCoordinator,
    kind: str,
    *,
    is_asked: bool,
    is_over: bool = False,
) -> None:
    """Raise the issue of a question that a dialog asks, or take it back.

    `is_over`: it has been answered; also who ignored it may be asked another time.
    """
    hass, issue = coordinator.hass, f"{kind}_{coordinator.pump_id}"
    if is_over:
        ir.async_delete_issue(hass, DOMAIN, issue)
    elif not is_asked:
        async_take_back(hass, issue)
    if is_over or not is_asked or _is_shown(hass, issue):
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue,
        data={"pump": coordinator.pump_id},
        is_fixable=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key=kind,
        translation_placeholders={"name": coordinator.name},
    )


@callback
def async_take_back(hass: HomeAssistant, issue: str) -> None:
    """Delete an issue, unless somebody said that it is not to be shown again."""
    known = ir.async_get(hass).async_get_issue(DOMAIN, issue)
    if known is None or known.dismissed_version is None:
        ir.async_delete_issue(hass, DOMAIN, issue)


def _is_shown(hass: HomeAssistant, issue: str) -> bool:
    """Return whether an issue has been raised since Home Assistant started.

    Of those before, it knows only that they were there.
    """
    known = ir.async_get(hass).async_get_issue(DOMAIN, issue)
    return known is not None and known.active


@callback
def async_report_unusable(
    hass: HomeAssistant, names: Mapping[str, str], unusable: Mapping[str, Exception]
) -> None:
    """Raise an issue for heat pumps whose settings make no sense, and log it once.

    It is taken back when they do. `names`: what all heat pumps of an entry are called,
    `unusable`: why some cannot be made, both by subentry.
    """
    for pump_id, name in names.items():
        issue = f"{ISSUE_UNUSABLE}_{pump_id}"
        if (err := unusable.get(pump_id)) is None:
            ir.async_delete_issue(hass, DOMAIN, issue)
            continue
        if not _is_shown(hass, issue):
            LOGGER.error("The settings of %s make no sense", name, exc_info=err)
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue,
            is_fixable=False,
            severity=ir.IssueSeverity.ERROR,
            translation_key=ISSUE_UNUSABLE,
            translation_placeholders={"name": name},
        )
