"""InfluxDB's CSV: tables, errors behind good rows, cuts."""

import time

import pytest

from custom_components.heatpump_dashboard.sources.influx.answer import (
    CutOffError,
    ForeignAnswerError,
    RefusalError,
    is_markup,
)
from custom_components.heatpump_dashboard.sources.influx.csv_tables import (
    records,
    tables,
)

GOOD = b",result,table,_time,a\r\n,_result,0,2026-11-20T00:00:00Z,1\r\n\r\n"
# As InfluxDB 2.7.12 sends it behind a good table.
ERROR = b"\r\n,error,reference\r\n,runtime error: boom,\r\n"


def test_a_table_is_its_columns_and_the_bytes_of_its_rows() -> None:
    (table,) = tables(GOOD)
    assert table.columns == ("", "result", "table", "_time", "a")
    assert table.rows == b",_result,0,2026-11-20T00:00:00Z,1"


def test_nothing_found_is_no_table() -> None:
    assert list(tables(b"\r\n")) == []
    assert records(b"\r\n") == []


def test_tables_of_different_columns_follow_each_other() -> None:
    other = b",result,table,b\r\n,_result,1,2\r\n\r\n"
    assert records(GOOD + other)[1] == {
        "": "",
        "result": "_result",
        "table": "1",
        "b": "2",
    }


@pytest.mark.parametrize(
    "body",
    [
        GOOD + ERROR,
        ERROR,
        b"error,reference\r\nruntime error: boom,897\r\n",
        GOOD[:-2] + ERROR,
    ],
)
def test_an_error_is_found_behind_good_rows_and_alone(body: bytes) -> None:
    with pytest.raises(RefusalError, match="runtime error: boom"):
        records(body)


def test_an_error_of_several_lines_is_told() -> None:
    with pytest.raises(RefusalError, match="first"):
        records(GOOD + b'\r\n,error,reference\r\n,"first\r\n\r\nsecond",\r\n')


@pytest.mark.parametrize("end", range(len(GOOD)))
def test_an_answer_cut_anywhere_is_noticed(end: int) -> None:
    with pytest.raises(CutOffError):
        records(GOOD[:end])


@pytest.mark.parametrize(
    "body", [b"<html>log in</html>", b'{"status": "ok"}', b"a,b\r\n1,2\r\n\r\n"]
)
def test_what_is_no_answer_of_influxdb_is_told_apart(body: bytes) -> None:
    with pytest.raises(ForeignAnswerError):
        records(body)


def test_a_quoted_column_name_may_hold_commas_and_line_breaks() -> None:
    body = b',result,table,"a,""b\r\nc"\r\n,_result,0,1\r\n\r\n'
    (table,) = tables(body)
    assert table.columns[3] == 'a,"b\r\nc'


def test_a_page_is_recognised_by_its_markup() -> None:
    assert is_markup(b"\n <!DOCTYPE html>")
    assert not is_markup(GOOD)
    assert not is_markup(b"")


TYPED = b"#datatype,string,long,dateTime:RFC3339,long\r\n"


def test_the_types_of_a_table_are_told_where_they_stand() -> None:
    (table,) = tables(TYPED + GOOD)
    assert table.types == ("#datatype", "string", "long", "dateTime:RFC3339", "long")
    assert (table.columns, table.rows) == (
        tables(GOOD)[0].columns,
        tables(GOOD)[0].rows,
    )
    assert tables(GOOD)[0].types == ()


@pytest.mark.parametrize("end", range(len(TYPED + GOOD)))
def test_a_typed_answer_cut_anywhere_is_noticed(end: int) -> None:
    with pytest.raises(CutOffError):
        records((TYPED + GOOD)[:end])


def test_a_typed_error_is_found_behind_good_rows() -> None:
    # As InfluxDB 2.7.12 sends it.
    error = (
        b"\r\n#datatype,string,string\r\n,error,reference\r\n,runtime error: boom,\r\n"
    )
    with pytest.raises(RefusalError, match="runtime error: boom"):
        tables(TYPED + GOOD + error)


def test_a_blank_line_in_a_text_parts_no_table() -> None:
    body = b',result,table,name\r\n,_result,0,"one\r\n\r\ntwo"\r\n\r\n'
    assert [row["name"] for row in records(body)] == ["one\r\n\r\ntwo"]


def test_a_text_longer_than_any_name_is_no_answer_of_influxdb() -> None:
    with pytest.raises(ForeignAnswerError):
        records(b",result,table,a\r\n,_result,0," + b"x" * 200_000 + b"\r\n\r\n")


@pytest.mark.parametrize("line", [b'"\r\n\r\n', b'"\r\n'])
def test_a_quote_that_never_closes_costs_no_time(line: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(ForeignAnswerError):
        tables(b',result,table,"' + line[1:] * 500_000 + b"\r\n\r\n")
    assert time.process_time() - begun < 5
