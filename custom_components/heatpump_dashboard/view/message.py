"""Turns snapshots, and what has changed between two of them, into JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from .snapshot import Snapshot
from .tables import Column, Table

_NONE = slice(0, 0)
_ALL = slice(None)


@dataclass(frozen=True, slots=True)
class EncodedSnapshot:
    """A snapshot and the JSON of it, made once for all who ask."""

    snapshot: Snapshot
    json: bytes


def publish(snapshot: Snapshot) -> EncodedSnapshot:
    """Return a snapshot with its JSON."""
    return EncodedSnapshot(snapshot, encode(snapshot))


def encode(snapshot: Snapshot) -> bytes:
    """Return the JSON of a whole snapshot."""
    return _encode("snapshot", snapshot, _ALL, _ALL, snapshot.events.rows)


def encode_update(before: Snapshot, after: EncodedSnapshot) -> bytes | None:
    """Return the JSON of what has changed, None if nothing has.

    The receiver drops rows before the new start, and replaces its rows from the
    first that is sent on. Where that does not say it, the whole snapshot is sent.
    """
    new = after.snapshot
    if before is new:
        return None
    if _shape(before) != _shape(new):
        return after.json
    readings = _changed(before.readings, new.readings, new.start)
    ledger = _changed(before.ledger, new.ledger, new.start)
    events = new.events.new_since(before.events, new.start)
    if readings is None or ledger is None or events is None:
        return after.json
    if readings == ledger == _NONE and not events and _rest(before) == _rest(new):
        return None
    return _encode("update", new, readings, ledger, events)


def encode_status(snapshot: Snapshot, status: dict[str, Any]) -> bytes:
    """Return the JSON of an update that changes nothing but the status."""
    return _encode("update", replace(snapshot, status=status), _NONE, _NONE, ())


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what must be the same for rows to be replaced by others."""
    return (
        snapshot.step,
        snapshot.ledger_step,
        list(snapshot.readings.columns),
        list(snapshot.ledger.columns),
    )


def _rest(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what is sent beside the tables."""
    return snapshot.start, snapshot.end, snapshot.totals, snapshot.status


def _changed(before: Table, after: Table, start: int) -> slice | None:
    """Return the rows from the first that is not the same; None if that cannot say it."""
    first = int(np.searchsorted(before.time, start))
    common = min(len(before.time) - first, len(after.time))
    same = _same(before, after, first, common)
    if not same.all():
        place = int(same.argmin())
        if before.time[first + place] >= after.time[place]:
            return slice(place, None)
        # A row is gone: the one before it, which is sent again, says so.
        return slice(place - 1, None) if place else None
    if common < len(after.time):
        return slice(common, None)
    if common < len(before.time) - first:
        # Rows at the end are gone: the last that stays says so.
        return slice(common - 1, None) if common else None
    return _NONE


def _same(before: Table, after: Table, first: int, rows: int) -> npt.NDArray[np.bool]:
    """Return for each of the first rows whether it is what it was."""
    same: npt.NDArray[np.bool] = before.time[first : first + rows] == after.time[:rows]
    for name, column in after.columns.items():
        old, new = before.columns[name][first : first + rows], column[:rows]
        same &= (old == new) | (np.isnan(old) & np.isnan(new))
    return same


def _encode(
    kind: str,
    snapshot: Snapshot,
    readings: slice,
    ledger: slice,
    events: Sequence[bytes],
) -> bytes:
    """Return the JSON of a message with some rows of the tables, and events."""
    return orjson.dumps(
        {
            "type": kind,
            "pump": snapshot.pump,
            "range": snapshot.range,
            "start": snapshot.start,
            "end": snapshot.end,
            "step": snapshot.step,
            # Their times stand side by side: where both are the same, deflate, which
            # looks back 32 kB, sends them once.
            "readings": _json(
                _columns(snapshot.readings, readings)
                | {"time": snapshot.readings.time[readings]}
            ),
            "ledger": _json(
                {"step": snapshot.ledger_step, "time": snapshot.ledger.time[ledger]}
                | _columns(snapshot.ledger, ledger)
            ),
            "totals": snapshot.totals,
            "status": snapshot.status,
            "events": orjson.Fragment(b"[" + b",".join(events) + b"]"),
        }
    )


def _columns(table: Table, rows: slice) -> dict[str, Column]:
    return {name: column[rows] for name, column in table.columns.items()}


def _json(table: Mapping[str, Any]) -> orjson.Fragment:
    """Return the JSON of a table. Whole numbers are written without decimals."""
    text = orjson.dumps(table, option=orjson.OPT_SERIALIZE_NUMPY)
    return orjson.Fragment(text.replace(b".0,", b",").replace(b".0]", b"]"))
