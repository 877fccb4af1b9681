"""A day of a heat pump on which nothing is absurd, as a profile's collector stores it."""

import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.profiles import Profile, SeriesRule, load
from custom_components.heatpump_dashboard.profiles.loader import map_series

from .factory import STEP, every

DAY_S = 86_400
CYCLE_S = 2400
SETTINGS = {
    "supply_setpoint": 38.0,
    "heat_curve": 5.0,
    "heat_curve_offset": 0.0,
    "heat_curve_max": 55.0,
    "heating_stop": 17.0,
    "hot_water_start": 42.0,
    "hot_water_stop": 52.0,
    "room_setpoint": 21.0,
}


def by_hand(*metrics: str) -> Profile:
    """Return a heat pump whose metrics are series of the same name."""
    return map_series(load("generic"), {metric: metric for metric in metrics})


def values(length_s: float = DAY_S) -> dict[str, np.ndarray]:
    """Return 20 min on and 20 min off: 3 kW, 5 K, every metric there is."""
    into = np.arange(0, length_s + STEP, STEP)
    on = into % CYCLE_S < CYCLE_S / 2
    hours = np.cumsum(on) * STEP / 3600
    return {
        "outdoor_temp": np.full(len(into), -5.0),
        "indoor_temp": np.full(len(into), 21.0),
        "supply_temp": np.where(on, 40.0, 30.0),
        "return_temp": np.where(on, 35.0, 29.0),
        "hot_water_temp": np.full(len(into), 50.0),
        "brine_in_temp": np.where(on, 4.0, 6.0),
        "brine_out_temp": np.where(on, 1.0, 6.0),
        "hot_gas_temp": np.where(on, 80.0, 30.0),
        "compressor": on.astype(float),
        "brine_pump": on.astype(float),
        "circulation_pump": np.ones(len(into)),
        "hot_water_valve": np.zeros(len(into)),
        "auxiliary_step_1": np.zeros(len(into)),
        "auxiliary_step_2": np.zeros(len(into)),
        "alarm": np.zeros(len(into)),
        "auxiliary_percent": np.zeros(len(into)),
        "compressor_speed": np.where(on, 60.0, 0.0),
        "power": np.where(on, 3000.0, 50.0),
        "auxiliary_power": np.zeros(len(into)),
        "energy": np.round(12_000 + 3 * hours, 1),
        "heat_energy": np.round(54_000 + 13.5 * hours, 1),
        "flow": np.full(len(into), 0.65),
        "degree_minutes": np.full(len(into), -100.0),
        "alarm_code": np.zeros(len(into)),
        "operating_mode": np.ones(len(into)),
    } | {name: np.full(len(into), value) for name, value in SETTINGS.items()}


def stored(profile: Profile, length_s: float = DAY_S) -> pd.DataFrame:
    """Return what is stored of that day, under the names of the profile."""
    day = values(length_s)
    series = {
        usual(profile, metric).name: day[metric] / usual(profile, metric).scale
        for metric in profile.metrics
    }
    return pd.DataFrame(series, index=every(length_s).as_unit("ns").rename("time"))


def usual(profile: Profile, metric: str) -> SeriesRule:
    """Return the series that a metric is taken from on that day."""
    return profile.metrics[metric].candidates[0]
