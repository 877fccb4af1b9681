"""The same readings, as collectors of any rhythm and Home Assistant write them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

type Floats = npt.NDArray[np.float64]
# What each series says at these times (s).
type Physics = Callable[[Floats], Mapping[str, Floats]]

# Home Assistant writes an entity after the other.
APART_S = 0.007


def frame(
    start: pd.Timestamp, times: Floats, values: Mapping[str, Floats]
) -> pd.DataFrame:
    """Return rows at so many seconds after the start."""
    index = start + pd.to_timedelta(np.round(times * 1e6).astype(np.int64), unit="us")
    return pd.DataFrame(values, index=index.as_unit("ns").rename("time"))


def polled(
    start: pd.Timestamp, physics: Physics, seconds: tuple[float, float], step_s: float
) -> pd.DataFrame:
    """Return rows of all series every so many seconds."""
    times = np.arange(*seconds, step_s, dtype=np.float64)
    return frame(start, times, physics(times))


def jittered(
    start: pd.Timestamp,
    physics: Physics,
    seconds: tuple[float, float],
    step_s: tuple[float, float],
    seed: int = 0,
) -> pd.DataFrame:
    """Return rows of all series, from the least to the greatest interval after the last."""
    rng = np.random.default_rng(seed)
    count = int((seconds[1] - seconds[0]) / step_s[0]) + 1
    times = seconds[0] + np.cumsum(rng.uniform(*step_s, count))
    times = times[times < seconds[1]]
    return frame(start, times, physics(times))


def apart(rows: pd.DataFrame, apart_s: float = APART_S) -> pd.DataFrame:
    """Return the same with each series stamped a little later than the one before."""
    return _together(
        rows[[name]].dropna().shift(freq=pd.Timedelta(seconds=place * apart_s))
        for place, name in enumerate(rows)
    )


def clocks(
    start: pd.Timestamp,
    physics: Physics,
    seconds: tuple[float, float],
    steps_s: Sequence[float],
) -> pd.DataFrame:
    """Return rows of each series every so many seconds of its own, not at one time."""
    parts = []
    for place, name in enumerate(physics(np.zeros(1))):
        step_s = steps_s[place % len(steps_s)]
        begin = seconds[0] + step_s * (0.23 * place % 1)
        times = np.arange(begin, seconds[1], step_s, dtype=np.float64)
        parts.append(frame(start, times, {name: physics(times)[name]}))
    return _together(parts)


def on_change(rows: pd.DataFrame, heartbeat_s: float = np.inf) -> pd.DataFrame:
    """Return of each series only what is another value, or comes after a heartbeat."""
    return _together(_changes(rows[name].dropna(), heartbeat_s) for name in rows)


def mixed(rows: pd.DataFrame, changing: list[str]) -> pd.DataFrame:
    """Return the same with some of the series only where they are another value."""
    return _together([rows.drop(columns=changing), on_change(rows[changing])])


def _changes(values: pd.Series, heartbeat_s: float) -> pd.DataFrame:
    last = pd.Timestamp(0, tz="UTC")
    kept = np.zeros(len(values), dtype=np.bool)
    changed = values.diff().to_numpy() != 0
    for place, time in enumerate(pd.DatetimeIndex(values.index)):
        if changed[place] or (time - last).total_seconds() >= heartbeat_s:
            kept[place], last = True, time
    return values[kept].to_frame()


def _together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    columns = list(parts)
    names = [name for column in columns for name in column]
    together: pd.DataFrame = pd.concat(columns).groupby(level=0).last()[names]
    return together


def in_force(rows: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Return the rows from a moment on, and the last value of each series before it."""
    before = rows[rows.index < start]
    last = [before[[name]].dropna().iloc[-1:] for name in before]
    both = pd.concat([*last, rows[rows.index >= start]])
    joined: pd.DataFrame = both.groupby(level=0).last()[list(rows)]
    return joined
