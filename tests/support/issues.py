"""Issues as Home Assistant keeps them."""

from datetime import UTC, datetime

from homeassistant.helpers import issue_registry as ir

from custom_components.heatpump_dashboard.const import DOMAIN


def as_after_a_restart(
    registry: ir.IssueRegistry, issue_id: str, *, ignored: bool = False
) -> None:
    """Have an issue be known as it is read from disk, before anybody raises it."""
    registry.issues[DOMAIN, issue_id] = ir.IssueEntry(
        active=False,
        breaks_in_ha_version=None,
        created=datetime.now(UTC),
        data=None,
        dismissed_version="2026.1.0" if ignored else None,
        domain=DOMAIN,
        is_fixable=None,
        is_persistent=False,
        issue_domain=None,
        issue_id=issue_id,
        learn_more_url=None,
        severity=None,
        translation_key=None,
        translation_placeholders=None,
    )


def is_ignored(registry: ir.IssueRegistry, issue_id: str) -> bool:
    """Return whether an issue is there, and somebody does not want to see it."""
    issue = registry.async_get_issue(DOMAIN, issue_id)
    return issue is not None and issue.dismissed_version is not None
