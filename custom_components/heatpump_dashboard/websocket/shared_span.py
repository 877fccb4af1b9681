"""A span of a heat pump as its viewers share it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.components.websocket_api.messages import construct_event_message
from homeassistant.core import CALLBACK_TYPE, callback

from ..const import LOGGER
from ..view.ranges import Span

if TYPE_CHECKING:
    from ..view.message import EncodedSnapshot


@dataclass(eq=False, slots=True)
class Viewer:
    """One subscription: a connection and the id its events carry."""

    connection: ActiveConnection
    message_id: int
    leave: CALLBACK_TYPE | None = None
    gone: bool = False

    @callback
    def send(self, json: bytes) -> None:
        """Send an event."""
        self.connection.send_message(construct_event_message(self.message_id, json))

    @callback
    def close(self) -> None:
        """Look no longer."""
        self.gone = True
        if self.leave is not None:
            self.leave()


type Made = tuple[EncodedSnapshot, bytes | None]


@dataclass(eq=False, slots=True)
class SharedSpan:
    """A span of a heat pump: what was published of it, made of what, and for whom.

    `waiting`: those who have no snapshot yet; `failed`: the last time it could not
    be computed, and what was published is from before.
    """

    span: Span
    published: EncodedSnapshot | None = None
    stamp: object = None
    viewers: set[Viewer] = field(default_factory=set)
    waiting: set[Viewer] = field(default_factory=set)
    failed: bool = False

    @property
    def base(self) -> EncodedSnapshot | None:
        """Return what an update changes; None where all is to be sent again."""
        return None if self.failed else self.published

    @callback
    def take(self, made: Made | Exception, stamp: object) -> bytes | None:
        """Keep what was computed; return what is to be sent of it."""
        if not isinstance(made, Exception):
            self.published, update = made
            self.stamp, self.failed = stamp, False
            return update
        again, self.failed = self.failed, True
        if again:
            return None
        LOGGER.error("%s cannot be computed", self.span, exc_info=made)
        if self.published is None:
            return None
        return without("not_computed", self.published)


def without(source: str, published: EncodedSnapshot) -> bytes:
    """Return the update that says why nothing more can be shown."""
    from ..view.message import encode_status

    state = published.snapshot.status | {"source": source}
    return encode_status(published.snapshot, state)
