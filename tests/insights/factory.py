"""Days made by hand for the tests of the insights."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta, tzinfo
from typing import Any

import numpy as np
import pandas as pd

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.carnot import carnot
from custom_components.heatpump_dashboard.insights.days import day_table
from custom_components.heatpump_dashboard.insights.subject import (
    HeatBasis,
    Rest,
    Subject,
)

FIRST = date(2025, 11, 1)
METRICS = frozenset(
    (
        "compressor",
        "hot_water_valve",
        "circulation_pump",
        "supply_temp",
        "return_temp",
        "outdoor_temp",
        "indoor_temp",
        "hot_water_temp",
        "brine_in_temp",
        "brine_out_temp",
        "auxiliary_percent",
        "alarm_code",
        "degree_minutes",
    )
)
HOUR_MS = 3_600_000

type Values = float | np.ndarray


def hours_of_days(count: int, first: date = FIRST, **per_day: Values) -> pd.DataFrame:
    """Return hours in which each day's sums flow evenly; extremes as they are."""
    index = pd.date_range(first, periods=24 * count, freq="h", tz=UTC, name="time")
    columns = {
        name: np.repeat(np.broadcast_to(np.asarray(value, float), count), 24)
        / (1 if name.endswith(("|min", "|max")) else 24)
        for name, value in per_day.items()
    }
    return pd.DataFrame(columns, index=index)


def winter(count: int, **changed: Values) -> dict[str, np.ndarray]:
    """Return the sums of a healthy heat pump's days, between −8 and +9 °C.

    0.18 kW/K under 17 °C; η 0.47 at any temperatures; 5 kWh of hot water a day.
    `changed`: factors on `heat` and `electricity` of steady running, `brine_flow`
    (kW/K), and `outdoor`, °C.
    """
    day = np.arange(count)
    outdoor = changed.get(
        "outdoor", 0.5 + 6 * np.sin(day / 7) + 2.5 * np.sin(day / 2.3)
    )
    outdoor = np.broadcast_to(np.asarray(outdoor, float), count)
    space = 0.18 * np.maximum(17 - outdoor, 0.0)
    supply, brine = 38 - 0.5 * outdoor, 1 + 0.05 * outdoor - 0.5 * np.sin(day / 8)
    running = np.clip(0.425 - 0.025 * outdoor, 0.01, 1.0)
    capacity = 8.0 * np.exp(-0.006 * (supply - 35) + 0.02 * brine)
    steady_s = running * 0.6 * 86_400
    heat = capacity * steady_s / 3600
    paid = heat / (0.47 * carnot(supply, brine))
    difference = (heat - paid) / (steady_s / 3600) / changed.get("brine_flow", 1.8)
    heat = heat * changed.get("heat", 1.0)
    paid = paid * changed.get("electricity", 1.0)
    runs = np.full(count, 22.0)
    return {
        "heating_s": running * 86_400 * 0.9,
        "hot_water_s": running * 86_400 * 0.1,
        "idle_s": (1 - running) * 86_400,
        "energy_s": np.full(count, 86_400.0),
        "running_known_s": running * 86_400,
        "heat_kwh": 24 * space + 5,
        "heat_hot_water_kwh": np.full(count, 5.0),
        "hot_water_charges": np.full(count, 2.0),
        "compressor_heat_kwh": 24 * space + 5,
        "electricity_kwh": (24 * space + 5) / 3.5,
        "electricity_hot_water_kwh": np.full(count, 2.0),
        "compressor_electricity_kwh": (24 * space + 5) / 3.7,
        "auxiliary_kwh": np.zeros(count),
        "starts": runs + 2,
        "steady_heating_s": steady_s,
        "steady_heating_supply_ks": supply * steady_s,
        "steady_heating_return_ks": (supply - 5) * steady_s,
        "steady_heating_brine_s": steady_s,
        "steady_heating_brine_in_ks": brine * steady_s,
        "steady_heating_brine_out_ks": (brine - difference) * steady_s,
        "steady_heating_heat_kwh": heat,
        "steady_heating_electricity_kwh": paid,
        "heating_runs": runs,
        "heating_runs_s": runs * 1300,
        "heating_runs_short": runs * 0.05,
        "idle_delta_t_s": np.full(count, 10_800.0),
        "idle_delta_t_ks": np.full(count, 540.0),
        "outdoor_temp|sum": outdoor * 86_400,
        "outdoor_temp|s": np.full(count, 86_400.0),
        "indoor_temp|sum": np.full(count, 21.0 * 86_400),
        "indoor_temp|s": np.full(count, 86_400.0),
        "hot_water_temp|max": np.where(day % 7 == 0, 61.0, 52.0),
        "brine_out_temp|min": brine - 4,
    }


def subject(
    per_day: Mapping[str, np.ndarray] | None = None,
    *,
    count: int = 100,
    first: date = FIRST,
    zone: tzinfo = UTC,
    **others: Any,
) -> Subject:
    """Return a heat pump of these days, without any noise; today is the day after."""
    values = winter(count) if per_day is None else per_day
    count = len(values["heat_kwh"])
    days = day_table(hours_of_days(count, first, **values), zone)
    usual = {
        "metrics": METRICS,
        "heat_scale": 0.08,
        "coverage": 1.0,
        "rest": Rest(degree_minutes=-30.0),
        "today": first + timedelta(days=count),
        "zone": zone,
    }
    return Subject(days=days, **(usual | others))


def at(day: date, hour: float) -> int:
    """Return a moment of a day (UTC), ms since 1970."""
    return round(pd.Timestamp(day, tz=UTC).timestamp() * 1000 + hour * HOUR_MS)


def run(kind: Kind, day: date, start_h: float, end_h: float, **end: Any) -> list[Event]:
    """Return the two events of something that was on for some hours."""
    value = end.pop("value", 1.0)
    return [
        Event(at(day, start_h), kind, value, 0.0),
        Event(
            at(day, end_h),
            kind,
            0.0,
            value,
            duration_s=(end_h - start_h) * 3600,
            **end,
        ),
    ]


def without_heat(told: Subject) -> Subject:
    """Return the same heat pump without a source of heat: its ledger says 0 kWh."""
    zeros = dict.fromkeys(("heat_kwh", "heat_hot_water_kwh", "space_kw"), 0.0)
    days = told.days.assign(**zeros)
    return replace(told, days=days, heat=HeatBasis(source=None, tank_l=180.0))
