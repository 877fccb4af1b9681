"""Months whose files cannot be read: what is in them is never lost, and never wrong."""

from collections.abc import Callable
from datetime import UTC, date, timedelta
import io
import json
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from custom_components.heatpump_dashboard.analysis.periods import Period
from custom_components.heatpump_dashboard.analysis.states import Kind
from custom_components.heatpump_dashboard.history.events import known_events
from custom_components.heatpump_dashboard.history.folders import _remove_others
from custom_components.heatpump_dashboard.history.hours import known_days, known_hours
from custom_components.heatpump_dashboard.history.month import Month
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.heat_pump import HeatPump
from custom_components.heatpump_dashboard.pump.hours import midnight

from .common import JOINT
from .on_disk import day_of_hours, heat_of, held_back, opened

DAY = timedelta(days=1)
NOVEMBER = date(2025, 11, 29)
DECEMBER = date(2025, 12, 1)
FILE = "2025-11.npz"
FOR_A_MOMENT = [
    OSError(24, "Too many open files"),
    PermissionError(13, "Permission denied"),
    MemoryError(),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a day of each of two months."""
    folder = tmp_path / "heat_pump"
    store = opened(folder)
    for day in (NOVEMBER, DECEMBER):
        store.put(day, day_of_hours(day, 1.0), "a")
    store.write()
    return folder


def known_hours_of(pump: HeatPump, store: HourStore) -> float:
    hours = known_hours(pump, store, midnight(JOINT) - 3 * DAY, midnight(JOINT) + DAY)
    return float(hours["heat_kwh"].sum())


def known_days_of(pump: HeatPump, store: HourStore) -> float:
    edges = midnight(JOINT) - 3 * DAY, midnight(JOINT) + DAY
    days = known_days(pump, store, *edges, UTC)
    return float(days.sums[:, list(days.columns).index("heat_kwh")].sum())


def known_events_of(pump: HeatPump, store: HourStore) -> float:
    span = Period(midnight(JOINT) - 3 * DAY, midnight(JOINT) + DAY)
    return len(list(known_events(pump, store, span, set(Kind))))


@pytest.mark.parametrize("error", FOR_A_MOMENT, ids=lambda error: type(error).__name__)
def test_what_cannot_be_read_for_a_moment_is_not_lost(
    folder: Path, caplog: pytest.LogCaptureFixture, error: BaseException
) -> None:
    """Neither by what is put meanwhile, nor by what is put later."""
    with held_back(FILE, error):
        store = opened(folder)
        assert not store.readable
        assert store.days == {DECEMBER: "a"}
        assert not store.takes(NOVEMBER + DAY)
        store.put(NOVEMBER + DAY, day_of_hours(NOVEMBER + DAY, 2.0), "a")
        store.put(DECEMBER + DAY, day_of_hours(DECEMBER + DAY, 2.0), "a")
        store.outdate({NOVEMBER})
        store.try_again()
        store.write()
        assert heat_of(store, NOVEMBER) == 0
    assert caplog.text.count(FILE) == 1
    assert opened(folder).days == dict.fromkeys((NOVEMBER, DECEMBER), "a") | {
        DECEMBER + DAY: "a"
    }

    revision = store.revision
    store.try_again()

    assert store.readable
    assert store.revision > revision
    assert store.days[NOVEMBER] == "a"
    store.put(NOVEMBER + DAY, day_of_hours(NOVEMBER + DAY, 2.0), "a")
    store.write()
    again = opened(folder)
    assert (heat_of(again, NOVEMBER), heat_of(again, NOVEMBER + DAY)) == (24, 48)


def test_a_month_that_is_not_in_memory_any_more_is_not_lost(folder: Path) -> None:
    store = opened(folder)
    store._months.clear()

    with held_back(FILE, FOR_A_MOMENT[0]):
        store.outdate({NOVEMBER})
        store.put(NOVEMBER, day_of_hours(NOVEMBER, 2.0), "b")
        store.write()
        assert store.days == {DECEMBER: "a"}

    assert heat_of(opened(folder), NOVEMBER) == 24


def test_sums_of_a_month_that_is_held_back_are_not_kept(folder: Path) -> None:
    start, stop = midnight(NOVEMBER), midnight(DECEMBER)
    with held_back(FILE, FOR_A_MOMENT[0]):
        store = opened(folder)
        (none,) = store.by_day(start, stop, UTC)
        assert not len(none.numbers)

    (sums,) = store.by_day(start, stop, UTC)
    assert len(sums.numbers) == 1


def test_a_folder_that_is_not_listed_for_a_moment_is_read_later(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with patch.object(Path, "iterdir", side_effect=FOR_A_MOMENT[0]):
        store = opened(folder)
        store.try_again()
        assert not store.readable
        assert not store.takes(DECEMBER)
        store.put(NOVEMBER, day_of_hours(NOVEMBER, 2.0), "b")
        store.write()
    assert caplog.text.count("cannot be read now") == 1

    store.try_again()

    assert store.readable
    assert store.days == {NOVEMBER: "a", DECEMBER: "a"}
    assert heat_of(store, NOVEMBER) == 24


def of_newer_version() -> bytes:
    contents = io.BytesIO()
    meta = json.dumps({"format": 99, "days": {}, "more": 1}).encode()
    np.savez_compressed(contents, meta=np.frombuffer(meta, dtype=np.uint8))
    return contents.getvalue()


@pytest.mark.parametrize(
    ("contents", "ending"), [(b"what", "bad"), (of_newer_version(), "newer")]
)
def test_a_file_that_is_replaced_is_kept_beside_the_new_one(
    folder: Path, caplog: pytest.LogCaptureFixture, contents: bytes, ending: str
) -> None:
    """Also a second one; none of them is taken for a month."""
    kept = [f"{FILE}.{ending}", f"{FILE}.{ending}2"]
    for number in (1, 2):
        (folder / FILE).write_bytes(contents)
        store = opened(folder)
        store.write()
        assert (folder / FILE).read_bytes() == contents
        for day in (NOVEMBER, NOVEMBER + DAY):
            store.put(day, day_of_hours(day, 1.0), "a")
            store.write()
        assert [path.name for path in sorted(folder.iterdir())] == sorted(
            [FILE, "2025-12.npz", *kept[:number]]
        )
        assert all((folder / name).read_bytes() == contents for name in kept[:number])
    assert caplog.text.count("is kept under another name") == 2

    again = opened(folder)
    assert again.days == dict.fromkeys((NOVEMBER, NOVEMBER + DAY, DECEMBER), "a")
    assert caplog.text.count("is kept under another name") == 2


def test_a_file_that_was_mended_by_hand_is_not_set_aside(folder: Path) -> None:
    good = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(b"what")
    store = opened(folder)
    store._months.clear()
    (folder / FILE).write_bytes(good)

    store.put(NOVEMBER + DAY, day_of_hours(NOVEMBER + DAY, 1.0), "a")
    store.write()

    assert len(list(folder.iterdir())) == 2
    assert opened(folder).days.keys() == {NOVEMBER, NOVEMBER + DAY, DECEMBER}


def test_a_damaged_file_stays_where_the_new_one_cannot_be_written(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / FILE).write_bytes(b"what")
    store = opened(folder)
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    with patch.object(Path, "rename", side_effect=OSError(30, "Read-only")):
        store.write()
    assert "cannot be written" in caplog.text
    assert (folder / FILE).read_bytes() == b"what"

    store.write()

    assert (folder / f"{FILE}.bad").read_bytes() == b"what"
    assert heat_of(opened(folder), NOVEMBER) == 24


def test_what_was_kept_goes_with_the_heat_pump(folder: Path) -> None:
    (folder / f"{FILE}.newer").write_bytes(of_newer_version())

    _remove_others(folder.parent, {"another"})

    assert not folder.exists()


def test_a_month_that_cannot_be_decoded_for_want_of_memory_stays(folder: Path) -> None:
    with patch.object(Month, "decode", side_effect=MemoryError):
        store: HourStore = opened(folder)
        store.put(NOVEMBER, day_of_hours(NOVEMBER, 2.0), "b")
        store.write()

    assert heat_of(opened(folder), NOVEMBER) == 24


@pytest.mark.parametrize("reader", [known_hours_of, known_days_of, known_events_of])
def test_nothing_counts_twice_when_a_file_is_handed_out_again(
    pump: HeatPump, store: HourStore, reader: Callable[[HeatPump, HourStore], float]
) -> None:
    """Memory and the disk both know the day before the joint."""
    known = reader(pump, store)
    file = f"{JOINT - DAY:%Y-%m}.npz"
    with held_back(file, FOR_A_MOMENT[0]):
        other = opened(store._folder)
    assert reader(pump, other) == known
    with patch.object(Path, "iterdir", side_effect=FOR_A_MOMENT[0]):
        other = opened(store._folder)
        assert reader(pump, other) < known
    other.try_again()
    assert reader(pump, other) == known


def test_a_file_whose_bytes_are_an_error_of_the_system_is_damaged(folder: Path) -> None:
    with patch.object(Month, "decode", side_effect=OSError("Invalid data stream")):
        store = opened(folder)
    assert store.readable
    assert store.takes(NOVEMBER)


def test_damaged_hours_of_long_ago_are_found_when_they_are_asked_for(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A start takes what the files of old months say of themselves, and no more."""
    store = opened(folder)
    for number in range(13):
        day = date(2026, 1, 1) + 31 * number * DAY
        store.put(day, day_of_hours(day, 1.0), "a")
    store.write()
    contents = io.BytesIO()
    with np.load(folder / FILE) as archive:
        np.savez_compressed(contents, meta=archive["meta"])
    (folder / FILE).write_bytes(contents.getvalue())

    store = opened(folder)
    assert store.days[NOVEMBER] == "a"
    assert not caplog.records
    revision = store.revision

    assert heat_of(store, NOVEMBER) == 0
    assert NOVEMBER not in store.days
    assert store.revision > revision
    assert caplog.text.count(FILE) == 1
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 2.0), "a")
    store.write()
    assert heat_of(opened(folder), NOVEMBER) == 48
    assert (folder / f"{FILE}.bad").exists()
