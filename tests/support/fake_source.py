"""A source that answers as it is told, for what asks sources."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
import math
from typing import Any, override

import pandas as pd

from custom_components.heatpump_dashboard.sources import (
    Bucket,
    CannotConnect,
    SeriesInfo,
    Source,
    SourceError,
    Times,
)

# What each collector writes, as far as it matters to tell them apart.
SERIES = {
    "thermia": {
        "outdoor_temp": "°C",
        "radiator_forward": "°C",
        "radiator_return": "°C",
        "hot_water_top": "°C",
        "pressure_tube_temp": "°C",
        "compressor_status": None,
        "additional_heat_percent": "%",
        "power_consumption": "W",
    },
    "ivt": {
        "outdoor_temp": "°C",
        "heat_carrier_forward": "°C",
        "heat_carrier_return": "°C",
        "hot_water_top": "°C",
        "hot_gas_compressor": "°C",
        "compressor_status": None,
        "add_heat_step_1": None,
        "additional_heat_percent": "%",
    },
    "nibe": {
        "outdoor_temp": "°C",
        "heat_carrier_forward": "°C",
        "heat_carrier_return": "°C",
        "warm_water_top": "°C",
        "compressor_status": None,
        "additional_heat_percent": "%",
        "load_l1": "A",
    },
    "other": {
        "utetemperatur": "°C",
        "framledning": "°C",
        "returledning": "°C",
        "kompressor": None,
        "eleffekt": "W",
    },
}

# Buckets that Home Assistant exports to; they are not in the list.
WORDS = {"sensor.mode": ("Heat", "Hot Water", "Off")}
EXPORTED = {
    "home": {
        "sensor.supply": "°C",
        "sensor.return": "°C",
        "sensor.power": "kW",
        "sensor.speed": "Hz",
        "sensor.humidity": "%",
        "sensor.mode": None,
        "binary_sensor.compressor": None,
    },
    "mixed": SERIES["ivt"] | {"sensor.supply": "°C"},
    "two": {
        "sensor.outdoor": "°C",
        **{
            f"sensor.{pump}_{name}": unit
            for pump in ("attic", "cellar")
            for name, unit in {"supply": "°C", "return": "°C", "power": "W"}.items()
        },
        "binary_sensor.attic_compressor": None,
        "binary_sensor.cellar_compressor": None,
    },
}


class FakeSource(Source):
    """Knows a bucket for each key of `SERIES`; `failure` is raised by the next calls.

    It answers at every address but those of `elsewhere`. `organization_ids`: by what
    an organisation may be given as, where it tells its ID. `rows`: all readings.
    """

    def __init__(self) -> None:
        """Answer well at first."""
        self.failure: Exception | None = None
        self.bucket_list = [*(Bucket(name, has_readings=True) for name in SERIES)]
        self.bucket_list.append(Bucket("scratch", has_readings=False))
        self.asked_with: list[dict[str, Any]] = []
        self.closed = 0
        self.rows = pd.DataFrame(index=pd.DatetimeIndex([], tz=UTC, name="time"))
        self.elsewhere: set[str] = set()
        self.organization_ids: dict[str, str] = {}

    @override
    async def check(self) -> None:
        self._fail()

    @override
    async def buckets(self) -> list[Bucket]:
        self._fail()
        return list(self.bucket_list)

    @override
    async def list_series(self, bucket: str) -> list[SeriesInfo]:
        self._fail()
        time = datetime(2026, 11, 24, tzinfo=UTC)
        units = (SERIES | EXPORTED).get(bucket, {})
        return [
            SeriesInfo(
                name,
                units[name],
                time,
                math.nan if name in WORDS else 1.5,
                words=WORDS.get(name, ()),
            )
            for name in sorted(units)
        ]

    @override
    async def readings(
        self,
        bucket: str,
        series: Sequence[str],
        spans: Sequence[Times],
        *,
        in_force: bool = True,
        units: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        self._fail()
        return self.rows

    @override
    async def first_time(
        self, bucket: str, series: Sequence[str] = ()
    ) -> datetime | None:
        self._fail()
        return None

    @override
    async def close(self) -> None:
        self.closed += 1

    def fail(self, key: str, error: type[SourceError], **words: str) -> None:
        """Raise this error from now on."""
        self.failure = error("text", key=key, placeholders=words)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
        if self.asked_with and self.asked_with[-1].get("url") in self.elsewhere:
            raise CannotConnect("text", key="not_influxdb")
