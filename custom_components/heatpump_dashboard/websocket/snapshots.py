"""Computes what those who look at a heat pump are sent. Slow, for an executor."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from homeassistant.util import dt as dt_util

from ..view.ranges import Span, grid
from .shared_span import Made

if TYPE_CHECKING:
    from ..pump.heat_pump import HeatPump
    from ..view.message import EncodedSnapshot


def make_all(
    pump: HeatPump,
    pump_id: str,
    language: str,
    state: dict[str, Any],
    asked: Sequence[tuple[Span, EncodedSnapshot | None]],
) -> list[Made | Exception]:
    """Return for each span what to publish, and what of it is new. Slow."""
    from ..view.message import encode_update, publish
    from ..view.snapshot import build

    records = pump.records
    now = dt_util.utcnow().timestamp()
    last = None if records.last is None else records.last.timestamp()

    def make(span: Span, before: EncodedSnapshot | None) -> Made:
        snapshot = build(
            pump=pump_id,
            range_=span.range,
            grid=grid(span, last, now, records.fresh.total_seconds()),
            records=records,
            equipment=pump.equipment,
            prices=pump.prices,
            status=state,
            profile=pump.profile,
            language=language,
        )
        published = publish(snapshot)
        if before is None:
            return published, published.json
        return published, encode_update(before.snapshot, published)

    return [_settled(make, *one) for one in asked]


def _settled[*Ts, T](make: Callable[[*Ts], T], *args: *Ts) -> T | Exception:
    """Return what was made or what it raised: one odd span costs no other its news."""
    try:
        return make(*args)
    except Exception as err:  # noqa: BLE001 - it is logged where it is first known
        return err
