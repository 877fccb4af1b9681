"""The hours on disk: what is written is read again, and what is damaged is said."""

from collections.abc import Iterator
from datetime import date, timedelta
import io
import json
import multiprocessing
import os
from pathlib import Path
from threading import Thread
import time

import numpy as np
import pandas as pd
import pytest

from custom_components.heatpump_dashboard.history.earlier import OF_STATISTICS
from custom_components.heatpump_dashboard.history.month import Month
from custom_components.heatpump_dashboard.history.store import HourStore
from custom_components.heatpump_dashboard.pump.hours import midnight

from .on_disk import day_of_hours, heat_of, held_back, opened

DAY = timedelta(days=1)
NOVEMBER = date(2025, 11, 30)
DECEMBER = date(2025, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "heat_pump"


@pytest.fixture
def store(folder: Path) -> HourStore:
    return opened(folder)


def test_what_was_written_is_there_after_a_restart(
    store: HourStore, folder: Path
) -> None:
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.25), "a")
    store.put(DECEMBER, day_of_hours(DECEMBER, 2.5, starts=3.0), "b")
    store.write()

    again = opened(folder)
    assert again.days == {NOVEMBER: "a", DECEMBER: "b"}
    hours = again.hours(midnight(NOVEMBER), midnight(DECEMBER) + DAY)
    expected = pd.concat(
        [day_of_hours(NOVEMBER, 1.25), day_of_hours(DECEMBER, 2.5, starts=3.0)]
    )
    pd.testing.assert_frame_equal(hours, expected, check_freq=False)
    assert sorted(path.name for path in folder.iterdir()) == [
        "2025-11.npz",
        "2025-12.npz",
    ]


def test_a_day_takes_the_place_of_the_same_day(store: HourStore) -> None:
    for day in (DECEMBER, DECEMBER + 2 * DAY, DECEMBER + DAY):
        store.put(day, day_of_hours(day, 1.0), "a")
    store.put(DECEMBER + DAY, day_of_hours(DECEMBER + DAY, 2.0).iloc[:3], "b")

    hours = store.hours(midnight(DECEMBER), midnight(DECEMBER) + 3 * DAY)
    assert hours["heat_kwh"].sum() == 24 + 3 * 2 + 24
    assert hours.index.is_monotonic_increasing
    assert store.days[DECEMBER + DAY] == "b"


def test_a_day_without_readings_is_known_all_the_same(
    store: HourStore, folder: Path
) -> None:
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0).iloc[:0], "a")
    store.write()

    again = opened(folder)
    assert again.days == {NOVEMBER: "a"}
    assert again.hours(midnight(NOVEMBER), midnight(DECEMBER)).empty


def test_days_before_any_reading_are_forgotten(folder: Path) -> None:
    """A collector whose clock had begun in 1970: all days since were read."""
    empty = day_of_hours(NOVEMBER, 1.0).iloc[:0]
    false = HourStore(folder, "Villa")
    false.put(date(1970, 1, 1), day_of_hours(date(1970, 1, 1), 1.0).iloc[:1], "a")
    for day in (date(1700, 9, 21), date(1999, 12, 31), date(2004, 2, 29)):
        false.put(day, empty, "a")
    for day in (NOVEMBER - 2 * DAY, NOVEMBER + 32 * DAY):
        false.put(day, empty, "a")
    for day in (NOVEMBER, DECEMBER):
        false.put(day, day_of_hours(day, 1.0), "a")
    false.write()
    for _ in range(2):
        store = opened(folder)
        assert list(store.days) == [NOVEMBER, DECEMBER, NOVEMBER + 32 * DAY]
        assert heat_of(store, NOVEMBER) == 24
        store.write()
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["2025-11.npz", "2025-12.npz", "2026-01.npz"]


@pytest.mark.parametrize("damaged", [True, False])
def test_what_cannot_be_read_now_is_not_forgotten_with_them(
    folder: Path, damaged: bool
) -> None:
    false = HourStore(folder, "Villa")
    for day in (date(1970, 1, 1), NOVEMBER, DECEMBER):
        false.put(day, day_of_hours(day, 1.0).iloc[: 24 * (day.year > 2000)], "a")
    false.write()
    if damaged:
        (folder / "2025-11.npz").write_bytes(b"x")
        opened(folder)
    else:
        with held_back("2025-11.npz", OSError("busy")):
            opened(folder)
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["2025-11.npz", "2025-12.npz"]


