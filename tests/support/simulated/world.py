"""What happens to a simulated house from outside: weather, people and faults, by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import pi
from typing import Final

import numpy as np

from custom_components.heatpump_dashboard.analysis.samples import Flags, Floats

from .faults import Fault

STEP_S: Final = 120.0
STEPS_A_DAY: Final = round(86_400 / STEP_S)
_LATITUDE: Final = 59.3 * pi / 180
_COLDEST_DAY: Final = 23.0


@dataclass(frozen=True, slots=True)
class World:
    """One value per step of `STEP_S` seconds from the midnight (UTC) of `first` on.

    `outdoor`, °C; `felt`, its mean of the last six hours; `sun` and `gains`, kW into
    the house; `wind`, the factor on what the air loses; `drawn`, kWh that hot water of
    40 °C takes; `gone`, whether nobody is at home.
    """

    first: date
    time_s: Floats
    outdoor: Floats
    felt: Floats
    sun: Floats
    gains: Floats
    wind: Floats
    drawn: Floats
    gone: Flags

    @property
    def day(self) -> Floats:
        """Return how many days have passed since the first midnight."""
        days: Floats = (self.time_s - self.time_s[0]) / 86_400
        return days


def world(first: date, days: int, seed: int, faults: Sequence[Fault] = ()) -> World:
    """Return the weather and the people of some days; each seed has its own.

    However many days are asked for, and whatever goes wrong: those before are the same.
    """
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()
    time_s: Floats = begins + STEP_S * np.arange(days * STEPS_A_DAY, dtype=np.float64)
    clear = np.clip(0.45 + 0.4 * _noise([seed, 0], time_s, 1.3), 0.08, 1.0)
    outdoor = _outdoor(seed, time_s, clear)
    for fault in faults:
        if fault.kind == "cold_spell":
            outdoor = np.where(fault.during(time_s), outdoor - fault.size, outdoor)
    gone = _any(faults, "holiday", time_s)
    people = 0.72 + 0.2 * _noise([seed, 3], time_s, 1.1) + 0.25 * _evening(time_s)
    stove = _any(faults, "stove", time_s) & _hours(time_s, 17, 21)
    return World(
        first,
        time_s,
        outdoor,
        _felt(outdoor),
        4.0 * 0.5 * np.clip(_sine_of_height(time_s), 0.0, None) ** 0.6 * clear,
        np.where(gone, 0.25, people) + 2.5 * stove,
        1.0 + 0.06 * _noise([seed, 4], time_s, 1.7),
        _draws(seed, days) * ~gone,
        gone,
    )


def _outdoor(seed: int, time_s: Floats, clear: Floats) -> Floats:
    """Return the temperature of a town in the middle of Sweden, °C."""
    year = 2 * pi * (time_s / 86_400 / 365.2425 - _COLDEST_DAY / 365.2425)
    winter = np.cos(year)
    fronts = 3.4 * _noise([seed, 1], time_s, 4.6) + 1.8 * _noise([seed, 2], time_s, 1.9)
    day = np.cos(2 * pi * (time_s / 86_400 - 13.5 / 24))
    shift: Floats = 7.0 - 10.0 * winter + (1.0 + 0.35 * winter) * fronts
    shift += (3.2 - 1.7 * winter) * clear * day - 2.0 * winter * (clear - 0.45)
    return shift


def _noise(seed: list[int], time_s: Floats, period_d: float) -> Floats:
    """Return a random curve of about ± 1 (1 σ) that turns about once a period."""
    rng = np.random.default_rng(seed)
    knots = np.arange(time_s[0], time_s[-1] + 2 * period_d * 86_400, period_d * 86_400)
    curve: Floats = np.interp(time_s, knots, rng.normal(size=knots.size)) * 1.2
    return curve


def _felt(outdoor: Floats) -> Floats:
    """Return the mean of the last six hours."""
    steps = STEPS_A_DAY // 4
    total = np.cumsum(np.concatenate([np.full(steps, outdoor[0]), outdoor]))
    felt: Floats = (total[steps:] - total[:-steps]) / steps
    return felt


def _sine_of_height(time_s: Floats) -> Floats:
    """Return the sine of the sun's height."""
    day = time_s / 86_400
    tilt = -0.409 * np.cos(2 * pi * (day % 365.2425 + 10) / 365.2425)
    noon = np.cos(2 * pi * (day - 0.46))
    height: Floats = np.sin(_LATITUDE) * np.sin(tilt)
    height += np.cos(_LATITUDE) * np.cos(tilt) * noon
    return height


def _evening(time_s: Floats) -> Floats:
    return np.cos(2 * pi * (time_s / 86_400 - 19 / 24))


def _hours(time_s: Floats, first: float, last: float) -> Flags:
    hour = (time_s / 3600) % 24
    return (hour >= first) & (hour < last)


def _any(faults: Sequence[Fault], kind: str, time_s: Floats) -> Flags:
    """Return when one of the faults of a kind lasts."""
    found = np.zeros(time_s.size, dtype=bool)
    for fault in faults:
        if fault.kind == kind:
            found |= fault.during(time_s)
    return found


def _draws(seed: int, days: int) -> Floats:
    """Return what each step takes from the tank, kWh: showers, and dishes by day."""
    rng = np.random.default_rng([seed, 5])
    drawn = np.zeros(days * STEPS_A_DAY)
    for day in range(days):
        for hours in ((5.5, 7.5), (5.5, 7.5), (18.0, 21.5), (18.0, 21.5)):
            _draw(drawn, rng, day, hours, 1.05)
        for _ in range(rng.integers(3, 8)):
            _draw(drawn, rng, day, (7.0, 22.0), 0.16)
    return drawn


def _draw(
    drawn: Floats,
    rng: np.random.Generator,
    day: int,
    hours: tuple[float, float],
    kwh: float,
) -> None:
    """Take some water within these hours of a day."""
    at = day * STEPS_A_DAY + int(rng.uniform(*hours) / 24 * STEPS_A_DAY)
    drawn[at : at + 4] += kwh * rng.uniform(0.5, 1.5) / 4
