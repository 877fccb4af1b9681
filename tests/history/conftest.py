"""A heat pump whose first readings are on disk, and whose last ones are in memory."""

from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import PastHours, midnight
from custom_components.heatpump_dashboard.pump.limits import CONTEXT
from tests.support.memory_source import thermia

from .common import DAY, FIRST, JOINT, NOW


@pytest.fixture(scope="package")
def spring() -> pd.DataFrame:
    """Return half of every hour of 13.5 kW."""
    return thermia(FIRST, NOW, step_s=300, cycle_min=60)


@pytest.fixture
def pump(spring: pd.DataFrame) -> HeatPump:
    """Return a heat pump that remembers the last days."""
    pump = HeatPump(load("thermia"), {"price": 2.0})
    start = midnight(JOINT) - DAY - CONTEXT
    pump.load([spring[spring.index >= start]], start, NOW)
    pump.first_reading = FIRST
    return pump


@pytest.fixture
def store(written: Path, tmp_path: Path) -> HourStore:
    """Return all days before the joint."""
    store = HourStore(copytree(written, tmp_path / "hours"), "Villa")
    store.open()
    return store


@pytest.fixture(scope="package")
def written(spring: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of all days before the joint."""
    folder = tmp_path_factory.mktemp("hours")
    store = HourStore(folder, "Villa")
    profile = load("thermia")
    after = spring[spring.index >= midnight(JOINT)].iloc[:288]
    past = PastHours(profile, Equipment.of(profile, {}), JOINT, after)
    day = JOINT
    while day > FIRST.date():
        day -= DAY
        start = midnight(day)
        rows = (spring.index >= start - CONTEXT) & (spring.index < start + DAY)
        for whole, made in past.add(spring[rows]).items():
            store.put(whole, made.hours, "a", made.events)
    for whole, made in past.finish().items():
        store.put(whole, made.hours, "a", made.events)
    store.write()
    return folder
