"""Where the hours of heat pumps are kept, and that they go with these."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR

from ..const import DOMAIN
from ..identity import heat_pumps


def hours_folder(hass: HomeAssistant, pump_id: str) -> Path:
    """Return where the hours of a heat pump are kept."""
    return Path(hass.config.path(STORAGE_DIR, DOMAIN, pump_id))


async def async_forget_hours(hass: HomeAssistant) -> None:
    """Remove the hours of heat pumps that exist no more."""
    there, folder = heat_pumps(hass), hours_folder(hass, "")
    await hass.async_add_executor_job(_remove_others, folder, there)


def _remove_others(folder: Path, there: Collection[str]) -> None:
    """Remove the folders in a folder that are not of those that are there."""
    with suppress(FileNotFoundError):
        for path in list(folder.iterdir()):
            if path.name not in there:
                rmtree(path, ignore_errors=True)
