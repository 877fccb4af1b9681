"""What a heat pump's forms say when it was deleted while one of them was open."""

from typing import override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigSubentry,
    ConfigSubentryFlow,
    UnknownEntry,
    UnknownSubEntry,
)
from homeassistant.core import callback
from homeassistant.data_entry_flow import AbortFlow


class MayBeDeleted(ConfigSubentryFlow):
    """A flow whose entry or heat pump may be gone when a form is sent."""

    @callback
    @override
    def _get_entry(self) -> ConfigEntry:
        """Return the entry, or end with a sentence."""
        try:
            return super()._get_entry()
        except UnknownEntry:
            raise AbortFlow("deleted") from None

    @callback
    @override
    def _get_reconfigure_subentry(self) -> ConfigSubentry:
        """Return the heat pump that is changed; likewise."""
        try:
            return super()._get_reconfigure_subentry()
        except UnknownEntry, UnknownSubEntry:
            raise AbortFlow("deleted") from None
