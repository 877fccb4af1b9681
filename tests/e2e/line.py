"""The line between a page and its Home Assistant: held, cut, and listened to."""

from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute

type Message = str | bytes


class Line:
    """Every websocket a page opens from now on.

    `held` says of a message to Home Assistant that it never gets there; `told` makes
    of what Home Assistant says what the page hears.
    """

    def __init__(
        self,
        page: Page,
        held: Callable[[str], bool] = lambda _: False,
        told: Callable[[str], str] = lambda message: message,
    ) -> None:
        """Stand between them."""
        self._held = held
        self._told = told
        self._is_cut = False
        self._open: list[WebSocketRoute] = []
        page.route_web_socket("**/api/websocket", self._connect)

    def cut(self) -> None:
        """End what is connected and let nothing connect again, until it is mended."""
        self._is_cut = True
        for socket in self._open:
            socket.close()
        self._open.clear()

    def mend(self) -> None:
        """Let the page connect again."""
        self._is_cut = False

    def _connect(self, socket: WebSocketRoute) -> None:
        if self._is_cut:
            socket.close()
            return
        self._open.append(socket)
        server = socket.connect_to_server()

        def to_server(message: Message) -> None:
            if not self._held(str(message)):
                server.send(message)

        socket.on_message(to_server)
        server.on_message(lambda message: socket.send(self._told(str(message))))
