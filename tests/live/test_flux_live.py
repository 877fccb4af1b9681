"""FluxSource against the real InfluxDB, filled the way the collector does."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime, timedelta
from urllib.error import HTTPError

import pandas as pd
from pandas.testing import assert_frame_equal
import pytest

from custom_components.heatpump_dashboard.profiles import recognise
from custom_components.heatpump_dashboard.sources import Bucket, QueryFailed, SeriesInfo
from custom_components.heatpump_dashboard.sources.demo.physics import stored
from custom_components.heatpump_dashboard.sources.influx import flux_query
from custom_components.heatpump_dashboard.sources.influx.answer import RefusalError
from custom_components.heatpump_dashboard.sources.influx.csv_tables import (
    records,
    tables,
)
from custom_components.heatpump_dashboard.sources.influx.errors import (
    Asked,
    from_response,
)
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from tests.live.questions import NASTY, read
from tests.support.collector import escaped, series
from tests.support.influx import Influx
from tests.support.samples import sample

BRANDS = ("thermia", "ivt", "nibe")

type MakeBucket = Callable[[], str]
type Away = Callable[[], AbstractAsyncContextManager[None]]


@pytest.mark.parametrize("brand", BRANDS)
async def test_readings_are_exactly_what_was_written(
    influx: Influx, source: FluxSource, bucket: str, start: datetime, brand: str
) -> None:
    written = sample(brand, start)
    influx.write(brand, written, bucket)
    found = await read(source, bucket, series(brand), written)
    assert_frame_equal(found, written, check_freq=False)


@pytest.mark.parametrize("brand", BRANDS)
async def test_a_day_of_a_heat_pump_is_read_as_the_collector_stored_it(
    influx: Influx, source: FluxSource, bucket: str, start: datetime, brand: str
) -> None:
    written = stored(brand, start - timedelta(hours=25), start)
    influx.write(brand, written, bucket)
    names = [str(name) for name in written]
    found = await read(source, bucket, names, written)
    # A day of the demo's may have a gap of an hour.
    assert len(found) > 2800
    assert_frame_equal(found, written.dropna(how="all"), check_freq=False)


async def test_start_belongs_to_the_span_and_stop_does_not(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    written = sample("ivt", start, cycles=3)
    influx.write("ivt", written, bucket)
    first, second, _ = written.index
    found = await source.readings(bucket, ["compressor_status"], [(first, second)])
    assert found.index.tolist() == [first]


async def test_several_spans_are_read_in_the_order_of_time_and_once(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    written = sample("ivt", start)
    influx.write("ivt", written, bucket)
    times = written.index
    spans = [(times[10], times[15]), (times[2], times[4]), (times[8], times[12])]
    found = await source.readings(bucket, series("ivt"), spans)
    wanted = written.iloc[[2, 3, *range(8, 15)]]
    assert_frame_equal(found, wanted.dropna(axis=1, how="all"), check_freq=False)


async def test_several_days_are_put_together(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    days = [sample("nibe", start - timedelta(days=back)) for back in (2, 1, 0)]
    written = pd.concat(days)
    influx.write("nibe", written, bucket)
    found = await read(source, bucket, series("nibe"), written)
    assert_frame_equal(found, written, check_freq=False)


async def test_only_what_is_asked_for_and_there_is_read(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    written = sample("thermia", start)
    influx.write("thermia", written, bucket)
    wanted = ["outdoor_temp", "no_such_series", "alarm_code"]
    found = await read(source, bucket, wanted, written)
    assert list(found) == ["outdoor_temp", "alarm_code"]


async def test_one_name_under_two_types_is_one_series(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    names = ["operating_mode", "max_additional_heat"]
    written = sample("nibe", start)[names].ffill()
    influx.write("nibe", written.iloc[:10], bucket, "early")
    influx.write("nibe", written.iloc[10:], bucket)
    found = await read(source, bucket, names, written)
    assert_frame_equal(found, written.dropna(how="all"), check_freq=False)
    last = written["operating_mode"].iloc[-1]
    assert [(s.name, s.last_value) for s in await source.list_series(bucket)] == [
        ("max_additional_heat", written["max_additional_heat"].iloc[-1]),
        ("operating_mode", last),
    ]


async def test_late_points_are_found_when_asked_again(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    written = sample("thermia", start)
    influx.write("thermia", written.drop(index=written.index[5:8]), bucket)
    assert len(await read(source, bucket, series("thermia"), written)) == 17
    influx.write("thermia", written.iloc[5:8], bucket)
    found = await read(source, bucket, series("thermia"), written)
    assert_frame_equal(found, written, check_freq=False)


async def test_what_others_write_to_the_bucket_is_left_alone(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    time = int(start.timestamp()) * 10**9
    influx.send(
        bucket,
        [
            f"weather,name=outdoor_temp value=1 {time}",
            f"heatpump,name=outdoor_temp other=2 {time}",
            f'heatpump,name=outdoor_temp text="three" {time}',
        ],
    )
    assert await source.list_series(bucket) == []
    assert await source.first_time(bucket) is None
    found = await source.readings(
        bucket,
        ["outdoor_temp"],
        [(start - timedelta(hours=1), start + timedelta(hours=1))],
    )
    assert found.empty


async def test_an_empty_bucket_is_no_error(
    source: FluxSource, bucket: str, start: datetime
) -> None:
    found = await source.readings(bucket, ["a"], [(start, start + timedelta(days=3))])
    assert found.shape == (0, 0)
    assert str(found.index.dtype) == "datetime64[ns, UTC]"
    assert await source.list_series(bucket) == []
    assert await source.first_time(bucket) is None


@pytest.mark.parametrize("brand", BRANDS)
async def test_the_series_of_a_bucket_tell_its_brand(
    influx: Influx, source: FluxSource, bucket: str, start: datetime, brand: str
) -> None:
    written = sample(brand, start).ffill().bfill()
    influx.write(brand, written, bucket)
    found = {info.name: info for info in await source.list_series(bucket)}
    assert sorted(found) == sorted(series(brand))
    assert recognise(list(found)) == brand
    last = written.index[-1].to_pydatetime(warn=False)
    assert found["compressor_status"] == SeriesInfo(
        "compressor_status", None, last, written["compressor_status"].iloc[-1]
    )
    assert found["indoor_temp"].unit == "°C"


async def test_series_that_ended_long_ago_are_not_listed(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    influx.write("ivt", sample("ivt", start - timedelta(days=40)), bucket, "early")
    assert await source.list_series(bucket) == []


async def test_the_first_time_is_that_of_the_oldest_reading(
    influx: Influx, source: FluxSource, bucket: str, start: datetime
) -> None:
    old = start - timedelta(days=400)
    influx.write("thermia", sample("thermia", old), bucket, "early")
    influx.write("thermia", sample("thermia", start), bucket)
    assert await source.first_time(bucket) == old
    series = list(sample("thermia", old))
    day = timedelta(days=1)
    between = (old + 60 * day, old + 90 * day)
    assert await source.has_nothing(bucket, series, between)
    assert await source.has_nothing(bucket, ["unheard_of"], (old, old + day))
    for there in ((old, old + day), (between[0], start + day)):
        assert not await source.has_nothing(bucket, series, there)


async def test_buckets_with_readings_come_first(
    influx: Influx, source: FluxSource, make_bucket: MakeBucket, start: datetime
) -> None:
    empty, filled = make_bucket(), make_bucket()
    influx.write("nibe", sample("nibe", start), filled)
    found = await source.buckets()
    assert Bucket(empty, has_readings=False) in found
    assert Bucket(filled, has_readings=True) in found
    assert found == sorted(found, key=lambda b: (not b.has_readings, b.name))
    assert not any(bucket.name.startswith("_") for bucket in found)


def line(name: str, value: float, time: datetime) -> str:
    """Return a point of a series of any name."""
    return (
        f"heatpump,name={escaped(name)} value={value} {int(time.timestamp())}000000000"
    )


@pytest.mark.parametrize("name", [*NASTY, "_value", "table", "name", "_time_"])
async def test_a_series_may_have_any_name(
    influx: Influx, source: FluxSource, bucket: str, start: datetime, name: str
) -> None:
    influx.send(bucket, [line(name, 1.5, start), line("other", 2.5, start)])
    hour = timedelta(hours=1)
    found = await source.readings(bucket, [name], [(start - hour, start + hour)])
    assert list(found) == [name]
    assert found[name].tolist() == [1.5]
    assert {info.name for info in await source.list_series(bucket)} == {name, "other"}


# InfluxDB itself refuses quotes and backslashes here.


@pytest.mark.parametrize(
    "name", [name for name in NASTY if not {'"', "\\"} & set(name) and name[0] != "_"]
)
async def test_a_bucket_may_have_any_name(
    influx: Influx, source: FluxSource, start: datetime, name: str
) -> None:
    bucket = f"{name} {start.timestamp()}"
    influx.make_bucket(bucket)
    influx.send(bucket, [line("a", 1.5, start)])
    hour = timedelta(hours=1)
    found = await source.readings(bucket, ["a"], [(start - hour, start + hour)])
    assert found["a"].tolist() == [1.5]
    assert Bucket(bucket, has_readings=True) in await source.buckets()


def test_flux_reads_every_literal_as_it_was_meant(influx: Influx) -> None:
    # Line breaks apart: InfluxDB's CSV makes CR LF of them in the answer.
    characters = [chr(code) for code in range(0x300) if chr(code) not in "\r\n"]
    pairs = [f"{one}{other}" for one in '\\"$' for other in '\\"${}x1nu']
    wanted = [*characters, *pairs, *NASTY, "".join(pairs)]
    rows = ", ".join(
        f"{{i: {number}, v: {flux_query.text(value)}}}"
        for number, value in enumerate(wanted)
    )
    answer = influx.query(f'import "array" array.from(rows: [{rows}])')
    assert [row["v"] for row in records(answer)] == wanted


# A result that fails, and one that does not.
BOOM = 'array.from(rows: [{a: 1}]) |> map(fn: (r) => ({a: die(msg: "boom")}))'
GOOD_AND_BOOM = (
    'import "array" array.from(rows: [{a: 1}]) |> yield(name: "good")'
    f' {BOOM} |> yield(name: "bad")'
)
# The server makes both side by side and sends them in any order: where the failing
# one comes first, or fails before the good one is out, the answer is another.
ATTEMPTS = 200


def behind_a_good_table(influx: Influx) -> bytes:
    """Return the answer of a server that failed after it had sent a good table."""
    for _ in range(ATTEMPTS):
        with suppress(HTTPError):
            return influx.query(GOOD_AND_BOOM)
    raise AssertionError("The good table never came first")


def test_an_error_behind_a_good_table_is_noticed(influx: Influx) -> None:
    answer = behind_a_good_table(influx)
    assert answer.startswith(b",result,table,a\r\n,good,0,1\r\n")
    with pytest.raises(RefusalError, match="boom"):
        tables(answer)


def test_an_error_before_any_table_is_told(influx: Influx) -> None:
    with pytest.raises(HTTPError) as caught:
        influx.query(f'import "array" {BOOM}')
    failure = from_response(
        caught.value.code, caught.value.read(), Asked(influx.url, influx.organization)
    )
    assert isinstance(failure, QueryFailed)
    assert "boom" in str(failure)
