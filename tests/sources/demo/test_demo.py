"""The demo as a source."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path

import pandas as pd
import pytest

import custom_components
from custom_components.heatpump_dashboard.const import DOMAIN
from custom_components.heatpump_dashboard.profiles import recognise
from custom_components.heatpump_dashboard.sources import Bucket, NotFound
from custom_components.heatpump_dashboard.sources.demo import DemoSource
from custom_components.heatpump_dashboard.sources.demo.physics import stored

FOLDER = Path(custom_components.__path__[0], DOMAIN)
TEXTS = json.loads((FOLDER / "translations" / "en.json").read_text("utf-8"))
NOW = datetime(2026, 11, 24, 4, 0, 10, tzinfo=UTC)


class Executor:
    """Runs at once, and remembers what it ran."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def __call__[*Ts, T](self, func: Callable[[*Ts], T], /, *args: *Ts) -> Awaitable[T]:
        async def result() -> T:
            self.ran.append(getattr(func, "__name__", ""))
            return func(*args)

        return result()


@pytest.fixture
def executor() -> Executor:
    return Executor()


@pytest.fixture
def source(executor: Executor) -> DemoSource:
    return DemoSource(executor, lambda: NOW)


async def test_a_bucket_for_each_brand(source: DemoSource) -> None:
    await source.check()
    assert await source.buckets() == [
        Bucket("ivt", has_readings=True),
        Bucket("nibe", has_readings=True),
        Bucket("thermia", has_readings=True),
    ]
    await source.close()


@pytest.mark.parametrize("brand", ["ivt", "nibe", "thermia"])
async def test_series_by_name_with_their_last_values(
    source: DemoSource, brand: str
) -> None:
    series = await source.list_series(brand)
    names = [info.name for info in series]
    assert names == sorted(names)
    assert recognise(names) == brand
    assert {info.last_time for info in series} == {
        datetime(2026, 11, 24, 4, tzinfo=UTC)
    }
    units = {info.name: info.unit for info in series}
    assert units["outdoor_temp"] == "°C"
    assert units["compressor_status"] is None
    last = stored(brand, NOW - timedelta(minutes=1), NOW).iloc[-1]
    assert {info.name: info.last_value for info in series} == dict(last)


async def test_readings_are_what_is_stored_computed_in_the_executor(
    source: DemoSource, executor: Executor
) -> None:
    start = NOW - timedelta(hours=3)
    names = ["power_consumption", "radiator_forward", "not_a_series"]
    frame = await source.readings("thermia", names, [(start, NOW)])
    pd.testing.assert_frame_equal(frame, stored("thermia", start, NOW, names))
    assert list(frame) == ["power_consumption", "radiator_forward"]
    assert len(executor.ran) == 1


async def test_several_spans_are_read_in_the_order_of_time_and_once(
    source: DemoSource, executor: Executor
) -> None:
    hour = timedelta(hours=1)
    spans = [(NOW - hour, NOW), (NOW - 5 * hour, NOW - 4 * hour)]
    overlapping = [*spans, (NOW - 1.5 * hour, NOW - hour / 2)]
    frame = await source.readings("thermia", ["radiator_forward"], overlapping)
    whole = stored("thermia", NOW - 5 * hour, NOW, ["radiator_forward"])
    times = whole.index
    wanted = (times < NOW - 4 * hour) | (times >= NOW - 1.5 * hour)
    pd.testing.assert_frame_equal(frame, whole[wanted])
    assert len(executor.ran) == 1
    assert (await source.readings("thermia", ["radiator_forward"], [])).empty


async def test_there_is_no_future(source: DemoSource) -> None:
    start, stop = NOW - timedelta(minutes=1), NOW + timedelta(hours=1)
    frame = await source.readings("ivt", ["compressor_status"], [(start, stop)])
    assert frame.index[-1] == datetime(2026, 11, 24, 4, tzinfo=UTC)
    later = await source.readings("ivt", ["compressor_status"], [(NOW, stop)])
    assert later.empty
    assert list(later) == []
    assert str(later.index.dtype) == "datetime64[ns, UTC]"


async def test_the_past_begins_fifteen_months_ago(source: DemoSource) -> None:
    first = await source.first_time("nibe")
    assert first == datetime(2025, 8, 25, tzinfo=UTC)
    frame = await source.readings(
        "nibe",
        ["outdoor_temp"],
        [(first - timedelta(days=3), first + timedelta(hours=1))],
    )
    assert frame.index[0] == first


async def test_the_clock_is_the_real_one_where_none_is_given(
    executor: Executor,
) -> None:
    source = DemoSource(executor)
    before = datetime.now(UTC)
    frame = await source.readings(
        "ivt",
        ["outdoor_temp"],
        [(before - timedelta(hours=3), before + timedelta(hours=3))],
    )
    assert before - timedelta(hours=2) < frame.index[-1] <= datetime.now(UTC)


async def test_an_unknown_bucket_is_not_found(source: DemoSource) -> None:
    start = NOW - timedelta(hours=1)
    with pytest.raises(NotFound, match="'fridge'.*thermia") as error:
        await source.readings("fridge", ["outdoor_temp"], [(start, NOW)])
    assert error.value.key == "bucket_not_found"
    text = TEXTS["exceptions"]["bucket_not_found"]
    told = text["message"].format_map(error.value.placeholders)
    assert told.startswith("There is no fridge in Demo")
    with pytest.raises(NotFound):
        await source.list_series("fridge")
    with pytest.raises(NotFound):
        await source.first_time("fridge")
