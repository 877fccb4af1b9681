"""Readings made by hand for the tests of the analysis."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from custom_components.heatpump_dashboard.analysis.basis import FigureBasis
from custom_components.heatpump_dashboard.analysis.equipment import Equipment
from custom_components.heatpump_dashboard.analysis.events import Event, events
from custom_components.heatpump_dashboard.analysis.figures import totals
from custom_components.heatpump_dashboard.analysis.power import operation_of
from custom_components.heatpump_dashboard.analysis.samples import Samples
from custom_components.heatpump_dashboard.analysis.states import Kind, states
from custom_components.heatpump_dashboard.analysis.windows import ledger

START = pd.Timestamp("2026-01-15T00:00:00Z")
HOUR = 3600
STEP = 30
FAR = pd.Timedelta(days=4000)
COUNTERS = ("energy", "heat_energy")
# So many intervals make out what is usual, however long they are.
INTERVALS = 5


def seconds(
    *columns: float | list[float] | npt.NDArray[np.float64],
) -> pd.DatetimeIndex:
    """Return times so many seconds after the start."""
    return START + pd.to_timedelta(
        np.concatenate([np.atleast_1d(c) for c in columns]), unit="s"
    )


def every(length_s: float, step_s: float = STEP) -> pd.DatetimeIndex:
    """Return the times of readings from the start to `length_s` after it, both ends."""
    return seconds(np.arange(0, length_s + step_s, step_s, dtype="float64"))


def readings(times: pd.DatetimeIndex, **metrics: Any) -> pd.DataFrame:
    """Return clean readings; a metric is one value for all, or one for each."""
    frame = pd.DataFrame(index=times.as_unit("ns").rename("time"))
    for metric, value in metrics.items():
        frame[metric] = np.broadcast_to(np.asarray(value, "float64"), len(times))
    return frame


def context_of(frame: pd.DataFrame, start: pd.Timestamp) -> int:
    """Return where the context begins of a piece that begins at `start`: an hour before.

    What runs on after a stop, and what a window had got by then, follow from how long a
    reading of that hour holds, and that from the intervals before it.
    """
    hour = start - pd.Timedelta(hours=1)
    begin = int(frame.index.searchsorted(hour))
    for known in (frame, *(frame[[c]].dropna() for c in COUNTERS if c in frame)):
        last = known.index[known.index < hour][-INTERVALS - 1 :]
        begin = min([begin, *frame.index.searchsorted(last).tolist()])
    return begin


def running(length_s: float = HOUR, **metrics: Any) -> pd.DataFrame:
    """Return readings of a compressor that runs: 40 °C, 35 °C, 3000 W."""
    usual = {"compressor": 1, "supply_temp": 40, "return_temp": 35, "power": 3000}
    return readings(every(length_s), **(usual | metrics))


def sums(frame: pd.DataFrame, equipment: Equipment | None = None) -> pd.Series:
    """Return the sums of all readings."""
    return book(frame, equipment).sum()


def book(frame: pd.DataFrame, equipment: Equipment | None = None) -> pd.DataFrame:
    """Return the ledger of all readings."""
    return ledger(frame, equipment or Equipment(), START - FAR, START + FAR)


def figures(
    frame: pd.DataFrame,
    equipment: Equipment | None = None,
    span_s: float = HOUR,
    **basis: Any,
) -> dict[str, Any]:
    """Return the figures of all readings."""
    return totals(book(frame, equipment), span_s, FigureBasis(**basis))


def states_of(
    frame: pd.DataFrame, equipment: Equipment | None = None, *, latched: bool = False
) -> pd.DataFrame:
    """Return the states of all readings."""
    equipment = equipment or Equipment()
    operation = operation_of(Samples.of(frame), equipment)
    return states(operation, equipment, START - FAR, latched_alarm=latched)


def told(
    frame: pd.DataFrame,
    kind: Kind,
    equipment: Equipment | None = None,
    *,
    latched: bool = False,
) -> list[Event]:
    """Return the events of a kind."""
    known = states_of(frame, equipment, latched=latched)
    return [e for e in events(known, book(frame, equipment)) if e.kind is kind]
