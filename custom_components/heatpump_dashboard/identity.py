"""What tells a heat pump from all others."""

from homeassistant.config_entries import ConfigEntry, ConfigSubentry

from .const import CONF_BUCKET


def identity(entry: ConfigEntry, pump: ConfigSubentry) -> str:
    """Return what tells a heat pump from all others.

    By the bucket, so that a pump that is removed and added again gets its names and
    history back; by the entry, as another server may have a bucket of the same name
    and the address of this one may change.
    """
    return f"{entry.entry_id}_{pump.data[CONF_BUCKET]}"
