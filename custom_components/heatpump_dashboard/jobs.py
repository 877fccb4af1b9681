"""What the coordinator has done in the executor: it reads a file or needs pandas."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from .const import CONF_BRAND, CONF_PRICE, CONF_SERIES
from .profiles import Profile, load, map_series
from .pump.models import CONTEXT, PumpData

if TYPE_CHECKING:
    import pandas as pd

    from .analysis.equipment import Equipment
    from .analysis.prices import Prices
    from .coordinator import HeatPumpCoordinator
    from .pump.memory import PumpMemory


def load_profile(data: Mapping[str, Any]) -> Profile:
    """Return the profile of a pump. Reads a file."""
    return map_series(load(data[CONF_BRAND]), data.get(CONF_SERIES, {}))


def import_memory() -> None:
    """Import what needs pandas. Slow the first time."""
    from .pump import present  # noqa: F401


def fixed_price(data: Mapping[str, Any]) -> Prices | None:
    """Return the price of the settings, None where none or an entity tells it."""
    from .analysis.prices import Prices

    fixed = data.get(CONF_PRICE)
    return None if fixed is None else Prices.fixed(fixed)


def remember(
    profile: Profile,
    data: Mapping[str, Any],
    frames: list[pd.DataFrame],
    first: datetime,
    now: datetime,
) -> tuple[Equipment, PumpMemory]:
    """Return a memory of the first readings of a pump."""
    from .pump.memory import PumpMemory
    from .pump.present import equipment, join

    pump = equipment(profile, data)
    memory = PumpMemory(profile, pump)
    memory.take_in(join(frames), first - CONTEXT, now)
    return pump, memory


def present(pump: HeatPumpCoordinator, now: datetime, zone: tzinfo) -> PumpData:
    """Return the present of a pump."""
    from .pump import present as present_
    from .pump.period_figures import Books

    return present_.present(Books.of(pump), pump.profile, now, zone)
