"""The sensor of the verdict: it knows what it has said, also over a restart."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Self, override

from homeassistant.core import callback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity
from homeassistant.util import dt as dt_util

from ..coordinator import HeatPumpConfigEntry, HeatPumpCoordinator
from ..identity import own_id
from ..issues import insight_path
from ..totals import PUMP
from .description import HeatPumpSensorDescription
from .entity import InsightSensor
from .figures import UNRECORDED

URL: Final = "url"
_SEVERITY: Final = ("watch", "act")
# What was so is neither so any more nor over: it is news when it comes again.
_FORGOTTEN: Final = frozenset(("not_heating", "no_metric"))


@dataclass(frozen=True, slots=True)
class News:
    """What the verdict has said that was not so before.

    `news`: when it last said something new (ISO, UTC), None before the first time.
    `news_state`: what that was: `watch` or `act`, a check that has become so; `ok`: all
    of them are right again. `said`: the checks that are not, with their states.
    """

    news: str | None = None
    news_state: str | None = None
    said: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Return what was stored; of what cannot be read, nothing."""
        said, news, state = (stored.get(k) for k in ("said", "news", "news_state"))
        if not isinstance(said, dict) or not set(said.values()) <= set(_SEVERITY):
            return cls()
        if news is not None and dt_util.parse_datetime(str(news)) is None:
            return cls()
        return cls(news, state, said)

    def after(self, checks: Sequence[Mapping[str, Any]], now: datetime) -> News:
        """Return the same with what checks say now.

        One that cannot be made says nothing new, nor that it is over.
        """
        said = dict(self.said)
        worse = []
        for check in checks:
            name, state = check["id"], check["state"]
            if state in _SEVERITY:
                before = said.get(name)
                if before is None or _SEVERITY.index(state) > _SEVERITY.index(before):
                    worse.append(state)
                said[name] = state
            elif state == "ok" or check["code"] in _FORGOTTEN:
                said.pop(name, None)
        if said == self.said:
            return self
        calm = None if said else "ok"
        state = max(worse, key=_SEVERITY.index, default=calm)
        if state is None:
            return News(self.news, self.news_state, said)
        return News(now.isoformat(), state, said)


class StoredNews(ExtraStoredData):
    """What has to outlive a restart, with the heat pump it is of."""

    def __init__(self, news: News, pump: str) -> None:
        """Keep it."""
        self._news = news
        self._pump = pump

    @override
    def as_dict(self) -> dict[str, Any]:
        """Return what is stored."""
        return {**asdict(self._news), PUMP: self._pump}


class VerdictSensor(InsightSensor, RestoreEntity):
    """The worst of all checks, and when it said something new."""

    _unrecorded_attributes = UNRECORDED | {URL}

    def __init__(
        self,
        *,
        entry: HeatPumpConfigEntry,
        coordinator: HeatPumpCoordinator,
        description: HeatPumpSensorDescription,
    ) -> None:
        """Begin with nothing said."""
        super().__init__(entry=entry, coordinator=coordinator, description=description)
        self._pump = own_id(coordinator.subentry)
        self._news = News()

    @override
    async def async_added_to_hass(self) -> None:
        """Remember what was said before."""
        await super().async_added_to_hass()
        if (extra := await self.async_get_last_extra_data()) is not None:
            stored = extra.as_dict()
            if stored.get(PUMP) == self._pump:
                self._news = News.from_dict(stored)
        self._take()

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return what it rests on, what is new, and where the panel shows it."""
        return {
            **(super().extra_state_attributes or {}),
            "news": self._news.news,
            "news_state": self._news.news_state,
            URL: insight_path("verdict", self.coordinator.pump_id),
        }

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData:
        """Return what is stored."""
        return StoredNews(self._news, self._pump)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._take()
        super()._handle_coordinator_update()

    def _take(self) -> None:
        """Look for news, once there is a verdict."""
        verdict = self.coordinator.data.insights.get("verdict", {})
        self._news = self._news.after(verdict.get("checks", ()), dt_util.utcnow())
