"""The websocket interface of the panel and the cards."""

from .commands import async_register_commands

__all__ = ["async_register_commands"]
