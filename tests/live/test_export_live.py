"""What Home Assistant exports, read back from the real InfluxDB of both versions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import math

import pandas as pd
import pytest

from custom_components.heatpump_dashboard.sources import Bucket, SeriesInfo, Source
from custom_components.heatpump_dashboard.sources.influx.flux import FluxSource
from custom_components.heatpump_dashboard.sources.influx.influxql import InfluxqlSource
from tests.support.export import point
from tests.support.influx import Influx
from tests.support.influx1 import Influx1
from tests.support.samples import sample

HOUR = timedelta(hours=1)
INF = math.inf


@dataclass
class Store:
    """A source, a bucket of it, and what writes there."""

    source: Source
    bucket: str
    send: Callable[[str, Iterable[str]], None]
    collector: Callable[[str, pd.DataFrame, str], None]

    def write(self, *lines: str) -> None:
        self.send(self.bucket, lines)

    async def read(
        self,
        names: list[str],
        start: datetime,
        stop: datetime,
        units: Mapping[str, str] | None = None,
    ) -> dict[str, list[tuple[float, float]]]:
        """Return hours since `start` and values of each series."""
        span = (start, stop)
        found = await self.source.readings(self.bucket, names, [span], units=units)
        assert all(dtype == "float64" for dtype in found.dtypes)
        return {
            str(name): [
                ((time - start) / HOUR, value)
                for time, value in found[name].dropna().items()
            ]
            for name in found
        }


@pytest.fixture(params=["influxdb", "influxql", "influxql_on_2"])
def store(request: pytest.FixtureRequest, influx: Influx, influx1: Influx1) -> Store:
    if request.param == "influxql":
        source = request.getfixturevalue("influxql")
        database = request.getfixturevalue("database")
        return Store(source, database, influx1.send, influx1.write)
    source = request.getfixturevalue("source")
    if request.param == "influxql_on_2":
        make: Callable[..., InfluxqlSource] = request.getfixturevalue("make_influxql")
        source = make(url=influx.url, username="", password=influx.token)
    bucket = request.getfixturevalue("bucket")
    return Store(source, bucket, influx.send, influx.write)


@pytest.fixture
def start() -> datetime:
    """Return a moment of the day before yesterday, to the microsecond."""
    return datetime.now(UTC).replace(microsecond=123457) - 50 * HOUR


async def test_changes_are_read_and_what_was_in_force_before(
    store: Store, start: datetime
) -> None:
    """Each at its own time, in force since long before the span."""
    supply = [(-240, 31.5), (-2, 33.0), (0, 34.0), (1.5, 35.5), (26, 36.0)]
    store.write(
        *(
            point("sensor.supply", value, start + hour * HOUR, measurement="°C")
            for hour, value in supply
        ),
        point("binary_sensor.compressor", "on", start - 20 * HOUR),
        point("binary_sensor.compressor", "off", start + HOUR),
        point("sensor.other", 5, start + HOUR, measurement="°C"),
    )
    names = ["binary_sensor.compressor", "sensor.supply", "sensor.gone"]
    assert await store.read(names, start, start + 26 * HOUR) == {
        "binary_sensor.compressor": [(-20, 1.0), (1, 0.0)],
        "sensor.supply": [(-2, 33.0), (0, 34.0), (1.5, 35.5)],
    }
    later = start + 40 * HOUR
    assert (await store.read(names, later, later + HOUR))["sensor.supply"] == [
        (-14, 36.0)
    ]
    before = start - 300 * HOUR
    assert await store.read(names, before, before + HOUR) == {}


async def test_spans_of_a_question_have_each_their_value_in_force(
    store: Store, start: datetime
) -> None:
    store.write(
        *(
            point("sensor.power", hour, start + hour * HOUR, measurement="W")
            for hour in range(0, 40, 2)
        )
    )
    spans = [
        (start + 9 * HOUR, start + 11 * HOUR),
        (start + 21 * HOUR, start + 23 * HOUR),
        (start, start + HOUR),
    ]
    found = await store.source.readings(store.bucket, ["sensor.power"], spans)
    assert found["sensor.power"].tolist() == [0, 8, 10, 20, 22]
    long = [(start + HOUR, start + 37 * HOUR)]
    found = await store.source.readings(store.bucket, ["sensor.power"], long)
    assert found["sensor.power"].tolist() == list(range(0, 37, 2))


async def test_a_measurement_may_be_called_anything_and_change(
    store: Store, start: datetime
) -> None:
    """By unit, then overridden, then by device class: it is the same entity."""
    called = ["°C", 'my "own", name', "sensor__temperature", "°C"]
    store.write(
        *(
            point("sensor.tank", 40 + n, start + n * HOUR, measurement=name)
            for n, name in enumerate(called)
        )
    )
    found = await store.read(["sensor.tank"], start + HOUR / 2, start + 9 * HOUR)
    assert found["sensor.tank"] == [(-0.5, 40), (0.5, 41), (1.5, 42), (2.5, 43)]
    (info,) = await store.source.list_series(store.bucket)
    assert (info.name, info.unit, info.last_value) == ("sensor.tank", "°C", 43)


async def test_each_value_has_the_unit_it_was_stored_with(
    store: Store, start: datetime
) -> None:
    """A changed unit is another measurement, or told beside the value."""
    units = {"sensor.power": "kW", "sensor.supply": "°C", "sensor.energy": "kWh"}
    mine = {"measurement": "mine"}
    celsius, fahrenheit = ({"unit_of_measurement": unit} for unit in ("°C", "°F"))
    store.write(
        point("sensor.power", 2.5, start - HOUR, measurement="kW"),
        point("sensor.power", 3000, start + HOUR, measurement="W"),
        point("sensor.power", 1.5, start + 2 * HOUR, measurement="kW"),
        point("sensor.supply", 86, start - HOUR, **mine, attributes=fahrenheit),
        point("sensor.supply", 35, start + HOUR, **mine, attributes=celsius),
        point("sensor.supply", 95, start + 2 * HOUR, **mine, attributes=fahrenheit),
        point("sensor.energy", 7000, start, measurement="kWh"),
        point("sensor.energy", 7.5, start + HOUR, measurement="MWh"),
        point("sensor.energy", 40, start + 2 * HOUR, measurement="°C"),
    )
    assert await store.read(list(units), start, start + 3 * HOUR, units) == {
        "sensor.power": [(-1, 2.5), (1, 3), (2, 1.5)],
        "sensor.supply": [
            (-1, pytest.approx(30)),
            (1, 35),
            (2, pytest.approx(35)),
        ],
        "sensor.energy": [(0, 7000), (1, 7500), (2, INF)],
    }
    # In force is what was said last, whatever measures it.
    later = start + 5 * HOUR
    found = await store.read(list(units), later, later + HOUR, units)
    assert found["sensor.power"] == [(-3, 1.5)]
    assert found["sensor.supply"] == [(-3, pytest.approx(35))]


async def test_a_heat_pump_is_as_old_as_its_own_entities(
    store: Store, start: datetime
) -> None:
    """Whatever the house has exported for years before, or another heat pump."""
    store.write(
        point("sensor.kitchen", 20, start - 1000 * HOUR, measurement="°C"),
        point("sensor.other_supply", 30, start - 500 * HOUR, measurement="°C"),
        point("sensor.supply", 35, start - 10 * HOUR, measurement="°C"),
        point("sensor.mode", "heating", start - 12 * HOUR),
    )
    for names, first in (
        (["sensor.supply"], -10),
        (["sensor.supply", "sensor.mode=hot water"], -12),
        (["sensor.other_supply"], -500),
        ([], -1000),
    ):
        found = await store.source.first_time(store.bucket, names)
        assert found == start + first * HOUR
    assert await store.source.first_time(store.bucket, ["sensor.never"]) is None


async def test_months_without_a_point_of_the_heat_pump_have_nothing(
    store: Store, start: datetime
) -> None:
    """Neither of its entities nor of a collector; that one is unavailable is a point."""
    old = start - 4000 * HOUR
    store.write(
        point("sensor.supply", 31.5, old, measurement="°C"),
        point("sensor.supply", "unavailable", old + 800 * HOUR),
        point("sensor.other", 5, old + 2000 * HOUR, measurement="°C"),
        point("climate.pump", "heat", start, attributes={"current_temperature": 21}),
    )
    store.collector("thermia", sample("thermia", old + 3000 * HOUR), store.bucket)
    own = ["sensor.supply", "binary_sensor.compressor", "climate.pump#temperature"]

    async def has_nothing(hour: float, *more: str) -> bool:
        span = old + hour * HOUR, old + (hour + 700) * HOUR
        return await store.source.has_nothing(store.bucket, [*own, *more], span)

    assert not await has_nothing(0)
    assert await has_nothing(50)
    assert not await has_nothing(150)
    assert await has_nothing(1400)
    assert not await has_nothing(1400, "sensor.other")
    assert await has_nothing(2500)
    assert not await has_nothing(2500, "radiator_forward")
    assert await has_nothing(3400)
    assert not await has_nothing(3400, "climate.pump#current_temperature")


async def test_a_state_in_words_may_mean_the_same_in_several(
    store: Store, start: datetime
) -> None:
    words = ["idle", "heating", "hot water", "defrost|strange", "idle"]
    store.write(
        *(
            point("sensor.mode", word, start + hour * HOUR)
            for hour, word in enumerate(words)
        )
    )
    either, odd = "sensor.mode=heating|hot water", "sensor.mode=defrost|strange"
    found = await store.read([either, odd], start, start + 5 * HOUR)
    assert found[either] == [(0, 0), (1, 1), (2, 1), (3, 0), (4, 0)]
    assert found[odd] == [(0, 0), (1, 0), (2, 0), (3, 1), (4, 0)]


async def test_a_text_among_numbers_ends_what_was_in_force(
    store: Store, start: datetime
) -> None:
    """As infinity says it; on and off are numbers."""
    store.write(
        point("sensor.supply", 30, start, measurement="°C"),
        point("sensor.supply", "Fehler 7", start + HOUR, measurement="°C"),
        point("sensor.supply", 31, start + 2 * HOUR, measurement="°C"),
        point("switch.pump", "on", start + HOUR),
    )
    names = ["sensor.supply", "switch.pump"]
    found = await store.read(names, start, start + 3 * HOUR)
    assert found["sensor.supply"] == [(0, 30), (1, INF), (2, 31)]
    assert found["switch.pump"] == [(1, 1.0)]
    found = await store.read(names, start + 1.5 * HOUR, start + 3 * HOUR)
    assert found["sensor.supply"] == [(-0.5, INF), (0.5, 31)]


async def test_what_is_told_in_words_is_asked_word_by_word(
    store: Store, start: datetime
) -> None:
    words = ["idle", 'heat "hot" = 1', "idle", "värme\\"]
    action = {"hvac_action": "heating", "current_temperature": 20.5, "temperature": 21}
    store.write(
        *(point("sensor.mode", word, start + n * HOUR) for n, word in enumerate(words)),
        point("climate.pump", "heat", start, attributes=action),
        point(
            "climate.pump",
            "heat",
            start + HOUR,
            attributes=action | {"hvac_action": "idle", "current_temperature": 20.9},
        ),
    )
    names = [f"sensor.mode={word}" for word in dict.fromkeys(words)]
    names += ["climate.pump#current_temperature", "climate.pump#hvac_action=idle"]
    found = await store.read(names, start, start + 9 * HOUR)
    assert {name: [value for _, value in found[name]] for name in names} == {
        names[0]: [1, 0, 1, 0],
        names[1]: [0, 1, 0, 0],
        names[2]: [0, 0, 0, 1],
        names[3]: [20.5, 20.9],
        names[4]: [0, 1],
    }


async def test_entities_are_listed_with_their_units(
    store: Store, start: datetime
) -> None:
    """One object may be in two domains; what has been silent for long is not there."""
    told = {
        "unit_of_measurement": "kWh",
        "friendly_name": "Energy",
        "device_class": "energy",
    }
    climate = {"current_temperature": 20.5, "hvac_action": "heating", "icon": "mdi:x"}
    store.write(
        point("sensor.pump", 31.5, start, measurement="W"),
        point("sensor.pump", 32.5, start + HOUR, measurement="W"),
        point("binary_sensor.pump", "on", start),
        point("sensor.energy", 7, start, measurement="units", attributes=told),
        point("sensor.mode", "off", start - HOUR),
        point("sensor.mode", "idle", start - HOUR / 2),
        point("sensor.mode", "heating", start),
        point("sensor.priority", "hot water", start - HOUR),
        point("sensor.priority", "off", start),
        point("sensor.switch", "on", start - HOUR),
        point("sensor.switch", "off", start),
        *(
            point("sensor.last_seen", f"{minute} min ago", start + minute * HOUR / 60)
            for minute in range(20)
        ),
        point("sensor.mixed", 5, start, measurement="state"),
        point("sensor.mixed", "broken", start + HOUR, measurement="state"),
        point("climate.room", "heat", start, attributes=climate),
        point("sensor.dead", 5, start - timedelta(days=40), measurement="W"),
        f"°C,entity_id=only value=1 {int(start.timestamp())}000000000",
    )
    told_of = {info.name: info for info in await store.source.list_series(store.bucket)}
    assert list(told_of) == sorted(told_of)
    assert {name: (i.unit, str(i.last_value)) for name, i in told_of.items()} == {
        "binary_sensor.pump": (None, "1.0"),
        "climate.room": (None, "nan"),
        "climate.room#current_temperature": (None, "20.5"),
        "climate.room#hvac_action": (None, "nan"),
        "sensor.energy": ("kWh", "7.0"),
        "sensor.last_seen": (None, "nan"),
        "sensor.mixed": (None, "nan"),
        "sensor.mode": (None, "nan"),
        "sensor.priority": (None, "0.0"),
        "sensor.pump": ("W", "32.5"),
        "sensor.switch": (None, "0.0"),
    }
    assert {name: i.words for name, i in told_of.items() if i.words} == {
        "climate.room": ("heat",),
        "climate.room#hvac_action": ("heating",),
        "sensor.mixed": ("broken",),
        "sensor.mode": ("heating", "idle", "off"),
        "sensor.priority": ("off", "hot water"),
    }
    assert told_of["sensor.energy"].title == "Energy"
    assert told_of["sensor.energy"].device_class == "energy"
    assert told_of["sensor.pump"] == SeriesInfo("sensor.pump", "W", start + HOUR, 32.5)
    old = start - timedelta(days=40)
    assert await store.source.first_time(store.bucket) == old
    found = await store.source.buckets()
    assert Bucket(store.bucket, has_readings=False) in found


async def test_a_database_may_have_both_layouts(store: Store, start: datetime) -> None:
    written = sample("ivt", start)
    store.collector("ivt", written, store.bucket)
    store.write(point("sensor.outdoor", -3, start - HOUR, measurement="°C"))
    names = ["outdoor_temp", "sensor.outdoor"]
    found = await store.read(names, start, start + HOUR)
    assert found["sensor.outdoor"] == [(-1, -3)]
    told = written["outdoor_temp"].dropna()
    assert [value for _, value in found["outdoor_temp"]] == told.tolist()
    listed = [info.name for info in await store.source.list_series(store.bucket)]
    assert listed[-1] == "sensor.outdoor"
    assert "outdoor_temp" in listed
    assert await store.source.first_time(store.bucket) == start
    assert Bucket(store.bucket, has_readings=True) in await store.source.buckets()


async def test_others_may_use_the_same_tags(store: Store, start: datetime) -> None:
    """With whole numbers where the export has decimals; what is asked for is read."""
    time = f"{int(start.timestamp())}000000000"
    store.write(
        point("sensor.supply", 31, start, measurement="°C"),
        f"mine,domain=x,entity_id=y value=3i {time}",
        f'mine,domain=x,entity_id=z state="odd",value=3i {time}',
    )
    found = await store.read(["sensor.supply", "x.y"], start, start + HOUR)
    assert found["sensor.supply"] == [(0, 31)]
    listed = [info.name for info in await store.source.list_series(store.bucket)]
    assert "sensor.supply" in listed


def test_the_stores_are_what_they_are_called(store: Store) -> None:
    assert isinstance(store.source, FluxSource | InfluxqlSource)
