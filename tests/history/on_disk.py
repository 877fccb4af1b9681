"""Hours that are put on disk, and what another start finds of them."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, date, timedelta
from pathlib import Path
from unittest.mock import patch

import pandas as pd

from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.hours import midnight


def day_of_hours(day: date, heat_kwh: float, **others: float) -> pd.DataFrame:
    """Return twenty-four hours, all with the same sums."""
    index = pd.date_range(day, periods=24, freq="h", tz=UTC, name="time").as_unit("ns")
    return pd.DataFrame({"heat_kwh": heat_kwh, **others}, index=index)


def heat_of(store: HourStore, day: date) -> float:
    hours = store.hours(midnight(day), midnight(day) + timedelta(days=1))
    return float(hours["heat_kwh"].sum()) if len(hours) else 0.0


def opened(folder: Path) -> HourStore:
    store = HourStore(folder, "Villa")
    store.open()
    return store


@contextmanager
def held_back(name: str, error: BaseException) -> Generator[None]:
    """Have the disk not hand out a file."""
    read: Callable[[Path], bytes] = Path.read_bytes

    def read_others(path: Path) -> bytes:
        if path.name == name:
            raise error
        return read(path)

    with patch.object(Path, "read_bytes", read_others):
        yield
