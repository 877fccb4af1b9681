"""From InfluxDB's answer to a frame of readings."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources.influx.answer import (
    CutOffError,
    RefusalError,
)
from custom_components.heatpump_dashboard.sources.influx.frames import join, parse

HEAD = b",result,table,_time,outdoor_temp,compressor_status\r\n"
ANSWER = (
    HEAD + b",_result,0,2026-11-20T00:00:30.123456Z,-2.5,1\r\n"
    b",_result,0,2026-11-20T00:00:00Z,-2.6,\r\n"
    b",_result,0,2026-11-20T00:01:00.000000001Z,,0\r\n\r\n"
)
SERIES = ("compressor_status", "outdoor_temp")


def assert_readings(frame: pd.DataFrame) -> None:
    """Check what `Source.readings` promises of every frame."""
    assert frame.index.name == "time"
    assert str(frame.index.dtype) == "datetime64[ns, UTC]"
    assert frame.index.is_monotonic_increasing
    assert frame.index.is_unique
    assert all(dtype == "float64" for dtype in frame.dtypes)


def test_an_answer_becomes_ordered_readings_in_the_wanted_order() -> None:
    frame = parse(ANSWER, SERIES)
    assert_readings(frame)
    assert list(frame) == ["compressor_status", "outdoor_temp"]
    assert frame["outdoor_temp"].tolist()[:2] == [-2.6, -2.5]
    assert frame["compressor_status"].tolist()[1:] == [1.0, 0.0]
    assert frame.isna().to_numpy().sum() == 2


def test_nothing_found_is_an_empty_frame_of_readings() -> None:
    frame = parse(b"\r\n", SERIES)
    assert_readings(frame)
    assert frame.shape == (0, 0)


def test_a_series_without_a_value_is_no_column() -> None:
    body = HEAD + b",_result,0,2026-11-20T00:00:00Z,-2.6,\r\n\r\n"
    assert list(parse(body, SERIES)) == ["outdoor_temp"]


@pytest.mark.parametrize(
    "name", ["result", "table", "_time", "", "error", "1", 'a,"b', "x\r\ny", "Ä °C"]
)
def test_a_series_may_have_any_name(name: str) -> None:
    quoted = name.replace('"', '""')
    body = f',result,table,_time,"{quoted}"\r\n,_result,0,2026-11-20T00:00:00Z,1.5\r\n'
    frame = parse(body.encode() + b"\r\n", [name])
    assert list(frame) == [name]
    assert frame[name].tolist() == [1.5]


@pytest.mark.parametrize("text", ["-48.3", "3275.8", "0.1", "123456.789", "1e-07"])
def test_a_value_is_read_as_it_was_written(text: str) -> None:
    body = f",result,table,_time,a\r\n,_result,0,2026-11-20T00:00:00Z,{text}\r\n\r\n"
    assert parse(body.encode(), ["a"])["a"].tolist() == [float(text)]


def test_a_time_is_read_to_the_nanosecond() -> None:
    index = parse(ANSWER, SERIES).index
    assert index[-1].isoformat() == "2026-11-20T00:01:00.000000001+00:00"


@pytest.mark.parametrize("time", ["2026-11-20T00:00:00+01:00", "soon", ""])
def test_a_time_in_another_form_is_no_reading(time: str) -> None:
    body = f",result,table,_time,a\r\n,_result,0,{time},1\r\n\r\n"
    with pytest.raises(ValueError, match="time|index"):
        parse(body.encode(), ["a"])


def test_an_error_behind_good_rows_is_no_reading() -> None:
    with pytest.raises(RefusalError):
        parse(ANSWER + b"\r\n,error,reference\r\n,boom,\r\n", SERIES)


def test_a_cut_between_rows_is_no_reading() -> None:
    with pytest.raises(CutOffError):
        parse(ANSWER[: ANSWER.rindex(b",_result")], SERIES)


def test_pieces_follow_each_other_in_time() -> None:
    later, earlier = parse(ANSWER, SERIES), parse(ANSWER, ["outdoor_temp"])
    earlier = earlier.shift(freq=pd.Timedelta(days=-1))
    frame = join([later, earlier], SERIES)
    assert_readings(frame)
    assert list(frame) == list(SERIES)
    assert len(frame) == len(later) + len(earlier)
    assert frame.index[0] == datetime(2026, 11, 19, tzinfo=UTC)


def test_a_moment_that_occurs_twice_is_one_reading() -> None:
    frame = join([parse(ANSWER, SERIES), parse(ANSWER, ["outdoor_temp"])], SERIES)
    assert_readings(frame)
    assert frame.equals(parse(ANSWER, SERIES))


def typed(kind: str, values: list[str]) -> bytes:
    """Return an answer of one series of a type, a row a minute."""
    rows = "".join(
        f",_result,0,2026-11-20T00:{minute:02}:00Z,{value}\r\n"
        for minute, value in enumerate(values)
    )
    types = f"#datatype,string,long,dateTime:RFC3339,{kind}\r\n"
    return f"{types},result,table,_time,a\r\n{rows}\r\n".encode()


@pytest.mark.parametrize("kind", ["double", "long", "unsignedLong"])
def test_numbers_of_every_type_are_read(kind: str) -> None:
    assert parse(typed(kind, ["-1", "", "3"]), ["a"])["a"].tolist() == [-1.0, 3.0]


def test_yes_and_no_are_one_and_zero() -> None:
    values = parse(typed("boolean", ["true", "", "false"]), ["a"])["a"]
    assert values.tolist() == [1.0, 0.0]


@pytest.mark.parametrize("word", ["", "cold", "true", "1_000", "0x10", "nan", "1,5"])
def test_a_text_is_the_number_it_holds_and_any_other_is_no_value(word: str) -> None:
    values = ["1", '" 2.5"', f'"{word}"', "-3e2", "inf", "1e400"]
    found = parse(typed("string", values), ["a"])
    assert_readings(found)
    assert found["a"].tolist() == [1.0, 2.5, -300.0]


def test_what_is_no_number_is_no_value_where_types_are_not_told() -> None:
    row = b",_result,0,2026-11-20T00:00:00Z,"
    body = HEAD + row + b"1,true\r\n" + row.replace(b"00Z", b"01Z") + b"cold,0\r\n\r\n"
    found = parse(body, SERIES)
    assert found["outdoor_temp"].dropna().tolist() == [1.0]
    assert found["compressor_status"].tolist() == [1.0, 0.0]
