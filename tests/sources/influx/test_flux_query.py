"""The Flux texts: what they ask, and that no name can change it."""

from datetime import UTC, datetime, timedelta, timezone
import re

from hypothesis import given, strategies as st
import pytest

from custom_components.heatpump_dashboard.sources.influx import (
    flux_query,
    influxql_query,
)
from custom_components.heatpump_dashboard.sources.influx.layouts import Exported

START = datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)
STOP = datetime(2026, 11, 21, tzinfo=UTC)
# What a literal may consist of: harmless characters, and bytes by their number.
LITERAL = re.compile(r'"(?:[^"\\$\x00-\x1f]|\\x[0-9a-f]{2})*"')


def meaning(literal: str) -> str:
    """Return what Flux reads in a literal of ours."""
    return re.sub(
        r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), literal[1:-1]
    )


@pytest.mark.parametrize(
    "name",
    [
        "",
        "outdoor_temp",
        'a" or true) //',
        'a$" or true) //',
        "back\\slash",
        'ends in \\"',
        "ends in \\",
        "${1 + 1}",
        "$${1}",
        "\\${1}",
        "two\nlines\r\n",
        "nothing\0behind",
        "tab\t",
        "Värme °C 熱 🔥",
    ],
)
def test_a_literal_means_the_name_and_cannot_be_left(name: str) -> None:
    literal = flux_query.text(name)
    assert LITERAL.fullmatch(literal)
    assert meaning(literal) == name


@given(st.text(alphabet=st.sampled_from('ab"\\$ {}xn0\n\r\t\0é')))
def test_any_mixture_of_special_characters_stays_a_literal(name: str) -> None:
    literal = flux_query.text(name)
    assert LITERAL.fullmatch(literal)
    assert meaning(literal) == name


def test_names_enter_a_query_only_as_literals() -> None:
    nasty = '") |> drop() // ${x}\n'
    for flux in (
        flux_query.readings(nasty, [nasty, "a"], (START, STOP)),
        flux_query.newest(nasty),
        flux_query.oldest(nasty),
        flux_query.presence(nasty),
    ):
        assert nasty not in flux
        assert "\n" not in flux
        assert flux.startswith(f"from(bucket: {flux_query.text(nasty)}) |> range(")


def test_readings_are_raw_pivoted_and_bounded() -> None:
    assert flux_query.readings("heatpump", ["a", "b"], (START, STOP)) == (
        'from(bucket: "heatpump")'
        " |> range(start: 2026-11-20T01:02:03.456789Z, stop: 2026-11-21T00:00:00.000000Z)"
        ' |> filter(fn: (r) => r._measurement == "heatpump" and r._field == "value")'
        ' |> filter(fn: (r) => r.name == "a" or r.name == "b")'
        ' |> keep(columns: ["_time", "_value", "name"])'
        " |> group()"
        ' |> pivot(rowKey: ["_time"], columnKey: ["name"], valueColumn: "_value")'
    )


def test_spans_are_read_in_one_question() -> None:
    later = (STOP, STOP + timedelta(hours=1))
    one, other = (
        flux_query.readings("heatpump", ["a"], span).split(" |> group()")[0]
        for span in ((START, STOP), later)
    )
    both = flux_query.readings("heatpump", ["a"], (START, STOP), later)
    assert both.startswith(f"union(tables: [{one}, {other}]) |> group() |> pivot(")


def test_values_in_force_are_looked_for_where_they_are_wanted() -> None:
    series = [Exported("sensor", "a")]
    spans = [(START, STOP), (STOP, STOP + timedelta(hours=1))]
    assert flux_query.exported("home", series, *spans).count("|> last()") == 2
    without = flux_query.exported("home", series, *spans, in_force=False)
    assert "last()" not in without
    assert without.count("from(") == 2
    asked = influxql_query.exported(series, *spans)
    assert sum("last(" in statement for statement in asked) == 4
    asked = influxql_query.exported(series, *spans, in_force=False)
    assert len(asked) == 4
    assert not any("last(" in statement for statement in asked)


def test_times_of_any_zone_are_told_in_utc() -> None:
    stockholm = timezone(timedelta(hours=1))
    assert (
        flux_query.instant(datetime(2026, 11, 20, 0, 30, tzinfo=stockholm))
        == "2026-11-19T23:30:00.000000Z"
    )


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        flux_query.instant(datetime(2026, 11, 20))
