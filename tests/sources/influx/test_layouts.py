"""What the names of series mean, and how what is exported is listed."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.heatpump_dashboard.sources import SeriesInfo
from custom_components.heatpump_dashboard.sources.influx.layouts import (
    Exported,
    Newest,
    exported_series,
    with_words,
)
from tests.support.collector import series

TIME = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "meant", "fields"),
    [
        ("sensor.a_1", Exported("sensor", "a_1"), ("value", "state")),
        (
            "climate.a#temperature",
            Exported("climate", "a", "temperature"),
            ("temperature",),
        ),
        ("sensor.a=on\n = #", Exported("sensor", "a", None, "on\n = #"), ("state",)),
        (
            "climate.a#hvac_action=idle",
            Exported("climate", "a", "hvac_action", "idle"),
            ("hvac_action_str",),
        ),
    ],
)
def test_a_name_says_what_is_wanted_of_an_entity(
    name: str, meant: Exported, fields: tuple[str, ...]
) -> None:
    assert Exported.of(name) == meant
    assert meant.fields == fields


@pytest.mark.parametrize(
    "name", ["outdoor_temp", "a.", ".a", "a.b.c", "A.b", "a.b#", "a.b=", "a b.c", ""]
)
def test_any_other_name_is_a_collectors(name: str) -> None:
    assert Exported.of(name) is None


@pytest.mark.parametrize("brand", ["thermia", "ivt", "nibe"])
def test_no_brand_has_a_series_that_is_called_like_an_entity(brand: str) -> None:
    assert [name for name in series(brand) if Exported.of(name)] == []


def newest(field: str, value: float | str, later_s: int = 0, **other: str) -> Newest:
    """Return the newest value of a field of an entity."""
    words = {"measurement": "°C", "domain": "sensor", "entity_id": "a"} | other
    time = TIME + timedelta(seconds=later_s)
    return Newest(**words, field=field, time=time, value=value)


def test_a_number_counts_where_a_text_says_the_same() -> None:
    both = [newest("state", "on"), newest("value", 1.0)]
    for found in (both, both[::-1]):
        told = with_words(exported_series(found, {}), {"sensor.a": {"on", "off"}})
        assert told == [SeriesInfo("sensor.a", "°C", TIME, 1.0)]
    climate = [
        newest("state", "off", domain="climate"),
        newest("value", 0.0, domain="climate"),
    ]
    (info,) = exported_series(climate, {})
    assert info.words == ()


def test_a_word_that_is_a_number_as_well_is_one_of_several_words() -> None:
    """It is off at the moment, and says the rest of the day what it does."""
    found = exported_series([newest("state", "off"), newest("value", 0.0)], {})
    (info,) = with_words(found, {"sensor.a": {"heating", "off", "hot water"}})
    assert info.words == ("off", "heating", "hot water")


def test_what_is_a_plain_number_now_was_only_at_times_a_text() -> None:
    found = exported_series([newest("value", 5.0)], {})
    (info,) = with_words(found, {"sensor.a": {"error"}})
    assert info.words == ()


def test_the_newest_of_several_measurements_counts() -> None:
    found = [newest("value", 2.0, 5, measurement="mine"), newest("value", 1.0)]
    (info,) = exported_series(found, {})
    assert (info.last_value, info.unit) == (2.0, None)


def test_attributes_are_series_where_they_are_measured() -> None:
    """A climate entity has no unit: its measurement is called as it is."""
    found = [
        newest("temperature", 21.0, domain=domain, measurement=f"{domain}.a")
        for domain in ("climate", "sensor", "water_heater")
    ]
    about = {("climate", "a"): {"friendly_name_str": "A"}}
    told = exported_series(found, about)
    assert [(info.name, info.unit, info.title) for info in told] == [
        ("climate.a#temperature", None, "A"),
        ("water_heater.a#temperature", None, None),
    ]


def test_words_are_told_with_the_last_one_first() -> None:
    """Not those of a text that never comes again."""
    found = exported_series([newest("state", "heating")], {})
    (info,) = with_words(found, {"sensor.a": {"off", "heating", "defrost"}})
    assert info.words == ("heating", "defrost", "off")
    (info,) = with_words(found, {"sensor.a": {str(minute) for minute in range(60)}})
    assert info.words == ()


def test_what_an_entity_says_of_itself_is_told() -> None:
    about = {("sensor", "a"): {"friendly_name_str": "A", "device_class_str": "power"}}
    (info,) = exported_series([newest("value", 1.0, measurement="W")], about)
    assert (info.title, info.device_class, info.unit) == ("A", "power", "W")
