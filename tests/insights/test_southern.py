"""South of the equator winter is in July."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.analysis.events import Event
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.insights.change import change
from custom_components.heatpump_dashboard.insights.drift import drift
from custom_components.heatpump_dashboard.insights.sun import clear_sky

from .factory import at, subject, winter
from .test_change import SPRING, asked, days, sunny


@pytest.mark.parametrize(
    ("latitude", "code"), [(-42.9, "less"), (59.3, "season"), (None, "season")]
)
def test_south_of_the_equator_july_is_dark(latitude: float | None, code: str) -> None:
    first, on = date(2026, 5, 1), np.arange(120) > 60
    moment = Event(at(first + timedelta(days=60), 18), Kind.HEAT_CURVE, 38.0, 40.0)
    told = asked(days(120, on, 0.85), moment, first=first, latitude=latitude)
    assert change(told).code == code


def test_south_of_the_equator_spring_has_its_own_sun() -> None:
    """The days are those of the north, half a year later."""
    told = sunny(SPRING, 0.88)
    shifted = told.days.set_axis(told.days.index + pd.Timedelta(days=184))
    gone = (shifted.index > "2026-09-15") & (shifted.index < "2026-10-16")
    (moved,) = (one._replace(time=one.time + 184 * 86_400_000) for one in told.changes)
    south = replace(
        told,
        days=shifted[~gone],
        today=told.today + timedelta(days=184),
        changes=(moved,),
        latitude=-59.3,
    )
    found = change(south)
    assert (found.code, found.params["sun"]) == ("less", True)
    assert change(replace(south, latitude=59.3)).code == "season"


@pytest.mark.parametrize("latitude", [-42.9, 59.3, None])
def test_seasons_are_told_apart_where_nobody_heats(latitude: float | None) -> None:
    """South of the equator July would make three of two winters."""
    count = 730
    day = np.arange(count)
    south = latitude is not None and latitude < 0
    warmest = 15 if south else 197
    first = date(2024, 1, 1) if south else date(2023, 7, 1)
    turn = 2 * np.pi * (day + first.timetuple().tm_yday - warmest) / 365
    days = winter(count, outdoor=9 + 8 * np.cos(turn))
    warm = np.cos(turn) > 0.5
    for name in days:
        if name.startswith("steady_heating"):
            days[name][warm] = 0.0
    told = subject(days, first=first, latitude=latitude)
    assert drift(told) is None
    other_way = -latitude if latitude is not None else -42.9
    assert drift(replace(told, latitude=other_way)) is not None


def test_a_clear_day_gives_more_the_higher_the_sun() -> None:
    """FAO-56, example 8: 32.2 MJ/m² outside of the air at 20° S on 3 September."""
    (south,) = clear_sky(pd.DatetimeIndex(["2026-09-03"]), -20.0)
    assert south * 3.6 / 0.75 == pytest.approx(32.2, abs=0.1)
    days = pd.DatetimeIndex(["2026-12-21", "2026-03-15", "2026-06-21"])
    december, march, june = clear_sky(days, 59.3)
    assert 0 < december < march < june
    assert clear_sky(days, 80.0)[0] == pytest.approx(0, abs=1e-9)
