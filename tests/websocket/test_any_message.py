"""Whatever a message says, it is answered with a code of ours, never with a traceback."""

import json
import logging
from typing import Any

from homeassistant.auth.models import User
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.http import WebSocketAdapter
from homeassistant.core import HomeAssistant
from hypothesis import HealthCheck, given, settings, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.pump_entry import PUMP, settle

from .common import RANGES

CODES = {"invalid_format", "invalid_range", "not_found", "too_many"}
ODD_TIMES = (
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00-14:00",
    "9999-12-31T23:59:59",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59+14:00",
    "0000-00-00T00:00:00",
    "2026-02-30T00:00:00",
    "2026-01-22T24:00:00",
    "2026-01-22T12:00:60Z",
    "2026-01-22T12:00:00+99:99",
    "2026-01-22T12:00:00+24:00",
    "٢٠٢٦-٠١-٢٢T12:00:00",
    "2026-01-22",
    "20260122T120000Z",
    "NaN",
    "",
    "\x00",
)
# Of these some are spans all the same: they begin before now (14:30 UTC, the home is
# eight hours behind) and end later, be it in the last year there is.
_LATER_ENDS = (
    "2026-01-22T14:00:00Z",
    "9999-12-31T23:59:59",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59+14:00",
    "2026-01-22T24:00:00",
    "٢٠٢٦-٠١-٢٢T12:00:00",
)
SPANS_ALL_THE_SAME = {
    *(("2026-01-22", end) for end in (*_LATER_ENDS, "20260122T120000Z")),
    *(("20260122T120000Z", end) for end in _LATER_ENDS),
}

_json: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=4,
)
_times: Any = (
    st.sampled_from(ODD_TIMES)
    | st.datetimes().map(lambda moment: moment.isoformat())
    | st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
    | _json
)
_spans: Any = st.fixed_dictionaries(
    {
        "type": st.just("heatpump_dashboard/subscribe"),
        "pump": st.just(PUMP),
        "start_time": _times,
        "end_time": _times,
    }
)
_messages: Any = _spans | st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            [f"heatpump_dashboard/{name}" for name in ("info", "subscribe", "periods")]
        )
    },
    optional={
        "pump": st.sampled_from([PUMP, "nobody"]) | _json,
        "range": st.sampled_from(RANGES) | _json,
        "start_time": _times,
        "end_time": _times,
        "other": _json,
    },
)


async def test_any_message_is_answered_with_a_code_of_ours(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_admin_user: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent: list[bytes] = []
    connection = ActiveConnection(
        WebSocketAdapter(logging.getLogger("test"), {"connid": 1}),
        hass,
        sent.append,  # type: ignore[arg-type]
        hass_admin_user,
        None,  # type: ignore[arg-type]
        None,
    )

    @given(_messages)
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    def handle(message: dict[str, Any]) -> None:
        connection.async_handle({"id": connection.last_id + 1, **message})

    handle()
    await settle(hass)

    results = [m for m in map(_read, sent) if m["type"] == "result"]
    assert sorted(m["id"] for m in results) == [*range(1, connection.last_id + 1)]
    given_codes = {m["error"]["code"] for m in results if not m["success"]}
    assert given_codes <= CODES
    assert [record for record in caplog.records if record.exc_info] == []
    connection.async_handle_close()
    await settle(hass)


def _read(message: Any) -> dict[str, Any]:
    read: dict[str, Any] = message if isinstance(message, dict) else json.loads(message)
    return read


async def test_odd_times_are_refused(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """But for those of which a span can be made."""
    client = await hass_ws_client(hass)

    async def answer(start: str, end: str) -> dict[str, Any]:
        await client.send_json_auto_id(
            {
                "type": "heatpump_dashboard/subscribe",
                "pump": PUMP,
                "start_time": start,
                "end_time": end,
            }
        )
        reply: dict[str, Any] = {"type": "event"}
        # What is shown of a span that was accepted comes between.
        while reply["type"] == "event":
            reply = await client.receive_json(timeout=5)
        assert reply["type"] == "result"
        return reply

    accepted = set()
    for start in ODD_TIMES:
        for end in ("2026-01-22T14:00:00Z", *ODD_TIMES):
            reply = await answer(start, end)
            if reply["success"]:
                accepted.add((start, end))
            else:
                assert reply["error"]["code"] in CODES, (start, end)
    assert accepted == SPANS_ALL_THE_SAME


async def test_a_span_may_end_whenever_it_likes(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "heatpump_dashboard/subscribe",
            "pump": PUMP,
            "start_time": "2026-01-22T00:00:00Z",
            "end_time": "9999-12-31T23:59:59-14:00",
        }
    )
    assert (await client.receive_json(timeout=5))["success"]
