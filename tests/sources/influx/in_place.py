"""A source's executor that is no other thread."""

from collections.abc import Callable


async def run[*Ts, T](func: Callable[[*Ts], T], *args: *Ts) -> T:
    """Run where we are: what runs in the executor is not this file's subject."""
    return func(*args)
