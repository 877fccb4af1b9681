"""One question to InfluxDB, and what its answer says."""

from collections.abc import Awaitable, Callable

import aiohttp

from .. import Run
from .answer import Answer, AnswerError, TooLargeError, unpack
from .errors import Asked, from_exception, from_response

QUERY_TIMEOUT_S = 30.0
QUICK_TIMEOUT_S = 10.0

# What a server, or what stands before it, can make go wrong.
_WRONG = (
    aiohttp.ClientError,
    AnswerError,
    LookupError,
    OSError,
    TooLargeError,
    ValueError,
)


async def exchange[T](
    request: Awaitable[Answer], asked: Asked, run: Run, read: Callable[[bytes], T]
) -> T:
    """Return what the answer to a request says. It is unpacked and read in `run`.

    Whatever goes wrong is one of the errors of a source.
    """
    try:
        return await run(_understood, await request, asked, read)
    except _WRONG as err:
        raise from_exception(err, asked) from err


def _understood[T](answer: Answer, asked: Asked, read: Callable[[bytes], T]) -> T:
    """Return what an answer says, raise what it refuses. Slow: for the executor."""
    body = unpack(answer)
    failure = from_response(answer.status, body, asked, answer.headers)
    if failure is not None:
        raise failure
    return read(body)
