"""Points that a healthy collector never writes, in the real InfluxDB of both versions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
import math

import pytest

from tests.support.export import point

from .test_export_live import HOUR, Store, start, store

__all__ = ["start", "store"]

MINUTE = timedelta(minutes=1)


def own(name: str, value: str, time: datetime | int, *tags: str) -> str:
    """Return the line protocol of a point of the collector."""
    if isinstance(time, datetime):
        time = int(time.timestamp()) * 10**9
    return f"{','.join(('heatpump', f'name={name}', *tags))} value={value} {time}"


def exported(value: str, time: datetime, measurement: str) -> str:
    """Return the line protocol of a number of Home Assistant's, in any type."""
    told = int(time.timestamp()) * 10**9
    return f"{measurement},domain=sensor,entity_id=supply value={value} {told}"


@pytest.fixture
def whole(start: datetime) -> datetime:
    """Return a moment in full seconds."""
    return start.replace(microsecond=0)


@pytest.mark.parametrize("odd", [0, 60 * 10**9, -60 * 10**9, 1 - 2**63 + 10**9])
async def test_what_a_clock_of_1970_has_written_is_no_beginning(
    store: Store, whole: datetime, odd: int
) -> None:
    """A computer without a clock, until it was told the time."""
    store.send(store.bucket, [own("supply", "30", odd), own("supply", "31", 1)])
    store.send(store.bucket, [f"°C,domain=sensor,entity_id=supply value=30 {odd}"])
    names = ["supply", "sensor.supply"]
    for series in ([], names, names[:1], names[1:]):
        assert await store.source.first_time(store.bucket, series) is None
    store.send(store.bucket, [own("supply", "34", whole)])
    store.write(point("sensor.supply", 35, whole + HOUR, measurement="°C"))
    for series, first in (([], 0), (names, 0), (names[:1], 0), (names[1:], 1)):
        found = await store.source.first_time(store.bucket, series)
        assert found == whole + first * HOUR


@pytest.mark.parametrize("odd", ['"x"', '"nan"', '"inf"', '""'])
async def test_a_text_among_numbers_of_an_export_is_none(
    store: Store, whole: datetime, odd: str
) -> None:
    """Somebody else has written it into the same field, in another measurement."""
    store.write(exported("30", whole, "units"))
    store.write(exported(odd, whole + 2 * MINUTE, "others"))
    store.write(exported(odd, whole + 4 * MINUTE, "others"))
    store.write(exported("31", whole + 4 * MINUTE, "units"))
    names = ["sensor.supply"]
    found = await store.read(names, whole, whole + HOUR)
    assert found == {"sensor.supply": [(0, 30), (pytest.approx(4 / 60), 31)]}


@pytest.mark.parametrize("value", ["true", '"32.5"'])
async def test_what_is_listed_of_an_export_is_what_is_read(
    store: Store, whole: datetime, value: str
) -> None:
    store.write(exported("30", whole, "units"))
    store.write(exported(value, whole + MINUTE, "others"))
    found = await store.read(["sensor.supply"], whole, whole + HOUR)
    (info,) = await store.source.list_series(store.bucket)
    assert info.last_value == found["sensor.supply"][-1][1]
    assert not math.isnan(info.last_value)


@pytest.mark.parametrize("values", [(1, 2, 4, 3), (9, 1, 5, 2), (1, 2, 3, 4)])
async def test_of_one_moment_that_is_listed_which_is_read(
    store: Store, whole: datetime, values: Sequence[float]
) -> None:
    """The tag `type` of a series has changed, and the collector writes all of them."""
    for minute in (0, 1):
        time = whole + minute * MINUTE
        store.send(
            store.bucket,
            [
                own("supply", str(value + 10 * minute), time, f"type={kind}")
                for kind, value in zip("abcd", values, strict=True)
            ],
        )
    found = await store.read(["supply"], whole, whole + HOUR)
    (info,) = await store.source.list_series(store.bucket)
    assert info.last_time == whole + MINUTE
    assert info.last_value == found["supply"][-1][1] == values[-1] + 10
