"""One heat pump: what it is, what is known of it, and what follows from that."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from ..analysis.capabilities import Capabilities
from ..analysis.equipment import Equipment
from ..analysis.figures import basis
from ..analysis.period_figures import PeriodFigures
from ..analysis.prices import Prices
from ..const import CONF_PRICE
from ..profiles import Profile
from .limits import FRESH
from .memory import PumpMemory, Records
from .now import present
from .past import History
from .present import Present

if TYPE_CHECKING:
    import pandas as pd


class HeatPump:
    """Takes readings in, and gives the present and the figures of any period.

    `profile`: its brand.
    `equipment`: its construction and its settings.
    `prices`: what electricity costs, None where nothing says it.
    `history`: how far back its past has been read.
    `first_reading`: the oldest that its source has, None as long as nobody asked.

    What takes readings in is slow, and for one executor job at a time; everything may
    be looked at meanwhile, as records are never changed but replaced.
    """

    def __init__(self, profile: Profile, settings: Mapping[str, Any]) -> None:
        """Begin without readings. `settings`: the data of its subentry."""
        fixed = settings.get(CONF_PRICE)
        self.profile = profile
        self.equipment = Equipment.of(profile, settings)
        self.prices = None if fixed is None else Prices.fixed(fixed)
        self.history = History()
        self.first_reading: datetime | None = None
        self._memory = PumpMemory(profile, self.equipment)

    @property
    def records(self) -> Records:
        """Return all that is known at this moment."""
        return self._memory.records

    @property
    def first_known(self) -> datetime | None:
        """Return the time of the oldest reading, as far as that is known."""
        since = self.records.since
        if self.first_reading is not None or since is None or self.records.last is None:
            return self.first_reading
        return since.to_pydatetime()

    @property
    def capabilities(self) -> Capabilities:
        """Return what its brand can report."""
        return self._capabilities(self.profile.metrics)

    @property
    def seen(self) -> Capabilities:
        """Return what it has reported."""
        return self._capabilities(self.records.metrics)

    def take_in(self, raw: pd.DataFrame, start: datetime, stop: datetime) -> bool:
        """Take in the stored values of start ≤ time < stop; return whether any is news.

        The first call says how far back the readings go; see `PumpMemory.take_in`.
        """
        return self._memory.take_in(raw, start, stop)

    def add_past(
        self,
        raw: pd.DataFrame,
        start: datetime,
        stop: datetime,
        *,
        sums_only: bool = False,
    ) -> None:
        """Add what lies before all that is known; see `PumpMemory.add_past`."""
        self._memory.add_past(raw, start, stop, sums_only=sums_only)

    def present(self, now: datetime, zone: tzinfo) -> Present:
        """Return the present at the poll of `now`; days are those of the time zone."""
        # One look at the records: they may be replaced by ones that go back farther.
        whole, records = self.history.whole, self.records
        figures = self._figures(records, whole=whole)
        return present(records, figures, self.profile, self.equipment, now, zone)

    def figures(self) -> PeriodFigures:
        """Return what gives the figures of any period."""
        whole, records = self.history.whole, self.records
        return self._figures(records, whole=whole)

    def _figures(self, records: Records, *, whole: bool) -> PeriodFigures:
        since, last = records.since, records.last
        return PeriodFigures(
            ledger=records.ledger,
            basis=basis(records.rules, self.equipment),
            prices=self.prices,
            since=None if since is None else since.to_pydatetime(),
            last=None if last is None else last.to_pydatetime(),
            whole=whole,
            fresh=FRESH,
        )

    def _capabilities(self, metrics: Any) -> Capabilities:
        configured = self.equipment.compressor_kw is not None
        return Capabilities(frozenset(metrics), configured)
