"""Issues of the repairs dashboard, each until its cause is gone."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN

if TYPE_CHECKING:
    from .coordinator import HeatPumpConfigEntry, HeatPumpCoordinator

BUCKET_NOT_FOUND: Final = "bucket_not_found"
ISSUE_BUCKET_MISSING: Final = "bucket_missing"
ISSUE_UNUSABLE: Final = "unusable_settings"


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
    if ir.async_get(coordinator.hass).async_get_issue(DOMAIN, issue) is not None:
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
def async_forget_buckets(hass: HomeAssistant, gone: Collection[str]) -> None:
    """Take back what was said of the buckets of heat pumps that are gone, or unloaded.

    Not when a set-up fails, which is when the only bucket of an entry is missing.
    """
    for pump_id in gone:
        ir.async_delete_issue(hass, DOMAIN, f"{ISSUE_BUCKET_MISSING}_{pump_id}")


@callback
def async_forget_removed(hass: HomeAssistant) -> None:
    """Take back what was said of the buckets of heat pumps that exist no more."""
    there = {
        pump_id
        for entry in hass.config_entries.async_entries(DOMAIN)
        for pump_id in entry.subentries
    }
    prefix = f"{ISSUE_BUCKET_MISSING}_"
    said = {
        issue.removeprefix(prefix)
        for domain, issue in ir.async_get(hass).issues
        if domain == DOMAIN and issue.startswith(prefix)
    }
    async_forget_buckets(hass, said - there)


@callback
def async_report_unusable(
    hass: HomeAssistant, entry: HeatPumpConfigEntry, names: Mapping[str, str]
) -> None:
    """Raise an issue for heat pumps whose settings make no sense, until unloaded.

    `names`: what they are called, by subentry.
    """
    for pump_id, name in names.items():
        issue = f"{ISSUE_UNUSABLE}_{pump_id}"
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue,
            is_fixable=False,
            severity=ir.IssueSeverity.ERROR,
            translation_key=ISSUE_UNUSABLE,
            translation_placeholders={"name": name},
        )
        entry.async_on_unload(partial(ir.async_delete_issue, hass, DOMAIN, issue))
