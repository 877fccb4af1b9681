"""A collector that never stops: a demo heat pump's winter, stored as if it were now."""

from datetime import UTC, datetime, timedelta

import pandas as pd

from custom_components.heatpump_dashboard.profiles import load
from custom_components.heatpump_dashboard.sources.demo.physics import stored, truth
from tests.support.influx import Influx
from tests.support.influx1 import Influx1

# A cold evening on which the demo heat pumps of all brands run, hours from any gap.
WINTER = datetime(2026, 2, 13, 18, tzinfo=UTC)
CYCLE = timedelta(seconds=30)
# A collector's cycle begins when it was started, not with the minute: what a reading
# says holds on into the next window.
RAGGED = timedelta(seconds=13, microseconds=123456)
# Further back only what the dashboard reads is written: there is less to wait for.
ALL_SERIES = timedelta(days=2)


class RunningCollector:
    """Fills a bucket of its own with readings, a row every 30 s.

    What it writes now happened at `WINTER`, so that a test finds the same heat pump
    whenever it runs. `written` is all that is in the bucket. All methods block.
    """

    def __init__(self, server: Influx | Influx1, brand: str, bucket: str) -> None:
        """Make the bucket; nothing is written yet."""
        self.brand = brand
        self.bucket = bucket
        self.bucket_id = server.make_bucket(bucket)
        self._server = server
        self._shift = floor(datetime.now(UTC)) - WINTER + RAGGED
        self.written = self.happened(WINTER + self._shift, WINTER + self._shift)

    def happened(self, start: datetime, stop: datetime) -> pd.DataFrame:
        """Return what there is to store of start ≤ time < stop, all series."""
        rows = stored(self.brand, start - self._shift, stop - self._shift)
        return rows.set_axis(rows.index + self._shift)

    def truth(self, start: datetime, stop: datetime) -> pd.DataFrame:
        """Return what really happened in start ≤ time < stop, gaps or not."""
        rows = truth(self.brand, start - self._shift, stop - self._shift)
        return rows.set_axis(rows.index + self._shift)

    def write(self, rows: pd.DataFrame) -> None:
        """Write readings; return when the server has them."""
        old = rows.index < datetime.now(UTC) - ALL_SERIES
        read = [name for name in load(self.brand).series if name in rows]
        self._server.write(self.brand, rows.loc[old, read], self.bucket)
        self._server.write(self.brand, rows.loc[~old], self.bucket)
        self.written = pd.concat([self.written, rows]).sort_index()

    def begin(self, past: timedelta) -> None:
        """Write the past, all but what has just happened."""
        now = datetime.now(UTC)
        self.write(self.happened(now - past, now - CYCLE))

    def next(self) -> pd.DataFrame:
        """Write one more reading; return it."""
        row = self.happened(self.last + CYCLE, self.last + 1.5 * CYCLE)
        self.write(row)
        return row

    def catch_up(self) -> pd.DataFrame:
        """Write all that has happened since the last reading; return it."""
        rows = self.happened(self.last + CYCLE, datetime.now(UTC))
        self.write(rows)
        return rows

    @property
    def last(self) -> datetime:
        """Return the time of the last reading that was written."""
        moment: datetime = self.written.index[-1].to_pydatetime()
        return moment


def floor(moment: datetime) -> datetime:
    """Return the beginning of the collector's cycle."""
    return moment - (moment - datetime.min.replace(tzinfo=UTC)) % CYCLE