def test_hours_are_those_of_the_span_only(store: HourStore) -> None:
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.put(DECEMBER, day_of_hours(DECEMBER, 1.0), "a")
    start = midnight(DECEMBER) - timedelta(hours=2)

    hours = store.hours(start, start + timedelta(hours=5))

    assert list(hours.index) == list(pd.date_range(start, periods=5, freq="h"))


def test_what_is_not_written_is_not_there_after_a_kill(
    store: HourStore, folder: Path
) -> None:
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.write()
    store.put(DECEMBER, day_of_hours(DECEMBER, 1.0), "a")

    assert opened(folder).days == {NOVEMBER: "a"}


def test_a_half_written_file_is_none(store: HourStore, folder: Path) -> None:
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.write()
    (folder / "tmpk2x0a1").write_bytes(b"half of it")

    assert opened(folder).days == {NOVEMBER: "a"}


def damages(contents: bytes) -> Iterator[bytes]:
    """Yield what may be left of a file."""
    yield b""
    for part in (1, 20, len(contents) // 2, len(contents) - 1):
        yield contents[:part]
    generator = np.random.default_rng(1)
    for place in generator.integers(0, len(contents), 200):
        flipped = bytearray(contents)
        flipped[place] ^= 0xFF
        yield bytes(flipped)


def test_a_damaged_month_is_as_good_as_not_there(
    store: HourStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Never an exception; where a figure is read, it is the one that was written."""
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.put(DECEMBER, day_of_hours(DECEMBER, 1.0), "a")
    store.write()
    path = folder / "2025-11.npz"
    whole = path.read_bytes()
    found = 0
    for contents in damages(whole):
        path.write_bytes(contents)
        caplog.clear()
        damaged = opened(folder)
        assert damaged.days[DECEMBER] == "a"
        if NOVEMBER in damaged.days:
            assert heat_of(damaged, NOVEMBER) == 24
            assert not caplog.records
        else:
            found += 1
            assert heat_of(damaged, NOVEMBER) == 0
            assert caplog.text.count("2025-11.npz") == 1
    assert found > 100


def test_a_damaged_month_is_replaced(
    store: HourStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.mkdir()
    (folder / "2025-11.npz").write_bytes(b"what")
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.write()
    caplog.clear()

    assert heat_of(opened(folder), NOVEMBER) == 24
    assert not caplog.records


def test_a_month_of_a_newer_version_is_read_again(
    store: HourStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.mkdir()
    contents = io.BytesIO()
    meta = json.dumps({"format": 99, "days": {}, "more": 1}).encode()
    np.savez_compressed(contents, meta=np.frombuffer(meta, dtype=np.uint8))
    (folder / "2025-11.npz").write_bytes(contents.getvalue())

    store.open()
    assert not store.days
    assert "a newer version has written it" in caplog.text


def test_days_of_an_older_version_stay_until_they_are_read_again(
    store: HourStore,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = NOVEMBER - 2 * DAY
    with monkeypatch.context() as older:
        older.setattr(f"{Month.__module__}._FORMAT", 1)
        store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
        store.put(NOVEMBER - DAY, day_of_hours(NOVEMBER - DAY, 1.0), "a")
        store.put(told, day_of_hours(told, 1.0), f"{OF_STATISTICS}a")
        store.write()

    again = opened(folder)
    assert set(again.days) == {NOVEMBER, NOVEMBER - DAY, told}
    assert "a" not in again.days.values()
    # Of statistics it is made again, and never of readings that were forgotten.
    assert again.days[told].startswith(OF_STATISTICS)
    assert again.days[told] != f"{OF_STATISTICS}a"
    assert heat_of(again, NOVEMBER) == 24
    again.put(NOVEMBER, day_of_hours(NOVEMBER, 2.0, steady_heating_s=9.0), "a")
    again.write()

    after = opened(folder)
    assert after.days[NOVEMBER] == "a"
    assert after.days[NOVEMBER - DAY] != "a"
    hours = after.hours(midnight(NOVEMBER - DAY), midnight(NOVEMBER) + DAY)
    assert list(hours["heat_kwh"]) == [1.0] * 24 + [2.0] * 24
    assert hours["steady_heating_s"].isna().tolist() == [True] * 24 + [False] * 24
    assert not caplog.records


def test_hours_out_of_order_are_not_believed() -> None:
    hours = day_of_hours(NOVEMBER, 1.0).iloc[::-1]
    with pytest.raises(ValueError, match="out of order"):
        Month.decode(Month(hours).encode())


def test_what_cannot_be_written_is_kept_and_written_later(
    store: HourStore, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file in the place of the folder: even for root it cannot be written."""
    folder.write_text("in the way")
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.write()
    store.write()
    assert caplog.text.count("cannot be written") == 1
    assert heat_of(store, NOVEMBER) == 24

    folder.unlink()
    store.write()
    assert "can be written again" in caplog.text
    assert heat_of(opened(folder), NOVEMBER) == 24


@pytest.mark.parametrize("next_day", [NOVEMBER - DAY, DECEMBER])
def test_nobody_waits_for_a_slow_disk(
    store: HourStore, folder: Path, monkeypatch: pytest.MonkeyPatch, next_day: date
) -> None:
    """What is put meanwhile is not taken for written, of the same month neither."""
    encode = Month.encode

    def put_meanwhile(month: Month) -> bytes:
        monkeypatch.setattr(Month, "encode", encode)
        another = Thread(
            target=store.put, args=(next_day, day_of_hours(next_day, 2.0), "a")
        )
        another.start()
        another.join(timeout=10)
        assert not another.is_alive()
        return encode(month)

    monkeypatch.setattr(Month, "encode", put_meanwhile)
    store.put(NOVEMBER, day_of_hours(NOVEMBER, 1.0), "a")
    store.write()
    assert heat_of(store, next_day) == 48
    assert next_day not in opened(folder).days
    store.write()
    assert heat_of(opened(folder), next_day) == 48


def test_no_more_than_the_last_months_stay_in_memory(
    store: HourStore, folder: Path
) -> None:
    days = [date(2020 + n // 12, n % 12 + 1, 5) for n in range(40)]
    for day in days:
        store.put(day, day_of_hours(day, 1.0), "a")
        store.write()
    assert len(store._months) == 3
    for path in folder.iterdir():
        path.unlink()

    known = [day for day in reversed(days) if heat_of(store, day)]
    assert known == days[:-4:-1]


def test_a_month_that_is_not_written_stays_in_memory(
    store: HourStore, folder: Path
) -> None:
    folder.write_text("in the way")
    days = [date(2020 + n // 12, n % 12 + 1, 5) for n in range(40)]
    for day in days:
        store.put(day, day_of_hours(day, 1.0), "a")
    store.write()

    assert all(heat_of(store, day) == 24 for day in days)


def write_for_ever(folder: Path, round_: int) -> None:
    """Write two months again and again, all of a day the same number."""
    store = opened(folder)
    number = 1000.0 * round_
    while True:
        number += 1
        for day in (NOVEMBER, DECEMBER):
            store.put(day, day_of_hours(day, number), str(number))
        store.write()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
def test_killed_at_any_moment_it_is_whole(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    generator = np.random.default_rng()
    context = multiprocessing.get_context("fork")
    for round_ in range(20):
        writer = context.Process(target=write_for_ever, args=(folder, round_))
        writer.start()
        time.sleep(float(generator.uniform(0.02, 0.2)))
        writer.kill()
        writer.join()

        store = opened(folder)
        for day, made_with in store.days.items():
            hours = store.hours(midnight(day), midnight(day) + DAY)
            assert list(hours["heat_kwh"]) == [float(made_with)] * 24
    assert store.days.keys() == {NOVEMBER, DECEMBER}
    assert not caplog.records


def test_days_that_cannot_be_read_again_are_as_they_were(
    store: HourStore, folder: Path
) -> None:
    """Also after a restart, and if they were asked for twice."""
    days = (NOVEMBER, DECEMBER, DECEMBER + DAY)
    for day in days:
        store.put(day, day_of_hours(day, 1.0), "a")
    for _ in range(2):
        store.outdate(days)
    store.write()

    again = opened(folder)
    assert "a" not in again.days.values()
    again.restore({NOVEMBER, DECEMBER, date(2020, 1, 1)})
    again.write()

    after = opened(folder)
    assert (after.days[NOVEMBER], after.days[DECEMBER]) == ("a", "a")
    assert after.days[DECEMBER + DAY] != "a"
    revision = after.revision
    after.restore({NOVEMBER})
    assert after.revision == revision
