"""The blueprint of the verdict: what is new reaches the phone once."""

from collections.abc import Sequence
from pathlib import Path
import re

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.heatpump_dashboard.insights.registry import answers
from custom_components.heatpump_dashboard.sensor.verdict import News
from tests.insights.factory import subject
from tests.support.logged import complaints

from .test_blueprints import Use, use

__all__ = ["use"]

CARDS = (
    Path(__file__)
    .parents[1]
    .joinpath("frontend/src/insights/cards.ts")
    .read_text("utf-8")
)
CHECKS = [check.id for check in answers(subject()).verdict.checks]


class Verdict:
    """A verdict sensor that says things, as the real one does."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        self._hass = hass
        self._freezer = freezer
        self._news = News()

    async def says(self, state: str, *checks: str, **others: str) -> None:
        """Say this because of some checks; `others`: those in another state."""
        self._freezer.tick(60)
        told = {**dict.fromkeys(checks, state), **others}
        self._news = self._news.after(
            [
                {"id": name, "state": told.get(name, "ok"), "code": "code"}
                for name in CHECKS
            ],
            dt_util.utcnow(),
        )
        await self._shows(state, (*checks, *others))

    async def goes(self, *states: str) -> None:
        """Be unavailable or unknown, and know all the same what was said."""
        for state in states:
            await self._shows(state, ())

    async def _shows(self, state: str, checks: Sequence[str]) -> None:
        told = {
            "checks": dict.fromkeys(checks, "code"),
            "news": self._news.news,
            "news_state": self._news.news_state,
            "url": "/heatpump-dashboard/insights/verdict?pump=villa",
        }
        is_away = state == STATE_UNAVAILABLE
        self._hass.states.async_set(
            "sensor.villa_verdict", state, {} if is_away else told
        )
        await self._hass.async_block_till_done()


@pytest.fixture
def verdict(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Verdict:
    return Verdict(hass, freezer)


OPENS = [
    {
        "action": "notify.mobile_app_phone",
        "data": {
            "title": "{{ title }}",
            "message": "{{ message }}",
            "data": {"url": "{{ url }}"},
        },
    }
]


async def test_what_asks_for_something_reaches_the_phone(
    use: Use, verdict: Verdict
) -> None:
    await verdict.says("ok")
    messages = await use("verdict", verdict="sensor.villa_verdict", actions=OPENS)
    await verdict.says("watch", "sixty")
    await verdict.says("act", "room", "sixty")
    assert [call.data for call in messages] == [
        {
            "title": "The heat pump is worth a look",
            "message": "hot water that has not been hot enough",
            "data": {"url": "/heatpump-dashboard/insights/hot_water?pump=villa"},
        },
        {
            "title": "The heat pump needs you",
            "message": "cold rooms, hot water that has not been hot enough",
            "data": {"url": "/heatpump-dashboard/insights/verdict?pump=villa"},
        },
    ]
    await verdict.says("act", "sixty")
    await verdict.goes(STATE_UNAVAILABLE)
    await verdict.says("act", "sixty")
    await verdict.says("ok")
    assert len(messages) == 2, "It was told, and nobody wanted to know the rest"


async def test_another_check_beside_one_that_was_told_is_told(
    use: Use, verdict: Verdict
) -> None:
    await verdict.says("ok")
    messages = await use("verdict", verdict="sensor.villa_verdict", tell_watch=False)
    await verdict.says("act", "sixty")
    await verdict.says("act", "alarm", "sixty")
    await verdict.says("act", "alarm", "sixty", cycling="watch")
    assert [call.data["message"] for call in messages] == [
        "hot water that has not been hot enough",
        "an alarm, hot water that has not been hot enough",
    ]


async def test_what_is_found_after_a_restart_is_told_once(
    use: Use, verdict: Verdict
) -> None:
    await verdict.says("ok")
    messages = await use("verdict", verdict="sensor.villa_verdict")
    away = STATE_UNAVAILABLE, STATE_UNKNOWN
    await verdict.goes(*away)
    await verdict.says("act", "alarm")
    assert [call.data["message"] for call in messages] == ["an alarm"]
    await verdict.goes(*away)
    await verdict.says("act", "alarm")
    await verdict.goes(STATE_UNAVAILABLE)
    await verdict.says("act", "alarm")
    assert len(messages) == 1, "It was told before"
    await verdict.goes(*away)
    await verdict.says("act", "alarm", "sixty")
    assert len(messages) == 2


@pytest.mark.parametrize("check", CHECKS)
async def test_a_tap_opens_the_card_of_what_is_wrong(
    use: Use, verdict: Verdict, check: str
) -> None:
    """As the page has it: what no card explains is under the verdict."""
    (table,) = re.findall(r"CARD_OF[^{]*\{([^}]*)\}", CARDS)
    others = dict(re.findall(r"(\w+): \"(\w+)\"", table))
    cards = set(re.findall(r"id: \"(\w+)\"", CARDS))
    card = others.get(check, check)
    await verdict.says("ok")
    messages = await use("verdict", verdict="sensor.villa_verdict", actions=OPENS)
    await verdict.says("act", check)

    opened = card if card in cards else "verdict"
    assert messages[0].data["data"]["url"] == (
        f"/heatpump-dashboard/insights/{opened}?pump=villa"
    )


async def test_only_what_has_to_be_done_and_that_it_is_over(
    use: Use, verdict: Verdict
) -> None:
    await verdict.says("ok")
    messages = await use(
        "verdict", verdict="sensor.villa_verdict", tell_watch=False, tell_ok=True
    )
    await verdict.says("watch", "sixty")
    assert not messages
    await verdict.says("ok")
    assert [call.data for call in messages] == [
        {
            "title": "The heat pump is all right again",
            "message": "All checks are as they should be.",
        }
    ]


async def test_a_sensor_that_is_away_or_gone_leaves_the_log_alone(
    hass: HomeAssistant,
    use: Use,
    verdict: Verdict,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await verdict.says("ok")
    messages = await use("verdict", verdict="sensor.villa_verdict", actions=OPENS)
    await verdict.says("watch", "sixty")
    caplog.clear()
    await verdict.goes(STATE_UNAVAILABLE)
    await verdict.says("watch", "sixty")
    hass.states.async_remove("sensor.villa_verdict")
    await hass.async_block_till_done()
    assert complaints(caplog) == []
    assert len(messages) == 1
