"""InfluxDB's CSV: tables, errors behind good rows, cuts."""

import pytest

from custom_components.heatpump_dashboard.sources.influx.csv_tables import (
    CutOffError,
    ErrorTableError,
    NotCsvError,
    is_markup,
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
    with pytest.raises(ErrorTableError, match="runtime error: boom"):
        records(body)


def test_an_error_of_several_lines_is_told() -> None:
    with pytest.raises(ErrorTableError, match="first"):
        records(GOOD + b'\r\n,error,reference\r\n,"first\r\n\r\nsecond",\r\n')


@pytest.mark.parametrize("end", range(len(GOOD)))
def test_an_answer_cut_anywhere_is_noticed(end: int) -> None:
    with pytest.raises(CutOffError):
        records(GOOD[:end])


@pytest.mark.parametrize(
    "body", [b"<html>log in</html>", b'{"status": "ok"}', b"a,b\r\n1,2\r\n\r\n"]
)
def test_what_is_no_answer_of_influxdb_is_told_apart(body: bytes) -> None:
    with pytest.raises(NotCsvError):
        records(body)


def test_a_quoted_column_name_may_hold_commas_and_line_breaks() -> None:
    body = b',result,table,"a,""b\r\nc"\r\n,_result,0,1\r\n\r\n'
    (table,) = tables(body)
    assert table.columns[3] == 'a,"b\r\nc'


def test_a_page_is_recognised_by_its_markup() -> None:
    assert is_markup(b"\n <!DOCTYPE html>")
    assert not is_markup(GOOD)
    assert not is_markup(b"")
